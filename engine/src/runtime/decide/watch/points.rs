//! What the points of a decision do to the guarantees.
//!
//! Points of one decision happen together. What discharges a guarantee comes first, then what
//! keeps it, then what it forbids, and last what begins it anew. A point neither keeps nor breaks
//! what the same point begins, so that one and the same point may answer the last and call for the
//! next; another point of the same decision does keep it.

use crate::machine::{Machine, Part};
use crate::model::{BuiltIn, Doer, Event, GuaranteeId, Party, Point, Promise, RuleId};
use crate::runtime::answer::reasons::Reasons;
use crate::runtime::decide::clock::arm;
use crate::runtime::decide::watch::term;
use crate::runtime::decide::work::Work;
use crate::runtime::{FactKind, NoDecision, PromiseState};
use crate::script::Expr;

/// A point of the decision, and what it is to a guarantee.
type Touched = (GuaranteeId, Part, Point);

/// Looks at the guarantees that the points of the decision concern, in file order.
#[inline]
pub(crate) fn settle<R: Reasons>(work: &mut Work<'_, R>) -> Result<(), NoDecision> {
    if work.machine.protocol.guarantees.is_empty() { Ok(()) } else { all(work) }
}

fn all<R: Reasons>(work: &mut Work<'_, R>) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    if work.case.merged && !merges(work) {
        return Ok(());
    }
    let points = work.points.iter().flat_map(|point| {
        let watched = machine.watched(*point).iter();
        watched.map(|it| (it.guarantee, it.part, *point))
    });
    let mut touched: Vec<Touched> = points.collect();
    // The points of a part stay in the order in which they happened.
    touched.sort_by_key(|(guarantee, part, _)| (*guarantee, *part));
    for of_one in touched.chunk_by(|one, other| one.0 == other.0) {
        let Some((id, ..)) = of_one.first() else { continue };
        one(work, *id, of_one)?;
    }
    Ok(())
}

/// Whether it is this decision after which the case goes on as part of another.
fn merges<R>(work: &Work<'_, R>) -> bool {
    let built_in = |it: &Event| it.built_in;
    let event = work.event.and_then(|it| work.machine.protocol.events.get(it.kind.index()));
    event.and_then(built_in) == Some(BuiltIn::Merged)
}

fn one<R: Reasons>(
    work: &mut Work<'_, R>,
    id: GuaranteeId,
    touched: &[Touched],
) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    let guarantee = &machine.protocol.guarantees[id.index()];
    let rule = guarantee.rule;
    let happened = |part: Part| touched.iter().any(|it| it.1 == part);
    if happened(Part::Discharges) {
        discharge(work, id, rule, &guarantee.promise);
        return Ok(());
    }
    match &guarantee.promise {
        Promise::Within { within, .. } => {
            let keeps = happened(Part::Keeps) && is_owed(work, id);
            if keeps {
                work.record(rule, FactKind::Kept { guarantee: id });
            }
            if is(work, id, PromiseState::Open) {
                return Ok(());
            }
            begin_within(work, id, touched, &term::Term { within, rule }, keeps)
        }
        Promise::TooSoon { within, .. } => {
            if happened(Part::Breaks) && is(work, id, PromiseState::Open) {
                broken(work, id, rule);
            }
            match last(touched, Part::Begins).filter(|_| !work.case.merged) {
                Some(point) => term::begin(work, id, &term::Term { within, rule }, point),
                None => Ok(()),
            }
        }
        Promise::Before { .. } => {
            let is_settled = work.case.promise(id).is_some();
            if happened(Part::Keeps) && !is_settled {
                work.record(rule, FactKind::Kept { guarantee: id });
            } else if happened(Part::Breaks) && !is_settled {
                broken(work, id, rule);
            }
            Ok(())
        }
        Promise::While { holds, .. } => only_while(work, id, holds, rule),
        Promise::AtMost { times, .. } => {
            count(work, id, *times, touched, rule);
            Ok(())
        }
        Promise::Possible { .. } | Promise::Reachable { .. } => Ok(()),
    }
}

/// What has a term is discharged for the time being, late where it was broken; anything else once
/// for all.
fn discharge<R: Reasons>(work: &mut Work<'_, R>, id: GuaranteeId, rule: RuleId, promise: &Promise) {
    let state = work.case.promise(id).map(|it| it.state);
    let ends = match promise {
        Promise::Within { .. } => is_owed(work, id),
        Promise::TooSoon { .. } => state == Some(PromiseState::Open),
        Promise::While { .. } => state != Some(PromiseState::Kept),
        Promise::Before { .. } | Promise::AtMost { .. } => {
            matches!(state, None | Some(PromiseState::Open))
        }
        Promise::Possible { .. } | Promise::Reachable { .. } => false,
    };
    if ends {
        work.record(rule, FactKind::Kept { guarantee: id });
    }
}

/// Begins a guarantee that is not open: on the first point that no other one of the decision
/// answers. Where all are answered, it is kept as soon as it begins; `was_kept` says that it has
/// just been, and nothing is left to be said.
fn begin_within<R: Reasons>(
    work: &mut Work<'_, R>,
    id: GuaranteeId,
    touched: &[Touched],
    term: &term::Term<'_>,
    was_kept: bool,
) -> Result<(), NoDecision> {
    if work.case.merged {
        return Ok(());
    }
    let of = |part: Part| touched.iter().filter(move |it| it.1 == part).map(|it| it.2);
    let is_answered = |begun: &Point| of(Part::Keeps).any(|it| it != *begun);
    if let Some(point) = of(Part::Begins).find(|it| !is_answered(it)) {
        return term::begin(work, id, term, point);
    }
    if let Some(point) = of(Part::Begins).next().filter(|_| !was_kept) {
        term::begin(work, id, term, point)?;
        work.record(term.rule, FactKind::Kept { guarantee: id });
    }
    Ok(())
}

fn only_while<R: Reasons>(
    work: &mut Work<'_, R>,
    id: GuaranteeId,
    holds: &Expr,
    rule: RuleId,
) -> Result<(), NoDecision> {
    if !is(work, id, PromiseState::Kept) && work.holds(holds, rule)? {
        broken(work, id, rule);
    }
    Ok(())
}

/// Counts each point, up to the most that there may be; the next one breaks the guarantee.
fn count<R: Reasons>(
    work: &mut Work<'_, R>,
    id: GuaranteeId,
    times: u16,
    touched: &[Touched],
    rule: RuleId,
) {
    for _ in touched.iter().filter(|it| it.1 == Part::Breaks) {
        let before = work.case.promise(id);
        if before.is_some_and(|it| it.state != PromiseState::Open) {
            return;
        }
        if before.map_or(0, |it| it.count) >= times {
            broken(work, id, rule);
            return;
        }
        let start = arm::from_now(work);
        work.record(rule, FactKind::Promised { guarantee: id, start, due: None });
    }
}

/// Records that a guarantee did not hold, and tells whoever is accountable.
pub(super) fn broken<R: Reasons>(work: &mut Work<'_, R>, id: GuaranteeId, rule: RuleId) {
    work.record(rule, FactKind::Broken { guarantee: id });
    let accountable = Party::Role(work.machine.protocol.accountable);
    work.tell(Doer::Party(accountable), rule);
}

fn is<R>(work: &Work<'_, R>, id: GuaranteeId, state: PromiseState) -> bool {
    work.case.promise(id).is_some_and(|it| it.state == state)
}

/// Whether something is still to be done: in time, or late.
fn is_owed<R>(work: &Work<'_, R>, id: GuaranteeId) -> bool {
    is(work, id, PromiseState::Open) || is(work, id, PromiseState::Broken)
}

fn last(touched: &[Touched], part: Part) -> Option<Point> {
    touched.iter().rev().find(|it| it.1 == part).map(|it| it.2)
}
