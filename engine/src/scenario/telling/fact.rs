//! One fact in plain words.

use crate::machine::Machine;
use crate::model::RuleId;
use crate::runtime::{self, Cancelled, Case, ClockId, Fact, FactKind, Times};
use crate::scenario::words;
use crate::script::Value;
use crate::text::Strings;

/// What a fact says, or nothing where it only remembers something for later. `case` is the case
/// after the fact, or at any time later.
#[must_use]
pub fn fact(machine: &Machine, strings: &Strings, case: &Case, fact: &Fact) -> Option<String> {
    let cited = |text: String| format!("{text}{}", words::source(machine, fact.rule));
    Some(match fact.kind {
        FactKind::Reported { .. }
        | FactKind::Waiting { .. }
        | FactKind::Forgotten { .. }
        | FactKind::TimerRan { .. }
        | FactKind::Opened { .. } => return None,
        FactKind::FieldSet { field, value } => {
            let shown = match runtime::is_open(machine, fact) {
                true => words::value(machine, strings, field, value),
                false => words::CONFIDENTIAL.to_owned(),
            };
            format!("{}: {shown}", words::field(machine, field))
        }
        FactKind::HistorySeen { question, value } => {
            let question = machine.protocol.history.questions.get(usize::from(question));
            let name = question.map_or("history", |it| &it.name);
            match value {
                Value::Number(number) => format!("{name}: {}", number.normalize()),
                _ => name.to_owned(),
            }
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
        FactKind::Told { party, from } => words::told(machine, party, from),
        FactKind::ActRefused { stop, place, .. } => {
            let stop = machine.protocol.stops.get(stop.index());
            let row = stop.and_then(|it| it.refuses.get(usize::from(place)));
            let (name, says) = (stop.map_or("", |it| &it.name), row.map_or("", |it| &it.says));
            cited(format!("REFUSED by stop {name}: {says}"))
        }
        FactKind::Withdrawn { sequence } => format!("fact {sequence} was not true"),
        FactKind::Corrected { from, .. } => {
            format!("corrected from {} on", words::instant(machine, from))
        }
        FactKind::InsertedBefore { .. } => return None,
        FactKind::SetAside { event } => format!("{} has no effect any more", strings.get(event)),
        FactKind::EntryAdded { .. }
        | FactKind::EntryFieldSet { .. }
        | FactKind::EntryDone { .. } => {
            return Some(entry(machine, strings, fact));
        }
        _ => return whole(machine, strings, fact).or_else(|| clock(machine, strings, case, fact)),
    })
}

/// What a fact says of the case as a whole: as what it goes on, and beside which others.
fn whole(machine: &Machine, strings: &Strings, fact: &Fact) -> Option<String> {
    Some(match fact.kind {
        FactKind::TakenIn { intake, .. } => {
            format!("taken in as {}", words::intake(machine, intake))
        }
        FactKind::Converted { intake, .. } => {
            format!("is now {}, received as before", words::intake(machine, intake))
        }
        FactKind::Merged { case } => format!("goes on as part of case {}", strings.get(case)),
        FactKind::SplitOff { case } => format!("case {} split off", strings.get(case)),
        FactKind::Linked { case } => format!("linked with case {}", strings.get(case)),
        FactKind::CalendarsAmended { amendment } => {
            let name = machine.amendment(amendment).map_or("", |it| it.name.as_str());
            format!("counts by the calendars as amended: {name}")
        }
        FactKind::TimerMoved { due, .. } => {
            let due = words::instant(machine, due);
            format!("unless something happens before {due} now, as a calendar was amended")
        }
        FactKind::Broken { guarantee } => {
            let guarantee = machine.protocol.guarantees.get(guarantee.index());
            let says = guarantee.map_or("", |it| &it.says);
            format!("GUARANTEE BROKEN: {says}{}", words::source(machine, fact.rule))
        }
        FactKind::LetterFailed { letter } => {
            format!("letter {} did not arrive", words::letter(machine, letter))
        }
        _ => return None,
    })
}

/// What a fact says about an entry of a record; of a personal value only that it is there.
fn entry(machine: &Machine, strings: &Strings, fact: &Fact) -> String {
    match fact.kind {
        FactKind::EntryAdded { record, id, .. } => {
            format!("{} {} recorded", words::record(machine, record), strings.get(id))
        }
        FactKind::EntryFieldSet { record, id, field, value, .. } => {
            let fields = machine.protocol.records.get(record.index()).map(|it| &it.fields);
            let field = fields.and_then(|it| it.get(usize::from(field))).map(|it| &it.field);
            let name = field.map_or("", |it| &it.name);
            let shown = match runtime::is_open(machine, fact) {
                true => field.map(|it| words::value_words(machine, strings, it, value)),
                false => Some(words::CONFIDENTIAL.to_owned()),
            };
            let (record, id) = (words::record(machine, record), strings.get(id));
            format!("{record} {id}, {name}: {}", shown.unwrap_or_default())
        }
        FactKind::EntryDone { record, id, .. } => {
            format!("{} {} done", words::record(machine, record), strings.get(id))
        }
        _ => String::new(),
    }
}

fn clock(machine: &Machine, strings: &Strings, case: &Case, fact: &Fact) -> Option<String> {
    let name = |id: ClockId| format!("clock {}", words::clock(machine, strings, case, id));
    let cited = |text: String| format!("{text}{}", words::source(machine, fact.rule));
    Some(match fact.kind {
        FactKind::Started { clock, alternative, times, .. } => {
            let (term, rule) = term(machine, clock, alternative);
            let source = words::source(machine, rule.unwrap_or(fact.rule));
            let who = words::who(machine, case, clock);
            let due = due(machine, times);
            format!("{} started{who}{due}{term}{source}", name(clock))
        }
        FactKind::Recounted { clock, alternative, times, .. } => {
            let (term, rule) = term(machine, clock, alternative);
            let source = words::source(machine, rule.unwrap_or(fact.rule));
            format!("{} counted again{}{term}{source}", name(clock), due(machine, times))
        }
        FactKind::Moved { clock, before, times } => {
            let was = before.filter(|it| times.due != Some(*it));
            let was = was.map_or_else(String::new, |it| {
                format!(" instead of {}", words::instant(machine, it))
            });
            let due = due(machine, times);
            format!("{} moved, as a calendar was amended{due}{was}", name(clock))
        }
        FactKind::MetEarly { deadline } => {
            format!("clock {} will begin as met", words::deadline(machine, deadline))
        }
        FactKind::Warned { clock, .. } => format!("{}: warning", name(clock)),
        FactKind::Met { clock, late: false } => format!("{} met in time", name(clock)),
        FactKind::Met { clock, late: true } => format!("{} met late", name(clock)),
        FactKind::Breached { clock } => cited(format!("{} MISSED", name(clock))),
        FactKind::Lapsed { clock } => cited(format!("{} ran out unused", name(clock))),
        FactKind::Paused { clock, times, .. } => {
            let end = times.alarm.map_or_else(String::new, |at| {
                format!(", until {} at most", words::instant(machine, at))
            });
            cited(format!("{} stands still{end}", name(clock)))
        }
        FactKind::Resumed { clock, times } => {
            format!("{} runs again{}", name(clock), due(machine, times))
        }
        FactKind::Extended { clock, times, .. } => {
            cited(format!("{} extended{}", name(clock), due(machine, times)))
        }
        FactKind::Cancelled { clock, why } => {
            let why = match why {
                Cancelled::Point => "no longer owed",
                Cancelled::When => "no longer owed in this case",
                Cancelled::Closed => "no longer owed, the case is closed",
                Cancelled::Merged => "no longer owed here, the case goes on in another",
            };
            format!("{} ended: {why}", name(clock))
        }
        FactKind::Replaced { clock } => {
            format!("{} ended: a new one takes its place", name(clock))
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
