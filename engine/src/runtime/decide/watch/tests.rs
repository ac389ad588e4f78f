//! Every shape of guarantee: kept, broken and discharged, and the edges of its term.

use crate::machine::{Amendment, Machine};
use crate::model::AmendmentId;
use crate::runtime::{
    Amending, Case, Context, Decision, Effect, EffectKind, Fact, FactKind, Given, Report, amend,
    apply, decide, fold, next_due, read_report, wake,
};
use crate::text::{SourceSet, Strings};
use crate::time::{Instant, Twice};

const PROTOCOL: &str = include_str!("tests.toml");

/// A case, opened on Monday 2 March 2026 at 10:00; ten working days end on Monday 16 March at 17:00.
struct Desk {
    machine: Machine,
    strings: Strings,
    case: Case,
    facts: Vec<Fact>,
    effects: Vec<Effect>,
}

impl Desk {
    fn new(guarantees: &str) -> Self {
        let text = format!("{PROTOCOL}{guarantees}").into_bytes();
        let sources = SourceSet::new("", [("protocol.toml".to_owned(), text)]);
        let (machine, out) = crate::load(&sources);
        let faults: Vec<&str> = out.iter().map(|it| it.message.as_str()).collect();
        let machine = machine.unwrap_or_else(|| panic!("{faults:?}"));
        let (strings, case) = (machine.strings(), Case::new(&machine));
        let mut desk = Self { machine, strings, case, facts: Vec::new(), effects: Vec::new() };
        desk.go("2026-03-02T10:00 opened");
        desk
    }

    fn at(&self, at: &str) -> Instant {
        let at = if at.len() == "2026-03-02T10:00".len() { format!("{at}:00") } else { at.into() };
        self.machine.protocol.zone.instant(at.parse().unwrap(), Twice::Earlier).at
    }

    fn add(&mut self, decision: Decision) {
        decision.facts.iter().for_each(|fact| apply(&mut self.case, fact));
        self.facts.extend(decision.facts);
        self.effects.extend(decision.effects);
        assert_eq!(fold(&self.machine, &self.facts), self.case);
    }

    fn wake(&mut self, until: Instant) {
        let context = Context::new(&self.strings);
        let decision = wake(&self.machine, &self.case, until, &context).unwrap();
        self.add(decision);
    }

    /// "2026-03-02T10:00 heard grave": an instant and an event, and whether the flag is set; `wait`
    /// lets time act before the instant.
    fn go(&mut self, step: &str) {
        let words: Vec<&str> = step.split(' ').collect();
        let at = self.at(words[0]);
        if words[1] == "wait" {
            return self.wake(at);
        }
        let mut report = Report::new(step, words[1], at, "agent");
        if words[1] == "heard" {
            let grave = Given::Flag(words.contains(&"grave"));
            report.data = vec![("grave".to_owned(), grave)];
        }
        report.case = (words[1] == "merged").then(|| "other".to_owned());
        let event = read_report(&self.machine, &report, &mut self.strings).unwrap();
        let context = Context::new(&self.strings);
        let decision = decide(&self.machine, &self.case, &event, &context).unwrap();
        self.add(decision);
    }

    /// What was recorded of the guarantees: "2026-03-02T10:00:00 begun g: 2026-03-16T17:00:00".
    fn said(&self) -> Vec<String> {
        let zone = &self.machine.protocol.zone;
        let shown = |at: Instant| zone.civil(at).to_string().replace(' ', "T");
        let id = |id: crate::model::GuaranteeId| &self.machine.protocol.guarantees[id.index()].id;
        let said = self.facts.iter().filter_map(|fact| {
            let what = match fact.kind {
                FactKind::Promised { guarantee, due, .. } => {
                    let due = due.map(|it| format!(": {}", shown(it)));
                    format!("begun {}{}", id(guarantee), due.unwrap_or_default())
                }
                FactKind::Kept { guarantee } => format!("kept {}", id(guarantee)),
                FactKind::Broken { guarantee } => format!("BROKEN {}", id(guarantee)),
                _ => return None,
            };
            Some(format!("{} {what}", shown(fact.at)))
        });
        said.collect()
    }
}

/// Checks what becomes of a guarantee `g`, however often somebody looks.
#[track_caller]
fn check(guarantee: &str, steps: &[&str], expected: &[&str]) {
    let mut slept = Desk::new(&entry("g", guarantee));
    let mut up = Desk::new(&entry("g", guarantee));
    for step in steps {
        slept.go(step);
        let at = up.at(step.split(' ').next().unwrap());
        while let Some(next) = next_due(&up.case).filter(|next| *next <= at) {
            up.wake(next);
        }
        up.go(step);
    }
    assert_eq!(slept.said(), expected);
    assert_eq!(slept.facts, up.facts, "whether anybody looked makes a difference");
    assert_eq!(slept.effects, up.effects);
    told(&slept);
}

fn entry(id: &str, guarantee: &str) -> String {
    format!("\n[[guarantees]]\nid = \"{id}\"\nsays = \"S.\"\nsource = \"rule 1\"\n{guarantee}\n")
}

/// Whoever is accountable is told of each guarantee that is broken, once.
#[track_caller]
fn told(desk: &Desk) {
    for (place, fact) in desk.facts.iter().enumerate() {
        if !matches!(fact.kind, FactKind::Broken { .. }) {
            continue;
        }
        let next = desk.facts[place + 1];
        assert!(matches!(next.kind, FactKind::Told { .. }) && next.rule == fact.rule);
        let effects = desk.effects.iter().filter(|it| it.sequence == next.sequence);
        assert_eq!(effects.filter(|it| matches!(it.kind, EffectKind::Tell(_))).count(), 1);
    }
}

const ANSWERED: &str =
    "from = [\"opened\"]\nwithin = \"10 working days\"\nexpect = [\"letter:answer\"]";

#[test]
fn an_act_at_the_end_of_the_term_is_in_time() {
    check(
        ANSWERED,
        &["2026-03-16T17:00 answered", "2026-04-01T09:00 wait"],
        &["2026-03-02T10:00:00 begun g: 2026-03-16T17:00:00", "2026-03-16T17:00:00 kept g"],
    );
}

#[test]
fn one_millisecond_later_it_is_broken_and_then_kept_late() {
    check(
        ANSWERED,
        &["2026-03-16T17:00:00.001 answered", "2026-04-01T09:00 wait"],
        &[
            "2026-03-02T10:00:00 begun g: 2026-03-16T17:00:00",
            "2026-03-16T17:00:00 BROKEN g",
            "2026-03-16T17:00:00.001 kept g",
        ],
    );
}

#[test]
fn what_time_does_at_the_end_of_the_term_is_in_time() {
    check(
        "from = [\"opened\"]\nwithin = \"10 working days\"\nexpect = [\"breach:answer\"]",
        &["2026-04-01T09:00 wait"],
        &["2026-03-02T10:00:00 begun g: 2026-03-16T17:00:00", "2026-03-16T17:00:00 kept g"],
    );
}

#[test]
fn a_guarantee_that_is_open_is_not_begun_again() {
    check(
        "from = [\"offered\"]\nwithin = \"5 working days\"\nexpect = [\"heard\"]",
        &[
            "2026-03-02T11:00 offered",
            "2026-03-04T11:00 offered",
            "2026-03-09T11:00 heard",
            "2026-03-10T11:00 heard",
            "2026-03-10T12:00 offered",
            "2026-04-01T11:00 wait",
        ],
        &[
            "2026-03-02T11:00:00 begun g: 2026-03-09T17:00:00",
            "2026-03-09T11:00:00 kept g",
            "2026-03-10T12:00:00 begun g: 2026-03-17T17:00:00",
            "2026-03-17T17:00:00 BROKEN g",
        ],
    );
}

/// What answers the last calls for the next; what ends the whole does not.
#[test]
fn a_point_keeps_the_last_and_begins_the_next() {
    let informed = "from = [\"opened\", \"informed\"]\nwithin = \"5 working days\"\n\
                    expect = [\"informed\", \"stage:done\"]";
    check(
        informed,
        &["2026-03-09T17:00 informed", "2026-03-10T12:00 answered", "2026-04-01T11:00 wait"],
        &[
            "2026-03-02T10:00:00 begun g: 2026-03-09T17:00:00",
            "2026-03-09T17:00:00 kept g",
            "2026-03-09T17:00:00 begun g: 2026-03-16T17:00:00",
            "2026-03-10T12:00:00 kept g",
        ],
    );
}

#[test]
fn what_is_answered_by_the_decision_that_begins_it_is_kept_at_once() {
    check(
        "from = [\"answered\"]\nwithin = \"5 working days\"\nexpect = [\"letter:form\"]",
        &["2026-03-09T17:00 answered"],
        &["2026-03-09T17:00:00 begun g: 2026-03-16T17:00:00", "2026-03-09T17:00:00 kept g"],
    );
}

#[test]
fn what_discharges_it_leaves_nothing_to_be_done() {
    check(
        &format!("{ANSWERED}\nunless = [\"ended\"]"),
        &["2026-03-09T17:00 ended", "2026-04-01T09:00 wait"],
        &["2026-03-02T10:00:00 begun g: 2026-03-16T17:00:00", "2026-03-09T17:00:00 kept g"],
    );
    check(
        "from = [\"offered\"]\nwithin = \"5 working days\"\nexpect = [\"heard\"]\n\
         unless = [\"letter:offer\"]",
        &["2026-03-02T11:00 offered", "2026-04-01T09:00 wait"],
        &[],
    );
}

#[test]
fn it_outlives_the_closing_of_the_case() {
    check(
        ANSWERED,
        &["2026-03-03T10:00 ended", "2026-04-01T09:00 wait"],
        &["2026-03-02T10:00:00 begun g: 2026-03-16T17:00:00", "2026-03-16T17:00:00 BROKEN g"],
    );
}

#[test]
fn it_ends_where_the_case_goes_on_as_part_of_another() {
    check(
        ANSWERED,
        &["2026-03-03T10:00 merged", "2026-04-01T09:00 wait"],
        &["2026-03-02T10:00:00 begun g: 2026-03-16T17:00:00"],
    );
    check(
        "never = [\"merged\"]\nbefore = [\"letter:answer\"]",
        &["2026-03-03T10:00 merged"],
        &["2026-03-03T10:00:00 BROKEN g"],
    );
}

#[test]
fn nothing_happens_before_what_must_come_first() {
    let first = "never = [\"stage:done\"]\nbefore = [\"letter:answer\"]";
    check(first, &["2026-03-03T10:00 answered"], &["2026-03-03T10:00:00 kept g"]);
    check(
        first,
        &["2026-03-03T10:00 ended", "2026-03-04T10:00 reopened_it", "2026-03-05T10:00 answered"],
        &["2026-03-03T10:00:00 BROKEN g"],
    );
    check(
        &format!("{first}\nunless = [\"offered\"]"),
        &["2026-03-03T10:00 offered", "2026-03-03T11:00 ended"],
        &["2026-03-03T10:00:00 kept g"],
    );
}

#[test]
fn nothing_happens_while_a_condition_holds_after_the_decision() {
    let grave = "never = [\"heard\", \"letter:offer\"]\nwhile = 'grave'";
    check(
        grave,
        &[
            "2026-03-03T10:00 offered",
            "2026-03-03T11:00 heard",
            "2026-03-03T12:00 heard grave",
            "2026-03-03T13:00 offered",
            "2026-03-03T14:00 heard",
        ],
        &["2026-03-03T12:00:00 BROKEN g", "2026-03-03T13:00:00 BROKEN g"],
    );
    check(
        &format!("{grave}\nunless = [\"informed\"]"),
        &["2026-03-03T10:00 informed", "2026-03-03T11:00 heard grave"],
        &["2026-03-03T10:00:00 kept g"],
    );
}

const NOTICE: &str =
    "never = [\"stage:done\"]\nfrom = [\"letter:offer\"]\nwithin = \"5 working days\"";

#[test]
fn the_end_of_a_notice_is_too_soon_still() {
    let begun = "2026-03-03T10:00:00 begun g: 2026-03-10T17:00:00";
    check(
        NOTICE,
        &["2026-03-03T10:00 offered", "2026-03-10T17:00 ended"],
        &[begun, "2026-03-10T17:00:00 BROKEN g"],
    );
    check(
        NOTICE,
        &["2026-03-03T10:00 offered", "2026-03-10T17:00:00.001 ended"],
        &[begun, "2026-03-10T17:00:00 kept g"],
    );
}

#[test]
fn a_notice_begins_anew_and_can_be_discharged() {
    check(
        NOTICE,
        &["2026-03-03T10:00 offered", "2026-03-10T10:00 offered", "2026-03-16T10:00 ended"],
        &[
            "2026-03-03T10:00:00 begun g: 2026-03-10T17:00:00",
            "2026-03-10T10:00:00 begun g: 2026-03-17T17:00:00",
            "2026-03-16T10:00:00 BROKEN g",
        ],
    );
    check(
        &format!("{NOTICE}\nunless = [\"heard\"]"),
        &["2026-03-03T10:00 offered", "2026-03-03T11:00 heard", "2026-03-03T12:00 ended"],
        &["2026-03-03T10:00:00 begun g: 2026-03-10T17:00:00", "2026-03-03T11:00:00 kept g"],
    );
}

/// The same point may ask for a distance from itself.
#[test]
fn a_point_is_not_too_soon_after_itself() {
    check(
        "never = [\"offered\"]\nfrom = [\"offered\"]\nwithin = \"5 working days\"",
        &["2026-03-03T10:00 offered", "2026-03-11T10:00 offered", "2026-03-12T10:00 offered"],
        &[
            "2026-03-03T10:00:00 begun g: 2026-03-10T17:00:00",
            "2026-03-10T17:00:00 kept g",
            "2026-03-11T10:00:00 begun g: 2026-03-18T17:00:00",
            "2026-03-12T10:00:00 BROKEN g",
            "2026-03-12T10:00:00 begun g: 2026-03-19T17:00:00",
        ],
    );
}

#[test]
fn what_happens_too_often_breaks_it_once() {
    let twice = "never = [\"offered\", \"informed\"]\nmore_than = 2";
    let steps = [
        "2026-03-03T10:00 offered",
        "2026-03-04T10:00 informed",
        "2026-03-05T10:00 offered",
        "2026-03-06T10:00 offered",
    ];
    let counted = ["2026-03-03T10:00:00 begun g", "2026-03-04T10:00:00 begun g"];
    check(twice, &steps[..2], &counted);
    check(twice, &steps, &[counted[0], counted[1], "2026-03-05T10:00:00 BROKEN g"]);
    let unless = format!("{twice}\nunless = [\"heard\"]");
    let steps = [&steps[..2], &["2026-03-04T11:00 heard"], &steps[2..]].concat();
    check(&unless, &steps, &[counted[0], counted[1], "2026-03-04T11:00:00 kept g"]);
}

/// At one instant the guarantees act in file order, after all else.
#[test]
fn several_guarantees_act_in_the_order_of_the_file() {
    let second = "from = [\"offered\"]\nwithin = \"9 working days\"\nexpect = [\"heard\"]";
    let both = format!("{}{}", entry("one", ANSWERED), entry("two", second));
    let mut desk = Desk::new(&both);
    desk.go("2026-03-03T10:00 offered");
    desk.go("2026-04-01T10:00 wait");
    let broken = ["2026-03-16T17:00:00 BROKEN one", "2026-03-16T17:00:00 BROKEN two"];
    assert_eq!(desk.said()[2..], broken);
    let breach = desk.facts.iter().position(|it| matches!(it.kind, FactKind::Breached { .. }));
    let first = desk.facts.iter().position(|it| matches!(it.kind, FactKind::Broken { .. }));
    assert!(breach.unwrap() < first.unwrap());
}

fn amended(desk: &mut Desk, at: &str) {
    let amendment = Amendment {
        id: "0123abcd".to_owned(),
        calendar: "desk/office".to_owned(),
        closed: vec!["2026-03-16".parse().unwrap()],
        open: Vec::new(),
        name: "Day of mourning".to_owned(),
    };
    assert!(desk.machine.amend(&amendment));
    let amending = Amending { amendment: AmendmentId(0), at: desk.at(at) };
    let context = Context::new(&desk.strings);
    let decision = amend(&desk.machine, &desk.case, amending, &context).unwrap();
    desk.add(decision);
}

#[test]
fn a_calendar_that_is_amended_moves_the_end() {
    let mut desk = Desk::new(&entry("g", ANSWERED));
    amended(&mut desk, "2026-03-10T10:00");
    desk.go("2026-04-01T10:00 wait");
    assert_eq!(
        desk.said(),
        [
            "2026-03-02T10:00:00 begun g: 2026-03-16T17:00:00",
            "2026-03-10T10:00:00 begun g: 2026-03-17T17:00:00",
            "2026-03-17T17:00:00 BROKEN g",
        ]
    );
    told(&desk);
}

/// The holiday became known after the day. What was done late by then stays late.
#[test]
fn what_a_calendar_shows_not_to_be_broken_is_open_again() {
    let mut desk = Desk::new(&entry("g", ANSWERED));
    desk.go("2026-03-17T09:00 wait");
    amended(&mut desk, "2026-03-17T10:00");
    assert!(matches!(desk.facts.last().unwrap().kind, FactKind::Told { .. }));
    desk.go("2026-03-17T11:00 answered");
    assert_eq!(
        desk.said()[1..],
        [
            "2026-03-16T17:00:00 BROKEN g",
            "2026-03-17T10:00:00 begun g: 2026-03-17T17:00:00",
            "2026-03-17T11:00:00 kept g",
        ]
    );
    let mut late = Desk::new(&entry("g", ANSWERED));
    late.go("2026-03-17T09:00 informed");
    late.go("2026-03-17T09:30 answered");
    amended(&mut late, "2026-03-17T10:00");
    assert_eq!(late.said().len(), 3, "{:?}", late.said());
}
