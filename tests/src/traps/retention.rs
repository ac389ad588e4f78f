//! What is erased, and when: the part of it that the engine answers for.

use std::path::Path;

use engine::machine::Machine;
use engine::model::RetentionId;
use engine::runtime::{
    Case, Context, Erasure, Fact, Given, Report, ReportedAt, Retained, apply, decide, erasable,
    fold, read_report, record, wake,
};
use engine::text::Strings;
use engine::time::{Instant, NaiveDate};

use super::case::opened;

/// A case that was closed, to its facts.
struct Closed {
    machine: Machine,
    strings: Strings,
    case: Case,
    facts: Vec<Fact>,
}

const DAY: i64 = 24 * 3_600_000;

/// Opened on 26 February 2026, called twice with another name each time, heard and heard better, closed the next day.
fn closed() -> Closed {
    let sources = store::folder::read(Path::new("suite/traps/H3-kept-until-its-date")).unwrap();
    let machine = engine::load(&sources).0.unwrap();
    let (strings, case) = (machine.strings(), Case::new(&machine));
    let mut of = Closed { machine, strings, case, facts: Vec::new() };
    let at = Instant::from_ms(1_772_096_400_000);
    let slot = |name: &str| ("name".to_owned(), Given::Slot(name.to_owned()));
    let event = |event: &str, hours: i64, data| {
        let at = at.plus_ms(hours * 3_600_000).unwrap();
        let (event, by) = (event.to_owned(), "agent".to_owned());
        Report { id: event.clone(), event, by, data, at: ReportedAt::Instant(at), ..opened(at) }
    };
    of.report(&Report { data: vec![slot("slot-1")], ..opened(at) });
    of.report(&event("called", 1, vec![slot("slot-2")]));
    let account = |name: &str| ("account".to_owned(), Given::Slot(name.to_owned()));
    let entry = || Some("1".to_owned());
    let heard = event("interview", 2, vec![account("slot-3")]);
    of.report(&Report { entry: entry(), ..heard });
    let changed = event("interview_changed", 3, vec![account("slot-4")]);
    of.report(&Report { entry: entry(), ..changed });
    let outcome = ("outcome".to_owned(), Given::Text("upheld".to_owned()));
    of.report(&event("answered", 24, vec![outcome]));
    let context = Context::new(&of.strings);
    let passed = wake(&of.machine, &of.case, at.plus_ms(60 * DAY).unwrap(), &context).unwrap();
    of.keep(passed.facts);
    of
}

impl Closed {
    fn report(&mut self, report: &Report) {
        let event = read_report(&self.machine, report, &mut self.strings).unwrap();
        let context = Context::new(&self.strings);
        let decision = decide(&self.machine, &self.case, &event, &context).unwrap();
        self.keep(decision.facts);
    }

    fn keep(&mut self, facts: Vec<Fact>) {
        for fact in &facts {
            apply(&mut self.case, fact);
        }
        self.facts.extend(facts);
    }

    fn erasable(&self, on: NaiveDate) -> Result<Erasure, Retained> {
        let context = Context::new(&self.strings);
        let persons = RetentionId(0);
        erasable(&self.machine, &self.case, &self.facts, &context, persons, on).unwrap()
    }

    fn bytes(&self) -> Vec<u8> {
        let each = self.facts.iter().map(|it| record(&self.machine, &self.strings, it).bytes());
        each.flatten().collect()
    }
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn h2_every_value_that_a_person_ever_had_is_named_and_the_facts_hold_none() {
    let of = closed();
    let erasure = of.erasable(date("2028-02-28")).unwrap();
    let slots: Vec<&str> = erasure.slots.iter().map(|it| of.strings.get(*it)).collect();
    assert_eq!(slots, ["slot-1", "slot-2", "slot-3", "slot-4"]);
    assert_eq!((erasure.fields.len(), erasure.of_entries.len()), (1, 1));
    // What is stored holds the references alone, so that erasing what they stand for changes no
    // byte of it: the dates, the outcome and the case stay what they were.
    let bytes = String::from_utf8(of.bytes()).unwrap();
    assert_eq!(bytes.matches("type 4:slot").count(), 4);
    assert_eq!(fold(&of.machine, &of.facts), of.case);
    assert!(bytes.contains("upheld"));
}

#[test]
fn h3_erasing_too_early_is_refused_with_the_date_it_becomes_possible() {
    let of = closed();
    let refused = of.erasable(date("2028-02-27")).unwrap_err();
    assert_eq!(refused, Retained::Until(date("2028-02-27")));
    let says = "it is kept to 2028-02-27 and may be erased from 2028-02-28 on";
    assert_eq!(refused.sentence(&of.machine), says);
    assert!(of.erasable(date("2028-02-28")).is_ok());
}

#[test]
fn h3_nothing_unknown_is_ever_erasable() {
    let of = closed();
    let context = Context::new(&of.strings);
    let none = RetentionId(7);
    let answer = erasable(&of.machine, &of.case, &of.facts, &context, none, date("2999-01-01"));
    assert_eq!(answer.unwrap(), Err(Retained::NotBegun));
}
