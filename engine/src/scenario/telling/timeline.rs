//! A run as people review it: who did what when, and what followed.

use crate::machine::Machine;
use crate::runtime::{Actor, Case, Clock, Event, Fact, ReportedAt};
use crate::scenario::telling::fact;
use crate::scenario::words;
use crate::scenario::{Outcome, Reported, Scenario, Step, StepOutcome};
use crate::text::{Strings, Symbol};
use crate::time::Instant;

const INDENT: &str = "    ";

/// The timeline of a run: the same for the same protocol and scenario, on every machine. Dates
/// and times are civil ones of the protocol's zone.
#[must_use]
pub fn timeline(machine: &Machine, scenario: &Scenario, outcome: &Outcome) -> String {
    let protocol = &machine.protocol;
    let mut lines = vec![
        scenario.title.replace('\n', " "),
        format!("{} {}, times of {}", protocol.id, protocol.version, protocol.zone.name()),
    ];
    for (step, came) in scenario.steps.iter().zip(&outcome.steps) {
        lines.push(String::new());
        step_lines(machine, &outcome.strings, step, came, &mut lines);
    }
    lines.push(String::new());
    lines.extend(end(machine, &outcome.case));
    lines.push(String::new());
    lines.join("\n")
}

/// One step of a timeline, without the heading and the end: a line for what was reported, or for
/// time that passed, and what followed from it.
#[must_use]
pub fn step_told(machine: &Machine, strings: &Strings, step: &Step, came: &StepOutcome) -> String {
    let mut lines = Vec::new();
    step_lines(machine, strings, step, came, &mut lines);
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn step_lines(
    machine: &Machine,
    strings: &Strings,
    step: &Step,
    came: &StepOutcome,
    lines: &mut Vec<String>,
) {
    let mut told: Option<(Instant, Option<Symbol>)> = None;
    for fact in &came.facts {
        if told != Some((fact.at, fact.cause)) {
            told = Some((fact.at, fact.cause));
            lines.push(on_one_level(&heading(machine, strings, came, fact)));
        }
        let text = fact::fact(machine, strings, fact);
        lines.extend(text.map(|text| on_one_level(&format!("{INDENT}{text}"))));
    }
    for reported in &came.reported {
        if let Some(refusal) = &reported.refusal {
            let line = event_line(machine, strings, &reported.event, came.now);
            lines.push(on_one_level(&line));
            for (sentence, rule) in refusal.sentences(machine).iter().zip(refusal.rules(machine)) {
                let source = words::source(machine, rule);
                lines.push(on_one_level(&format!("{INDENT}REFUSED: {sentence}{source}")));
            }
        }
    }
    if came.facts.is_empty() && came.reported.is_empty() {
        lines.push(format!(
            "{}  {}: nothing happens",
            words::instant(machine, came.now),
            step.what
        ));
    }
}

/// A line of the timeline. Where a text in it has line breaks, what follows them is set in so far
/// that nobody takes it for another event or fact.
fn on_one_level(line: &str) -> String {
    line.replace('\n', &format!("\n{INDENT}{INDENT}"))
}

/// The line above the facts of one decision.
fn heading(machine: &Machine, strings: &Strings, came: &StepOutcome, fact: &Fact) -> String {
    let caused = |it: &&Reported| Some(it.event.id) == fact.cause;
    match came.reported.iter().find(caused) {
        Some(reported) => event_line(machine, strings, &reported.event, fact.at),
        None => format!("{}  time passes", words::instant(machine, fact.at)),
    }
}

/// "Mon 30 Mar 2026 16:20  answer_sent by agent, in person".
fn event_line(machine: &Machine, strings: &Strings, event: &Event, at: Instant) -> String {
    let at = match event.date_only {
        true => ReportedAt::Date(machine.protocol.zone.civil(event.at).date()),
        false => ReportedAt::Instant(event.at.min(at)),
    };
    let mut line = format!(
        "{}  {} by {}",
        words::reported_at(machine, at),
        words::event(machine, event.kind),
        actor(machine, strings, event.actor)
    );
    if let Some(entered_by) = event.entered_by {
        line.push_str(&format!(", entered by {}", actor(machine, strings, entered_by)));
    }
    let channel = event.channel.and_then(|id| machine.protocol.channels.get(id.index()));
    if let Some(channel) = channel {
        line.push_str(&format!(", by {}", channel.name));
    }
    if event.recorded_at != event.at && !event.date_only {
        let recorded = words::instant(machine, event.recorded_at);
        line.push_str(&format!(", recorded {recorded}"));
    }
    if let Some(reason) = event.reason {
        line.push_str(&format!(": \"{}\"", strings.get(reason)));
    }
    line
}

fn actor(machine: &Machine, strings: &Strings, actor: Actor) -> String {
    let party = words::party(machine, actor.party);
    match actor.person {
        Some(person) => format!("{party} {}", strings.get(person)),
        None => party.to_owned(),
    }
}

/// Where the case stands at the end, and what is still owed.
fn end(machine: &Machine, case: &Case) -> Vec<String> {
    let stage = words::stage(machine, case.stage);
    let mut line = format!("at the end: stage {stage}");
    let rung = words::rung(machine, case.rung);
    if !rung.is_empty() {
        line.push_str(&format!(", rung {rung}"));
    }
    if let Some(level) = case.severity {
        line.push_str(&format!(", severity {}", machine.level_name(level)));
    }
    let open = case.clocks.iter().filter(|clock| clock.is_open());
    std::iter::once(line).chain(open.map(|clock| still_open(machine, clock))).collect()
}

fn still_open(machine: &Machine, clock: &Clock) -> String {
    let name = words::deadline(machine, clock.id.deadline);
    match (clock.times.due, clock.breached) {
        (Some(at), true) => {
            format!("{INDENT}{name}: missed on {}, still open", words::instant(machine, at))
        }
        (Some(at), false) => format!("{INDENT}{name}: due {}", words::instant(machine, at)),
        (None, _) if clock.is_running() => format!("{INDENT}{name}: open"),
        (None, _) => format!("{INDENT}{name}: stands still"),
    }
}
