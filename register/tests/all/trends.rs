//! Trends over a store are those of the engine over the same cases in memory, whoever asks and
//! whenever.

use std::collections::BTreeMap;

use engine::machine::Machine;
use engine::runtime::{
    CaseKey, Context, Given, Register, Report, ReportedAt, Revision, Signal, read_report, trends,
};
use engine::text::Strings;
use engine::time::Instant;
use register::trends::{Trends, as_text, of};
use register::viewer::Viewer;
use register::walk::Asked;
use store::cases::StreamId;
use store::clock::Clock as _;
use store::keeper::{Act, Reading};

use crate::world::{SHOP, World, at, golden};

const TRENDS: &str = r#"
[trends.alike]
title    = "Several people say the same"
group_by = ["complaint", "price"]
count    = 3
distinct = "complainant"
within   = "6 calendar days"
tells    = ["manager"]
source   = "house rule 16"

[trends.pressing]
group_by = ["urgent"]
count    = 4
within   = "5 calendar days"
when     = 'urgent'
tells    = ["clerk", "manager"]

[trends.again]
title    = "It comes back after it was answered"
group_by = ["complaint"]
count    = 1
within   = "20 calendar days"
after    = "answered"
tells    = ["counsellor"]
"#;

const HOUR_MS: i64 = 3_600_000;

fn protocol() -> String {
    let corrected = "[events]\ncorrected = { by = [\"clerk\"] }\n";
    SHOP.replace("[events]\n", corrected) + TRENDS
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

/// The same cases twice: in a store, and in a register of the engine.
struct Both {
    world: World,
    machine: Machine,
    strings: Strings,
    register: Register,
    cases: Vec<StreamId>,
    /// When each case was answered, and by which report.
    answered: BTreeMap<usize, String>,
}

impl Both {
    fn new() -> Self {
        let world = World::new(&protocol());
        let sources = store::folder::read(&world.folder.join("shop-0")).unwrap();
        let (machine, faults) = engine::load(&sources);
        let machine = machine.unwrap_or_else(|| panic!("{faults:?}"));
        let strings = machine.strings();
        let (register, cases, answered) = Default::default();
        Self { world, machine, strings, register, cases, answered }
    }

    fn now(&self) -> Instant {
        self.world.clock.now()
    }

    fn set(&mut self, now: Instant) {
        self.world.clock.set(now);
        let context = Context::new(&self.strings);
        self.register.pass(&self.machine, now, &context);
    }

    /// Gives both the same report; whether the engine took it.
    fn take(&mut self, case: Option<usize>, report: Report, happened: Option<Instant>) -> bool {
        let happened = happened.map(ReportedAt::Instant);
        let timed = Report { at: happened.unwrap_or(report.at), ..report.clone() };
        let key = match case {
            Some(place) => CaseKey::at(place),
            None => self.register.add(&self.machine, "a case"),
        };
        let mut event = read_report(&self.machine, &timed, &mut self.strings).unwrap();
        let context = Context::new(&self.strings);
        let why = self.register.report(&self.machine, key, &mut event, &context);
        let took = why.outcome.is_ok();
        let report = Box::new(report);
        let act = match case {
            Some(place) => {
                let case = self.cases[place];
                Act::Report { case, report, happened, if_match: None }
            }
            None => Act::Open { protocol_id: "shop".to_owned(), report, happened },
        };
        match self.world.tried(act) {
            Ok(stream) if case.is_none() => self.cases.push(stream),
            found => assert_eq!(found.is_ok(), took, "{:?} {found:?}", why.outcome),
        }
        assert!(took || case.is_some(), "{:?}", why.outcome);
        took
    }

    fn open(&mut self, what: &str, price: &str, urgent: bool, person: Option<&str>) {
        let mut report = Report::new("opened-1", "opened", self.now(), "complainant");
        if person.is_none() {
            report.by = "clerk".to_owned();
        }
        report.complainant = person.map(str::to_owned);
        report.channel = Some("email".to_owned());
        report.data = vec![
            ("complaint".to_owned(), Given::Text(what.to_owned())),
            ("price".to_owned(), Given::Number(price.parse().unwrap())),
            ("urgent".to_owned(), Given::Flag(urgent)),
        ];
        self.take(None, report, None);
    }

    /// Answers a case, now or some hours ago; or strikes its answer.
    fn answer(&mut self, place: usize, ago: Option<i64>) {
        let id = format!("answered-{}", self.now().ms());
        let mut report = Report::new(id.clone(), "answered", self.now(), "clerk");
        report.data = vec![("outcome".to_owned(), Given::Text("upheld".to_owned()))];
        report.reason = ago.map(|_| "found in the drawer".to_owned());
        let happened = ago.and_then(|it| self.now().plus_ms(-it * HOUR_MS));
        if self.take(Some(place), report, happened) {
            self.answered.insert(place, id);
        }
    }

    fn strike(&mut self, place: usize) {
        let Some(of) = self.answered.remove(&place) else { return };
        let id = format!("struck-{}", self.now().ms());
        let mut report = Report::new(id, "corrected", self.now(), "clerk");
        report.reason = Some("it was another case".to_owned());
        report.revision = Some(Revision { of, happened_at: None, struck: true });
        self.take(Some(place), report, None);
    }

    /// Puts right what a case holds.
    fn live(&mut self, random: &mut Random) {
        let next = 1 + i64::try_from(random.below(14)).unwrap();
        self.set(self.now().plus_ms(next * HOUR_MS + 1).unwrap());
        let n_cases = u64::try_from(self.cases.len()).unwrap();
        let place = |random: &mut Random| usize::try_from(random.below(n_cases)).unwrap();
        match random.below(8) {
            0..=4 => {
                let what = ["It smokes", "It hums"][usize::from(random.below(2) == 0)];
                let price = ["12.5", "12.50", "3"][usize::try_from(random.below(3)).unwrap()];
                let person = format!("person-{}", random.below(5));
                let person = (random.below(7) > 0).then_some(person.as_str());
                self.open(what, price, random.below(2) == 0, person);
            }
            5 if n_cases > 0 => {
                let place = place(random);
                self.answer(place, None);
            }
            6 if n_cases > 0 => {
                let place = place(random);
                self.answer(place, Some(1 + i64::try_from(random.below(8)).unwrap()));
            }
            _ => {
                if let Some(place) = self.answered.keys().next().copied() {
                    self.strike(place);
                }
            }
        }
    }

    fn found(&self, reading: Reading) -> Trends {
        self.found_as(reading, roles(&["clerk", "manager", "counsellor"]))
    }

    fn found_as(&self, reading: Reading, viewer: Viewer) -> Trends {
        let asked = Asked { reading, ..self.world.asked(viewer) };
        of(&self.world.keeper.reader(), &asked, 1_000).unwrap().unwrap()
    }

    /// What the engine says of the cases in memory.
    fn expected(&self) -> Vec<Said> {
        let all = trends(&self.machine, &self.register, &self.strings);
        assert_eq!(all, self.register.signals());
        let said = |it: &Signal| {
            let cases = it.cases.iter().map(|key| self.cases[key.index()]).collect();
            (it.trend.index(), it.at, cases)
        };
        let mut all: Vec<Said> = all.iter().map(said).collect();
        all.sort_unstable();
        all
    }
}

/// A signal: of which trend, since when, which cases.
type Said = (usize, Instant, Vec<StreamId>);

fn said(found: &Trends) -> Vec<Said> {
    let each = found.trends.iter().flat_map(|trend| {
        assert_eq!(trend.signals.len(), trend.signals_total);
        trend.signals.iter().map(|it| {
            let cases = it.cases.iter().map(|it| it.stream).collect();
            (trend.id.index(), it.since, cases)
        })
    });
    let mut all: Vec<Said> = each.collect();
    all.sort_unstable();
    all
}

fn roles(names: &[&str]) -> Viewer {
    Viewer::Roles(names.iter().map(|it| (*it).to_owned()).collect())
}

#[test]
fn a_store_says_what_the_engine_says_in_memory() {
    let mut raised = [0_usize; 3];
    for seed in 0..6 {
        let mut both = Both::new();
        let mut random = Random(seed);
        let mut before: Vec<(Instant, Trends)> = Vec::new();
        for step in 0..90 {
            both.live(&mut random);
            if step % 15 == 14 {
                let found = both.found(Reading::Now);
                assert_eq!(said(&found), both.expected(), "seed {seed}, step {step}");
                before.push((both.now(), found));
            }
        }
        assert!(both.cases.len() > 24, "{}", both.cases.len());
        for (place, ..) in both.expected() {
            raised[place] += 1;
        }
        // What was known then is the same for ever, down to the text.
        for (at, then) in before {
            let again = both.found(Reading::AsKnownAt(at));
            assert_eq!(as_text(&again), as_text(&then), "seed {seed}, {at}");
            assert_eq!(again.trends, then.trends);
        }
    }
    assert!(raised.iter().all(|it| *it > 3), "{raised:?}");
}

#[test]
fn late_news_counts_in_one_reading_of_the_past_and_not_in_the_other() {
    let mut both = Both::new();
    both.open("It smokes", "3", false, Some("anna"));
    both.set(at("2026-06-01T12:00:00Z"));
    both.open("It smokes", "4", false, Some("bert"));
    both.set(at("2026-06-01T14:00:00Z"));
    let then = both.now();
    assert_eq!(said(&both.found(Reading::Now)), []);
    // The answer to the first was sent before the second came.
    both.set(at("2026-06-02T09:00:00Z"));
    both.answer(0, Some(22));
    let again = said(&both.found(Reading::Now));
    assert_eq!(again, [(2, at("2026-06-01T12:00:00Z"), vec![both.cases[1]])]);
    assert_eq!(again, both.expected());
    assert_eq!(said(&both.found(Reading::AsTrueAt(then))), again);
    assert_eq!(said(&both.found(Reading::AsKnownAt(then))), []);
    // It never was sent.
    both.set(at("2026-06-02T10:00:00Z"));
    both.strike(0);
    assert_eq!(said(&both.found(Reading::Now)), []);
    assert_eq!(both.expected(), []);
    let known = Reading::AsKnownAt(at("2026-06-02T09:30:00Z"));
    assert_eq!(said(&both.found(known)), again);
}

fn three_and_one_more() -> Both {
    let mut both = Both::new();
    for (day, person) in [(1, "anna"), (2, "bert"), (2, "bert"), (3, "cleo"), (8, "dora")] {
        let hour = 9 + both.cases.len();
        both.set(at(&format!("2026-06-{day:02}T{hour:02}:00:00Z")));
        both.open("It smokes", "12.50", day < 3, Some(person));
    }
    both
}

#[test]
fn a_trend_is_read_by_those_whom_it_tells() {
    let both = three_and_one_more();
    let names = |viewer| {
        let found = both.found_as(Reading::Now, viewer);
        let all = &found.loaded.machine.protocol.trends;
        found.trends.iter().map(|it| all[it.id.index()].name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(roles(&["clerk"])), ["pressing"]);
    assert_eq!(names(roles(&["manager"])), ["alike", "pressing"]);
    assert_eq!(names(roles(&["counsellor"])), ["again"]);
    assert_eq!(names(Viewer::Anybody), ["alike", "pressing", "again"]);
    let reader = both.world.keeper.reader();
    for viewer in [roles(&[]), roles(&["complainant"]), roles(&["astronaut"])] {
        assert!(of(&reader, &both.world.asked(viewer), 9).unwrap().is_none());
    }
    let other = Asked { protocol_id: "shoe".to_owned(), ..both.world.asked(Viewer::Anybody) };
    assert!(of(&reader, &other, 9).unwrap().is_none());
}

#[test]
fn g1_a_new_version_counts_the_cases_of_the_one_before_and_rewrites_nothing() {
    let both = three_and_one_more();
    let manager = |reading| both.found_as(reading, roles(&["manager"]));
    let (now, first) = (both.now(), manager(Reading::Now));
    assert_eq!(first.trends[0].signals_total, 1);
    // Fields stand in another order, and four persons are needed from now on.
    let text = protocol()
        .replace("version     = \"1\"", "version     = \"2\"")
        .replace("[fields]\n", "[fields]\nwhere = { type = \"text\" }\n")
        .replace("count    = 3", "count    = 4")
        .replace("6 calendar days", "10 calendar days");
    both.world.add(&text, now.plus_ms(HOUR_MS).unwrap());
    both.world.clock.set(now.plus_ms(2 * HOUR_MS).unwrap());
    let found = manager(Reading::Now);
    assert_eq!(found.loaded.version, "2");
    let signal = &found.trends[0].signals[0];
    assert_eq!((signal.cases.len(), signal.most, signal.since), (5, 4, now));
    let then = manager(Reading::AsKnownAt(now));
    assert_eq!((then.loaded.version.as_str(), &then.trends), ("1", &first.trends));
}

#[test]
fn what_is_written_reads_well() {
    let both = three_and_one_more();
    golden("trends.txt", &as_text(&both.found(Reading::Now)));
}

#[test]
fn a_text_of_a_case_stays_on_its_line() {
    let mut both = Both::new();
    let what = "\u{1b}[2JIt\nsmokes ";
    for person in ["anna", "bert", "cleo"] {
        both.set(both.now().plus_ms(HOUR_MS).unwrap());
        both.open(what, "3", false, Some(person));
    }
    let found = both.found(Reading::Now);
    assert_eq!(found.trends[0].signals_total, 1);
    let text = as_text(&found);
    assert!(!text.contains('\u{1b}') && text.contains("[2JIt smokes , price 3 GBP"), "{text}");
}

#[test]
fn the_latest_signals_are_shown_and_all_are_counted() {
    let mut both = Both::new();
    for place in 0..12 {
        if place % 4 == 0 {
            both.set(both.now().plus_ms(9 * 24 * HOUR_MS).unwrap());
        }
        both.set(both.now().plus_ms(HOUR_MS).unwrap());
        both.open("It smokes", "3", true, None);
    }
    let reader = both.world.keeper.reader();
    let asked = both.world.asked(roles(&["clerk"]));
    let found = of(&reader, &asked, 2).unwrap().unwrap();
    let trend = &found.trends[0];
    assert_eq!((trend.signals.len(), trend.signals_total), (2, 3));
    assert!(trend.signals[0].since > trend.signals[1].since);
    assert!(as_text(&found).ends_with("\n    and 1 earlier\n"), "{}", as_text(&found));
}
