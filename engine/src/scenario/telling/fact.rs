//! One fact in plain words.

use crate::machine::Machine;
use crate::model::{DeadlineId, RuleId};
use crate::runtime::{Cancelled, ClockId, Fact, FactKind, Times};
use crate::scenario::words;
use crate::text::Strings;

/// What a fact says, or nothing where it only remembers something for later.
#[must_use]
pub fn fact(machine: &Machine, strings: &Strings, fact: &Fact) -> Option<String> {
    let cited = |text: String| format!("{text}{}", words::source(machine, fact.rule));
    Some(match fact.kind {
        FactKind::Reported { .. }
        | FactKind::Waiting { .. }
        | FactKind::Forgotten { .. }
        | FactKind::TimerRan { .. }
        | FactKind::Opened { .. } => return None,
        FactKind::FieldSet { field, value } => {
            let shown = words::value(machine, strings, field, value);
            format!("{}: {shown}", words::field(machine, field))
        }
        FactKind::SeverityChanged { level } => {
            cited(format!("severity {}", machine.level_name(level)))
        }
        FactKind::Placed { rung } => {
            cited(format!("placed on rung {}", words::rung(machine, rung)))
        }
        FactKind::Escalated { rung } => {
            cited(format!("escalated to rung {}", words::rung(machine, rung)))
        }
        FactKind::EscalationExhausted => cited("there is no higher rung".to_owned()),
        FactKind::StageEntered { stage } => {
            let owner = machine.protocol.stages.get(stage.index()).and_then(|it| it.owner);
            let owner = owner.map(|it| format!(", with {}", words::doer(machine, it)));
            cited(format!("stage {}{}", words::stage(machine, stage), owner.unwrap_or_default()))
        }
        FactKind::Reopened => "the case is open again".to_owned(),
        FactKind::Closed => "the case is closed".to_owned(),
        FactKind::TimerSet { due, .. } => {
            cited(format!("unless something happens before {}", words::instant(machine, due)))
        }
        FactKind::LetterDue { letter } => {
            let recipients = words::recipients(machine, letter);
            cited(format!("letter {} sent{recipients}", words::letter(machine, letter)))
        }
        FactKind::Told { party } => format!("{} told", words::party(machine, party)),
        FactKind::Withdrawn { sequence } => format!("fact {sequence} was not true"),
        _ => return clock(machine, fact),
    })
}

fn clock(machine: &Machine, fact: &Fact) -> Option<String> {
    let name = |id: DeadlineId| format!("clock {}", words::deadline(machine, id));
    let cited = |text: String| format!("{text}{}", words::source(machine, fact.rule));
    Some(match fact.kind {
        FactKind::Started { clock, alternative, times, .. } => {
            let (term, rule) = term(machine, clock, alternative);
            let source = words::source(machine, rule.unwrap_or(fact.rule));
            let who = words::who(machine, clock.deadline);
            let due = due(machine, times);
            format!("{} started{who}{due}{term}{source}", name(clock.deadline))
        }
        FactKind::Recounted { clock, alternative, times, .. } => {
            let (term, rule) = term(machine, clock, alternative);
            let source = words::source(machine, rule.unwrap_or(fact.rule));
            format!("{} counted again{}{term}{source}", name(clock.deadline), due(machine, times))
        }
        FactKind::MetEarly { deadline } => format!("{} will begin as met", name(deadline)),
        FactKind::Warned { clock, .. } => format!("{}: warning", name(clock.deadline)),
        FactKind::Met { clock, late: false } => format!("{} met in time", name(clock.deadline)),
        FactKind::Met { clock, late: true } => format!("{} met late", name(clock.deadline)),
        FactKind::Breached { clock } => cited(format!("{} MISSED", name(clock.deadline))),
        FactKind::Lapsed { clock } => cited(format!("{} ran out unused", name(clock.deadline))),
        FactKind::Paused { clock, times, .. } => {
            let end = times.alarm.map_or_else(String::new, |at| {
                format!(", until {} at most", words::instant(machine, at))
            });
            cited(format!("{} stands still{end}", name(clock.deadline)))
        }
        FactKind::Resumed { clock, times } => {
            format!("{} runs again{}", name(clock.deadline), due(machine, times))
        }
        FactKind::Extended { clock, times, .. } => {
            cited(format!("{} extended{}", name(clock.deadline), due(machine, times)))
        }
        FactKind::Cancelled { clock, why } => {
            let why = match why {
                Cancelled::Point => "no longer owed",
                Cancelled::When => "no longer owed in this case",
                Cancelled::Closed => "no longer owed, the case is closed",
            };
            format!("{} ended: {why}", name(clock.deadline))
        }
        FactKind::Replaced { clock } => {
            format!("{} ended: a new one takes its place", name(clock.deadline))
        }
        _ => return None,
    })
}

fn due(machine: &Machine, times: Times) -> String {
    times.due.map_or_else(String::new, |at| format!(": due {}", words::instant(machine, at)))
}

/// The term of a clock in brackets, and the entry that states it.
fn term(machine: &Machine, clock: ClockId, alternative: u16) -> (String, Option<RuleId>) {
    let deadline = machine.protocol.deadlines.get(clock.deadline.index());
    let chosen = deadline.and_then(|it| it.alternatives.get(usize::from(alternative)));
    match chosen {
        Some(chosen) => (format!(" ({})", chosen.allowance), Some(chosen.rule)),
        None => (" (agreed date)".to_owned(), None),
    }
}
