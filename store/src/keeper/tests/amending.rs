//! Calendars are amended while cases are open.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use engine::runtime::{Fact, FactKind, Report};
use engine::time::{Instant, NaiveDate};

use super::world::{World, file, given, happened, hours, options, text};
use crate::amendments::{Amended, link, origin};
use crate::cases::{Hash, KeptAmendment, Place, Reached, StreamId};
use crate::faulty::{Faults, Faulty};
use crate::keeper::{Look, NewAmendment, NotAmended, Options, Order, RandomIds, Reading};
use crate::sqlite::Sqlite;

fn dates(all: &[&str]) -> Vec<NaiveDate> {
    all.iter().map(|it| it.parse().unwrap()).collect()
}

fn new(closed: &[&str], open: &[&str]) -> NewAmendment {
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
    fn amend(&self, closed: &[&str], open: &[&str]) {
        self.keeper.amend_calendar(self.tenant, &new(closed, open)).unwrap();
    }

    /// Waits until every open case has taken every amendment.
    fn settle(&self) {
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

    fn facts(&self, case: StreamId) -> Vec<Fact> {
        let look = self.read(case, Reading::Now);
        look.kept.iter().flat_map(|it| it.facts.clone()).collect()
    }
}

fn count(facts: &[Fact], is: impl Fn(&FactKind) -> bool) -> usize {
    facts.iter().filter(|it| is(&it.kind)).count()
}

const fn is_amended(kind: &FactKind) -> bool {
    matches!(kind, FactKind::CalendarsAmended { .. })
}

const fn is_moved(kind: &FactKind) -> bool {
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

/// How somebody looks at the amendments.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Up {
    /// Each is taken into all cases at once.
    Always,
    /// Cases take them when something is reported of them, or at the end.
    Never,
}

/// Numbers that look random and are the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

type Record = BTreeMap<StreamId, Vec<(u32, Vec<u8>, Hash)>>;

/// Records an amendment as another process would: nobody here is told.
fn amend_quietly(world: &World, new: &NewAmendment) {
    let place = world.keeper.place();
    let before = place.amendments(world.tenant).unwrap();
    let body = Amended {
        recorded_at: world.keeper.now(),
        calendar: new.calendar.clone(),
        closed: new.closed.clone(),
        open: new.open.clone(),
        reason: new.reason.clone(),
        source: new.source.clone(),
        by: new.by.clone(),
        person: None,
    };
    let body = body.bytes();
    let number = u32::try_from(before.len()).unwrap() + 1;
    let hash = link(before.last().map_or(origin("shop"), |it| it.hash), number, &body);
    let kept = KeptAmendment { number, body, hash, reached: Reached::UpTo(None) };
    place.add_amendment(world.tenant, &kept).unwrap();
    world.keeper.shared().shelf.forget_amendments(world.tenant);
}

fn told(world: &World, case: StreamId, id: &str, random: &mut Random, now: Instant) -> Order {
    let report = |event: &str, by: &str| Report {
        reason: Some("because".to_owned()),
        ..Report::new(id, event, now, by)
    };
    let order = match random.below(4) {
        0 => world.report(case, report("acknowledged", "agent:amy")),
        1 => {
            let data = vec![given("outcome", "not_upheld")];
            world.report(case, Report { data, ..report("answered", "agent:amy") })
        }
        2 => {
            let stop = Some("no_calls".to_owned());
            world.report(case, Report { stop, ..report("stop_proposed", "agent:amy") })
        }
        _ => {
            let stop = Some("no_calls".to_owned());
            world.report(case, Report { stop, ..report("stop_decided", "manager:max") })
        }
    };
    match random.below(3) {
        0 => happened(order, now.plus_ms(-30 * 3_600_000).unwrap()),
        _ => order,
    }
}

fn lived(seed: u64, up: Up) -> (Vec<String>, Record, usize) {
    let look_every = match up {
        Up::Always => options().look_every,
        Up::Never => Duration::from_secs(3_600),
    };
    let world =
        World::with(&format!("amended-{seed}-{}", up as u8), Options { look_every, ..options() });
    let mut random = Random(seed);
    let (mut answers, mut cases, mut now) = (Vec::new(), Vec::new(), 0i64);
    let mut days: Vec<NaiveDate> = dates(&["2026-03-03"]);
    for n in 0..24 {
        now += i64::try_from(random.below(24 * 4)).unwrap();
        if up == Up::Always {
            world.wait_until(hours(now));
        }
        world.clock.set(hours(now));
        let id = format!("e{n}");
        if n > 0 && random.below(4) == 0 {
            let ahead = NaiveDate::from_epoch_days(20_514 + i32::try_from(now / 24).unwrap());
            let day = ahead.unwrap() + chrono::Days::new(random.below(8));
            let day = day
                + chrono::Days::new(if day.format("%u").to_string() >= "6".to_owned() {
                    2
                } else {
                    0
                });
            let change = match days.contains(&day) {
                true => NewAmendment { open: vec![day], ..new(&[], &[]) },
                false => NewAmendment { closed: vec![day], ..new(&[], &[]) },
            };
            match days.iter().position(|it| *it == day) {
                Some(place) => drop(days.remove(place)),
                None => days.push(day),
            }
            amend_quietly(&world, &change);
            if up == Up::Always {
                world.keeper.shared().rounds.look();
                world.settle();
            }
            continue;
        }
        let order = match random.below(6) {
            _ if cases.is_empty() => world.opening(&id, Some("ann")),
            0 => world.opening(&id, Some("ann")),
            1 => world.opening(&id, None),
            _ => {
                let case = cases[usize::try_from(random.below(cases.len() as u64)).unwrap()];
                told(&world, case, &id, &mut random, hours(now))
            }
        };
        let reply = world.ask(order).unwrap();
        answers.push(format!("{} {}", reply.status, text(&reply)));
        cases.extend(reply.case.filter(|_| reply.status == 201).map(|(case, _)| case));
    }
    world.keeper.shared().rounds.look();
    world.settle();
    world.wait_until(hours(now + 24 * 400));
    let moved = cases.iter().map(|it| count(&world.facts(*it), is_moved)).sum();
    (answers, world.record(), moved)
}

/// The record is the same whether cases took an amendment at once or only when they were touched.
#[test]
fn always_the_record_is_the_same_whenever_a_case_takes_an_amendment() {
    let mut n_moved = 0;
    for seed in 0..10 {
        let (always, never) = (lived(seed, Up::Always), lived(seed, Up::Never));
        assert_eq!(always.0, never.0, "seed {seed}");
        for (stream, body) in &always.1 {
            assert_eq!(Some(body), never.1.get(stream), "seed {seed}, stream {stream}");
        }
        assert_eq!(always.1.len(), never.1.len(), "seed {seed}");
        n_moved += always.2;
    }
    assert!(n_moved > 20, "{n_moved} moves are too few to say anything");
}

/// The store fails again and again while the cases are counted again, and the process ends in the
/// middle of it: each case takes the amendment once.
#[test]
fn e12_every_case_is_counted_again_once_whatever_fails() {
    for seed in 1..=4 {
        let world = World::new(&format!("amend-faults-{seed}"));
        let cases: Vec<StreamId> = (0..150).map(|n| world.open(&format!("o{n}"), None)).collect();
        let folder = Arc::clone(&world.folder);
        world.clock.set(hours(2));
        amend_quietly(&world, &new(&["2026-03-03"], &[]));
        drop(world);
        let place =
            Faulty::new(Sqlite::open(&file(&folder)).unwrap(), Faults::Seeded { seed, one_in: 3 });
        let place: Arc<dyn Place> = Arc::new(place);
        let few = Options { wakes_max: 10, ids: Arc::new(RandomIds::default()), ..options() };
        for _ in 0..3 {
            let world = World::begun(Arc::clone(&folder), &place, &few, hours(3));
            std::thread::sleep(Duration::from_millis(15));
            drop(world);
        }
        let world = World::begun(folder, &place, &few, hours(4));
        world.settle();
        for case in cases {
            let facts = world.facts(case);
            assert_eq!((count(&facts, is_amended), count(&facts, is_moved)), (1, 2), "seed {seed}");
            let moved = facts.iter().find(|it| is_moved(&it.kind)).unwrap();
            assert_eq!(moved.at, hours(2), "seed {seed}");
            assert_eq!(world.kept(case).standing.due_at, Some(hours(3 * 24 + 8)));
        }
    }
}
