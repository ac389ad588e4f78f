//! What an expression takes for granted: variables that are set, entries that exist.

use std::collections::BTreeSet;

use crate::script::Compared;
use crate::script::EntryValue;
use crate::script::Expr;
use crate::script::ExprKind;
use crate::script::Quantifier;
use crate::script::RecordId;
use crate::script::Value;
use crate::script::VariableId;
use crate::script::Which;
use crate::text::Span;
use rust_decimal::Decimal;

/// Something that must be so for an expression to have an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// The variable is set.
    Variable(VariableId),
    /// The record has an entry.
    Entry(RecordId),
    /// The field of the entry is set.
    EntryField(EntryValue),
}

/// What is read at a place where nothing in the expression itself has made sure of it: neither
/// `is_set(x) && …x…`, nor `!is_set(x) || …x…`, nor `if is_set(x) { …x… }`, and for entries
/// neither `!r.is_empty() && …r.last().x…` nor the like. In order of the text; one may come more
/// than once.
#[must_use]
pub fn needs(expr: &Expr) -> Vec<(Need, Span)> {
    let mut found = Vec::new();
    collect(expr, &Known::new(), &mut found);
    found
}

/// The variables among the [`needs`] of an expression.
#[must_use]
pub fn needs_set(expr: &Expr) -> Vec<(VariableId, Span)> {
    let variable = |(need, span)| match need {
        Need::Variable(variable) => Some((variable, span)),
        Need::Entry(_) | Need::EntryField(_) => None,
    };
    needs(expr).into_iter().filter_map(variable).collect()
}

/// The variables that certainly have a value wherever this condition holds.
pub fn set_where(condition: &Expr) -> impl Iterator<Item = VariableId> {
    known_when(condition, true).into_iter().filter_map(|need| match need {
        Need::Variable(variable) => Some(variable),
        Need::Entry(_) | Need::EntryField(_) => None,
    })
}

/// What is known to be so. Two closures side by side share the name of their entry here, so what
/// is known of the entry never leaves the closure.
type Known = BTreeSet<Need>;

fn collect(expr: &Expr, known: &Known, found: &mut Vec<(Need, Span)>) {
    let mut need = |it: Need| {
        if !known.contains(&it) {
            found.push((it, expr.span));
        }
    };
    match &expr.kind {
        ExprKind::Var(variable)
        | ExprKind::VarNumber { variable, .. }
        | ExprKind::VarIndex { variable, .. } => need(Need::Variable(*variable)),
        ExprKind::EntryField(value) => {
            if value.entry == Which::Last {
                need(Need::Entry(value.record));
            }
            need(Need::EntryField(*value));
        }
        ExprKind::And(parts) => {
            let mut known = known.clone();
            for part in parts {
                collect(part, &known, found);
                known.extend(known_when(part, true));
            }
        }
        ExprKind::Or(parts) => {
            let mut known = known.clone();
            for part in parts {
                collect(part, &known, found);
                known.extend(known_when(part, false));
            }
        }
        ExprKind::If { condition, then, otherwise } => {
            collect(condition, known, found);
            let with = |outcome| known.union(&known_when(condition, outcome)).copied().collect();
            collect(then, &with(true), found);
            collect(otherwise, &with(false), found);
        }
        // The closure is asked of an entry, so there is one.
        ExprKind::Entries { record, condition, .. } => {
            let mut known = known.clone();
            known.insert(Need::Entry(*record));
            collect(condition, &known, found);
        }
        _ => expr.each_child(&mut |child| collect(child, known, found)),
    }
}

/// What is certainly so when a condition has this outcome.
fn known_when(condition: &Expr, outcome: bool) -> Known {
    match &condition.kind {
        ExprKind::IsSet(variable) if outcome => Known::from([Need::Variable(*variable)]),
        ExprKind::IsEntryFieldSet(value) if outcome => match value.entry {
            Which::Last => Known::from([Need::EntryField(*value), Need::Entry(value.record)]),
            Which::Outer | Which::Inner => Known::from([Need::EntryField(*value)]),
        },
        ExprKind::NoEntries(record) if !outcome => Known::from([Need::Entry(*record)]),
        // Nothing holds for an entry that is not there, and everything does.
        ExprKind::Entries { record, asked: Quantifier::Some, .. } if outcome => {
            Known::from([Need::Entry(*record)])
        }
        ExprKind::Entries { record, asked: Quantifier::All, .. } if !outcome => {
            Known::from([Need::Entry(*record)])
        }
        ExprKind::Compare { .. } => {
            counted(condition, outcome).map(Need::Entry).into_iter().collect()
        }
        ExprKind::Not(inner) => known_when(inner, !outcome),
        // All parts have the outcome: what any of them tells is known.
        ExprKind::And(parts) if outcome => {
            parts.iter().flat_map(|part| known_when(part, true)).collect()
        }
        ExprKind::Or(parts) if !outcome => {
            parts.iter().flat_map(|part| known_when(part, false)).collect()
        }
        // Some part has the outcome: only what all of them tell is known.
        ExprKind::And(parts) | ExprKind::Or(parts) => parts
            .iter()
            .map(|part| known_when(part, outcome))
            .reduce(|a, b| a.intersection(&b).copied().collect())
            .unwrap_or_default(),
        _ => Known::new(),
    }
}

/// The record that certainly has an entry when a comparison of its count with a number has this
/// outcome: the outcome is another one for zero.
fn counted(comparison: &Expr, outcome: bool) -> Option<RecordId> {
    let ExprKind::Compare { op, compared: Compared::Numbers, left, right } = &comparison.kind
    else {
        return None;
    };
    let (op, count, number) = match (&left.kind, &right.kind) {
        (count, ExprKind::Const(Value::Number(number))) => (*op, count, number),
        (ExprKind::Const(Value::Number(number)), count) => (op.swapped(), count, number),
        _ => return None,
    };
    let (ExprKind::EntryCount(record) | ExprKind::Entries { record, asked: Quantifier::Count, .. }) =
        count
    else {
        return None;
    };
    (op.holds(Decimal::ZERO.cmp(number)) != outcome).then_some(*record)
}
