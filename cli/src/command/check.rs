//! `protocol check`: every fault of every protocol, all at once.

use std::path::Path;

use engine::diagnostic::{Diagnostic, Severity};
use engine::text::SourceSet;
use store::replace::{self, Change};

use crate::Exit;
use crate::args::{Check, CheckFormat};
use crate::command::watch;
use crate::explain;
use crate::fix::{self, Done, Files};
use crate::load;
use crate::output::Output;
use crate::render::{self, CheckedProtocol, count};

/// Checks protocols and their scenarios.
pub(crate) fn check(args: &Check, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    if let Some(code) = &args.explain {
        output.data(explain::page(code)?)?;
        return Ok(Exit::Fine);
    }
    if args.watch {
        let changes = store::watch::changes(&load::folders(&args.paths)?)?;
        return watch::watch(changes, output, |output| check_once(args, output));
    }
    check_once(args, output)
}

fn check_once(args: &Check, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let mut checked = Vec::new();
    let (mut exit, mut n_fixes) = (Exit::Fine, 0usize);
    for folder in load::folders(&args.paths)? {
        match check_one(&folder, args, output) {
            Ok((files, n_made)) => {
                checked.push(files);
                n_fixes = n_fixes.saturating_add(n_made);
            }
            Err(error) => {
                output.note(&render::failure(&error))?;
                exit = Exit::CouldNotRun;
            }
        }
    }
    if (args.fix || args.diff) && n_fixes == 0 && exit == Exit::Fine {
        output.note("there is nothing that can be fixed without asking\n")?;
    }
    let protocols: Vec<CheckedProtocol<'_>> = checked.iter().map(found).collect();
    write(&protocols, exit, args, output)?;
    let with = |severity: Severity| {
        protocols.iter().flat_map(|it| &it.found).any(|(it, _)| it.code.severity == severity)
    };
    let would_change = args.diff && n_fixes > 0;
    let is_wrong = with(Severity::Error) || (args.deny_warnings && with(Severity::Warning));
    Ok(exit.max(if is_wrong || would_change { Exit::Wrong } else { Exit::Fine }))
}

/// The files of a protocol, mended where that is asked for, and how many fixes that took.
fn check_one(
    folder: &Path,
    args: &Check,
    output: &mut Output<'_, '_>,
) -> anyhow::Result<(Files, usize)> {
    if !args.fix && !args.diff {
        return Ok((Files::read(folder)?, 0));
    }
    let plan = fix::plan(folder)?;
    let told = |it: &Done| render::fix_line(&it.fault, &it.fix, &it.sources);
    if args.diff {
        for (path, before, after) in plan.changes() {
            let path = folder.join(path).to_string_lossy().into_owned();
            output.data(&render::change(render::short(&path), before, after))?;
        }
    } else {
        let change = |(path, before, after)| Change { path, before, after };
        replace::replace(folder, &plan.changes().map(change).collect::<Vec<_>>())?;
        for it in plan.done.iter().take(args.max_errors) {
            output.note(&format!("fixed {}", told(it)))?;
        }
        let n_more = plan.done.len().saturating_sub(args.max_errors);
        if n_more > 0 {
            output.note(&format!("fixed {n_more} more; `--max-errors` tells of more\n"))?;
        }
    }
    for it in plan.left.iter().take(args.max_errors) {
        output.note(&format!("not fixed, for a new error would come: {}", told(it)))?;
    }
    Ok((plan.after, plan.done.len()))
}

fn found(files: &Files) -> CheckedProtocol<'_> {
    CheckedProtocol {
        folder: files.loaded.folder.to_string_lossy().into_owned(),
        found: files.found().map(|(it, set)| (it, files.sets()[set])).collect(),
    }
}

fn write(
    protocols: &[CheckedProtocol<'_>],
    exit: Exit,
    args: &Check,
    output: &mut Output<'_, '_>,
) -> anyhow::Result<()> {
    let all = || protocols.iter().flat_map(|it| &it.found);
    let each = |draw: fn(&Diagnostic, &SourceSet) -> String| {
        let shown = all().take(args.max_errors);
        shown.map(|(it, sources)| draw(it, sources)).collect::<String>()
    };
    let text = match args.format {
        CheckFormat::Human => each(render::drawing),
        CheckFormat::Compact => each(render::compact),
        CheckFormat::Plain => each(render::plain),
        CheckFormat::Github => each(render::github),
        CheckFormat::Json => render::checked_json(protocols, args.max_errors)?,
        CheckFormat::Sarif => {
            render::checked_sarif(protocols, args.max_errors, exit == Exit::Fine)?
        }
    };
    if !args.diff {
        output.data(&text)?;
    }
    if args.format == CheckFormat::Json {
        return Ok(());
    }
    let left_out = all().count().saturating_sub(args.max_errors);
    if left_out > 0 && !args.diff {
        let more = count(left_out, "more is", "more are");
        output.note(&format!("{more} not shown; `--max-errors {}` shows all\n", all().count()))?;
    }
    if protocols.is_empty() {
        return Ok(());
    }
    let done = if args.diff { "checked as it would be" } else { "checked" };
    output.note(&summary(protocols, done))?;
    Ok(())
}

/// "2 protocols checked: 1 error, 2 warnings".
fn summary(protocols: &[CheckedProtocol<'_>], done: &str) -> String {
    let with = |severity: Severity| {
        let all = protocols.iter().flat_map(|it| &it.found);
        all.filter(|(it, _)| it.code.severity == severity).count()
    };
    let (n_errors, n_warnings) = (with(Severity::Error), with(Severity::Warning));
    let checked = count(protocols.len(), "protocol", "protocols");
    let found = [(n_errors, "error", "errors"), (n_warnings, "warning", "warnings")];
    let found = found.iter().filter(|(number, ..)| *number > 0);
    let found: Vec<String> = found.map(|(number, one, many)| count(*number, one, many)).collect();
    match found.is_empty() {
        true => format!("{checked} {done}: nothing wrong\n"),
        false => format!("{checked} {done}: {}\n", found.join(", ")),
    }
}
