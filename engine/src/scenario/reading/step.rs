//! `[opened]` and `[[step]]`.

use crate::model::{EventId, Protocol};
use crate::runtime::ReportedAt;
use crate::scenario::reading::expect;
use crate::scenario::reading::given::{self, Data, Pool};
use crate::scenario::reading::names;
use crate::scenario::reading::value;
use crate::scenario::rules;
use crate::scenario::{Act, Expect, Movement, Step};
use crate::syntax::Table;
use crate::text::Spanned;

/// Reads `[opened]`.
pub(crate) fn opened(protocol: &Protocol, table: &mut Table<'_, '_>) -> Step {
    table.requires(&["at"]);
    let at = table.moment("at").and_then(|it| value::moment(protocol, &it, table.out));
    let movement = recorded(protocol, table, at);
    let data = table.table("fields", |it| given::data(protocol, it)).unwrap_or_default();
    let said = said(protocol, table);
    let act = Act {
        complainant: table.text("complainant").map(|it| it.value),
        respondent: table.text("respondent").map(|it| it.value),
        ..act(protocol, "opened".to_owned(), EventId::OPENED, &said, &data)
    };
    let expect = expect(protocol, table);
    let span = table.span;
    Step { number: 0, what: "opened".to_owned(), span, movement, acts: vec![act], expect }
}

/// Reads one `[[step]]`.
pub(crate) fn step(
    protocol: &Protocol,
    number: u32,
    pool: &mut Pool,
    table: &mut Table<'_, '_>,
) -> Step {
    let (moves, movement) = movement(protocol, table);
    let event = table.name("event");
    let through = table.some_names("through");
    let data = table.table("with", |it| given::data(protocol, it)).unwrap_or_default();
    let said = said(protocol, table);
    let shape = Shape {
        moves: table_has(table, &["at", "wait", "until"]),
        event: event.is_some(),
        through: !through.is_empty(),
    };
    report_unclear(table, &shape);
    let mut words: Vec<String> = moves.into_iter().collect();
    let mut acts = Vec::new();
    if let Some(name) = &event {
        let id = names::event(protocol, name, table.out);
        words.push(with_actor(&name.value, said.by.as_deref()));
        acts.extend(id.map(|id| act(protocol, format!("step-{number}"), id, &said, &data)));
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
    Step { number, what: words.join(", "), span, movement, acts, expect }
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
    let of_event = table_has(table, &["by", "entered_by", "with", "recorded_at"]) > 0;
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
        data: given::slotted(protocol, data, &id),
        id,
        event,
        by: said.by.clone(),
        entered_by: said.entered_by.clone(),
        channel: said.channel.clone(),
        reason: said.reason.clone(),
        complainant: None,
        respondent: None,
    }
}

fn expect(protocol: &Protocol, table: &mut Table<'_, '_>) -> Expect {
    table.table("expect", |it| expect::read(protocol, it)).unwrap_or_default()
}

fn with_actor(event: &str, by: Option<&str>) -> String {
    by.map_or_else(|| event.to_owned(), |by| format!("{event} by {by}"))
}
