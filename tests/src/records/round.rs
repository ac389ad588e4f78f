//! What is written is read again.

use std::collections::BTreeSet;

use engine::model::{DeadlineId, EventId, Party, RoleId, RuleId};
use engine::runtime::{Cancelled, ClockId, Fact, FactKind, record};
use engine::text::Strings;
use engine::time::Instant;
use store::cases::Failure;
use store::record::{Decision, Dictionary, Names, decode, encode};

use super::made::{Made, of_every_kind, of_histories, of_scenarios};
use crate::canonical::{KINDS, amended, of_amendments, of_guarantees};
use crate::histories::machine;
use crate::random::seed_from;

/// Writes and reads every decision, and says how many there were and what kinds of fact.
fn check(made: &[Made], kinds: &mut BTreeSet<String>) -> usize {
    let mut n_decisions = 0;
    for made in made {
        for (stop, decision) in &made.decisions {
            let stop = stop.as_deref();
            let bytes = encode(&made.dictionary, stop, &made.strings, decision).unwrap();
            // Read into the same table, symbols are the same; into another, the texts are.
            let mut same = made.strings.clone();
            let read = decode(&bytes, &made.dictionary, stop, &mut same).unwrap();
            assert_eq!(read.decision, *decision, "{}", made.name);
            assert_eq!((read.semantics, read.basis), (1, None));
            let own = stop.and_then(|it| made.machine.protocol.stop(it));
            let own = own.map_or(made.machine.as_ref(), |it| made.machine.stop(it).unwrap());
            let mut fresh = own.strings();
            let read = decode(&bytes, &made.dictionary, stop, &mut fresh).unwrap();
            for (one, other) in read.decision.facts.iter().zip(&decision.facts) {
                let told = record(own, &fresh, one);
                assert_eq!(told, record(own, &made.strings, other), "{}", made.name);
                let kind = told.entries.iter().find(|(name, _)| *name == "kind");
                kinds.extend(kind.and_then(|(_, kind)| kind.clone()));
            }
            let again = encode(&made.dictionary, stop, &fresh, &read.decision).unwrap();
            assert_eq!(again, bytes, "{}", made.name);
            n_decisions += 1;
        }
    }
    n_decisions
}

/// Decisions with what nothing that ships does.
pub(super) fn odd() -> Made {
    let mut made = of_every_kind().into_iter().find(|it| it.name.contains("ladder")).unwrap();
    let mut text = |text: &str| made.strings.intern(text);
    let (late, later) = (text("late"), text("later"));
    let head = Party::Role(RoleId(0));
    let (from, event) = (Instant::from_ms(-1), later);
    let clock = ClockId { deadline: DeadlineId(0), occurrence: u16::MAX };
    let kinds = [
        FactKind::Corrected { from, facts: 2, told: Some(head) },
        FactKind::Corrected { from: Instant::MIN, facts: 0, told: None },
        FactKind::InsertedBefore { fact: 3, before: 2 },
        FactKind::SetAside { event },
        FactKind::Withdrawn { sequence: u32::MAX },
        FactKind::Merged { case: late },
        FactKind::SplitOff { case: late },
        FactKind::Linked { case: later },
        FactKind::Cancelled { clock, why: Cancelled::Merged },
        FactKind::Told { party: Party::System, from: Some(Instant::MAX) },
    ];
    let facts =
        kinds.into_iter().zip([7, u32::MAX, 0, 1, 9, 9, 10, 11, 12, 13]).map(|(kind, sequence)| {
            let at = if sequence == 9 { Instant::MAX } else { Instant::MIN };
            let cause = (sequence % 2 == 0).then_some(if sequence > 9 { late } else { later });
            Fact { sequence, at, cause, rule: RuleId(1), kind }
        });
    let facts: Vec<Fact> = facts.collect();
    made = made.amended(amended("ladder"));
    let amended = of_amendments(from).into_iter().chain(of_guarantees(from));
    let amended = amended.zip(1u32..).map(|(kind, sequence)| Fact {
        sequence,
        at: from,
        cause: None,
        rule: RuleId(1),
        kind,
    });
    let amended = Decision { recorded_at: from, report: None, facts: amended.collect() };
    made.decisions = vec![
        (None, amended),
        (None, Decision { recorded_at: Instant::MAX, report: None, facts }),
        (None, Decision { recorded_at: Instant::MIN, report: None, facts: Vec::new() }),
    ];
    made
}

#[test]
fn every_decision_of_every_scenario_and_of_random_histories_is_read_as_it_was_written() {
    let mut kinds = BTreeSet::new();
    let seed = seed_from("RECORDS_SEED", 1);
    let of_scenarios = check(&of_scenarios(), &mut kinds);
    let of_histories = check(&of_histories(seed, 60), &mut kinds);
    let others = check(&of_every_kind(), &mut kinds) + check(&[odd()], &mut kinds);
    assert!(of_scenarios > 1_000, "{of_scenarios}");
    assert!(of_histories > 3_000, "{of_histories} with RECORDS_SEED={seed}");
    assert!(others > 30, "{others}");
    let expected =
        KINDS.into_iter().chain(["act-refused", "history-seen"]).map(str::to_owned).collect();
    assert_eq!(kinds, expected, "some kind of fact was never written");
}

#[test]
fn a_table_of_names_is_read_as_it_was_written() {
    for protocol in crate::histories::PROTOCOLS {
        let names = Names::of(&machine(protocol));
        let bytes = names.bytes();
        assert_eq!(Names::read(&bytes), Ok(names), "{protocol}");
        for length in (0..bytes.len()).step_by(97) {
            let cut = Names::read(&bytes[..length]);
            assert!(matches!(cut, Err(Failure::Damaged(_))), "{protocol}: {length}");
        }
    }
}

/// The same protocol, loaded by an engine that numbers otherwise, knows more and less.
#[test]
fn what_was_written_is_read_by_names_whatever_the_numbers_are() {
    let (old, new) = (machine("ladder"), renumbered("ladder"));
    let names = Names::of(&old);
    let before = Dictionary::new(names.clone(), &old);
    let after = Dictionary::new(names, &new);
    let made = of_every_kind().into_iter().find(|it| it.name.contains("ladder")).unwrap();
    let mut differ = 0;
    for (stop, decision) in &made.decisions {
        let bytes = encode(&before, stop.as_deref(), &made.strings, decision).unwrap();
        let mut strings = new.strings();
        let read = decode(&bytes, &after, stop.as_deref(), &mut strings).unwrap().decision;
        assert_eq!(read.report, decision.report);
        differ += usize::from(read.facts != decision.facts);
        for (one, other) in read.facts.iter().zip(&decision.facts) {
            assert_eq!(record(&new, &strings, one), record(&old, &made.strings, other));
        }
        // What the later engine writes of it refers to the table that there is.
        assert_eq!(encode(&after, stop.as_deref(), &strings, &read).unwrap(), bytes);
    }
    assert!(differ > 2, "the numbers were the same: {differ}");
}

/// The machine with stages, events and rules in the opposite order, as far as facts tell.
fn renumbered(protocol: &str) -> engine::machine::Machine {
    let mut machine = machine(protocol);
    let rules = machine.protocol.rules.iter().rev().cloned().collect();
    machine.protocol.rules = std::sync::Arc::new(rules);
    machine.protocol.stages.reverse();
    machine.protocol.events.reverse();
    machine.protocol.roles.reverse();
    machine.protocol.ladder.reverse();
    machine
}

#[test]
fn a_name_that_is_gone_is_damage_and_one_that_is_new_is_written_out() {
    let machine = machine("ladder");
    let whole = Dictionary::new(Names::of(&machine), &machine);
    let mut less = self::machine("ladder");
    let gone = less.protocol.events.pop().unwrap().name;
    let event = EventId::at(less.protocol.events.len());
    let strings = Strings::default();
    let kind = FactKind::Reported { event, by: Party::System, person: None, kept: false };
    let at = Instant::from_ms(0);
    let fact = Fact { sequence: 1, at, cause: None, rule: RuleId(0), kind };
    let decision = Decision { recorded_at: at, report: None, facts: vec![fact] };
    let bytes = encode(&whole, None, &strings, &decision).unwrap();
    let without = Dictionary::new(Names::of(&machine), &less);
    let problem = format!("the protocol as it is loaded has no event `{gone}`");
    let read = decode(&bytes, &without, None, &mut Strings::default());
    assert_eq!(read, Err(Failure::Damaged(problem)));
    assert!(encode(&without, None, &strings, &decision).is_err());

    let grown = Dictionary::new(Names::of(&less), &machine);
    let bytes = encode(&grown, None, &strings, &decision).unwrap();
    assert!(bytes.windows(gone.len()).any(|it| it == gone.as_bytes()));
    let read = decode(&bytes, &grown, None, &mut Strings::default()).unwrap();
    assert_eq!(read.decision, decision);
}

/// The zone data and the calendars of today are not those of the table: it is said so.
#[test]
fn what_due_instants_were_derived_with_is_kept_where_it_changed() {
    let machine = machine("small-business");
    let mut bytes = Names::of(&machine).bytes();
    // The version of the zone data is the first text of the table.
    assert_eq!(&bytes[..3], [1, 0, 5]);
    bytes[3..8].copy_from_slice(b"1999z");
    let old = Names::read(&bytes).unwrap();
    let dictionary = Dictionary::new(old, &machine);
    let at = Instant::from_ms(0);
    let decision = Decision { recorded_at: at, report: None, facts: Vec::new() };
    let bytes = encode(&dictionary, None, &Strings::default(), &decision).unwrap();
    let read = decode(&bytes, &dictionary, None, &mut Strings::default()).unwrap();
    let basis = read.basis.unwrap();
    assert_eq!(basis.zone_data, engine::time::zone_data_version());
    assert_eq!(basis.calendars, [""; 0]);
    let today = Dictionary::new(Names::of(&machine), &machine);
    let again = decode(&bytes, &today, None, &mut Strings::default());
    assert!(again.is_err(), "the table says that already");
}
