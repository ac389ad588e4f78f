//! What an expression reads and calls.

use std::collections::BTreeSet;

use crate::script::Expr;
use crate::script::ExprKind;
use crate::script::RecordId;
use crate::script::VariableId;

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

/// The records an expression asks about, also those it only counts; sorted, each once.
#[must_use]
pub fn records_read(expr: &Expr) -> Vec<RecordId> {
    let mut found = BTreeSet::new();
    expr.walk(&mut |part| match &part.kind {
        ExprKind::NoEntries(record)
        | ExprKind::EntryCount(record)
        | ExprKind::Entries { record, .. } => {
            found.insert(*record);
        }
        ExprKind::EntryField(value) | ExprKind::IsEntryFieldSet(value) => {
            found.insert(value.record);
        }
        _ => {}
    });
    found.into_iter().collect()
}
