//! What must be true of a store whatever happened, read from the store itself and not from a
//! server: every promise is kept once, nothing is half, the chains and journals hold, and time
//! acted once on each case.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};

use engine::machine::Machine;
use engine::runtime::{Fact, record};
use engine::text::{SourceSet, Strings, folder_files};
use engine::time::Instant;
use store::audit::Anchor;
use store::cases::{Hash, Kept, Place, Tenant};
use store::record::{Dictionary, Names, decode};

use crate::world::load::Said;
use crate::world::{Load, User};

/// The deadlines of the desk: their names, how long they are in milliseconds, and the rung that a
/// breach leads to.
const DEADLINES: [(&str, i64, &str); 2] =
    [("first", 60_000, "management"), ("second", 120_000, "board")];

/// What is expected of a store.
pub(crate) struct Audit<'a> {
    pub(crate) users: &'a [User],
    pub(crate) load: &'a Load,
    /// Until when time has surely acted, in milliseconds since 1970; nothing where it may not
    /// have acted on anything yet.
    pub(crate) acted_until_ms: Option<i64>,
    /// What the keys of others begin with who reported something.
    pub(crate) others: &'a [&'static str],
}

/// What was seen in a store.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) n_decisions: u64,
    /// Deadlines that were breached.
    pub(crate) n_timers: u64,
    /// Every fact of a case: the case, its number, its kind.
    pub(crate) facts: BTreeMap<(String, u32), String>,
}

/// A decision as it was read.
#[derive(Debug)]
struct Read {
    version: u32,
    recorded_at: Instant,
    event: Option<String>,
    facts: Vec<Told>,
}

/// A fact: when it happened, its kind, and the deadline, rung or stage that it names.
#[derive(Debug)]
struct Told {
    at_ms: i64,
    kind: String,
    name: String,
}

/// A version of a protocol.
struct Version {
    machine: Machine,
    dictionary: Dictionary,
}

/// Looks at all of a store. What was there at the last look must be there still.
pub(crate) fn audit(place: &Arc<dyn Place>, expected: &Audit<'_>) -> Seen {
    sound(place, expected.load);
    let tenant = place.tenant("main").unwrap();
    let mut seen = Seen::default();
    let mut versions = BTreeMap::new();
    let opened = expected.load.cases().into_iter();
    let opened: BTreeMap<_, _> = opened.map(|it| (it.case, it.received_ms)).collect();
    let streams = place.streams(tenant, None, u32::MAX >> 1).unwrap();
    let mut said = BTreeMap::<&str, Vec<&Said>>::new();
    for it in expected.users.iter().flat_map(|it| &it.said) {
        said.entry(&it.case).or_default().push(it);
    }
    for kept in streams.chunks(200).flat_map(|ids| place.load(tenant, ids).unwrap()) {
        let kept = kept.expect("a stream that is listed is there");
        let protocol = kept.standing.protocol;
        let version =
            versions.entry(protocol).or_insert_with(|| version(place.as_ref(), tenant, protocol));
        let name = kept.standing.stream.to_string();
        let all = read(version, &kept, &mut seen);
        check_events(&name, &all, said.remove(name.as_str()).unwrap_or_default(), expected);
        check_time(&name, &all, opened.get(&name).copied(), expected.acted_until_ms);
        seen.n_decisions += all.len() as u64;
    }
    assert!(said.is_empty(), "cases are lost: {:?}", said.keys().collect::<Vec<_>>());
    seen.n_timers = seen.facts.values().filter(|it| *it == "deadline-breached").count() as u64;
    seen
}

/// Chains and journals hold, nothing is half, and what lists show is what the facts come to.
fn sound(place: &Arc<dyn Place>, load: &Load) {
    let mut anchors = load.anchors.lock().unwrap_or_else(PoisonError::into_inner);
    let mut found = Vec::new();
    let audited = store::audit::audit(place, &anchors, &mut |it| found.push(it.to_string()));
    let tenants = audited.unwrap().tenants;
    assert!(found.is_empty(), "the store is not sound: {found:#?}");
    let made_at = Instant::from_utc(store::clock::now());
    *anchors = vec![Anchor { made_at, tenants }];
}

fn version(place: &dyn Place, tenant: Tenant, hash: Hash) -> Version {
    let text = place.protocol(tenant, hash).unwrap().expect("the version of a case is kept");
    let files = folder_files(&text.folder).unwrap();
    let (machine, _) = engine::load(&SourceSet::new(&text.id, files));
    let machine = machine.unwrap();
    let dictionary = Dictionary::new(Names::read(&text.names).unwrap(), &machine);
    Version { machine, dictionary }
}

/// Every decision of a stream, in order.
fn read(version: &Version, kept: &Kept, seen: &mut Seen) -> Vec<Read> {
    let Version { machine, dictionary } = version;
    let mut strings = machine.strings();
    let (mut all, mut next) = (Vec::new(), 1);
    for decided in &kept.decided {
        let decision = decode(&decided.body, dictionary, None, &mut strings).unwrap().decision;
        let mut facts = Vec::new();
        for fact in &decision.facts {
            assert_eq!(fact.sequence, next, "a gap in the facts of {}", decided.stream);
            next += 1;
            let told = told(machine, &strings, fact);
            seen.facts.insert((decided.stream.to_string(), fact.sequence), told.kind.clone());
            facts.push(told);
        }
        let event = decision.report.map(|it| it.id);
        let recorded_at = decision.recorded_at;
        all.push(Read { version: decided.version, recorded_at, event, facts });
    }
    let is_in_order = all.is_sorted_by_key(|it| it.recorded_at);
    assert!(is_in_order, "{} was recorded backwards", kept.standing.stream);
    all
}

fn told(machine: &Machine, strings: &Strings, fact: &Fact) -> Told {
    let mut told = Told { at_ms: fact.at.ms(), kind: String::new(), name: String::new() };
    for (name, value) in record(machine, strings, fact).entries {
        match name {
            "kind" => told.kind = value.unwrap_or_default(),
            "deadline" | "rung" | "stage" => told.name = value.unwrap_or_default(),
            _ => {}
        }
    }
    told
}

/// What was promised is there, where it was said to be; nothing is there twice, and nothing that
/// nobody asked for.
fn check_events(name: &str, all: &[Read], said: Vec<&Said>, expected: &Audit<'_>) {
    let mut events = BTreeMap::new();
    for it in all {
        let Some(event) = it.event.as_deref() else { continue };
        assert!(events.insert(event, it.version).is_none(), "{event} is twice in {name}");
    }
    for it in said {
        let found = events.remove(it.key.as_str());
        let found = found.unwrap_or_else(|| panic!("{} of {name} is lost: {}", it.key, it.answer));
        assert_eq!(u64::from(found), it.version, "{} of {name}", it.key);
    }
    let pending = expected.users.iter().filter_map(|it| it.pending.as_ref());
    let pending: BTreeSet<&str> = pending.filter_map(|(it, _)| it.key.as_deref()).collect();
    let is_others = |key: &str| expected.others.iter().any(|it| key.starts_with(it));
    let mut others = events.keys().filter(|it| !pending.contains(**it) && !is_others(it));
    assert_eq!(others.next(), None, "nobody is waiting for this in {name}");
}

/// Time acted on each deadline at most once, at its instant, and did so where it was due.
fn check_time(name: &str, all: &[Read], received_ms: Option<i64>, acted_until_ms: Option<i64>) {
    let of = |kind: &str, value: &str| -> Vec<i64> {
        let facts = all.iter().flat_map(|it| &it.facts);
        facts.filter(|it| it.kind == kind && it.name == value).map(|it| it.at_ms).collect()
    };
    let settled = of("stage-entered", "settled").first().copied();
    // Whatever is decided after the opening, time has acted before.
    let decided_ms = all.get(1..).and_then(<[Read]>::last).map(|it| it.recorded_at.ms());
    let until = acted_until_ms.max(decided_ms);
    for (deadline, long_ms, rung) in DEADLINES {
        let (breached, escalated) = (of("deadline-breached", deadline), of("escalated", rung));
        assert_eq!(breached, escalated, "{name}: a breach without its rung, or twice");
        let warned = of("deadline-warned", deadline);
        assert!(warned.len() <= 1 && breached.len() <= 1, "{name}: {warned:?} {breached:?}");
        let Some(received_ms) = received_ms else { continue };
        let due_ms = received_ms + long_ms;
        assert!(breached.iter().all(|it| *it == due_ms), "{name}: {breached:?}, due {due_ms}");
        let is_met = settled.is_some_and(|it| it <= due_ms);
        let is_due = until.is_some_and(|it| due_ms < it) && !is_met;
        let is_right = breached.len() == usize::from(is_due);
        assert!(is_right, "{name}: {deadline} was due {due_ms}, until {until:?}: {all:#?}");
    }
    let n_acts = all.iter().filter(|it| it.event.is_none()).count();
    assert!(n_acts <= 3 && all.iter().all(|it| !it.facts.is_empty()), "{name}: {n_acts} acts");
}
