//! A case of which things are recorded late, read in the past; that looking changes nothing; and
//! what was entered wrongly and is corrected.

use engine::machine::Machine;
use engine::model::EventId;
use engine::runtime::{
    Case, Context, Event, Fact, FactKind, Revised, as_known_at, as_true_at, correct, record,
    standing,
};
use engine::text::Strings;
use engine::time::Instant;

use super::told::{Desk, in_order};
use crate::histories::agree::histories;
use crate::histories::always::equal;
use crate::histories::world::{History, PROTOCOLS, machine};
use crate::random::Random;

const HOUR: i64 = 3_600_000;
/// How many histories of each protocol are looked at.
const LOOKED_AT: usize = 60;

/// The most that an event comes late.
const LATE_HOURS_MAX: usize = 24 * 9;

/// What a property looks at.
struct Given<'a> {
    machine: &'a Machine,
    strings: &'a Strings,
    /// Events with the instants at which they are recorded, in the order of recording.
    posted: Vec<Event>,
}

#[track_caller]
fn check(protocols: &[&str], property: impl Fn(&Given<'_>, &mut Random) -> Result<usize, String>) {
    let mut n_seen = 0;
    for protocol in protocols {
        let mut machine = machine(protocol);
        machine.protocol.backdate = None;
        for (number, history) in histories(protocol, &machine).take(LOOKED_AT).enumerate() {
            let mut random = Random::new(u64::try_from(number).unwrap());
            let told = told(&machine, &history, &mut random, &property);
            n_seen += told.unwrap_or_else(|why| {
                let text = crate::histories::written::write(&machine, protocol, &history);
                panic!("history {number}\n{text}\n{why}")
            });
        }
    }
    assert!(n_seen >= 20, "only {n_seen} were seen");
}

fn told(
    machine: &Machine,
    history: &History,
    random: &mut Random,
    property: impl Fn(&Given<'_>, &mut Random) -> Result<usize, String>,
) -> Result<usize, String> {
    let (mut world, reports) = in_order(machine, history)?;
    let mut posted: Vec<Event> = Vec::new();
    for report in &reports {
        let event = world.read(report);
        let late = i64::try_from(random.below(LATE_HOURS_MAX)).unwrap() * HOUR;
        let recorded_at =
            Instant::from_ms(event.at.ms() + if event.kind == EventId::OPENED { 0 } else { late });
        posted.push(Event { recorded_at: recorded_at.max(event.recorded_at), ..event });
    }
    posted.sort_by_key(|it| it.recorded_at);
    let strings = world.strings.clone();
    property(&Given { machine, strings: &strings, posted }, random)
}

/// A desk at which everything was posted, with what was accepted and the case after each.
fn desk<'g>(
    given: &Given<'g>,
    mut looks: impl FnMut() -> bool,
) -> Result<(Desk<'g>, Vec<(Event, Case)>), String> {
    let mut desk = Desk::new(given.machine, given.strings, Case::new(given.machine));
    let mut after = Vec::new();
    for event in &given.posted {
        if looks() && desk.case.opened_at.is_some() {
            desk.wake(event.recorded_at)?;
        }
        if desk.post(event)? {
            after.push((event.clone(), desk.case.clone()));
        }
    }
    Ok((desk, after))
}

#[test]
fn as_known_then_is_what_was_believed_then() {
    check(&PROTOCOLS, |given, _| {
        let (desk, after) = desk(given, || false)?;
        let context = Context::new(given.strings);
        let mut n_otherwise = 0;
        for (place, (event, case)) in after.iter().enumerate() {
            let at = event.recorded_at;
            if after.get(place + 1).is_some_and(|(next, _)| next.recorded_at == at) {
                continue;
            }
            let known = as_known_at(given.machine, &desk.journal(), at, &context).unwrap().case;
            let mut believed = case.clone();
            let passed = engine::runtime::wake(given.machine, case, at, &context).unwrap();
            passed.facts.iter().for_each(|it| engine::runtime::apply(&mut believed, it));
            believed.sequence = known.sequence;
            equal("as known", &known, &believed)?;
            let truly = as_true_at(given.machine, &desk.journal(), at, &context).unwrap().case;
            n_otherwise += usize::from(Case { sequence: known.sequence, ..truly } != known);
        }
        Ok(n_otherwise)
    });
}

#[test]
fn as_true_at_the_end_is_the_case() {
    check(&PROTOCOLS, |given, _| {
        let (mut desk, after) = desk(given, || false)?;
        let Some(last) = after.iter().map(|(it, _)| it.recorded_at).max() else { return Ok(0) };
        desk.wake(last)?;
        let context = Context::new(given.strings);
        let truly = as_true_at(given.machine, &desk.journal(), last, &context).unwrap();
        equal(
            "truly",
            &Case { sequence: 0, ..truly.case },
            &Case { sequence: 0, ..desk.case.clone() },
        )?;
        equal("the facts", &truly.facts, &standing(&desk.journal().facts()))?;
        Ok(after.len())
    });
}

#[test]
fn d10_whether_anybody_looked_in_between_changes_no_fact() {
    let bytes = |given: &Given<'_>, desk: &Desk<'_>| -> Vec<u8> {
        let facts = desk.journal().facts();
        let each = facts.iter().map(|it| record(given.machine, given.strings, it).bytes());
        each.collect::<Vec<_>>().concat()
    };
    check(&PROTOCOLS, |given, random| {
        let (mut plain, after) = desk(given, || false)?;
        let (mut looked, _) = desk(given, || random.one_in(2))?;
        let last = given.posted.iter().map(|it| it.recorded_at).max();
        for desk in [&mut plain, &mut looked] {
            last.map_or(Ok(()), |last| desk.wake(last))?;
        }
        equal("looked at in between", &bytes(given, &plain), &bytes(given, &looked))?;
        Ok(after.len())
    });
}

/// What puts an event right, by the accountable role.
fn correction(machine: &Machine, of: &Event, strings: &mut Strings, revised: Revised) -> Event {
    Event {
        id: strings.intern("correction"),
        kind: machine.protocol.corrected().expect("the protocol has `corrected`"),
        actor: engine::runtime::Actor {
            party: engine::model::Party::Role(machine.protocol.accountable),
            person: None,
        },
        reason: Some(strings.intern("a slip")),
        data: Vec::new(),
        channel: None,
        entered_by: None,
        respondent: None,
        revision: Some(revised),
        ..of.clone()
    }
}

#[test]
fn what_was_entered_wrongly_and_corrected_is_as_if_entered_rightly() {
    check(&["small-business"], |given, random| {
        let machine = given.machine;
        // Of one instant, or of a day without a time, what is posted again comes later.
        let same = |one: &Event| given.posted.iter().filter(|it| it.at == one.at).count() > 1;
        if given.posted.iter().any(|it| it.date_only || same(it)) {
            return Ok(0);
        }
        let (right, _) = desk(given, || false)?;
        let Some(opened) = given.posted.first() else { return Ok(0) };
        let mut strings = given.strings.clone();
        // The opening is entered a day late, and put right at the end.
        let moved = Event {
            at: Instant::from_ms(opened.at.ms() + 24 * HOUR),
            recorded_at: Instant::from_ms(opened.recorded_at.ms() + 24 * HOUR),
            ..opened.clone()
        };
        let end = given.posted.iter().map(|it| it.recorded_at.ms()).max().unwrap();
        let at =
            Instant::from_ms(end + 48 * HOUR + i64::try_from(random.below(40)).unwrap() * HOUR);
        let revised = Revised {
            of: opened.id,
            happened_at: Some((opened.at, opened.date_only)),
            struck: false,
        };
        let fix = Event {
            at,
            recorded_at: at,
            date_only: false,
            ..correction(machine, opened, &mut strings, revised)
        };
        let mut wrong = Desk::new(machine, &strings, Case::new(machine));
        if !wrong.post(&moved)? {
            return Ok(0);
        }
        let mut n_later = 0;
        for event in given.posted.iter().skip(1) {
            n_later += usize::from(wrong.post(event)?);
        }
        if !wrong.post(&fix)? {
            return Ok(0);
        }
        // What the wrong instant refused is posted again.
        for event in given.posted.iter().skip(1) {
            let known = wrong.journal().event(event.id).is_some();
            let event = Event { recorded_at: at, ..event.clone() };
            n_later += usize::from(!known && wrong.post(&event)?);
        }
        let accepted = right.kept.iter().filter(|(_, event, _)| event.is_some()).count() - 1;
        if n_later != accepted {
            return Ok(0);
        }
        let mut right = right;
        right.wake(at)?;
        let plain = |facts: Vec<Fact>| -> Vec<(Instant, FactKind)> {
            let own =
                |it: &&Fact| it.cause != Some(fix.id) && !matches!(it.kind, FactKind::Told { .. });
            facts.iter().filter(own).map(|it| (it.at, it.kind)).collect()
        };
        let (right, wrong) = (right.journal().facts(), wrong.journal().facts());
        equal("corrected", &plain(standing(&right)), &plain(standing(&wrong)))?;
        Ok(1)
    });
}

#[test]
fn a_late_event_never_opens_what_was_not_open() {
    check(&PROTOCOLS, |given, _| {
        let (desk, after) = desk(given, || false)?;
        let Some((last, _)) = after.iter().find(|(it, _)| it.kind != EventId::OPENED) else {
            return Ok(0);
        };
        let opened = desk.case.opened_at.unwrap();
        let mut strings = given.strings.clone();
        let at = Instant::from_ms(opened.ms() - 1);
        let early = Event { id: strings.intern("early"), at, date_only: false, ..last.clone() };
        let context = Context::new(&strings);
        let refused = correct(given.machine, &desk.journal(), &early, &context);
        equal("refused", &refused.is_err(), &true)?;
        Ok(1)
    });
}
