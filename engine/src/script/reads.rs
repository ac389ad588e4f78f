//! Which variables an expression reads, and which of them must be set for it to have an answer.

use std::collections::BTreeSet;

use crate::script::Expr;
use crate::script::ExprKind;
use crate::script::VariableId;
use crate::text::Span;

/// The variables an expression reads, also those it only asks whether they are set; sorted, each
/// once.
#[must_use]
pub fn reads(expr: &Expr) -> Vec<VariableId> {
    let mut found = BTreeSet::new();
    expr.walk(&mut |part| match &part.kind {
        ExprKind::Var(variable)
        | ExprKind::IsSet(variable)
        | ExprKind::VarNumber { variable, .. }
        | ExprKind::VarIndex { variable, .. } => {
            found.insert(*variable);
        }
        _ => {}
    });
    found.into_iter().collect()
}

/// The functions an expression calls; sorted, each once.
#[must_use]
pub fn calls(expr: &Expr) -> Vec<crate::script::FunctionId> {
    let mut found = BTreeSet::new();
    expr.walk(&mut |part| {
        if let ExprKind::Call(function, _) = &part.kind {
            found.insert(*function);
        }
    });
    found.into_iter().collect()
}

/// The variables that are read at a place where nothing in the expression itself has made sure
/// that they are set: neither `is_set(x) && …x…`, nor `!is_set(x) || …x…`, nor
/// `if is_set(x) { …x… }`. In order of the text; a variable may come more than once.
#[must_use]
pub fn needs_set(expr: &Expr) -> Vec<(VariableId, Span)> {
    let mut found = Vec::new();
    collect(expr, &Known::new(), &mut found);
    found
}

/// Variables known to be set.
type Known = BTreeSet<VariableId>;

fn collect(expr: &Expr, known: &Known, found: &mut Vec<(VariableId, Span)>) {
    match &expr.kind {
        ExprKind::Var(variable)
        | ExprKind::VarNumber { variable, .. }
        | ExprKind::VarIndex { variable, .. } => {
            if !known.contains(variable) {
                found.push((*variable, expr.span));
            }
        }
        ExprKind::And(parts) => {
            let mut known = known.clone();
            for part in parts {
                collect(part, &known, found);
                known.extend(set_when(part, true));
            }
        }
        ExprKind::Or(parts) => {
            let mut known = known.clone();
            for part in parts {
                collect(part, &known, found);
                known.extend(set_when(part, false));
            }
        }
        ExprKind::If { condition, then, otherwise } => {
            collect(condition, known, found);
            let with = |outcome| known.union(&set_when(condition, outcome)).copied().collect();
            collect(then, &with(true), found);
            collect(otherwise, &with(false), found);
        }
        _ => expr.each_child(&mut |child| collect(child, known, found)),
    }
}

/// The variables that are certainly set when a condition has this outcome.
fn set_when(condition: &Expr, outcome: bool) -> Known {
    match &condition.kind {
        ExprKind::IsSet(variable) if outcome => Known::from([*variable]),
        ExprKind::Not(inner) => set_when(inner, !outcome),
        // All parts have the outcome: what any of them tells is known.
        ExprKind::And(parts) if outcome => {
            parts.iter().flat_map(|part| set_when(part, true)).collect()
        }
        ExprKind::Or(parts) if !outcome => {
            parts.iter().flat_map(|part| set_when(part, false)).collect()
        }
        // Some part has the outcome: only what all of them tell is known.
        ExprKind::And(parts) | ExprKind::Or(parts) => parts
            .iter()
            .map(|part| set_when(part, outcome))
            .reduce(|a, b| a.intersection(&b).copied().collect())
            .unwrap_or_default(),
        _ => Known::new(),
    }
}
