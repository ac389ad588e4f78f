//! Keys of `counts` that move nothing, because of what the clock is.

use crate::check::rules;
use crate::check::sense::look::Both;
use crate::diagnostic::Diagnostics;
use crate::model::Lengthen;
use crate::text::{Span, Spanned};
use crate::time::Term;

/// Reports each key of `counts` that no term of the deadline reads.
pub(crate) fn counting(both: &Both<'_>, out: &mut Diagnostics) {
    let Some(counts) = &both.written.counts else { return };
    let span = |key: &Option<Spanned<String>>| key.as_ref().map(|it| it.span);
    let agreed = both.meant.due.is_some();
    let until = |it: &Lengthen| matches!(it, Lengthen::Until { .. });
    let dated = agreed || both.meant.extend.iter().any(|it| until(&it.lengthen));
    let terms = terms(both);
    let none = |reads: fn(&Term) -> bool| !terms.iter().any(reads);
    let mut say = |key: &str, at: Option<Span>, why: &str| {
        if let Some(at) = at {
            out.push(rules::key_without_effect(key, at, why));
        }
    };
    let in_days = |term: &Term| term.unit.is_counted_in_days();
    let civil = |term: &Term| term.unit.is_civil();
    if agreed && none(|_| true) {
        let why = "an agreed date is not counted";
        say("first_day", span(&counts.first_day), why);
        say("receipt_outside_hours", span(&counts.receipt_outside_hours), why);
        return say("roll", span(&counts.roll), "an agreed date stays where it was put");
    }
    if none(civil) {
        let why = "only terms in calendar days, weeks, months and years end on a closed day";
        say("roll", span(&counts.roll), why);
    }
    if none(in_days) && !dated {
        say("first_day", span(&counts.first_day), "no term of this clock is counted in days");
        if both.meant.warn.is_empty() {
            say("ends", span(&counts.ends), "hours and minutes end when they are over");
        }
    }
}

/// All terms that the clock has or may get.
fn terms(both: &Both<'_>) -> Vec<Term> {
    let own = both.meant.alternatives.iter().flat_map(|it| it.allowance.terms().iter().copied());
    let added = both.meant.extend.iter().filter_map(|it| match it.lengthen {
        Lengthen::Add(term) | Lengthen::Total(term) => Some(term),
        Lengthen::Until { up_to, .. } => up_to,
    });
    own.chain(added).collect()
}
