//! A fact of the engine in the plain words of the referee.

use engine::machine::Machine;
use engine::model::FieldKind;
use engine::runtime::{Cancelled, ClockId, Fact, FactKind};
use engine::script::Value;
use engine::text::Strings;

/// One line for one fact. Timers have none: the referee derives them.
pub(crate) fn line(machine: &Machine, strings: &Strings, fact: &Fact) -> Option<String> {
    let protocol = &machine.protocol;
    let what = match fact.kind {
        FactKind::TimerSet { .. } => return None,
        FactKind::Opened { .. } => "opened".to_owned(),
        FactKind::Reported { event, by, person, .. } => {
            let person = person.map_or(String::new(), |it| format!(":{}", strings.get(it)));
            let event = &protocol.events[event.index()].name;
            format!("reported {event} by {}{person}", machine.protocol.party_name(by))
        }
        FactKind::FieldSet { field, value } => {
            let declared = &protocol.fields[field.index()];
            let value = shown(machine, strings, &declared.kind, value);
            format!("field {} = {value}", declared.name)
        }
        FactKind::EntryAdded { record, id, .. } => {
            let record = &protocol.records[record.index()].name;
            format!("entry {record} {} added", strings.get(id))
        }
        FactKind::EntryFieldSet { record, id, field, value, .. } => {
            let record = &protocol.records[record.index()];
            let declared = &record.fields[usize::from(field)].field;
            let value = shown(machine, strings, &declared.kind, value);
            format!("entry {} {} {} = {value}", record.name, strings.get(id), declared.name)
        }
        FactKind::EntryDone { record, id, .. } => {
            let record = &protocol.records[record.index()].name;
            format!("entry {record} {} done", strings.get(id))
        }
        FactKind::HistorySeen { question, value } => {
            let name = &protocol.history.questions[usize::from(question)].name;
            format!("{name} is {value:?}")
        }
        FactKind::SeverityChanged { level } => format!("severity {}", machine.level_name(level)),
        FactKind::Placed { rung } => format!("placed {}", protocol.ladder[rung.index()].name),
        FactKind::Escalated { rung } => {
            format!("escalated {}", protocol.ladder[rung.index()].name)
        }
        FactKind::EscalationExhausted => "escalation exhausted".to_owned(),
        FactKind::StageEntered { stage } => {
            format!("entered {}", protocol.stages[stage.index()].name)
        }
        FactKind::Reopened => "reopened".to_owned(),
        FactKind::Closed => "closed".to_owned(),
        FactKind::TimerRan { place } => format!("timer ran {place}"),
        FactKind::LetterDue { letter } => {
            format!("letter {}", protocol.letters[letter.index()].name)
        }
        FactKind::Told { party: who, .. } => format!("told {}", machine.protocol.party_name(who)),
        FactKind::TakenIn { intake, .. } => {
            format!("taken in as {}", protocol.intake[intake.index()].name)
        }
        FactKind::Converted { intake, .. } => {
            format!("now {}", protocol.intake[intake.index()].name)
        }
        FactKind::Merged { case } => format!("merged into {}", strings.get(case)),
        FactKind::SplitOff { case } => format!("split off {}", strings.get(case)),
        FactKind::Linked { case } => format!("linked with {}", strings.get(case)),
        FactKind::LetterFailed { letter } => {
            format!("failed {}", protocol.letters[letter.index()].name)
        }
        FactKind::Withdrawn { sequence } => format!("withdrawn {sequence}"),
        _ => of_clock(machine, fact),
    };
    Some(format!("{} {what}", fact.at))
}

fn of_clock(machine: &Machine, fact: &Fact) -> String {
    let name = |id: engine::model::DeadlineId| &machine.protocol.deadlines[id.index()].name;
    let clock = |id: ClockId| format!("{}#{}", name(id.deadline), id.occurrence);
    match fact.kind {
        FactKind::Started { clock: id, start, alternative, .. } => {
            format!("started {} from {} term {alternative}", clock(id), start.at)
        }
        FactKind::MetEarly { deadline } => format!("met early {}", name(deadline)),
        FactKind::Waiting { deadline, start } => {
            format!("waiting {} from {}", name(deadline), start.at)
        }
        FactKind::Forgotten { deadline } => format!("forgotten {}", name(deadline)),
        FactKind::Warned { clock: id, warning, .. } => format!("warned {} {warning}", clock(id)),
        FactKind::Met { clock: id, late } => {
            format!("met {}{}", clock(id), if late { " late" } else { "" })
        }
        FactKind::Breached { clock: id } => format!("breached {}", clock(id)),
        FactKind::Lapsed { clock: id } => format!("lapsed {}", clock(id)),
        FactKind::Paused { clock: id, stage, .. } => {
            format!("paused {} in {}", clock(id), machine.protocol.stages[stage.index()].name)
        }
        FactKind::Resumed { clock: id, .. } => format!("resumed {}", clock(id)),
        FactKind::Extended { clock: id, extension, .. } => {
            format!("extended {} by {extension}", clock(id))
        }
        FactKind::Recounted { clock: id, alternative, .. } => {
            format!("recounted {} term {alternative}", clock(id))
        }
        FactKind::Cancelled { clock: id, why } => {
            let why = match why {
                Cancelled::Point => "point",
                Cancelled::When => "when",
                Cancelled::Closed => "closed",
                Cancelled::Merged => "merged",
            };
            format!("cancelled {} {why}", clock(id))
        }
        FactKind::Replaced { clock: id } => format!("replaced {}", clock(id)),
        other => format!("{other:?}"),
    }
}

/// A value in words.
pub(crate) fn shown(
    machine: &Machine,
    strings: &Strings,
    kind: &FieldKind,
    value: Value,
) -> String {
    match (value, kind) {
        (Value::Unset, _) => "nothing".to_owned(),
        (Value::Flag(flag), _) => flag.to_string(),
        (Value::Number(number), _) => number.normalize().to_string(),
        (Value::Date(date), _) => date.to_string(),
        (Value::Text(text) | Value::Slot(text), _) => strings.get(text).to_owned(),
        (Value::Choice(place), FieldKind::Choice(set) | FieldKind::Role(set)) => {
            let set = machine.protocol.scope.set(*set);
            set.and_then(|set| set.name(place)).unwrap_or("?").to_owned()
        }
        (Value::Choice(place), _) => place.to_string(),
    }
}
