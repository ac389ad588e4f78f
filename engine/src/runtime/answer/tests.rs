use crate::machine::Machine;
use crate::runtime::{
    Case, Context, Given, Hinge, Left, Persons, Possible, Report, Stance, apply, decide, outlook,
    possible, read_report, wake,
};
use crate::text::{SourceSet, Strings};
use crate::time::{Instant, Twice};

const PROTOCOL: &str = r#"
[protocol]
id          = "shop"
title       = "Shop"
version     = "1"
language    = "en"
zone        = "Europe/Amsterdam"
calendar    = "office"
accountable = "officer"
effective   = { from = 2026-01-01 }
source      = "house rules"

[calendars.office]
hours = { mon-fri = ["09:00-17:00"] }

[time]
first_day             = "next"
ends                  = "close"
roll                  = "forward"
receipt_outside_hours = "as_is"
backdate              = "10 working days"

[roles]
agent    = { title = "Agent" }
officer  = { title = "Officer", deputy = "director" }
director = { title = "Director" }

[channels]
phone = { title = "Telephone" }
email = { title = "E-mail", written = true }

[fields]
outcome  = { type = "choice", of = ["upheld", "not_upheld"] }
amount   = { type = "money", currency = "EUR", default = 0 }
new_date = { type = "date" }
note     = { type = "text" }

[[ladder]]
rung       = "desk"
handled_by = "agent"

[[ladder]]
rung       = "board"
handled_by = "officer"
not_by     = ["rung:desk"]

[events]
answered   = { by = ["@handler"], carries = ["outcome", "note"] }
paid       = { by = ["@handler"], carries = ["amount"] }
priced     = { by = ["officer"], carries = ["amount?"] }
told       = { by = ["complainant"], carries = ["note?"] }
written_to = { by = ["complainant"], written = true }
put_off    = { by = ["officer"], carries = ["new_date"], reason = true }
rejected   = { by = ["complainant"] }
checked    = { by = ["@handler"] }

[conditions.small]
says = "The amount is at most 50"
is   = 'amount <= 50'

[conditions.by_phone]
says = "It was told on the telephone"
is   = 'is_set(channel) && channel == "phone"'

[conditions.large]
says = "The amount is more than 50"
is   = 'amount > 50'

[stages.open]
start = true
owner = "@handler"

[stages.open.on.answered]
[stages.open.on.paid]
requires = ["small"]
[stages.open.on.priced]
requires = ["small"]
[stages.open.on.written_to]
[stages.open.on.told]
requires = ["by_phone"]
[stages.open.on.rejected]
escalate = true
[stages.open.on.checked]
requires = ["large"]
to       = "done"
[stages.open.after]
"5 weeks" = { to = "done" }

[stages.done]
end = true

[deadlines.answer]
who    = "@handler"
starts = "opened"
within = "10 working days"
met_by = ["answered"]
warn   = ["2 working days before"]
breach = { tells = ["officer"] }

[[deadlines.answer.extend]]
on     = "put_off"
until  = "new_date"
up_to  = "10 working days"
times  = 1
"#;

struct Table {
    machine: Machine,
    strings: Strings,
    case: Case,
    now: Instant,
}

impl Table {
    fn new() -> Self {
        Self::of(PROTOCOL)
    }

    fn of(protocol: &str) -> Self {
        let file = ("protocol.toml".to_owned(), protocol.as_bytes().to_vec());
        let (machine, out) = crate::load(&SourceSet::new("", [file]));
        let faults: Vec<&str> = out.iter().map(|it| it.message.as_str()).collect();
        let machine = machine.unwrap_or_else(|| panic!("{faults:?}"));
        let (strings, case) = (machine.strings(), Case::new(&machine));
        Self { machine, strings, case, now: Instant::MIN }
    }

    /// A case that was opened on Monday 30 March 2026 at 16:20.
    fn opened() -> Self {
        Self::new().begun()
    }

    fn begun(self) -> Self {
        let mut table = self;
        table.reported("2026-03-30T16:20:00", "opened", "complainant", &[]);
        table
    }

    fn at(&mut self, at: &str) {
        self.now = self.machine.protocol.zone.instant(at.parse().unwrap(), Twice::Earlier).at;
        if self.case.opened_at.is_some() {
            let context = Context::new(&self.strings);
            let facts = wake(&self.machine, &self.case, self.now, &context).unwrap().facts;
            facts.iter().for_each(|fact| apply(&mut self.case, fact));
        }
    }

    fn reported(&mut self, at: &str, event: &str, by: &str, data: &[(&str, Given)]) {
        self.at(at);
        let report = Report {
            data: data.iter().map(|(name, given)| ((*name).to_owned(), given.clone())).collect(),
            reason: Some("because".to_owned()),
            ..Report::new(at, event, self.now, by)
        };
        let event = read_report(&self.machine, &report, &mut self.strings).unwrap();
        let context = Context::new(&self.strings);
        let decision = decide(&self.machine, &self.case, &event, &context).unwrap();
        decision.facts.iter().for_each(|fact| apply(&mut self.case, fact));
    }

    fn possible(&self) -> Vec<Possible> {
        possible(&self.machine, &self.case, self.now, &Context::new(&self.strings))
    }

    /// "agent, officer if outcome; refused: stage".
    fn said(&self, event: &str) -> String {
        let protocol = &self.machine.protocol;
        let id = protocol.event(event).unwrap();
        let all = self.possible();
        let found = all.iter().find(|it| it.event == id).unwrap();
        let open = found.open_to().map(|may| {
            let on = match &may.stance {
                Stance::Depends(hinges) => hinges.iter().map(|it| match it {
                    Hinge::Field(id) => protocol.fields[id.index()].name.clone(),
                    Hinge::Channel => "channel".to_owned(),
                    Hinge::Entry => "entry".to_owned(),
                }),
                _ => return format!("{}{}", protocol.party_name(may.party), other(may.persons)),
            };
            let on: Vec<String> = on.collect();
            format!("{}{} by {}", protocol.party_name(may.party), other(may.persons), on.join("+"))
        });
        let open: Vec<String> = open.collect();
        match found.closed_by() {
            Some(refusal) => format!("refused: {}", refusal.name(&self.machine)),
            None => open.join(", "),
        }
    }
}

fn other(persons: Persons) -> &'static str {
    match persons {
        Persons::Any => "",
        Persons::Others => " (others)",
    }
}

/// Checks what is said of an event right after the opening.
#[track_caller]
fn check(event: &str, expected: &str) {
    assert_eq!(Table::opened().said(event), expected, "{event}");
}

#[test]
fn whoever_an_event_is_for_may_do_it_if_it_brings_what_it_must() {
    check("answered", "agent");
    check("rejected", "complainant");
    check("written_to", "complainant");
}

#[test]
fn an_event_whose_condition_reads_what_it_brings_depends_on_that() {
    check("paid", "agent by amount");
    check("priced", "officer by amount, director by amount");
}

#[test]
fn an_event_whose_condition_reads_the_channel_depends_on_that() {
    check("told", "complainant by channel");
}

/// With any one entry the answer would be no, and with others yes.
#[test]
fn an_event_of_a_record_whose_condition_asks_about_entries_depends_on_them() {
    let records = r#"
[records.interview]
by     = ["agent"]
fields = { minutes = { type = "number" }, kind = { type = "choice", of = ["call", "visit"] } }
requires = ["a_visit"]
done = true

[records.letter]
by = ["agent"]
fields = { text = { type = "text" } }
requires = ["no_visit"]

[conditions.a_visit]
says = "A visit is on record"
is   = 'interview.some(|i| i.kind == "visit" && i.minutes > 30)'

[conditions.no_visit]
says = "No visit is on record"
is   = 'interview.is_empty()'
"#;
    let table = Table::of(&(PROTOCOL.to_owned() + records)).begun();
    assert_eq!(table.said("interview"), "agent by entry");
    assert_eq!(table.said("letter"), "agent");
    assert_eq!(table.said("interview_done"), "refused: entry");
}

/// Its condition asks for a date, of which not every value can be tried; the stage says all.
#[test]
fn what_the_stage_does_not_take_is_refused_whatever_its_conditions_ask() {
    let settled = r#"
[events.talked]
by = ["officer"]

[events.settled]
by       = ["officer"]
carries  = ["amount", "new_date?"]
requires = ["a_day_is_named"]

[conditions.a_day_is_named]
says = "A day is named"
is   = 'amount == 0 || is_set(new_date)'

[stages.open.on.talked]
to = "talks"

[stages.talks]
owner = "officer"

[stages.talks.on.settled]
to = "done"
"#;
    let mut table = Table::of(&(PROTOCOL.to_owned() + settled)).begun();
    assert_eq!(table.said("settled"), "refused: stage");
    table.reported("2026-03-31T10:00:00", "talked", "officer", &[]);
    let on_what = "officer by amount+new_date, director by amount+new_date";
    assert_eq!(table.said("settled"), on_what);
}

#[test]
fn an_extension_depends_on_its_date_until_it_is_used_up() {
    check("put_off", "officer by new_date, director by new_date");
    let mut table = Table::opened();
    let date = Given::Date("2026-04-15".parse().unwrap());
    table.reported("2026-03-31T10:00:00", "put_off", "officer", &[("new_date", date)]);
    assert_eq!(table.said("put_off"), "refused: answer");
}

#[test]
fn what_no_value_can_help_is_refused() {
    check("checked", "refused: large");
}

#[test]
fn the_answer_is_what_is_decided_afterwards() {
    let mut table = Table::opened();
    table.case.fields[1] = crate::script::Value::Number(60.into());
    assert_eq!(table.said("checked"), "agent");
    assert_eq!(table.said("priced"), "officer by amount, director by amount");
}

#[test]
fn whoever_handled_the_rung_below_is_named_as_barred() {
    let mut table = Table::opened();
    let data = [("outcome", Given::Text("upheld".into())), ("note", Given::Text("x".into()))];
    table.reported("2026-03-31T10:00:00", "answered", "agent:anna", &data);
    assert_eq!(table.said("answered"), "agent");
    table.reported("2026-03-31T11:00:00", "rejected", "complainant", &[]);
    assert_eq!(table.said("answered"), "officer, director");
    assert_eq!(table.said("rejected"), "refused: last-rung");
}

#[test]
fn before_a_case_is_open_there_is_only_the_opening() {
    let mut table = Table::new();
    table.at("2026-03-30T16:20:00");
    assert_eq!(table.possible().len(), 1);
    assert!(table.said("opened").contains("complainant"));
    table.at("2025-12-31T10:00:00");
    assert_eq!(table.said("opened"), "refused: effective");
}

/// Checks what is left of the answer, and of the stage.
#[track_caller]
fn check_left(at: &str, left: Option<Left>, alarm: Option<&str>) {
    let mut table = Table::opened();
    table.at(at);
    let ahead = outlook(&table.machine, &table.case, table.now);
    let zone = &table.machine.protocol.zone;
    assert_eq!(ahead.owed[0].left, left);
    let shown = ahead.owed[0].alarm.map(|at| zone.civil(at).to_string());
    assert_eq!(shown.as_deref(), alarm);
    assert_eq!(ahead.owed[0].is_missed, left.is_none());
}

#[test]
fn what_is_left_is_counted_as_the_term_is() {
    check_left("2026-03-30T16:20:00", Some(Left::WorkingDays(10)), Some("2026-04-09 17:00:00"));
    check_left("2026-04-10T09:00:00", Some(Left::WorkingDays(1)), None);
    check_left("2026-04-13T16:00:00", Some(Left::Ms(3_600_000)), None);
    check_left("2026-04-13T17:00:00", Some(Left::Ms(0)), None);
    check_left("2026-04-13T17:00:00.001", None, None);
}

#[test]
fn what_time_does_by_itself_is_said_with_where_it_leads() {
    let table = Table::opened();
    let ahead = outlook(&table.machine, &table.case, table.now);
    let done = table.machine.protocol.stages.iter().position(|it| it.name == "done");
    assert_eq!(ahead.by_itself.len(), 1);
    assert_eq!(ahead.by_itself[0].to.map(crate::model::StageId::index), done);
}
