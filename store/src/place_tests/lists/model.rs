//! A place that looks through everything by hand, to compare with, and streams made by chance.

use crate::cases::{Change, Duty, Find, Own, Standing, StreamId, StreamKind};
use crate::place_tests::sample::{PROTOCOLS, at, case, change, duty, hash, stop};
use engine::time::Instant;
use proptest::prelude::{Strategy, any, prop};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use std::collections::BTreeMap;

/// How often each property is tried.
const CASES: u32 = 24;
/// The seed of every run that asks for no other.
const SEED: u64 = 20_261_122;

/// How each stream stands after the last of some changes, and what is owed on it.
pub(super) struct Model(BTreeMap<StreamId, (Standing, Vec<Duty>)>);

impl Model {
    pub(super) fn of(changes: &[Change]) -> Self {
        let stands = |change: &Change| (change.standing.clone(), change.duties.clone());
        Self(changes.iter().map(|change| (change.standing.stream, stands(change))).collect())
    }

    /// All cases for which the conditions hold, by id; neither cursor nor limit is looked at.
    pub(super) fn cases(&self, find: &Find) -> Vec<Standing> {
        let found = self.0.values().filter(|(case, duties)| {
            case.kind == StreamKind::Case
                && find.protocol_id.as_ref().is_none_or(|id| *id == case.protocol_id)
                && find.stage.as_ref().is_none_or(|stage| *stage == case.stage)
                && find.rung.as_ref().is_none_or(|rung| case.rung.as_ref() == Some(rung))
                && find.due_before.is_none_or(|end| case.due_at.is_some_and(|due| due < end))
                && find.breached.is_none_or(|breached| breached == case.breached)
                && find.closed.is_none_or(|closed| closed == case.closed)
                && find
                    .complainant
                    .as_ref()
                    .is_none_or(|who| case.complainant.as_ref() == Some(who))
                && find
                    .party
                    .as_ref()
                    .is_none_or(|party| duties.iter().any(|it| it.party == *party))
                && find.own.as_ref().is_none_or(|own| {
                    let is = |own: &Option<String>, of: &Option<String>| own.is_some() && own == of;
                    is(&own.complainant, &case.complainant) || is(&own.respondent, &case.respondent)
                })
        });
        found.map(|(case, _)| case.clone()).collect()
    }

    /// All that these parties owe, in the order of worklists.
    pub(super) fn owed(&self, parties: &[String]) -> Vec<(Standing, Duty)> {
        let mut owed = Vec::new();
        for (standing, duties) in self.0.values() {
            for duty in duties.iter().filter(|duty| parties.contains(&duty.party)) {
                owed.push((standing.clone(), duty.clone()));
            }
        }
        owed.sort_by_key(|(standing, duty)| {
            (duty.due.is_none(), duty.due, standing.stream, duty.deadline.clone(), duty.occurrence)
        });
        owed
    }

    /// When time acts on what, the earliest first.
    pub(super) fn timers(&self, until: Instant) -> Vec<(Instant, StreamId)> {
        let all = self.0.values().filter_map(|(it, _)| Some((it.acts_at?, it.stream)));
        let mut timers: Vec<_> = all.filter(|(at, _)| *at <= until).collect();
        timers.sort();
        timers
    }
}

/// Tries a property on values made by chance; a failure is made small and printed with its seed.
/// `PLACES_SEED` sets another seed.
pub(super) fn always<S: Strategy>(
    values: &S,
    holds: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let seed: u64 = std::env::var("PLACES_SEED").map_or(SEED, |seed| seed.parse().unwrap());
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_be_bytes());
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    if let Err(why) = TestRunner::new_with_rng(config, random).run(values, holds) {
        panic!("PLACES_SEED={seed}: {why}");
    }
}

/// The course of up to 40 cases and stops, in an order in which it may be written.
pub(super) fn changes() -> impl Strategy<Value = Vec<Change>> {
    prop::collection::vec(any::<[u8; 9]>(), 1..80).prop_map(|all| {
        let mut versions = BTreeMap::new();
        all.into_iter().map(|bytes| one(bytes, &mut versions)).collect()
    })
}

fn one(bytes: [u8; 9], versions: &mut BTreeMap<u32, u32>) -> Change {
    let [number, stage, rung, flags, party, due, acts, person, owed] = bytes;
    let number = u32::from(number % 40) + 1;
    let version = versions.entry(number).or_insert(0);
    *version += 1;
    let mut standing = if number.is_multiple_of(7) {
        stop(number, number - 1, *version)
    } else {
        case(number, *version)
    };
    // What a stream was opened with stays.
    let (protocol_id, protocol) = PROTOCOLS[number as usize % 3];
    (standing.protocol_id, standing.protocol) = (protocol_id.to_owned(), hash(protocol));
    standing.complainant = (number % 4 > 0).then(|| format!("person-{}", number % 4));
    if standing.kind == StreamKind::Case {
        standing.respondent = (number % 3 > 0).then(|| format!("person-{}", number % 3));
    }
    standing.stage = ["received", "answered", "closed"][usize::from(stage) % 3].to_owned();
    standing.rung = (rung % 3 > 0).then(|| format!("rung-{}", rung % 3));
    standing.severity = (person > 128).then(|| "high".to_owned());
    standing.closed = flags & 1 > 0;
    standing.breached = flags & 6 == 6;
    standing.acts_at = (acts > 99).then(|| at(i64::from(acts) % 20));
    let owes = |part: u8| {
        let party = ["handler", "agent", "respondent"][usize::from(party.wrapping_add(part)) % 3];
        let due = i64::from(due.wrapping_mul(part + 1)) % 30;
        let mut duty = duty(["a", "b"][usize::from(part) % 2], u16::from(part), party, Some(due));
        duty.missed = part == 1;
        if due == 7 {
            duty.due = None;
        }
        duty
    };
    change(standing, (0..owed % 4).map(owes).collect())
}

/// What a list may be asked.
pub(super) fn finds() -> impl Strategy<Value = Find> {
    any::<[u8; 10]>().prop_map(|bytes| {
        let [given, protocol, stage, rung, due, flags, person, limit, party, own] = bytes;
        let given = |bit: u8| given & (1 << bit) > 0;
        let names = |all: [&str; 4], at: u8| all[usize::from(at) % 4].to_owned();
        Find {
            protocol_id: given(0)
                .then(|| names(["housing", "energy", "housing", "unheard"], protocol)),
            stage: given(1).then(|| names(["received", "answered", "closed", "unheard"], stage)),
            rung: given(2).then(|| names(["rung-1", "rung-2", "rung-1", "unheard"], rung)),
            due_before: given(3).then(|| at(i64::from(due) % 32)),
            breached: given(4).then_some(flags & 1 > 0),
            closed: given(5).then_some(flags & 2 > 0),
            complainant: given(6).then(|| format!("person-{}", person % 5)),
            party: (party % 3 == 0)
                .then(|| names(["handler", "agent", "respondent", "unheard"], party / 3)),
            own: (own % 3 == 0).then(|| Own {
                complainant: (own & 64 > 0).then(|| format!("person-{}", own % 5)),
                respondent: (own & 128 > 0).then(|| format!("person-{}", person % 4)),
            }),
            after: None,
            limit: u32::from(limit % 7) + 1,
        }
    })
}
