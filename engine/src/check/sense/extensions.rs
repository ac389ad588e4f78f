//! Extensions that put nothing off.

use crate::check::rules;
use crate::check::sense::look::Both;
use crate::diagnostic::Diagnostics;
use crate::model::Lengthen;
use crate::syntax::Times;
use crate::time::{Allowance, Term, alike, reach};

/// Holds each `total` against the terms of its deadline.
pub(crate) fn extensions(both: &Both<'_>, out: &mut Diagnostics) {
    for (written, meant) in both.written.extend.iter().zip(&both.meant.extend) {
        let Lengthen::Total(total) = meant.lengthen else { continue };
        let Some(span) = written.total.as_ref().map(|it| it.span) else { continue };
        let name = &both.meant.name;
        let alternatives = &both.meant.alternatives;
        let in_vain = |allowance: &Allowance| never_later(both, total, allowance);
        if !alternatives.is_empty() && alternatives.iter().all(|it| in_vain(&it.allowance)) {
            let terms: Vec<String> =
                alternatives.iter().map(|it| format!("`{}`", it.allowance)).collect();
            out.push(rules::extension_not_longer(name, total, &terms.join(", "), span));
        } else if let Some(times) = written.times.as_ref().filter(|it| more_than_once(it.value))
            && both.meant.extend.len() == 1
        {
            out.push(rules::total_more_than_once(name, total, times.span));
        }
    }
}

const fn more_than_once(times: Times) -> bool {
    match times {
        Times::Any => true,
        Times::AtMost(times) => times > 1,
    }
}

/// Whether a total from the start certainly ends no later than what is allowed anyway.
fn never_later(both: &Both<'_>, total: Term, allowance: &Allowance) -> bool {
    let no_later = |term: &Term| match alike(total, *term) {
        Some((total, term)) => total <= term,
        None => {
            let of = |term| reach(both.calendar, both.meant.counts, both.from, term);
            let most = of(total).and_then(|it| it.most_days);
            matches!((most, of(*term)), (Some(most), Some(it)) if most <= it.least_days)
        }
    };
    match allowance {
        Allowance::Promptly => false,
        Allowance::Min(terms) => terms.iter().all(no_later),
        Allowance::Term(_) | Allowance::Max(_) => allowance.terms().iter().any(no_later),
    }
}
