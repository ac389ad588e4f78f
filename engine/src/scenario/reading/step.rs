//! `[opened]` and `[[step]]`.

use crate::machine::Machine;
use crate::model::{EventId, Protocol, RoleId};
use crate::runtime::{CaseKey, ReportedAt, Revision};
use crate::scenario::reading::expect;
use crate::scenario::reading::given::{self, Data, Pool};
use crate::scenario::reading::names;
use crate::scenario::reading::revision;
use crate::scenario::reading::stops;
use crate::scenario::reading::value;
use crate::scenario::rules;
use crate::scenario::{Act, Expect, Movement, Step};
use crate::syntax::Table;
use crate::text::Spanned;

/// Reads `[opened]`, or the same of another case.
pub(crate) fn opened(protocol: &Protocol, case: CaseKey, table: &mut Table<'_, '_>) -> Step {
    table.requires(&["at"]);
    let at = table.moment("at").and_then(|it| value::moment(protocol, &it, table.out));
    let movement = recorded(protocol, table, at);
    let away = away(protocol, table);
    let data = table.table("fields", |it| given::data(protocol, None, it)).unwrap_or_default();
    let said = said(protocol, table);
    // References to personal values are named after their report.
    let id = match case.index() {
        0 => "opened".to_owned(),
        place => format!("opened-{}", place.saturating_add(1)),
    };
    let act = Act {
        complainant: table.text("complainant").map(|it| it.value),
        respondent: table.text("respondent").map(|it| it.value),
        intake: table.name("intake").and_then(|it| names::intake(protocol, it, table.out)),
        ..act(protocol, id, EventId::OPENED, &said, &data)
    };
    let expect = expect(protocol, table);
    let span = table.span;
    let what = "opened".to_owned();
    Step { number: 0, what, span, case, away, movement, acts: vec![act], expect }
}

/// Reads one `[[step]]`.
pub(crate) fn step(
    machine: &Machine,
    case: CaseKey,
    number: u32,
    pool: &mut Pool,
    table: &mut Table<'_, '_>,
) -> (Step, Option<Spanned<Revision>>) {
    let protocol = &machine.protocol;
    let away = away(protocol, table);
    let (moves, movement) = movement(protocol, table);
    let stop = table.name("stop");
    let stop = stop.and_then(|it| stops::stop(protocol, &it, table.out));
    let spoken = stops::spoken(machine, stop);
    let event = table.name("event");
    let through = table.some_names("through");
    let kind = event.as_ref().and_then(|it| names::event(spoken, it, table.out));
    let data = table.table("with", |it| given::data(spoken, kind, it)).unwrap_or_default();
    let entry = entry(spoken, kind, table);
    let said = said(protocol, table);
    let complainant = table.text("complainant").map(|it| it.value);
    let other = table.text("other").map(|it| it.value);
    let letter = table.name("letter");
    let letter = letter.filter(|it| names::letter(protocol, it, table.out).is_some());
    let letter = letter.map(|it| it.value);
    let shape = Shape {
        moves: table_has(table, &["at", "wait", "until"]),
        event: event.is_some(),
        through: !through.is_empty(),
    };
    report_unclear(table, &shape);
    let mut words: Vec<String> = moves.into_iter().collect();
    let mut acts = Vec::new();
    let mut revision = None;
    if let Some(name) = &event {
        revision = revision::read(protocol, kind, !data.is_empty(), table);
        words.push(with_actor(&name.value, said.by.as_deref()));
        let reported = kind.map(|id| act(spoken, format!("step-{number}"), id, &said, &data));
        let of = revision.as_ref().map(|it: &Spanned<Revision>| it.value.clone());
        let told = |it| Act { complainant, entry, case: other, letter, stop, revision: of, ..it };
        acts.extend(reported.map(told));
    }
    if !through.is_empty() {
        let all: Vec<&str> = through.iter().map(|it| it.value.as_str()).collect();
        words.push(format!("through {}", all.join(", ")));
    }
    for (place, name) in (1u32..).zip(&through) {
        let Some(id) = names::event(protocol, name, table.out) else { continue };
        match pool.next(protocol, id, name.span) {
            Ok(data) => {
                acts.push(act(protocol, format!("step-{number}.{place}"), id, &said, &data));
            }
            Err(fault) => table.out.push(*fault),
        }
    }
    let expect = expect(protocol, table);
    let span = table.span;
    if let (Some(refused), false) = (&expect.refused, shape.event) {
        let help = "report the event in a step of its own";
        let problem = "a refusal is expected of a step that does not report one event";
        table.out.push(rules::scenario_step_unclear(problem, refused.span, help));
    }
    let step = Step { number, what: words.join(", "), span, case, away, movement, acts, expect };
    (step, revision)
}

/// Who is away; `[]` is nobody.
fn away(protocol: &Protocol, table: &mut Table<'_, '_>) -> Option<Vec<RoleId>> {
    table.entry("away")?;
    let names = table.names("away");
    Some(names.iter().filter_map(|it| names::role(protocol, it, table.out)).collect())
}

/// What a step is made of.
struct Shape {
    moves: usize,
    event: bool,
    through: bool,
}

fn table_has(table: &mut Table<'_, '_>, keys: &[&'static str]) -> usize {
    keys.iter().filter(|key| table.entry(key).is_some()).count()
}

fn report_unclear(table: &mut Table<'_, '_>, shape: &Shape) {
    let until = table_has(table, &["until"]) > 0;
    let of_event = &[
        "by",
        "entered_by",
        "entry",
        "with",
        "recorded_at",
        "complainant",
        "other",
        "letter",
        "stop",
    ];
    let of_event = table_has(table, of_event) > 0 || table_has(table, &revision::KEYS) > 0;
    let of_any = table_has(table, &["channel", "reason"]) > 0;
    let recorded = table_has(table, &["recorded_at"]) > 0 && table_has(table, &["at"]) == 0;
    let (event, through) = (shape.event, shape.through);
    let faults = [
        (
            shape.moves > 1,
            "a step moves the clock in two ways",
            "keep one of `at`, `wait`, `until`",
        ),
        (event && through, "a step has both `event` and `through`", "make two steps of it"),
        (
            shape.moves == 0 && !event && !through,
            "a step does nothing",
            "say when it is (`at`, `wait`, `until`), what is reported (`event`), or both",
        ),
        (
            until && (event || through),
            "a step runs until something has happened and reports something",
            "report the event in the next step",
        ),
        (
            of_event && !event,
            "a step says who reports, or what it brings, but no event",
            "add `event`; data for `through` stands in `[given]`",
        ),
        (
            of_any && !event && !through,
            "a step says how something came, but no event",
            "add `event`",
        ),
        (recorded, "`recorded_at` stands without `at`", "say in `at` when it happened"),
    ];
    for (is_unclear, problem, help) in faults {
        if is_unclear {
            table.out.push(rules::scenario_step_unclear(problem, table.span, help));
        }
    }
}

/// How the clock moves, in words and as it is meant. What could not be read stands still.
fn movement(protocol: &Protocol, table: &mut Table<'_, '_>) -> (Option<String>, Movement) {
    let at = table.moment("at").and_then(|it| value::moment(protocol, &it, table.out));
    let at_event = at.is_some() && table_has(table, &["event", "through"]) > 0;
    let moved = recorded(protocol, table, at);
    let wait = table.text("wait");
    let until = table.name("until");
    if let Some(wait) = wait {
        let term = value::term(&wait, table.out);
        let movement = term.map_or(Movement::Stay, Movement::Wait);
        return (Some(format!("wait {}", wait.value)), movement);
    }
    if let Some(until) = until {
        if until.value.starts_with("stop:") {
            let movement = stops::awaited(protocol, &until, table.out);
            let movement = movement.unwrap_or(Movement::Stay);
            return (Some(format!("until {}", until.value)), movement);
        }
        let point = names::awaited(protocol, &until, table.out);
        let movement = point.map_or(Movement::Stay, Movement::Until);
        return (Some(format!("until {}", until.value)), movement);
    }
    let shown = at.filter(|_| !at_event).map(|at| {
        let date = match at {
            ReportedAt::Instant(at) => protocol.zone.civil(at).format("%Y-%m-%dT%H:%M").to_string(),
            ReportedAt::Date(date) => date.to_string(),
        };
        format!("at {date}")
    });
    (shown, moved)
}

fn recorded(protocol: &Protocol, table: &mut Table<'_, '_>, at: Option<ReportedAt>) -> Movement {
    let recorded = table.moment("recorded_at");
    let recorded = recorded.and_then(|it| value::instant(protocol, "recorded_at", &it, table.out));
    match (at, recorded) {
        (Some(at), Some(recorded)) => Movement::RecordedAt(at, recorded),
        (Some(at), None) => Movement::At(at),
        (None, _) => Movement::Stay,
    }
}

/// Who reports, and how it came.
struct Said {
    by: Option<String>,
    entered_by: Option<String>,
    channel: Option<String>,
    reason: Option<String>,
}

fn said(protocol: &Protocol, table: &mut Table<'_, '_>) -> Said {
    let by = table.name("by");
    let by = by.and_then(|it| names::actor(protocol, it, table.out));
    let entered_by = table.name("entered_by");
    let entered_by = entered_by.and_then(|it| names::actor(protocol, it, table.out));
    let channel = table.name("channel");
    let channel: Option<Spanned<String>> =
        channel.filter(|it| names::channel(protocol, it, table.out).is_some());
    let reason = table.text("reason").map(|it| it.value);
    Said { by, entered_by, channel: channel.map(|it| it.value), reason }
}

fn act(protocol: &Protocol, id: String, event: EventId, said: &Said, data: &Data) -> Act {
    Act {
        data: given::slotted(protocol, event, data, &id),
        personal: given::personal(protocol, event, data),
        by: said.by.clone(),
        entered_by: said.entered_by.clone(),
        channel: said.channel.clone(),
        reason: said.reason.clone(),
        ..Act::new(id, event)
    }
}

/// The id of an entry; only an event of a record takes one.
fn entry(protocol: &Protocol, event: Option<EventId>, table: &mut Table<'_, '_>) -> Option<String> {
    let entry = table.name("entry")?;
    if names::record_of(protocol, event).is_none() {
        if event.is_some() {
            let problem = "the event is of no entry";
            let help = "leave `entry` out, or report an event of a record";
            table.out.push(rules::scenario_bad_value(problem, entry.span, help));
        }
        return None;
    }
    Some(entry.value)
}

fn expect(protocol: &Protocol, table: &mut Table<'_, '_>) -> Expect {
    table.table("expect", |it| expect::read(protocol, it)).unwrap_or_default()
}

fn with_actor(event: &str, by: Option<&str>) -> String {
    by.map_or_else(|| event.to_owned(), |by| format!("{event} by {by}"))
}
