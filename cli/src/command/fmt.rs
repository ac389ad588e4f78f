//! `protocol fmt`: files laid out alike, without a change of what they say.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use engine::syntax::format::{Layout, layout};
use engine::syntax::limit::FILE_BYTES_MAX;
use engine::text::{FileId, SourceSet};
use store::replace::{self, Change};
use store::{file, folder};

use crate::Exit;
use crate::args::Fmt;
use crate::load;
use crate::output::Output;
use crate::render;
use crate::unusable::Unusable;

/// The ending of the files that are laid out.
const TOML: &str = "toml";

/// The folder of calendars, in a protocol's folder or beside protocols.
const CALENDARS: &str = "calendars";

/// How the paths of files begin that ship with Redress: nobody lays those out here.
const SHIPPED: &str = "shipped:";

/// The files of one folder, and what became of them.
#[derive(Default)]
struct Done {
    changed: Vec<(FileId, String)>,
    is_unreadable: bool,
}

/// Lays files out.
pub(crate) fn fmt(args: &Fmt, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let mut exit = Exit::Fine;
    for (folder, sources) in all(&args.paths)? {
        let done = lay_out(&sources, output)?;
        let is_wrong = done.is_unreadable || (args.check && !done.changed.is_empty());
        exit = exit.max(if is_wrong { Exit::Wrong } else { Exit::Fine });
        if !args.check {
            write(&folder, &sources, &done.changed)?;
        }
        for (id, _) in &done.changed {
            output.data(&format!("{}\n", sources.shown_path(*id)))?;
        }
    }
    Ok(exit)
}

/// The folders with the files to lay out in each.
fn all(paths: &[PathBuf]) -> anyhow::Result<Vec<(PathBuf, SourceSet)>> {
    let (files, others): (Vec<PathBuf>, Vec<PathBuf>) =
        paths.iter().cloned().partition(|it| it.is_file());
    let mut all = Vec::new();
    for path in &files {
        all.push(of_file(path)?);
    }
    if others.is_empty() {
        return Ok(all);
    }
    for folder in load::folders(&others)? {
        let own = folder::read(&folder)?;
        let own = own.files().map(|(_, it)| (it.path.clone(), it.bytes.clone()));
        let of_folder = own.filter(|(path, _)| !path.starts_with(SHIPPED)).collect::<Vec<_>>();
        let scenarios = folder::scenarios(&folder)?;
        let wanted = of_folder.into_iter().chain(scenarios);
        let wanted = wanted.filter(|(path, _)| is_toml(Path::new(path)));
        let sources = SourceSet::new(&folder.display().to_string(), wanted);
        all.push((folder, sources));
    }
    for calendars in others.iter().map(|it| it.join(CALENDARS)).filter(|it| it.is_dir()) {
        // Those of one protocol were read with it.
        if !all.iter().any(|(folder, _)| calendars.starts_with(folder)) {
            all.extend(of_shelf(&calendars)?);
        }
    }
    Ok(all)
}

/// The files of a folder of calendars that stands beside protocols, each for itself.
fn of_shelf(folder: &Path) -> anyhow::Result<Vec<(PathBuf, SourceSet)>> {
    let context = || format!("cannot read `{}`", folder.display());
    let entries = fs::read_dir(folder).with_context(context)?;
    let paths: Result<Vec<PathBuf>, _> = entries.map(|it| it.map(|it| it.path())).collect();
    let mut paths = paths.with_context(context)?;
    paths.retain(|it| it.is_file() && is_toml(it));
    paths.sort();
    paths.iter().map(|it| of_file(it)).collect()
}

fn of_file(path: &Path) -> anyhow::Result<(PathBuf, SourceSet)> {
    let shown = path.display();
    if !is_toml(path) {
        let help = "name a file that ends in .toml, or a folder";
        return Err(Unusable::new(format!("`{shown}` is no TOML")).help(help).into());
    }
    let name = path.file_name().context("a file has a name")?.to_string_lossy().into_owned();
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let root = folder.map_or_else(String::new, |it| it.display().to_string());
    let sources = SourceSet::new(&root, [(name, start(path)?)]);
    Ok((folder.unwrap_or_else(|| Path::new(".")).to_path_buf(), sources))
}

/// The bytes of a file, at most one more than a file may have.
fn start(path: &Path) -> anyhow::Result<Vec<u8>> {
    let limit = u64::try_from(FILE_BYTES_MAX)?.saturating_add(1);
    let mut bytes = Vec::new();
    let context = || format!("cannot read `{}`", path.display());
    file::open(path)?.take(limit).read_to_end(&mut bytes).with_context(context)?;
    Ok(bytes)
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == TOML)
}

/// Lays out each file, and says why one cannot be.
fn lay_out(sources: &SourceSet, output: &mut Output<'_, '_>) -> anyhow::Result<Done> {
    let mut done = Done::default();
    for (id, _) in sources.files() {
        match layout(sources, id) {
            Layout::Same => {}
            Layout::Changed(text) => done.changed.push((id, text)),
            Layout::Unreadable(faults) => {
                done.is_unreadable = true;
                for fault in faults.iter() {
                    output.note(&format!("{}\n", render::drawing(fault, sources)))?;
                }
            }
            Layout::Unsure => {
                bail!("`{}` would say something else, and was left alone", sources.shown_path(id))
            }
        }
    }
    Ok(done)
}

fn write(folder: &Path, sources: &SourceSet, changed: &[(FileId, String)]) -> anyhow::Result<()> {
    let file = |(id, text): &'_ (FileId, String)| Some((sources.get(*id)?, text.clone()));
    let files: Vec<_> = changed.iter().filter_map(file).collect();
    let changes: Vec<Change<'_>> = files
        .iter()
        .map(|(file, text)| Change {
            path: &file.path,
            before: &file.bytes,
            after: text.as_bytes(),
        })
        .collect();
    replace::replace(folder, &changes)
}
