//! Whole cases through `uk-housing-code`, round-robin, facts and clocks kept; and what it takes
//! to load that protocol.

use std::hint::black_box;
use std::time::Instant as Stopwatch;

use engine::machine::Machine;
use engine::runtime::{
    Case, Context, Event, Given, Report, Scratch, apply, decide_into, read_report,
};
use engine::text::SourceSet;
use engine::time::{Calendar, Instant, NaiveDate};

use crate::{row, timed};

/// From the bytes of the protocol to a machine, and the part of its calendar in that.
pub(crate) fn loaded(sources: &SourceSet, machine: &Machine, rounds: usize) {
    let whole = timed(rounds, || engine::load(black_box(sources)).0.is_some());
    let plan = machine.protocol.calendars.first().expect("a calendar").plan();
    let calendar = timed(rounds, || Calendar::build(black_box(plan).clone()).ever_opens());
    row("load uk-housing-code", whole, &format!("of which its calendar {:.2} ms", calendar / 1e6));
}

pub(crate) fn decided(machine: &Machine, cases: usize) {
    let mut strings = machine.strings();
    let events: Vec<Event> = story(machine)
        .iter()
        .map(|report| read_report(machine, report, &mut strings).expect("the story is well formed"))
        .collect();
    let context = Context::new(&strings);
    let mut open: Vec<Case> = vec![Case::new(machine); cases];
    let mut scratch = Scratch::new(machine);
    let mut facts = room(machine, &events, &context, cases);
    let begin = Stopwatch::now();
    for event in &events {
        for case in &mut open {
            decide_into(machine, case, event, &context, &mut scratch)
                .expect("the event is allowed");
            for fact in &scratch.facts {
                apply(case, fact);
            }
            facts.extend_from_slice(&scratch.facts);
        }
    }
    let decided = cases * events.len();
    let each = begin.elapsed().as_secs_f64() * 1e9 / decided as f64;
    let per_event = facts.len() as f64 / decided as f64;
    let note = format!("{:.0} events/s, {per_event:.1} facts an event", 1e9 / each);
    row("decide + apply, uk-housing-code", each, &note);
    black_box(&open);
}

/// Room for all facts, touched before, as the baseline's log is.
fn room(
    machine: &Machine,
    events: &[Event],
    context: &Context<'_>,
    cases: usize,
) -> Vec<engine::runtime::Fact> {
    let mut case = Case::new(machine);
    let mut all = Vec::new();
    for event in events {
        let decision =
            engine::runtime::decide(machine, &case, event, context).expect("the event is allowed");
        decision.facts.iter().for_each(|fact| apply(&mut case, fact));
        all.extend(decision.facts);
    }
    let mut room = vec![*all.first().expect("a fact"); cases * all.len()];
    room.clear();
    room
}

fn story(machine: &Machine) -> Vec<Report> {
    let zone = &machine.protocol.zone;
    let at = |day: u32, month: u32| {
        let date = NaiveDate::from_ymd_opt(2026, month, day).expect("a date");
        zone.day_start(date).plus_ms(10 * 3_600_000).expect("an instant")
    };
    let text = |text: &str| Given::Text(text.to_owned());
    let answer = || {
        let outcome = ("outcome".to_owned(), text("upheld"));
        vec![outcome, ("reasons".to_owned(), text("r")), ("remedy".to_owned(), text("m"))]
    };
    let new_date = Given::Date(NaiveDate::from_ymd_opt(2026, 3, 30).expect("a date"));
    let definition = || vec![("definition".to_owned(), text("damp"))];
    vec![
        report("opened", at(2, 3), "officer", Vec::new()),
        report("acknowledged", at(4, 3), "officer:ann", definition()),
        report("extended", at(10, 3), "officer:ann", vec![("new_date".to_owned(), new_date)]),
        report("answered", at(20, 3), "officer:ann", answer()),
        report("dissatisfied", at(1, 4), "complainant", Vec::new()),
        report("acknowledged", at(7, 4), "stage2_officer:bob", definition()),
        report("answered", at(28, 4), "stage2_officer:bob", answer()),
        report("went_to_ombudsman", at(1, 6), "complainant", Vec::new()),
    ]
}

fn report(event: &str, at: Instant, by: &str, data: Vec<(String, Given)>) -> Report {
    Report {
        channel: Some("email".to_owned()),
        data,
        reason: Some("needed".to_owned()),
        ..Report::new(event, event, at, by)
    }
}
