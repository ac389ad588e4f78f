//! `protocol register`: the complaints register of a store.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::Context as _;
use register::out::{self, Format};
use register::viewer::Viewer;
use register::walk::Asked;
use store::keeper::Reading;

use crate::Exit;
use crate::args::{Export, Register, RegisterCommand, RegisterFormat};
use crate::command::register_template::template;
use crate::output::Output;
use crate::register::{Kept, day, import, until};
use crate::unusable::Unusable;
use engine::diagnostic::nearest_or_listed;

/// Does what was asked with the register.
pub(crate) fn register(args: &Register, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    match &args.command {
        RegisterCommand::Export(args) => export(args, output),
        RegisterCommand::Template(args) => template(args, output),
        RegisterCommand::Import(args) => import(args, output),
    }
}

fn export(args: &Export, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let format = format(args.format, args.output.as_deref(), args.table.as_deref())?;
    let kept = Kept::open(&args.of, output)?;
    let asked = asked(args, &kept)?;
    match (&args.output, format) {
        (None, Format::Xlsx) => Err(no_terminal().into()),
        (None, Format::Csv) => {
            csv(args, &kept, &asked, output.stdout())?;
            Ok(Exit::Fine)
        }
        (Some(file), format) => {
            let n_rows = in_file(file, |to| match format {
                Format::Csv => csv(args, &kept, &asked, BufWriter::new(to)),
                Format::Xlsx => {
                    let written = out::xlsx(&kept.reader, &asked, BufWriter::new(to))?;
                    written.context("the store has lost the protocol")
                }
            })?;
            let what = if format == Format::Xlsx { "cases" } else { "rows" };
            output.note(&format!("{}: {n_rows} {what}\n", file.display()))?;
            Ok(Exit::Fine)
        }
    }
}

fn csv(args: &Export, kept: &Kept, asked: &Asked, to: impl std::io::Write) -> anyhow::Result<u64> {
    match out::csv(&kept.reader, asked, args.table.as_deref(), to)? {
        Ok(n_rows) => Ok(n_rows),
        Err(tables) => Err(no_table(args.table.as_deref(), &tables).into()),
    }
}

pub(super) fn no_terminal() -> Unusable {
    let help = "name a file: `-o register.xlsx`";
    Unusable::new("a workbook is not written to a terminal").help(help)
}

pub(super) fn no_table(wanted: Option<&str>, tables: &[String]) -> Unusable {
    let wanted = wanted.unwrap_or_default();
    let names = tables.iter().map(String::as_str);
    Unusable::new(format!("the register has no table `{wanted}`"))
        .maybe_help(nearest_or_listed(wanted, "table", names))
}

/// Writes a file in place of what is there, or leaves what is there as it is.
pub(super) fn in_file<T>(
    file: &Path,
    write: impl FnOnce(File) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let folder = file.parent().filter(|it| !it.as_os_str().is_empty());
    let cannot = || format!("cannot write {}", file.display());
    let made = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")));
    let made = made.with_context(cannot)?;
    let written = write(made.as_file().try_clone().with_context(cannot)?)?;
    made.as_file().flush().with_context(cannot)?;
    made.persist(file).with_context(cannot)?;
    Ok(written)
}

pub(super) fn format(
    said: Option<RegisterFormat>,
    output: Option<&Path>,
    table: Option<&str>,
) -> Result<Format, Unusable> {
    let ending = output.and_then(Path::extension).and_then(OsStr::to_str);
    let of_ending = match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("csv") => Some(Format::Csv),
        Some("xlsx") => Some(Format::Xlsx),
        _ => None,
    };
    let format = match (said, of_ending) {
        (Some(RegisterFormat::Csv), _) | (None, Some(Format::Csv)) => Format::Csv,
        (Some(RegisterFormat::Xlsx), _) | (None, Some(Format::Xlsx)) => Format::Xlsx,
        (None, None) if output.is_none() => Format::Csv,
        (None, None) => {
            let what = "the name of the output says no format";
            return Err(
                Unusable::new(what).help("end it with `.csv` or `.xlsx`, or say `--format`")
            );
        }
    };
    match (format, table) {
        (Format::Xlsx, Some(_)) => {
            let what = "a workbook has every table";
            Err(Unusable::new(what).help("leave out `--table`, or write CSV"))
        }
        _ => Ok(format),
    }
}

/// None of these roles reads cases.
pub(super) fn reads_nothing(roles: &[String], names: &BTreeSet<&str>) -> Unusable {
    let what = format!("`{}` reads no cases of this protocol", roles.join("`, `"));
    let wanted = roles.first().map_or("", String::as_str);
    Unusable::new(what).maybe_help(nearest_or_listed(wanted, "role", names.iter().copied()))
}

fn asked(args: &Export, kept: &Kept) -> anyhow::Result<Asked> {
    let versions = kept.versions(&args.protocol)?;
    let zone = versions.first().map(|it| &it.machine.protocol.zone);
    let zone = zone.context("the protocol has no version")?;
    let mut viewer = Viewer::Anybody;
    if !args.roles.is_empty() {
        viewer = Viewer::Roles(args.roles.clone());
        let reads = |it: &std::sync::Arc<store::keeper::Loaded>| viewer.reads_cases(&it.machine);
        if !versions.iter().any(reads) {
            let roles = versions.iter().flat_map(|it| &it.machine.protocol.roles);
            let names = roles.map(|it| it.name.as_str()).collect();
            return Err(reads_nothing(&args.roles, &names).into());
        }
    }
    let reading = match (&args.as_of, &args.as_known_at) {
        (Some(text), _) => Reading::AsTrueAt(until(zone, text)?),
        (None, Some(text)) => Reading::AsKnownAt(until(zone, text)?),
        (None, None) => Reading::Now,
    };
    Ok(Asked {
        tenant: kept.tenant,
        protocol_id: args.protocol.clone(),
        reading,
        now: kept.now,
        from: args.from.as_deref().map(day).transpose()?,
        to: args.to.as_deref().map(day).transpose()?,
        viewer,
    })
}
