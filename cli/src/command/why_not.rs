//! `protocol explain SCENARIO#STEP --why-not EVENT`: why an event would be refused there, or what
//! would follow.

use std::path::{Path, PathBuf};

use engine::diagnostic::nearest_or_listed;
use engine::machine::Machine;
use engine::model::{Party, Protocol};
use engine::runtime::{self, Case, CaseKey, Context, Given};
use engine::scenario::{self, Act, Expect, Movement, Outcome, Scenario, Step};

use crate::Exit;
use crate::args::{AnswerFormat, Explain};
use crate::command;
use crate::load;
use crate::output::Output;
use crate::question;
use crate::render::{self, WhyNot};
use crate::unusable::Unusable;

/// The reason given for an event that needs one: that of the person who asks is not known.
const REASON: &str = "asked with --why-not";

/// Plays a scenario up to after a step and asks what an event would come to then.
pub(crate) fn why_not(args: &Explain, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let (path, step) = subject(&args.subject)?;
    let folder = folder_of(&path)?;
    let (machine, sources) = load::usable(&folder)?;
    let scenario = first_steps(&machine, scenario(&folder, &path, &machine)?, step)?;
    let before = scenario::run(&machine, &scenario);
    if before.steps.len() < scenario.steps.len().saturating_add(scenario.openings.len()) {
        let what = format!("`{}` does not get as far as that step", path.display());
        let help = format!("`protocol test {}` says why", folder.display());
        return Err(Unusable::new(what).help(help).into());
    }
    let asked = asked(&machine, &scenario, &before, args)?;
    let after = scenario::run(&machine, &asked);
    let last = after.steps.last();
    let Some(reported) = last.and_then(|it| it.reported.last()) else {
        let failures = last.into_iter().flat_map(|it| &it.failures);
        let problems: Vec<&str> = failures.map(|it| unpointed(&it.was)).collect();
        return Err(Unusable::new(problems.join("; ")).into());
    };
    let event = &reported.event;
    let explanation =
        runtime::explain(&machine, case(&scenario, &before), event, &Context::new(&after.strings));
    let why_not = WhyNot {
        machine: &machine,
        sources: &sources,
        strings: &after.strings,
        scenario: &asked,
        step: scenario.steps.last().map_or(0, |it| it.number),
        case: case(&scenario, &before),
        event,
        explanation: &explanation,
    };
    let text = match args.format {
        AnswerFormat::Human => render::why_not_text(&why_not),
        AnswerFormat::Json => render::why_not_json(&why_not)?,
    };
    output.data(&text)?;
    Ok(Exit::Fine)
}

/// The problem without its place in the report, which nobody wrote here: "/by: …".
fn unpointed(problem: &str) -> &str {
    match problem.split_once(": ") {
        Some((pointer, rest)) if pointer.starts_with('/') => rest,
        _ => problem,
    }
}

/// The scenario and the number of the step: none is the last.
fn subject(text: &str) -> anyhow::Result<(PathBuf, Option<u32>)> {
    let Some((path, step)) = text.rsplit_once('#') else { return Ok((text.into(), None)) };
    let Ok(number) = step.parse() else {
        let what = format!("`{step}` is no number of a step");
        let help = "write `scenarios/late.toml#4`; #0 is right after the case was opened";
        return Err(Unusable::new(what).help(help).into());
    };
    Ok((path.into(), Some(number)))
}

/// The protocol folder that a scenario lies in.
fn folder_of(path: &Path) -> anyhow::Result<PathBuf> {
    let shown = path.display();
    if store::file::kind(path)? == store::file::Kind::Folder {
        let what = format!("`{shown}` is a folder, not a scenario");
        return Err(Unusable::new(what)
            .help("name a file, such as `scenarios/late.toml#4`")
            .into());
    }
    let folder = path.ancestors().skip(1).find(|it| it.join("protocol.toml").is_file());
    match folder {
        Some(folder) if folder.as_os_str().is_empty() => Ok(PathBuf::from(".")),
        Some(folder) => Ok(folder.to_path_buf()),
        None => Err(Unusable::new(format!("`{shown}` lies in no protocol folder")).into()),
    }
}

fn scenario(folder: &Path, path: &Path, machine: &Machine) -> anyhow::Result<Scenario> {
    let inner = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = inner.components().map(|it| it.as_os_str().to_string_lossy()).collect();
    let inner = parts.join("/");
    let found = load::scenarios(folder, machine)?.list.into_iter().find(|it| it.path == inner);
    let shown = path.display();
    let Some(found) = found else {
        let what = format!("`{shown}` is no scenario");
        let help = "scenarios are TOML files in the folder `scenarios` of a protocol";
        return Err(Unusable::new(what).help(help).into());
    };
    found.scenario.ok_or_else(|| {
        let help = format!("`protocol check {}` shows them", folder.display());
        Unusable::new(format!("`{shown}` has errors")).help(help).into()
    })
}

/// The scenario up to a step. What opens after that does not open.
fn first_steps(
    machine: &Machine,
    mut scenario: Scenario,
    step: Option<u32>,
) -> anyhow::Result<Scenario> {
    let last = scenario.steps.iter().map(|it| it.number).max().unwrap_or(0);
    let step = step.unwrap_or(last);
    if step > last {
        let what = format!("the scenario has {last} steps, so there is no step {step}");
        return Err(Unusable::new(what).into());
    }
    scenario.steps.retain(|it| it.number <= step);
    if let (Some(last), false) = (scenario.steps.last(), scenario.openings.is_empty()) {
        let last = (last.number, last.case);
        let came = scenario::run(machine, &scenario).steps;
        let taken = came.iter().position(|it| (it.number, it.case) == last);
        let after = came.iter().skip(taken.map_or(came.len(), |place| place.saturating_add(1)));
        let after: Vec<CaseKey> = after.map(|it| it.case).collect();
        scenario.openings.retain(|it| !after.contains(&it.case));
    }
    Ok(scenario)
}

/// Whether `by`, a role or `role:person`, names a role of the protocol.
fn role(protocol: &Protocol, by: &str) -> anyhow::Result<()> {
    let name = by.split(':').next().unwrap_or_default();
    let names = protocol.roles.iter().map(|it| it.name.as_str());
    if Party::built_in(name).is_some() || names.clone().any(|it| it == name) {
        return Ok(());
    }
    let what = format!("`{name}` is no role of this protocol");
    Err(Unusable::new(what).maybe_help(nearest_or_listed(name, "role", names)).into())
}

/// The case that the last step is about, as it stands after it.
fn case<'a>(scenario: &Scenario, before: &'a Outcome) -> &'a Case {
    let key = scenario.steps.last().map_or(CaseKey::FIRST, |it| it.case);
    &before.register[key].case
}

/// The scenario with one more step, in which the event is reported.
fn asked(
    machine: &Machine,
    scenario: &Scenario,
    before: &Outcome,
    args: &Explain,
) -> anyhow::Result<Scenario> {
    let protocol = &machine.protocol;
    let name = args.why_not.as_deref().unwrap_or_default();
    let names = protocol.events.iter().map(|it| it.name.as_str());
    let event = protocol.event(name).ok_or_else(|| {
        Unusable::new(format!("`{name}` is no event of this protocol"))
            .maybe_help(nearest_or_listed(name, "event", names))
    })?;
    if let Some(by) = &args.by {
        role(protocol, by)?;
    }
    let mut data = Vec::new();
    for (name, written) in command::question("", "", &args.assumed)?.fields {
        let field = question::brought(protocol, event, &name)?;
        data.push(match field.personal {
            true => (name.clone(), Given::Slot(name)),
            false => (name, question::given(&field.kind, &written)),
        });
    }
    let channel = case(scenario, before).channel.and_then(|id| protocol.channels.get(id.index()));
    let act = Act {
        by: args.by.clone(),
        channel: channel.map(|it| it.name.clone()),
        data,
        reason: protocol.events[event.index()].reason.then(|| REASON.to_owned()),
        ..Act::new("why-not".to_owned(), event)
    };
    let mut asked = scenario.clone();
    if let Some(last) = scenario.steps.last() {
        asked.steps.push(Step {
            number: last.number.saturating_add(1),
            what: name.to_owned(),
            span: last.span,
            case: last.case,
            away: None,
            movement: Movement::Stay,
            acts: vec![act],
            expect: Expect::default(),
        });
    }
    Ok(asked)
}
