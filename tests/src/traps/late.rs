//! What comes late, twice or wrongly: once, visible, and never a silent change.

use engine::machine::Machine;
use engine::model::{EventId, Party};
use engine::runtime::{
    Actor, Backdated, CaseKey, Context, Effect, EffectKind, Event, FactKind, NoDecision,
    RefusalKind, Register, Revised, Uncorrectable, fold, news, next_due,
};
use engine::text::{Strings, Symbol};
use engine::time::Instant;

use crate::histories::machine;

/// 2026-06-01T08:00Z, a Monday.
const MONDAY: i64 = 1_780_300_800_000;
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// A case of a small business, of which everything is kept.
struct Desk {
    machine: Machine,
    strings: Strings,
    register: Register,
    key: CaseKey,
}

impl Desk {
    /// A case that was opened on Monday.
    fn open() -> Self {
        let machine = machine("front-desk");
        let (_, opened, strings) = super::case::case(&machine, Instant::from_ms(MONDAY));
        let mut register = Register::default();
        let key = register.add(&machine, "first");
        let context = Context::new(&strings);
        register.report(&machine, key, &mut opened.clone(), &context).outcome.unwrap();
        Self { machine, strings, register, key }
    }

    fn event(&mut self, id: &str, name: &str, at: i64, recorded_at: i64) -> Event {
        let opened = self.opened();
        let role = |name: &str| {
            let roles = &self.machine.protocol.roles;
            let place = roles.iter().position(|it| it.name == name).unwrap();
            Party::Role(engine::model::RoleId::at(place))
        };
        let party = if name == "corrected" { role("officer") } else { role("agent") };
        Event {
            id: self.strings.intern(id),
            kind: self.machine.protocol.event(name).unwrap(),
            at: Instant::from_ms(at),
            recorded_at: Instant::from_ms(recorded_at),
            actor: Actor { party, person: None },
            data: Vec::new(),
            reason: Some(self.strings.intern("it lay in the wrong tray")),
            ..opened
        }
    }

    fn opened(&self) -> Event {
        self.register[self.key].events().next().unwrap().clone()
    }

    fn report(&mut self, event: &Event) -> Result<Vec<Effect>, RefusalKind> {
        let context = Context::new(&self.strings);
        let before = self.register[self.key].case.clone();
        let outcome =
            self.register.report(&self.machine, self.key, &mut event.clone(), &context).outcome;
        let held = &self.register[self.key];
        let facts: Vec<_> = held.facts().copied().collect();
        assert!(fold(&self.machine, &facts) == held.case, "the fold of its facts");
        match outcome {
            Ok(decision) => Ok(decision.effects),
            Err(NoDecision::Refused(refusal)) => {
                assert!(before == held.case, "a refusal changes nothing");
                Err(refusal.kind)
            }
            Err(none) => panic!("{none:?}"),
        }
    }

    fn pass(&mut self, until: i64) {
        let context = Context::new(&self.strings);
        self.register.pass(&self.machine, Instant::from_ms(until), &context);
    }

    fn correction(&mut self, id: &str, of: Symbol, at: i64, revised: Revised) -> Event {
        let event = self.event(id, "corrected", at, at);
        Event { revision: Some(Revised { of, ..revised }), ..event }
    }
}

const STRUCK: Revised = Revised { of: Symbol(0), happened_at: None, struck: true };

const fn moved_to(at: i64) -> Revised {
    Revised { of: Symbol(0), happened_at: Some((Instant::from_ms(at), false)), struck: false }
}

#[test]
fn g4_the_same_event_twice_is_one_event() {
    let mut desk = Desk::open();
    let event = desk.event("e1", "put_in_writing", MONDAY + HOUR, MONDAY + HOUR);
    assert_eq!(desk.report(&event).map(|it| it.len()), Ok(1));
    let facts = desk.register[desk.key].facts().count();
    // The second time it arrives later, and that is all that may be different.
    let again = Event { recorded_at: Instant::from_ms(MONDAY + 5 * HOUR), ..event.clone() };
    assert_eq!(desk.report(&again), Ok(Vec::new()));
    assert_eq!(desk.register[desk.key].facts().count(), facts);
    let other = Event { at: Instant::from_ms(MONDAY + 2 * HOUR), ..again };
    assert_eq!(desk.report(&other), Err(RefusalKind::IdTaken));
}

#[test]
fn g4_a_late_event_leaves_a_correction_and_nothing_is_erased() {
    let mut desk = Desk::open();
    desk.pass(MONDAY + 3 * DAY);
    let before: Vec<_> = desk.register[desk.key].facts().copied().collect();
    let late = desk.event("e1", "put_in_writing", MONDAY + HOUR, MONDAY + 3 * DAY);
    let effects = desk.report(&late).unwrap();
    let after: Vec<_> = desk.register[desk.key].facts().copied().collect();
    assert_eq!(after[..before.len()], before);
    let (happened, news) = news(&after[before.len()..], &before.iter());
    assert!(happened.iter().any(|it| matches!(it.kind, FactKind::Met { late: false, .. })));
    let [news] = news.as_slice() else { panic!("{news:?}") };
    assert!(news.withdrawn.iter().any(|it| matches!(it.kind, FactKind::Breached { .. })));
    let officer = Party::Role(desk.machine.protocol.accountable);
    let told: Vec<_> = effects.iter().map(|it| it.kind).collect();
    let letters = &desk.machine.protocol.letters;
    let letter = letters.iter().position(|it| it.name == "acknowledgement").unwrap();
    let letter = engine::model::LetterId::at(letter);
    assert_eq!(told, [EffectKind::Tell(officer), EffectKind::Send(letter)]);
    // Time acts next where it would have without any of it.
    let context = Context::new(&desk.strings);
    let mut plain = Register::default();
    let key = plain.add(&desk.machine, "plain");
    for event in desk.register[desk.key].events().cloned().collect::<Vec<_>>() {
        let event = Event { recorded_at: event.at, ..event };
        plain.report(&desk.machine, key, &mut event.clone(), &context).outcome.unwrap();
    }
    assert_eq!(next_due(&plain[key].case), next_due(&desk.register[desk.key].case));
}

#[test]
fn f11_late_news_needs_a_reason_and_has_a_limit() {
    let mut desk = Desk::open();
    desk.pass(MONDAY + 3 * DAY);
    let late = desk.event("e1", "put_in_writing", MONDAY + HOUR, MONDAY + 3 * DAY);
    let silent = Event { reason: None, ..late.clone() };
    assert_eq!(desk.report(&silent), Err(RefusalKind::LateReason));
    let ahead = Event { at: Instant::from_ms(MONDAY + 4 * DAY), ..late.clone() };
    assert_eq!(desk.report(&ahead), Err(RefusalKind::Future));
    let early = Event { at: Instant::from_ms(MONDAY - 1), ..late.clone() };
    assert_eq!(desk.report(&early), Err(RefusalKind::Opening));
    let too_late = Event { recorded_at: Instant::from_ms(MONDAY + 30 * DAY), ..late };
    assert_eq!(desk.report(&too_late), Err(RefusalKind::Backdate(Backdated::TooLong)));
}

#[test]
fn f11_an_instant_is_corrected_within_the_limit_and_a_strike_without() {
    let mut desk = Desk::open();
    let written = desk.event("e1", "put_in_writing", MONDAY + HOUR, MONDAY + HOUR);
    desk.report(&written).unwrap();
    let (id, late) = (written.id, MONDAY + 60 * DAY);
    let moved = desk.correction("c1", id, late, moved_to(MONDAY + 2 * HOUR));
    assert_eq!(desk.report(&moved), Err(RefusalKind::Backdate(Backdated::TooLong)));
    let ahead = desk.correction("c1", id, late, moved_to(late + 1));
    assert_eq!(desk.report(&ahead), Err(RefusalKind::Future));
    let struck = desk.correction("c1", id, late, STRUCK);
    desk.report(&struck).unwrap();
    assert_eq!(desk.register[desk.key].case.stage, desk.machine.protocol.start);
    // Struck itself, it strikes nothing, and no letter is sent once more.
    let (struck, later) = (struck.id, late + HOUR);
    let undone = desk.correction("c2", struck, later, STRUCK);
    let effects = desk.report(&undone).unwrap();
    let stage = desk.register[desk.key].case.stage;
    assert_eq!(desk.machine.protocol.stages[stage.index()].name, "screening");
    let officer = Party::Role(desk.machine.protocol.accountable);
    assert!(effects.iter().any(|it| it.kind == EffectKind::Tell(officer)));
}

#[test]
fn f11_what_cannot_be_corrected_says_why() {
    let mut desk = Desk::open();
    let written = desk.event("e1", "put_in_writing", MONDAY + HOUR, MONDAY + HOUR);
    desk.report(&written).unwrap();
    let at = MONDAY + 2 * HOUR;
    let unknown = desk.strings.intern("nothing");
    let opened = desk.opened().id;
    let refused =
        [(unknown, STRUCK, Uncorrectable::Unknown), (opened, STRUCK, Uncorrectable::Opening)];
    for (of, revised, why) in refused {
        let event = desk.correction("c1", of, at, revised);
        assert_eq!(desk.report(&event), Err(RefusalKind::Uncorrectable(why)));
    }
    let struck = desk.correction("c1", written.id, at, STRUCK);
    desk.report(&struck).unwrap();
    let twice = desk.correction("c2", written.id, at, STRUCK);
    assert_eq!(desk.report(&twice), Err(RefusalKind::Uncorrectable(Uncorrectable::Struck)));
    let moved = desk.correction("c2", struck.id, at, moved_to(MONDAY));
    assert_eq!(desk.report(&moved), Err(RefusalKind::Uncorrectable(Uncorrectable::Correction)));
    let silent = desk.correction("c2", struck.id, at, STRUCK);
    assert_eq!(desk.report(&Event { reason: None, ..silent.clone() }), Err(RefusalKind::Reason));
    let agent = Event { actor: written.actor, ..silent };
    assert_eq!(desk.report(&agent), Err(RefusalKind::Role));
    assert_eq!(desk.opened().kind, EventId::OPENED);
}
