//! A fact as it is stored: names and texts instead of numbers, in a fixed order, and the bytes
//! of that. The form is described in `docs/CANONICAL.md` and pinned by golden files.

use crate::machine::Machine;
use crate::model::{CalendarId, DeadlineId, FieldKind, GuaranteeId, Party, RecordId};
use crate::runtime::{Cancelled, ClockId, Fact, FactKind, SEMANTICS_VERSION, Times};
use crate::script::{SetId, Value};
use crate::text::{Strings, Symbol};
use crate::time::{Instant, NaiveDate, Start, zone_data_version};

/// The version of the form of a stored fact. Raised with every change of the form; a new kind is
/// none.
pub const RECORD_VERSION: u32 = 1;

/// How many entries room is made for: few facts have more.
const ENTRIES: usize = 16;

/// A fact as names and texts. An absent value is `None`, which is not the empty text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The names and values, in the order of the form.
    pub entries: Vec<(&'static str, Option<String>)>,
}

impl Record {
    /// The canonical bytes: a first line with the version, then a line an entry:
    /// name, space, length of the value in bytes, colon, value; or name, space, hyphen.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = format!("redress-fact {RECORD_VERSION}\n");
        for (name, value) in &self.entries {
            out.push_str(name);
            match value {
                Some(value) => {
                    out.push_str(&format!(" {}:{value}\n", value.len()));
                }
                None => out.push_str(" -\n"),
            }
        }
        out.into_bytes()
    }

    fn add(&mut self, name: &'static str, value: impl Into<String>) {
        self.entries.push((name, Some(value.into())));
    }

    fn maybe(&mut self, name: &'static str, value: Option<String>) {
        self.entries.push((name, value));
    }
}

/// Writes a fact as names and texts.
#[must_use]
pub fn record(machine: &Machine, strings: &Strings, fact: &Fact) -> Record {
    let rule = machine.protocol.rule(fact.rule);
    let mut out = Record { entries: Vec::with_capacity(ENTRIES) };
    out.add("sequence", fact.sequence.to_string());
    out.add("at", instant(fact.at));
    out.maybe("cause", fact.cause.map(|id| strings.get(id).to_owned()));
    out.add("semantics", SEMANTICS_VERSION.to_string());
    out.add("rule", rule.path.clone());
    out.maybe("source", rule.source.clone());
    out.add("place", rule.place.clone());
    of_case(machine, strings, fact, &mut out);
    out
}

fn of_case(machine: &Machine, strings: &Strings, fact: &Fact, out: &mut Record) {
    let protocol = &machine.protocol;
    let person = |id: Option<Symbol>| id.map(|id| strings.get(id).to_owned());
    match fact.kind {
        FactKind::Opened { channel, complainant, respondent } => {
            out.add("kind", "opened");
            out.maybe("channel", channel.map(|id| protocol.channels[id.index()].name.clone()));
            out.maybe("complainant", person(complainant));
            out.maybe("respondent", person(respondent));
        }
        FactKind::Reported { event, by, person: who, .. } => {
            out.add("kind", "event-reported");
            out.add("event", protocol.events[event.index()].name.clone());
            out.add("by", party(machine, by));
            out.maybe("person", person(who));
        }
        FactKind::FieldSet { field, value: set } => {
            out.add("kind", "field-set");
            out.add("field", protocol.fields[field.index()].name.clone());
            let declared = protocol.fields.get(field.index());
            let (kind, text) = value(machine, strings, declared.map(|it| &it.kind), set);
            out.add("type", kind);
            out.maybe("value", text);
        }
        FactKind::HistorySeen { question, value: seen } => {
            out.add("kind", "history-seen");
            let question = protocol.history.questions.get(usize::from(question));
            out.add("question", question.map_or("", |it| &it.name));
            let number = match seen {
                Value::Number(number) => Some(number.normalize().to_string()),
                _ => None,
            };
            out.maybe("value", number);
        }
        FactKind::SeverityChanged { level } => {
            out.add("kind", "severity-changed");
            out.add("level", machine.level_name(level));
        }
        FactKind::Placed { rung } => {
            out.add("kind", "placed");
            out.add("rung", protocol.ladder[rung.index()].name.clone());
        }
        FactKind::Escalated { rung } => {
            out.add("kind", "escalated");
            out.add("rung", protocol.ladder[rung.index()].name.clone());
        }
        FactKind::EscalationExhausted => out.add("kind", "escalation-exhausted"),
        FactKind::StageEntered { stage } => {
            out.add("kind", "stage-entered");
            out.add("stage", protocol.stages[stage.index()].name.clone());
        }
        FactKind::Reopened => out.add("kind", "reopened"),
        FactKind::Closed => out.add("kind", "closed"),
        _ => of_what_follows(machine, strings, fact, out),
    }
}

/// What a fact says of timers, letters and of those who are told.
fn of_what_follows(machine: &Machine, strings: &Strings, fact: &Fact, out: &mut Record) {
    let protocol = &machine.protocol;
    match fact.kind {
        FactKind::TimerSet { place, due } => {
            out.add("kind", "timer-set");
            out.add("place-in-after", place.to_string());
            out.add("due", instant(due));
        }
        FactKind::TimerRan { place } => {
            out.add("kind", "timer-ran");
            out.add("place-in-after", place.to_string());
        }
        FactKind::LetterDue { letter } => {
            out.add("kind", "letter-due");
            out.add("letter", protocol.letters[letter.index()].name.clone());
        }
        FactKind::Told { party: who, from: None } => {
            out.add("kind", "told");
            out.add("party", party(machine, who));
        }
        FactKind::ActRefused { event, stop, place } => {
            out.add("kind", "act-refused");
            out.add("event", protocol.events[event.index()].name.clone());
            out.add("stop", protocol.stops[stop.index()].name.clone());
            out.add("place-in-refuses", place.to_string());
        }
        FactKind::Told { party: who, from: Some(from) } => {
            out.add("kind", "told-later");
            out.add("party", party(machine, who));
            out.add("from", instant(from));
        }
        _ => of_whole(machine, strings, fact, out),
    }
}

/// What a fact says of an entry of a record.
fn of_entries(machine: &Machine, strings: &Strings, fact: &Fact, out: &mut Record) {
    match fact.kind {
        FactKind::EntryAdded { record, number, id, .. } => {
            of_entry("entry-added", (record, number, id), machine, strings, out);
        }
        FactKind::EntryFieldSet { record, number, id, field, value: set } => {
            of_entry("entry-field-set", (record, number, id), machine, strings, out);
            let fields = &machine.protocol.records[record.index()].fields;
            let declared = fields.get(usize::from(field)).map(|it| &it.field);
            out.add("field", declared.map_or("", |it| &it.name));
            let (kind, text) = value(machine, strings, declared.map(|it| &it.kind), set);
            out.add("type", kind);
            out.maybe("value", text);
        }
        FactKind::EntryDone { record, number, id } => {
            of_entry("entry-done", (record, number, id), machine, strings, out);
        }
        _ => of_clock(machine, fact, out),
    }
}

/// What a fact says of the case as a whole: as what it goes on, and beside which others.
fn of_whole(machine: &Machine, strings: &Strings, fact: &Fact, out: &mut Record) {
    let protocol = &machine.protocol;
    let named = |kind: &str, case: Symbol, out: &mut Record| {
        out.add("kind", kind);
        out.add("case", strings.get(case));
    };
    match fact.kind {
        FactKind::TakenIn { intake, date_only } => {
            out.add("kind", "taken-in");
            out.add("intake", protocol.intake[intake.index()].name.clone());
            out.add("date-only", date_only.to_string());
        }
        FactKind::Converted { intake, complainant } => {
            out.add("kind", "converted");
            out.add("intake", protocol.intake[intake.index()].name.clone());
            out.maybe("complainant", complainant.map(|id| strings.get(id).to_owned()));
        }
        FactKind::Merged { case } => named("merged", case, out),
        FactKind::SplitOff { case } => named("split-off", case, out),
        FactKind::Linked { case } => named("linked", case, out),
        FactKind::LetterFailed { letter } => {
            out.add("kind", "letter-failed");
            out.add("letter", protocol.letters[letter.index()].name.clone());
        }
        FactKind::CalendarsAmended { amendment } => {
            out.add("kind", "calendars-amended");
            out.add("amendment", machine.amendment_name(amendment));
        }
        FactKind::TimerMoved { place, before, due } => {
            out.add("kind", "timer-moved");
            out.add("place-in-after", place.to_string());
            out.add("was-due", instant(before));
            out.add("due", instant(due));
        }
        _ => of_guarantee(machine, strings, fact, out),
    }
}

/// What a fact says of a guarantee.
fn of_guarantee(machine: &Machine, strings: &Strings, fact: &Fact, out: &mut Record) {
    let mut head = |kind: &str, guarantee: GuaranteeId| {
        out.add("kind", kind);
        out.add("guarantee", machine.protocol.guarantees[guarantee.index()].id.clone());
    };
    match fact.kind {
        FactKind::Promised { guarantee, start: from, due } => {
            head("guarantee-begun", guarantee);
            start(from, out);
            out.maybe("due", due.map(instant));
            out.add("calendar", machine.calendar_version(CalendarId(0)));
            out.add("zone-data", zone_data_version());
        }
        FactKind::Kept { guarantee } => head("guarantee-kept", guarantee),
        FactKind::Broken { guarantee } => head("guarantee-broken", guarantee),
        _ => of_journal(machine, strings, fact, out),
    }
}

/// What a fact says of others that were recorded before it.
fn of_journal(machine: &Machine, strings: &Strings, fact: &Fact, out: &mut Record) {
    match fact.kind {
        FactKind::Withdrawn { sequence } => {
            out.add("kind", "withdrawn");
            out.add("fact", sequence.to_string());
        }
        FactKind::Corrected { from, facts, told } => {
            out.add("kind", "corrected");
            out.add("from", instant(from));
            out.add("facts", facts.to_string());
            out.maybe("told", told.map(|it| party(machine, it)));
        }
        FactKind::InsertedBefore { fact: added, before } => {
            out.add("kind", "inserted-before");
            out.add("fact", added.to_string());
            out.add("before", before.to_string());
        }
        FactKind::SetAside { event } => {
            out.add("kind", "set-aside");
            out.add("event", strings.get(event));
        }
        _ => of_entries(machine, strings, fact, out),
    }
}

/// What every fact about an entry says of it.
fn of_entry(
    kind: &str,
    (record, number, id): (RecordId, u16, Symbol),
    machine: &Machine,
    strings: &Strings,
    out: &mut Record,
) {
    out.add("kind", kind);
    out.add("record", machine.protocol.records[record.index()].name.clone());
    out.add("entry", strings.get(id));
    out.add("number", number.to_string());
}

fn of_clock(machine: &Machine, fact: &Fact, out: &mut Record) {
    let mut head = |kind: &str, clock: ClockId| {
        out.add("kind", kind);
        out.add("deadline", name(machine, clock.deadline));
        out.add("occurrence", clock.occurrence.to_string());
    };
    match fact.kind {
        FactKind::Started { clock, start: from, period, alternative, agreed, times } => {
            head("deadline-started", clock);
            start(from, out);
            out.add("period", period.to_string());
            counted(machine, clock.deadline, alternative, agreed, out);
            derived(machine, clock.deadline, times, out);
        }
        FactKind::Warned { clock, warning, times } => {
            head("deadline-warned", clock);
            out.add("warning", warning.to_string());
            derived(machine, clock.deadline, times, out);
        }
        FactKind::Met { clock, late } => {
            head("deadline-met", clock);
            out.add("late", late.to_string());
        }
        FactKind::Breached { clock } => head("deadline-breached", clock),
        FactKind::Lapsed { clock } => head("deadline-lapsed", clock),
        FactKind::Replaced { clock } => head("deadline-replaced", clock),
        FactKind::Paused { clock, stage, times } => {
            head("deadline-paused", clock);
            out.add("stage", machine.protocol.stages[stage.index()].name.clone());
            derived(machine, clock.deadline, times, out);
        }
        FactKind::Resumed { clock, times } => {
            head("deadline-resumed", clock);
            derived(machine, clock.deadline, times, out);
        }
        FactKind::Extended { clock, extension, until, times } => {
            head("deadline-extended", clock);
            out.add("extension", extension.to_string());
            out.maybe("until", until.map(|date| date.to_string()));
            derived(machine, clock.deadline, times, out);
        }
        FactKind::Recounted { clock, alternative, agreed, times } => {
            head("deadline-recounted", clock);
            counted(machine, clock.deadline, alternative, agreed, out);
            derived(machine, clock.deadline, times, out);
        }
        FactKind::Moved { clock, before, times } => {
            head("deadline-moved", clock);
            out.maybe("was-due", before.map(instant));
            derived(machine, clock.deadline, times, out);
        }
        FactKind::Cancelled { clock, why } => {
            head("deadline-cancelled", clock);
            let why = match why {
                Cancelled::Point => "point",
                Cancelled::When => "when",
                Cancelled::Closed => "closed",
                Cancelled::Merged => "merged",
            };
            out.add("why", why);
        }
        _ => of_no_clock(machine, fact, out),
    }
}

/// A duty whose clock has not begun.
fn of_no_clock(machine: &Machine, fact: &Fact, out: &mut Record) {
    let mut head = |kind: &str, deadline: DeadlineId| {
        out.add("kind", kind);
        out.add("deadline", name(machine, deadline));
    };
    match fact.kind {
        FactKind::MetEarly { deadline } => head("deadline-met-early", deadline),
        FactKind::Forgotten { deadline } => head("deadline-forgotten", deadline),
        FactKind::Waiting { deadline, start: from } => {
            head("deadline-waiting", deadline);
            start(from, out);
        }
        _ => {}
    }
}

fn name(machine: &Machine, id: DeadlineId) -> String {
    machine.protocol.deadlines[id.index()].name.clone()
}

/// The term that applies, and the date where one was agreed instead.
fn counted(
    machine: &Machine,
    id: DeadlineId,
    alternative: u16,
    agreed: Option<NaiveDate>,
    out: &mut Record,
) {
    let deadline = &machine.protocol.deadlines[id.index()];
    let term = deadline.alternatives.get(usize::from(alternative));
    let term = term.map_or_else(|| "agreed date".to_owned(), |it| it.allowance.to_string());
    out.add("term", term);
    out.maybe("agreed", agreed.map(|date| date.to_string()));
}

fn start(start: Start, out: &mut Record) {
    out.add("from", instant(start.at));
    out.add("date-only", start.date_only.to_string());
    out.add("receipt", start.receipt.to_string());
}

/// A derived instant names what it was derived with: the calendar and the zone data.
fn derived(machine: &Machine, id: DeadlineId, times: Times, out: &mut Record) {
    let calendar = machine.protocol.deadlines[id.index()].calendar;
    out.maybe("due", times.due.map(instant));
    out.maybe("alarm", times.alarm.map(instant));
    out.add("calendar", machine.calendar_version(calendar));
    out.add("zone-data", zone_data_version());
}

fn party(machine: &Machine, party: Party) -> String {
    machine.protocol.party_name(party).to_owned()
}

fn instant(at: Instant) -> String {
    at.to_string()
}

fn value(
    machine: &Machine,
    strings: &Strings,
    kind: Option<&FieldKind>,
    value: Value,
) -> (&'static str, Option<String>) {
    let in_set = |set: SetId, place: u16| {
        let names = machine.protocol.scope.set(set);
        names.and_then(|set| set.name(place)).map(str::to_owned)
    };
    match (value, kind) {
        (Value::Unset, _) => ("unset", None),
        (Value::Flag(flag), _) => ("flag", Some(flag.to_string())),
        (Value::Number(number), _) => ("number", Some(number.normalize().to_string())),
        (Value::Date(date), _) => ("date", Some(date.to_string())),
        (Value::Text(text), _) => ("text", Some(strings.get(text).to_owned())),
        (Value::Slot(slot), _) => ("slot", Some(strings.get(slot).to_owned())),
        (Value::Choice(place), Some(FieldKind::Choice(set) | FieldKind::Role(set))) => {
            ("choice", in_set(*set, place))
        }
        (Value::Choice(place), _) => ("choice", Some(place.to_string())),
    }
}
