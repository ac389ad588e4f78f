//! Protocols with clocks of every kind, on several calendars.

use engine::machine::Machine;
use engine::model::{DeadlineId, Guarantee, GuaranteeId, Point, Promise, RuleId};
use engine::time::{Allowance, NaiveDate, Term, Unit};

use crate::bases::{Counting, Window};
use crate::loading::of_text;

/// How a protocol counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    pub(crate) zone: &'static str,
    pub(crate) holidays: &'static str,
    pub(crate) first: &'static str,
    pub(crate) ends: &'static str,
    pub(crate) roll: &'static str,
    pub(crate) outside: &'static str,
}

pub(crate) const ENGLAND: Kind = Kind {
    zone: "Europe/London",
    holidays: "\"england-and-wales\"",
    first: "next",
    ends: "close",
    roll: "forward",
    outside: "as_is",
};

pub(crate) const NETHERLANDS: Kind =
    Kind { zone: "Europe/Amsterdam", holidays: "\"nl\"", ends: "midnight", ..ENGLAND };

pub(crate) const WEEKENDS: Kind = Kind { holidays: "", ..ENGLAND };

/// Where the clocks change at midnight.
pub(crate) const HAVANA: Kind =
    Kind { zone: "America/Havana", holidays: "", ends: "midnight", ..ENGLAND };

/// The terms of the deadlines, by name; the number of a deadline is its place.
pub(crate) const TERMS: [(&str, &str); 14] = [
    ("d1", "1 working day"),
    ("d3", "3 working days"),
    ("d5", "5 working days"),
    ("d10", "10 working days"),
    ("d20", "20 working days"),
    ("d40", "40 working days"),
    ("d14", "14 calendar days"),
    ("w8", "8 weeks"),
    ("m1", "1 month"),
    ("least", "min(10 working days, 2 weeks)"),
    ("most", "max(5 working days, 1 week)"),
    ("h24", "24 hours"),
    ("h4", "4 working hours"),
    ("again", "5 working days"),
];

pub(crate) fn deadline(name: &str) -> DeadlineId {
    DeadlineId::at(TERMS.iter().position(|(it, _)| *it == name).unwrap())
}

pub(crate) fn clock(name: &str) -> Counting {
    Counting::Clock { deadline: deadline(name), alternative: 0, extensions: Vec::new() }
}

pub(crate) fn machine(kind: Kind) -> Machine {
    let extend = "extend = [{ on = \"longer\", add = \"10 working days\", times = 1, source = \"house rules\" }]\n";
    let one = |(name, term): &(&str, &str)| {
        let extend = if *name == "d10" { extend } else { "" };
        let who = "who = \"officer\"\nstarts = \"opened\"\nsource = \"house rules\"\nmet_by = \"answered\"\n";
        format!("\n[deadlines.{name}]\n{who}within = \"{term}\"\n{extend}")
    };
    let deadlines: String = TERMS.iter().map(one).collect();
    let text = include_str!("protocol.toml")
        .replace("ZONE", kind.zone)
        .replace("HOLIDAYS", kind.holidays)
        .replace("FIRST", kind.first)
        .replace("ENDS", kind.ends)
        .replace("ROLL", kind.roll)
        .replace("OUTSIDE", kind.outside)
        .replace("DEADLINES", &deadlines);
    of_text(text)
}

/// Adds a guarantee with a term, on any points.
pub(crate) fn promise(machine: &mut Machine, amount: u32, unit: Unit) -> Counting {
    let id = GuaranteeId::at(machine.protocol.guarantees.len());
    machine.protocol.guarantees.push(Guarantee {
        id: format!("g{}", id.0),
        says: String::new(),
        promise: Promise::Within {
            from: vec![Point::Escalated],
            within: Allowance::Term(Term { amount, unit }),
            expect: vec![Point::Reopened],
        },
        unless: Vec::new(),
        assume: Vec::new(),
        rule: RuleId(0),
    });
    Counting::Promise(id)
}

pub(crate) fn years(from: i32, to: i32) -> Window {
    let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    Window { from: date(from, 1, 1), to: date(to, 12, 31) }
}
