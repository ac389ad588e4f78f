//! What the documents show must be true: every block marked `toml protocol` is a whole protocol
//! that loads without any fault, and every block marked `toml` can be read as TOML.

use std::fs;
use std::path::PathBuf;

use engine::text::SourceSet;

/// The blocks of a document with this mark: the line they begin on and their text.
fn blocks(text: &str, mark: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, bool, String)> = None;
    for (number, line) in text.lines().enumerate() {
        match (&mut open, line.trim_start().strip_prefix("```")) {
            (None, Some(kind)) => open = Some((number + 1, kind.trim() == mark, String::new())),
            (Some(_), Some(_)) => {
                if let Some((begin, true, block)) = open.take() {
                    found.push((begin, block));
                }
            }
            (Some((.., block)), None) => block.push_str(&format!("{line}\n")),
            (None, None) => {}
        }
    }
    found
}

fn documents() -> Vec<(PathBuf, String)> {
    let folders = ["..", "../docs", "../docs/diagnostics", "../docs/decisions"];
    let mut found = Vec::new();
    for folder in folders {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|it| it == "md") {
                found.push((path.clone(), fs::read_to_string(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_whole_protocol_in_the_documents_loads() {
    let mut count = 0;
    for (path, text) in documents() {
        for (line, block) in blocks(&text, "toml protocol") {
            count += 1;
            let own = SourceSet::new("", [("protocol.toml".to_owned(), block.into_bytes())]);
            let shipped = engine::syntax::shipped_wanted(&own).into_iter().map(|path| {
                let inside = path.trim_start_matches("shipped:");
                let text = fs::read(format!("../protocols/{inside}")).unwrap();
                (path, text)
            });
            let sources = own.with(shipped);
            let (machine, faults) = engine::load(&sources);
            let clean = machine.is_some() && faults.is_empty();
            assert!(clean, "{}:{line}: {faults:#?}", path.display());
        }
    }
    assert!(count > 0, "no document shows a whole protocol");
}

#[test]
fn every_piece_of_toml_in_the_documents_is_toml() {
    let mut wrong = Vec::new();
    for (path, text) in documents() {
        for (line, block) in blocks(&text, "toml") {
            if let Err(error) = block.parse::<toml::Table>() {
                wrong.push(format!("{}:{line}: {error}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
