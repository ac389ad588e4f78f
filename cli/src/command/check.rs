//! `protocol check`: every fault of every protocol, all at once.

use engine::diagnostic::{Diagnostic, Severity};
use engine::text::SourceSet;

use crate::Exit;
use crate::args::{Check, CheckFormat};
use crate::explain;
use crate::load::{self, Loaded, Scenarios};
use crate::output::Output;
use crate::render::{self, CheckedProtocol, count};

/// Checks protocols and their scenarios.
pub(crate) fn check(args: &Check, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    if let Some(code) = &args.explain {
        output.data(explain::page(code)?)?;
        return Ok(Exit::Fine);
    }
    let mut loaded = Vec::new();
    let mut exit = Exit::Fine;
    for folder in load::folders(&args.paths)? {
        match load::load(&folder).and_then(with_scenarios) {
            Ok(protocol) => loaded.push(protocol),
            Err(error) => {
                output.note(&render::failure(&error))?;
                exit = Exit::CouldNotRun;
            }
        }
    }
    let found = loaded.iter().map(|(protocol, scenarios)| found(protocol, scenarios.as_ref()));
    let protocols: Vec<CheckedProtocol<'_>> = found.collect();
    write(&protocols, args, output)?;
    let with = |severity: Severity| {
        protocols.iter().flat_map(|it| &it.found).any(|(it, _)| it.code.severity == severity)
    };
    let is_wrong = with(Severity::Error) || (args.deny_warnings && with(Severity::Warning));
    Ok(exit.max(if is_wrong { Exit::Wrong } else { Exit::Fine }))
}

/// Scenarios can be read against a usable protocol only.
fn with_scenarios(loaded: Loaded) -> anyhow::Result<(Loaded, Option<Scenarios>)> {
    let machine = loaded.machine.as_ref();
    let scenarios = machine.map(|machine| load::scenarios(&loaded.folder, machine)).transpose()?;
    Ok((loaded, scenarios))
}

fn found<'a>(loaded: &'a Loaded, scenarios: Option<&'a Scenarios>) -> CheckedProtocol<'a> {
    let of_protocol = loaded.diagnostics.iter().map(|it| (it, &loaded.sources));
    let of_scenarios = scenarios.into_iter().flat_map(|scenarios| {
        let all = scenarios.list.iter().flat_map(|it| &it.diagnostics);
        all.map(|it| (it, &scenarios.sources))
    });
    CheckedProtocol {
        folder: loaded.folder.to_string_lossy().into_owned(),
        found: of_protocol.chain(of_scenarios).collect(),
    }
}

fn write(
    protocols: &[CheckedProtocol<'_>],
    args: &Check,
    output: &mut Output<'_, '_>,
) -> anyhow::Result<()> {
    let draw: fn(&Diagnostic, &SourceSet) -> String = match args.format {
        CheckFormat::Json => {
            output.data(&render::checked_json(protocols, args.max_errors)?)?;
            return Ok(());
        }
        CheckFormat::Human => render::drawing,
        CheckFormat::Compact => render::compact,
    };
    let all = || protocols.iter().flat_map(|it| &it.found);
    for (diagnostic, sources) in all().take(args.max_errors) {
        output.data(&draw(diagnostic, sources))?;
    }
    let left_out = all().count().saturating_sub(args.max_errors);
    if left_out > 0 {
        let more = count(left_out, "more is", "more are");
        output.note(&format!("{more} not shown; `--max-errors {}` shows all\n", all().count()))?;
    }
    output.note(&summary(protocols))?;
    Ok(())
}

/// "2 protocols checked: 1 error, 2 warnings".
fn summary(protocols: &[CheckedProtocol<'_>]) -> String {
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
        true => format!("{checked} checked: nothing wrong\n"),
        false => format!("{checked} checked: {}\n", found.join(", ")),
    }
}
