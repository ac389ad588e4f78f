//! A guarantee holds, or does not, whatever the procedure is.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::inspect::points::Happening;
use crate::model::{Guarantee, LetterId, Point, Promise, Protocol, Stop};

pub(crate) const CODE: Code = Code::warning("guarantee-says-nothing");

/// Reports every guarantee of which one side can never happen in any case, and every one that what
/// it rules out keeps by itself.
pub(crate) fn guarantee_says_nothing(
    protocol: &Protocol,
    happening: &Happening,
    out: &mut Diagnostics,
) {
    let by_stops: Vec<LetterId> = protocol.stops.iter().flat_map(Stop::letters).collect();
    let happens = |point: &Point| match point {
        Point::Letter(letter) if by_stops.contains(letter) => true,
        point => happening.contains(*point),
    };
    for guarantee in &protocol.guarantees {
        for (points, then) in sides(guarantee) {
            if !points.iter().any(happens) {
                out.push(never_happens(protocol, guarantee, &points, then));
            }
        }
        let kept = itself(guarantee);
        let kept = kept.iter().map(|it| said(protocol, guarantee, *it));
        kept.for_each(|it| out.push(it));
    }
}

/// The points of which some must be able to happen, and what it means that none is.
fn sides(guarantee: &Guarantee) -> Vec<(Vec<Point>, &'static str)> {
    const NEVER_ASKED: &str = "so there is nothing to hold to";
    const NEVER_KEPT: &str = "so it cannot be kept";
    const NEVER_BROKEN: &str = "so it cannot be broken";
    match &guarantee.promise {
        Promise::Within { from, expect, .. } => {
            vec![(from.clone(), NEVER_ASKED), (expect.clone(), NEVER_KEPT)]
        }
        Promise::Before { never, before } => {
            vec![(never.clone(), NEVER_BROKEN), (before.clone(), NEVER_KEPT)]
        }
        Promise::While { never, .. } | Promise::AtMost { never, .. } => {
            vec![(never.clone(), NEVER_BROKEN)]
        }
        Promise::TooSoon { never, from, .. } => {
            vec![(never.clone(), NEVER_BROKEN), (from.clone(), NEVER_ASKED)]
        }
        Promise::Possible { event, .. } => vec![(vec![Point::Event(*event)], NEVER_KEPT)],
        Promise::Reachable { points } => vec![(points.clone(), NEVER_KEPT)],
    }
}

/// The points that a guarantee rules out and that keep or discharge it in the same decision.
fn itself(guarantee: &Guarantee) -> Vec<Point> {
    let (never, before): (&[Point], &[Point]) = match &guarantee.promise {
        Promise::Before { never, before } => (never, before),
        Promise::While { never, .. }
        | Promise::TooSoon { never, .. }
        | Promise::AtMost { never, .. } => (never, &[]),
        Promise::Within { .. } | Promise::Possible { .. } | Promise::Reachable { .. } => {
            return Vec::new();
        }
    };
    let keeps = |point: &&Point| before.contains(point) || guarantee.unless.contains(point);
    never.iter().filter(keeps).copied().collect()
}

fn never_happens(
    protocol: &Protocol,
    guarantee: &Guarantee,
    points: &[Point],
    then: &str,
) -> Diagnostic {
    let names: Vec<String> =
        points.iter().map(|it| format!("`{}`", protocol.point_name(*it))).collect();
    let names = names.join(" or ");
    let message = format!("guarantee `{}` says nothing: {names} never happens", guarantee.id);
    let span = protocol.rule(guarantee.rule).span;
    Diagnostic::new(CODE, message, span, format!("no case comes to it, {then}"))
        .help("name what does happen, or mend the procedure so that it can")
}

fn said(protocol: &Protocol, guarantee: &Guarantee, point: Point) -> Diagnostic {
    let name = protocol.point_name(point);
    let message = format!("guarantee `{}` rules out `{name}`, which allows itself", guarantee.id);
    let span = protocol.rule(guarantee.rule).span;
    Diagnostic::new(CODE, message, span, "what happens in the same decision counts as before")
        .help(format!("take `{name}` out of one of the two lists"))
}
