//! `cargo xtask new`: the files of a new thing, so that the right way is the short way.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::args::NewDiagnostic;
use crate::{output, tree};

const RULE: &str = r#"//! `{code}`: say here in one sentence what is wrong.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

pub(crate) const CODE: Code = Code::{severity}("{code}");

/// Say here what is wrong, as a sentence about the file.
pub(crate) fn {stem}(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(CODE, format!("say what is wrong with `{name}`"), span, "say what this is")
        .help("say what to do")
}
"#;

const FIXTURE: &str = "# Write here the smallest protocol with this fault and no other: {code}\n";

const PAGE: &str = "\
# {code}

Say in one sentence what is wrong, for a reader who does not program.

Say why it matters: what would happen to a case.

## Wrong

```toml
```

## Right

```toml
```

## How to mend it

Say what to do first.
";

/// Writes the files of a new diagnostic and says what is left to do.
///
/// # Errors
///
/// The diagnostic exists, or a file cannot be written.
pub(crate) fn run(diagnostic: &NewDiagnostic) -> Result<bool> {
    for path in create(&tree::root()?, diagnostic)? {
        output::say(&path)?;
    }
    output::say(
        "Fill in the three texts, report it from the layer, then `UPDATE=1 cargo test -p tests` \
         writes `expected.txt` and `cargo xtask gen` the index.",
    )?;
    Ok(true)
}

/// Writes the files and gives their paths.
fn create(root: &Path, diagnostic: &NewDiagnostic) -> Result<Vec<String>> {
    let NewDiagnostic { code, layer, severity } = diagnostic;
    let stem = code.replace('-', "_");
    let rules = format!("engine/src/{layer}/rules");
    let fill = |template: &str| {
        let with_code = template.replace("{code}", code).replace("{stem}", &stem);
        with_code.replace("{severity}", severity)
    };
    let files = [
        (format!("{rules}/{stem}.rs"), fill(RULE)),
        (format!("tests/suite/diagnostics/{code}/bad.toml"), fill(FIXTURE)),
        (format!("docs/diagnostics/{code}.md"), fill(PAGE)),
    ];
    if let Some((path, _)) = files.iter().find(|(path, _)| root.join(path).exists()) {
        bail!("{path} exists");
    }
    let mod_path = format!("{rules}/mod.rs");
    let mod_text = fs::read_to_string(root.join(&mod_path)).unwrap_or_else(|_| {
        format!("//! What the layer `{layer}` can find wrong: one file for each diagnostic.\n\n")
    });
    let mod_file = (mod_path, with_module(&mod_text, &stem));
    let mut written = Vec::new();
    for (path, text) in files.into_iter().chain([mod_file]) {
        let target = root.join(&path);
        let folder = target.parent().with_context(|| path.clone())?;
        fs::create_dir_all(folder).with_context(|| path.clone())?;
        fs::write(&target, text).with_context(|| path.clone())?;
        written.push(path);
    }
    Ok(written)
}

/// Adds a `mod` line in order of name, as visible as the others.
fn with_module(text: &str, stem: &str) -> String {
    let named = |line: &str| {
        let (visibility, name) = line.strip_suffix(';')?.split_once("mod ")?;
        Some((visibility.to_owned(), name.to_owned()))
    };
    let lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().find_map(|it| named(it));
    let visibility = first.map_or_else(|| "pub(crate) ".to_owned(), |(it, _)| it);
    let later = lines.iter().position(|it| named(it).is_some_and(|(_, name)| name.as_str() > stem));
    let after_last = lines.iter().rposition(|it| named(it).is_some()).map(|it| it + 1);
    let at = later.or(after_last).unwrap_or(lines.len());
    let line = format!("{visibility}mod {stem};");
    let mut lines: Vec<&str> = lines;
    lines.insert(at, &line);
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{create, with_module};
    use crate::args::NewDiagnostic;
    use crate::rules::OF_THE_TREE;
    use crate::tree::made_up::Folder;

    fn late_bell() -> NewDiagnostic {
        NewDiagnostic { code: "late-bell".to_owned(), layer: "check", severity: "warning" }
    }

    #[test]
    fn a_new_diagnostic_lacks_nothing_but_its_texts() {
        let folder = Folder::with(&[
            ("engine/Cargo.toml", ""),
            ("engine/src/lib.rs", "pub mod check;\n"),
            ("engine/src/check/mod.rs", "mod rules;\n"),
        ]);
        create(&folder.0, &late_bell()).unwrap();
        let tree = folder.tree();
        let found: Vec<String> =
            OF_THE_TREE.iter().flat_map(|rule| rule(&tree)).map(|it| it.to_string()).collect();
        let expected = [
            "engine/src/check/rules/late_bell.rs:10: still says what its template says",
            "tests/suite/diagnostics/late-bell/bad.toml:1: still says what its template says",
            "docs/diagnostics/late-bell.md:3: still says what its template says",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_diagnostic_that_exists_is_left_alone() {
        let page = ("docs/diagnostics/late-bell.md", "mine");
        let folder = Folder::with(&[page]);
        let fault = create(&folder.0, &late_bell()).unwrap_err();
        assert_eq!(fault.to_string(), "docs/diagnostics/late-bell.md exists");
        assert_eq!(fs::read_to_string(folder.0.join(page.0)).unwrap(), "mine");
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(with_module(text, "late_bell"), expected);
    }

    #[test]
    fn a_mod_line_is_added_in_order() {
        check("//! D.\n\nmod a;\nmod z;\n", "//! D.\n\nmod a;\nmod late_bell;\nmod z;\n");
        check("mod a;\n\npub use a::B;\n", "mod a;\nmod late_bell;\n\npub use a::B;\n");
        check("//! D.\n\n", "//! D.\n\npub(crate) mod late_bell;\n");
    }
}
