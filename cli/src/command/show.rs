//! `protocol show`: a protocol in one piece, and what it changes of the one that it extends.

use std::path::Path;

use engine::diagnostic::Diagnostics;
use engine::syntax::{Change, EffectiveText, effective};
use engine::text::SourceSet;
use store::file;

use crate::Exit;
use crate::args::Show;
use crate::load;
use crate::output::Output;
use crate::render::{count, drawing};
use crate::unusable::Unusable;

/// Writes the text, or the changes. What cannot be read as TOML is drawn as `check` draws it; whether
/// the protocol makes sense is not asked here.
pub(crate) fn show(args: &Show, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let sources = load::sources(&args.path)?;
    let mut faults = Diagnostics::default();
    let whole = effective(&sources, &mut faults).filter(|_| !faults.has_errors());
    let Some(whole) = whole else {
        faults.sort();
        let drawn = faults.iter().map(|it| drawing(it, &sources)).collect::<String>();
        output.data(&drawn)?;
        return Ok(Exit::Wrong);
    };
    if args.changes {
        return show_changes(&args.path, &whole, output);
    }
    match &args.output {
        None => output.data(&whole.text)?,
        Some(folder) => {
            let n_files = write(folder, &whole, &sources)?;
            let files = count(n_files, "file", "files");
            output.note(&format!("{files} written to {}\n", folder.display()))?;
        }
    }
    Ok(Exit::Fine)
}

fn show_changes(
    folder: &Path,
    whole: &EffectiveText,
    output: &mut Output<'_, '_>,
) -> anyhow::Result<Exit> {
    if !whole.extends {
        let what = format!("the protocol in `{}` extends no other", folder.display());
        let help = "`extends = \"…\"` at the top of `protocol.toml` names the one it is built on";
        return Err(Unusable::new(what).help(help).into());
    }
    output.data(&whole.changes.iter().map(line).collect::<String>())?;
    output.note(&format!("{}\n", count(whole.changes.len(), "change", "changes")))?;
    Ok(Exit::Fine)
}

/// A change as the lines of a difference.
fn line(change: &Change) -> String {
    let with = |sign: char, text: Option<&String>| {
        text.map(|it| format!("{sign} {} = {it}\n", change.path)).unwrap_or_default()
    };
    format!("{}{}", with('-', change.before.as_ref()), with('+', change.after.as_ref()))
}

/// Writes all files into a folder that is not there yet, and gives their number.
fn write(folder: &Path, whole: &EffectiveText, sources: &SourceSet) -> anyhow::Result<usize> {
    let mut files = vec![("protocol.toml".to_owned(), whole.text.clone())];
    for (name, path) in &whole.files {
        let file = sources.find(path).and_then(|it| sources.get(it));
        let text = file.and_then(|it| it.text().ok());
        let text = text.ok_or_else(|| Unusable::new(format!("`{path}` is not UTF-8")))?;
        files.push((name.clone(), text.to_owned()));
    }
    let n_files = files.len();
    file::make_folder(folder, files.iter().map(|(path, text)| (path.as_str(), text.clone())))?;
    Ok(n_files)
}
