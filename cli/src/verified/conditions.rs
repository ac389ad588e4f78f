//! Which conditions of a protocol an analysis looks at exactly.

use engine::machine::{Machine, each_condition};
use engine::script::cuts;
use engine::text::Span;

/// The conditions and computed values of a protocol.
pub(crate) struct Conditions {
    /// How many are made of comparisons with what is written out, so that every answer is told
    /// apart.
    pub n_exact: usize,
    /// Where the others stand: each was taken to give any answer at any time.
    pub either_way: Vec<Span>,
}

/// Tells them apart.
pub(crate) fn conditions(machine: &Machine) -> Conditions {
    let mut found = Conditions { n_exact: 0, either_way: Vec::new() };
    each_condition(&machine.protocol, &mut |expr| match cuts(&[expr], &machine.protocol.scope) {
        Some(_) => found.n_exact = found.n_exact.saturating_add(1),
        None => found.either_way.push(expr.span),
    });
    found.either_way.sort_by_key(|it| (it.file, it.range().start));
    found
}
