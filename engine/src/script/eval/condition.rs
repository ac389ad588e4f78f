//! Whether a condition holds.

use std::cell::Cell;

use crate::script::Env;
use crate::script::Expr;
use crate::script::ExprKind;
use crate::script::FaultKind;
use crate::script::Quantifier;
use crate::script::ScriptFault;
use crate::script::Sink;
use crate::script::TextTest;
use crate::script::Unheard;
use crate::script::Value;
use crate::script::eval::compare::branch;
use crate::script::eval::compare::compare;
use crate::script::eval::compare::is_listed;
use crate::script::eval::entries;
use crate::script::eval::read::read;
use crate::script::eval::read::unusable;
use crate::script::eval::value::text;
use crate::script::eval::value::value_in;
use crate::script::eval::within::Within;

/// Whether a condition holds.
///
/// # Errors
/// A fault when the condition has no answer, for example because it reads an unset value.
#[inline]
pub fn truth<E: Env>(expr: &Expr, env: &E) -> Result<bool, ScriptFault> {
    truth_with(expr, env, &mut Unheard)
}

/// Whether a condition holds, telling a sink what was read and decided.
///
/// # Errors
/// A fault when the condition has no answer.
pub fn truth_with<E: Env, S: Sink>(
    expr: &Expr,
    env: &E,
    sink: &mut S,
) -> Result<bool, ScriptFault> {
    truth_in(expr, &Within::new(env, &Cell::new(0)), sink)
}

pub(super) fn truth_in<E: Env, S: Sink>(
    expr: &Expr,
    env: &Within<'_, E>,
    sink: &mut S,
) -> Result<bool, ScriptFault> {
    let outcome = decide(expr, env, sink)?;
    // What a closure finds of one entry among many explains nothing.
    if !env.is_in_closure() {
        sink.condition(expr.span, outcome);
    }
    Ok(outcome)
}

fn decide<E: Env, S: Sink>(
    expr: &Expr,
    env: &Within<'_, E>,
    sink: &mut S,
) -> Result<bool, ScriptFault> {
    match &expr.kind {
        ExprKind::VarNumber { op, variable, constant } => match read(*variable, env, sink) {
            Value::Number(number) => Ok(op.holds(number.cmp(constant))),
            other => Err(unusable(expr, *variable, other)),
        },
        ExprKind::VarIndex { op, variable, constant } => match read(*variable, env, sink) {
            Value::Choice(index) => Ok(op.holds(index.cmp(constant))),
            other => Err(unusable(expr, *variable, other)),
        },
        ExprKind::Var(variable) => match read(*variable, env, sink) {
            Value::Flag(flag) => Ok(flag),
            other => Err(unusable(expr, *variable, other)),
        },
        ExprKind::And(parts) => {
            for part in parts {
                if !truth_in(part, env, sink)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        ExprKind::Or(parts) => {
            for part in parts {
                if truth_in(part, env, sink)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        ExprKind::Not(inner) => Ok(!truth_in(inner, env, sink)?),
        ExprKind::IsSet(variable) => Ok(read(*variable, env, sink) != Value::Unset),
        ExprKind::Compare { op, compared, left, right } => {
            compare(*op, *compared, left, right, env, sink)
        }
        ExprKind::In { item, list } => is_listed(item, list, env, sink),
        ExprKind::If { condition, then, otherwise } => {
            let chosen = if truth_in(condition, env, sink)? { then } else { otherwise };
            truth_in(chosen, env, sink)
        }
        ExprKind::Switch { .. } => truth_in(branch(expr, env, sink)?, env, sink),
        ExprKind::TextTest { test, text: whole, part } => {
            let whole = text(whole, env, sink)?;
            let part = text(part, env, sink)?;
            Ok(match test {
                TextTest::Contains => whole.contains(part),
                TextTest::StartsWith => whole.starts_with(part),
                TextTest::EndsWith => whole.ends_with(part),
            })
        }
        ExprKind::TextIsEmpty(inner) => Ok(text(inner, env, sink)?.is_empty()),
        ExprKind::Const(Value::Flag(flag)) => Ok(*flag),
        ExprKind::NoEntries(record) => Ok(entries::count(*record, env, sink) == 0),
        ExprKind::IsEntryFieldSet(value) => Ok(entries::is_set(*value, env, sink)),
        ExprKind::Entries { record, asked: Quantifier::Some, entry, condition, parts } => {
            entries::some((*record, *entry, condition, *parts), true, env, sink)
        }
        ExprKind::Entries { record, asked: Quantifier::All, entry, condition, parts } => {
            entries::some((*record, *entry, condition, *parts), false, env, sink).map(|it| !it)
        }
        _ => match value_in(expr, env, sink)? {
            Value::Flag(flag) => Ok(flag),
            _ => Err(ScriptFault::at(expr.span, FaultKind::WrongKind { variable: None })),
        },
    }
}
