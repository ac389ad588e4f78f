//! Many cases: time over all of them, and trends against a plain second way of counting.

use std::collections::BTreeSet;

use crate::machine::Machine;
use crate::model::{EventId, FieldId, TrendId};
use crate::runtime::{
    CaseKey, Context, FactKind, Past, Register, Report, Signal, next_due, read_report, trends, wake,
};
use crate::script::Value;
use crate::text::{SourceSet, Strings, Symbol};
use crate::time::{Instant, since};

const SHOP: &str = include_str!("../../scenario/tests/shop.toml");

const TRENDS: &str = r#"
[trends.harm]
group_by = ["harm"]
count    = 3
within   = "30 calendar days"
tells    = ["officer"]

[trends.people]
group_by = ["harm", "heard"]
count    = 3
distinct = "complainant"
within   = "200 hours"
when     = '!heard'
tells    = ["officer"]
"#;

fn machine() -> Machine {
    let text = format!("{SHOP}{TRENDS}").into_bytes();
    let (machine, faults) = crate::load(&SourceSet::new("", [("protocol.toml".to_owned(), text)]));
    let faults: Vec<&str> = faults.iter().map(|it| it.message.as_str()).collect();
    machine.unwrap_or_else(|| panic!("{faults:?}"))
}

const HOUR_MS: i64 = 3_600_000;

/// Monday 2 March 2026, midnight in Amsterdam.
const FROM: Instant = Instant::from_ms(1_772_406_000_000);

fn hours(hours: i64) -> Instant {
    FROM.plus_ms(hours * HOUR_MS).unwrap()
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

struct Shop {
    machine: Machine,
    strings: Strings,
    register: Register,
}

impl Shop {
    fn new() -> Self {
        let machine = machine();
        let strings = machine.strings();
        Self { machine, strings, register: Register::default() }
    }

    fn report(
        &mut self,
        key: CaseKey,
        event: &str,
        at: Instant,
        data: &[(&str, crate::runtime::Given)],
    ) {
        let report = Report {
            data: data.iter().map(|(name, given)| ((*name).to_owned(), given.clone())).collect(),
            ..Report::new(format!("{event}-{}-{}", key.index(), at.ms()), event, at, "agent")
        };
        let mut event = read_report(&self.machine, &report, &mut self.strings).unwrap();
        if event.kind == EventId::OPENED {
            let person = format!("person {}", key.index() % 4);
            event.complainant =
                (!key.index().is_multiple_of(7)).then(|| self.strings.intern(&person));
        }
        let context = Context::new(&self.strings);
        let why = self.register.report(&self.machine, key, &mut event, &context);
        assert!(why.outcome.is_ok(), "{:?}", why.outcome);
    }

    fn open(&mut self, at: Instant, serious: bool) -> CaseKey {
        use crate::runtime::Given;
        let key = self.register.add(&self.machine, "c");
        let harm = if serious { "serious" } else { "none" };
        let data =
            [("summary", Given::Text("x".to_owned())), ("harm", Given::Text(harm.to_owned()))];
        self.report(key, "opened", at, &data);
        key
    }

    /// The signals, counted the plain way: for each case in turn everything is looked at again.
    fn naive(&self) -> Vec<Signal> {
        let mut found = Vec::new();
        for (place, trend) in self.machine.protocol.trends.iter().enumerate() {
            let value = |key: &CaseKey, id: &FieldId| self.register[*key].case.field(*id);
            let heard = self.machine.protocol.field("heard").unwrap();
            let counts = |key: &CaseKey| {
                let known = self.register[*key].person().is_some() || !trend.distinct;
                known && (trend.when.is_none() || value(key, &heard) == Value::Flag(false))
            };
            let mut keys: Vec<CaseKey> = self.register.iter().map(|(key, _)| key).collect();
            keys.retain(|key| self.register[*key].case.opened_at.is_some() && counts(key));
            keys.sort_by_key(|key| (self.register[*key].case.opened_at, *key));
            let alike = |a: &CaseKey, b: &CaseKey| {
                trend.group_by.iter().all(|id| value(a, id) == value(b, id))
            };
            let opened = |key: &CaseKey| self.register[*key].case.opened_at.unwrap();
            let mut raised: BTreeSet<CaseKey> = BTreeSet::new();
            for (n, key) in keys.iter().enumerate() {
                let group: Vec<CaseKey> =
                    keys[..=n].iter().copied().filter(|it| alike(it, key)).collect();
                let protocol = &self.machine.protocol;
                let from = |key: &CaseKey| {
                    since(&protocol.calendars[0], protocol.counts, opened(key), trend.within)
                        .unwrap()
                };
                let window: Vec<CaseKey> =
                    group.iter().copied().filter(|it| opened(it) >= from(key)).collect();
                // The first case of the cluster: go back as long as there is no gap.
                let mut first = group.len() - 1;
                while first > 0 && opened(&group[first - 1]) >= from(&group[first]) {
                    first -= 1;
                }
                let people: BTreeSet<Option<Symbol>> =
                    window.iter().map(|it| self.register[*it].person()).collect();
                let enough = if trend.distinct { people.len() } else { window.len() };
                if enough >= trend.count as usize && raised.insert(group[first]) {
                    found.push(Signal {
                        trend: TrendId::at(place),
                        at: opened(key),
                        cases: window,
                    });
                }
            }
        }
        found.sort_by(|a, b| (a.at, a.trend, &a.cases).cmp(&(b.at, b.trend, &b.cases)));
        found
    }
}

#[test]
fn trends_that_go_along_with_the_cases_are_those_counted_anew() {
    use crate::runtime::Given;
    let mut seen = 0usize;
    for seed in 0..60 {
        let mut random = Random(seed);
        let mut shop = Shop::new();
        let mut now = 1i64;
        let mut keys = Vec::new();
        for _ in 0..40 {
            now += i64::try_from(random.below(160)).unwrap();
            match random.below(3) {
                0 if !keys.is_empty() => {
                    let of: usize = usize::try_from(random.below(keys.len() as u64)).unwrap();
                    let heard = Given::Flag(random.below(2) == 0);
                    shop.report(keys[of], "heard_them", hours(now), &[("heard", heard)]);
                }
                _ => keys.push(shop.open(hours(now), random.below(2) == 0)),
            }
            let standing = shop.register.signals();
            assert_eq!(
                standing,
                trends(&shop.machine, &shop.register, &shop.strings),
                "seed {seed}"
            );
            assert_eq!(standing, shop.naive(), "seed {seed}");
        }
        seen += shop.register.signals().len();
    }
    assert!(seen > 60, "{seen} signals are too few to say anything");
}

/// Time acts on all cases in one order, and on each as if it were alone.
#[test]
fn time_passes_for_all_cases_earliest_first() {
    let mut shop = Shop::new();
    for place in 0..6 {
        shop.open(hours(place % 3 * 24 + 9), false);
    }
    let until = hours(24 * 60);
    let before = shop.register.clone();
    let context = Context::new(&shop.strings);
    assert!(before.next_due().is_some_and(|(at, key)| at <= until && key == CaseKey::FIRST));
    let passed = shop.register.pass(&shop.machine, until, &context);
    let acted: Vec<(Instant, CaseKey)> = passed
        .iter()
        .flat_map(|(key, why)| why.outcome.iter().flat_map(|it| &it.facts).map(|it| (it.at, *key)))
        .collect();
    assert!(acted.is_sorted() && acted.len() > 12, "{acted:?}");
    assert_eq!(shop.register.next_due(), None);
    for ((_, held), (_, alone)) in shop.register.iter().zip(before.iter()) {
        assert_eq!(next_due(&held.case), None);
        let made = wake(&shop.machine, &alone.case, until, &context).unwrap().facts;
        let kept: Vec<_> = held.facts().skip(alone.facts().count()).copied().collect();
        assert_eq!(made, kept);
        assert!(kept.iter().any(|it| matches!(it.kind, FactKind::Breached { .. })));
    }
    assert!(shop.register.pass(&shop.machine, until, &context).is_empty());
}

#[test]
fn a_past_case_is_closed_and_silent() {
    let mut shop = Shop::new();
    let person = shop.strings.intern("mia");
    let past = Past { person, opened: hours(1), fields: Vec::new() };
    let key = shop.register.add_past(&shop.machine, "earlier", &past, &shop.strings);
    let held = &shop.register[key];
    assert!(held.case.closed && next_due(&held.case).is_none());
    assert_eq!(shop.register.cases_of(person), [key]);
    assert_eq!(held.case.field(shop.machine.protocol.field("harm").unwrap()), Value::Choice(0));
}
