//! Calendars are amended while cases are open.

use std::time::Duration;

use engine::runtime::{Fact, FactKind, Report};
use engine::time::{Instant, NaiveDate};

use super::world::{World, happened, hours, text};
use crate::cases::{Reached, StreamId};
use crate::keeper::{Look, NewAmendment, NotAmended, Reading};

pub(super) fn dates(all: &[&str]) -> Vec<NaiveDate> {
    all.iter().map(|it| it.parse().unwrap()).collect()
}

pub(super) fn new(closed: &[&str], open: &[&str]) -> NewAmendment {
    NewAmendment {
        calendar: "shop/office".to_owned(),
        closed: dates(closed),
        open: dates(open),
        reason: "Day of mourning".to_owned(),
        source: "Proclamation".to_owned(),
        by: "admin".to_owned(),
        person: None,
    }
}

impl World {
    pub(super) fn amend(&self, closed: &[&str], open: &[&str]) {
        self.keeper.amend_calendar(self.tenant, &new(closed, open)).unwrap();
    }

    /// Waits until every open case has taken every amendment.
    pub(super) fn settle(&self) {
        for _ in 0..20_000 {
            let all = self.keeper.place().amendments(self.tenant).unwrap();
            if all.iter().all(|it| it.reached == Reached::All) {
                return;
            }
            self.keeper.look_at_timers();
            std::thread::sleep(Duration::from_millis(1));
        }
        panic!("the rounds came to no end: {:?}", self.keeper.figures());
    }

    fn read(&self, case: StreamId, reading: Reading) -> Look {
        self.keeper.look(self.tenant, case, reading).unwrap().unwrap()
    }

    fn due(&self, case: StreamId, reading: Reading, deadline: &str) -> Option<Instant> {
        self.read(case, reading).clock(deadline, 1).and_then(|it| it.times.due)
    }

    pub(super) fn facts(&self, case: StreamId) -> Vec<Fact> {
        let look = self.read(case, Reading::Now);
        look.kept.iter().flat_map(|it| it.facts.clone()).collect()
    }
}

pub(super) fn count(facts: &[Fact], is: impl Fn(&FactKind) -> bool) -> usize {
    facts.iter().filter(|it| is(&it.kind)).count()
}

pub(super) const fn is_amended(kind: &FactKind) -> bool {
    matches!(kind, FactKind::CalendarsAmended { .. })
}

pub(super) const fn is_moved(kind: &FactKind) -> bool {
    matches!(kind, FactKind::Moved { .. })
}

const fn is_breach(kind: &FactKind) -> bool {
    matches!(kind, FactKind::Breached { .. })
}

/// Monday 2 March 2026, 09:00: two working days end on Wednesday at 17:00, ten on Monday 16 March.
#[test]
fn what_is_owed_moves_and_what_was_known_before_stays() {
    let world = World::new("amend");
    let (case, closed) = (world.open("o1", None), world.open("o2", None));
    world.say(closed, "w", "withdrawn", "complainant");
    let record = world.kept(closed);
    world.clock.set(hours(2));
    world.amend(&["2026-03-03"], &[]);
    // A case that is read before its turn is read as it will be.
    assert_eq!(world.due(case, Reading::Now, "acknowledge"), Some(hours(3 * 24 + 8)));
    world.settle();
    assert_eq!(world.due(case, Reading::Now, "acknowledge"), Some(hours(3 * 24 + 8)));
    assert_eq!(world.due(case, Reading::Now, "answer"), Some(hours(15 * 24 + 8)));
    let before = Reading::AsKnownAt(hours(1));
    assert_eq!(world.due(case, before, "acknowledge"), Some(hours(2 * 24 + 8)));
    assert_eq!(world.due(case, before, "answer"), Some(hours(14 * 24 + 8)));
    let standing = world.kept(case).standing;
    assert_eq!(standing.due_at, Some(hours(3 * 24 + 8)));
    let facts = world.facts(case);
    assert_eq!((count(&facts, is_amended), count(&facts, is_moved)), (1, 2));
    let moved = facts.iter().find(|it| is_moved(&it.kind)).unwrap();
    let FactKind::Moved { before: was, times, .. } = moved.kind else { panic!() };
    assert_eq!((was, times.due), (Some(hours(2 * 24 + 8)), Some(hours(3 * 24 + 8))));
    assert_eq!(moved.at, hours(2));
    let (ledger, _) = world.read(case, Reading::Now).ledger("acknowledge", 1).unwrap().unwrap();
    let said = format!("{ledger:?}");
    assert!(said.contains("Day of mourning (calendar amended on 2026-03-02)"), "{said}");
    assert_eq!(world.kept(closed), record, "a closed case stays as it was");
    // Whoever comes now counts by the calendar as it is now, from the beginning.
    let later = world.open("o3", None);
    assert_eq!(world.due(later, Reading::Now, "acknowledge"), Some(hours(3 * 24 + 8)));
    assert_eq!(count(&world.facts(later), is_moved), 0);
    // Time acts where it does now, and once.
    world.wait_until(hours(2 * 24 + 12));
    assert_eq!(count(&world.facts(case), is_breach), 0);
    world.wait_until(hours(10 * 24));
    assert_eq!(count(&world.facts(case), is_breach), 1);
    let world = world.again();
    assert_eq!(world.due(case, Reading::Now, "answer"), Some(hours(15 * 24 + 8)));
    assert_eq!(world.due(case, before, "answer"), Some(hours(14 * 24 + 8)));
}

/// The holiday became known after the day: the duty is not missed any more, and once it is, it is
/// missed again. Who was told is told once of each.
#[test]
fn a_breach_is_taken_back_that_was_none() {
    let world = World::new("amend-breach");
    let case = world.open("o", None);
    world.wait_until(hours(3 * 24));
    assert!(world.kept(case).standing.breached);
    world.amend(&["2026-03-03"], &[]);
    world.settle();
    assert!(!world.kept(case).standing.breached);
    let facts = world.facts(case);
    let told = count(&facts, |it| matches!(it, FactKind::Told { .. }));
    world.wait_until(hours(4 * 24));
    let facts = world.facts(case);
    assert_eq!(count(&facts, is_breach), 2);
    let at: Vec<Instant> = facts.iter().filter(|it| is_breach(&it.kind)).map(|it| it.at).collect();
    assert_eq!(at, [hours(2 * 24 + 8), hours(3 * 24 + 8)]);
    assert_eq!(count(&facts, |it| matches!(it, FactKind::Told { .. })), told + 1);
}

/// A day that was to be closed is open after all: what would be due in the past is due now.
#[test]
fn nothing_is_due_before_it_was_known() {
    let world = World::new("amend-past");
    world.amend(&["2026-03-03", "2026-03-04"], &[]);
    let case = world.open("o", None);
    assert_eq!(world.due(case, Reading::Now, "acknowledge"), Some(hours(4 * 24 + 8)));
    world.wait_until(hours(3 * 24));
    world.amend(&[], &["2026-03-03", "2026-03-04"]);
    world.settle();
    assert_eq!(world.due(case, Reading::Now, "acknowledge"), Some(hours(3 * 24)));
    world.wait_until(hours(3 * 24 + 1));
    let facts = world.facts(case);
    let at: Vec<Instant> = facts.iter().filter(|it| is_breach(&it.kind)).map(|it| it.at).collect();
    assert_eq!(at, [hours(3 * 24)]);
}

#[test]
fn what_cannot_be_meant_is_not_recorded() {
    let world = World::new("amend-refused");
    let ask = |new: NewAmendment| world.keeper.amend_calendar(world.tenant, &new).unwrap_err();
    let names = NotAmended::NoCalendar(vec!["shop/office".to_owned()]);
    assert_eq!(
        ask(NewAmendment { calendar: "offices".to_owned(), ..new(&["2026-03-03"], &[]) }),
        names
    );
    assert_eq!(
        ask(NewAmendment { calendar: "shop/".to_owned(), ..new(&["2026-03-03"], &[]) }),
        names
    );
    let misread = |new: NewAmendment, what: &str, why: &str| match ask(new) {
        NotAmended::Misread(at, text) => assert_eq!((at, text.as_str()), (what, why)),
        other => panic!("{other:?}"),
    };
    misread(new(&[], &[]), "add", "no date is added, and none removed");
    misread(new(&["2026-03-07"], &[]), "add", "2026-03-07 is closed already");
    misread(new(&[], &["2026-03-03"]), "remove", "2026-03-03 is open already");
    misread(new(&["2026-03-03"], &["2026-03-03"]), "remove", "2026-03-03 is added as well");
    misread(new(&["2400-03-03"], &[]), "add", "2400-03-03 is outside what calendars know");
    let empty = NewAmendment { reason: " ".to_owned(), ..new(&["2026-03-03"], &[]) };
    misread(empty, "reason", "is empty");
    let long = NewAmendment { source: "x".repeat(2_000), ..new(&["2026-03-03"], &[]) };
    misread(long, "source", "is longer than 1000 bytes");
    assert_eq!(world.keeper.amendments(world.tenant).unwrap(), []);
    world.amend(&["2026-03-03"], &[]);
    misread(new(&["2026-03-03"], &[]), "add", "2026-03-03 is closed already");
    assert_eq!(world.keeper.amendments(world.tenant).unwrap().len(), 1);
}

/// A letter that came before the amendment and is entered after it.
#[test]
fn late_news_from_before_an_amendment_leaves_it_where_it_is() {
    let world = World::new("amend-late");
    let case = world.open("o", None);
    world.wait_until(hours(26));
    world.amend(&["2026-03-04"], &[]);
    world.settle();
    world.wait_until(hours(28));
    let report = Report {
        reason: Some("found in the post".to_owned()),
        ..Report::new("a", "acknowledged", hours(3), "agent")
    };
    let reply = world.ask(happened(world.report(case, report), hours(3))).unwrap();
    assert_eq!(reply.status, 200, "{}", text(&reply));
    let look = world.read(case, Reading::Now);
    let clock = look.clock("acknowledge", 1).unwrap();
    assert_eq!(clock.ended_at, Some(hours(3)));
    assert_eq!(clock.times.due, Some(hours(2 * 24 + 8)), "it ended before the amendment");
    assert_eq!(world.due(case, Reading::Now, "answer"), Some(hours(15 * 24 + 8)));
    assert_eq!(count(&look.facts, is_amended), 1);
    assert_eq!(world.due(case, Reading::AsKnownAt(hours(1)), "answer"), Some(hours(14 * 24 + 8)));
    let world = world.again();
    assert_eq!(world.due(case, Reading::Now, "answer"), Some(hours(15 * 24 + 8)));
}

/// A closed case takes what was amended when it is spoken of again; what begins then counts by it.
#[test]
fn a_closed_case_takes_an_amendment_only_when_something_is_reported() {
    let world = World::new("amend-closed");
    let case = world.open("o", Some("ann"));
    world.say(case, "w", "withdrawn", "complainant");
    world.clock.set(hours(5));
    world.amend(&["2026-03-03"], &[]);
    world.settle();
    assert_eq!(count(&world.facts(case), is_amended), 0);
    world.clock.set(hours(7));
    let refused = world.ask(world.event(case, "a", "acknowledged", "agent")).unwrap();
    assert_eq!(refused.status, 409);
    let facts = world.facts(case);
    let noted = facts.iter().find(|it| is_amended(&it.kind)).unwrap();
    assert_eq!(noted.at, hours(0), "nothing is late because of it");
}
