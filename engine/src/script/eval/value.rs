//! What an expression gives.

use std::cell::Cell;

use crate::script::Env;
use crate::script::Expr;
use crate::script::ExprKind;
use crate::script::FaultKind;
use crate::script::Quantifier;
use crate::script::ScriptFault;
use crate::script::Sink;
use crate::script::Unheard;
use crate::script::Value;
use crate::script::eval::compare::branch;
use crate::script::eval::condition::truth_in;
use crate::script::eval::entries;
use crate::script::eval::number::number;
use crate::script::eval::read::read;
use crate::script::eval::read::unusable;
use crate::script::eval::read::wrong_kind;
use crate::script::eval::within::Within;
use chrono::NaiveDate;

/// The value of an expression.
///
/// # Errors
/// A fault when the expression has no value.
#[inline]
pub fn value<E: Env>(expr: &Expr, env: &E) -> Result<Value, ScriptFault> {
    value_with(expr, env, &mut Unheard)
}

/// The value of an expression, telling a sink what was read and decided.
///
/// # Errors
/// A fault when the expression has no value.
pub fn value_with<E: Env, S: Sink>(
    expr: &Expr,
    env: &E,
    sink: &mut S,
) -> Result<Value, ScriptFault> {
    value_in(expr, &Within::new(env, &Cell::new(0)), sink)
}

pub(super) fn value_in<E: Env, S: Sink>(
    expr: &Expr,
    env: &Within<'_, E>,
    sink: &mut S,
) -> Result<Value, ScriptFault> {
    match &expr.kind {
        ExprKind::Const(value) => Ok(*value),
        ExprKind::Text(text) => match env.env.symbol(text) {
            Some(symbol) => Ok(Value::Text(symbol)),
            None => Err(ScriptFault::at(expr.span, FaultKind::UnknownText)),
        },
        ExprKind::Var(variable) => match read(*variable, env, sink) {
            Value::Unset => Err(unusable(expr, *variable, Value::Unset)),
            value => Ok(value),
        },
        ExprKind::If { condition, then, otherwise } => {
            let chosen = if truth_in(condition, env, sink)? { then } else { otherwise };
            value_in(chosen, env, sink)
        }
        ExprKind::Switch { .. } => value_in(branch(expr, env, sink)?, env, sink),
        ExprKind::Arithmetic { .. }
        | ExprKind::Negative(_)
        | ExprKind::TextLength(_)
        | ExprKind::EntryCount(_)
        | ExprKind::Entries { asked: Quantifier::Count, .. } => {
            Ok(Value::Number(number(expr, env, sink)?))
        }
        ExprKind::EntryField(value) => entries::field(expr, *value, env, sink),
        ExprKind::Call(function, arguments) => {
            let mut values = Vec::with_capacity(arguments.len());
            for argument in arguments {
                values.push(value_in(argument, env, sink)?);
            }
            env.env.call(*function, &values).map_err(|fault| fault.or_at(expr.span))
        }
        _ => Ok(Value::Flag(truth_in(expr, env, sink)?)),
    }
}

pub(super) fn index<E: Env, S: Sink>(
    expr: &Expr,
    env: &Within<'_, E>,
    sink: &mut S,
) -> Result<u16, ScriptFault> {
    match value_in(expr, env, sink)? {
        Value::Choice(index) => Ok(index),
        _ => Err(wrong_kind(expr)),
    }
}

pub(super) fn date<E: Env, S: Sink>(
    expr: &Expr,
    env: &Within<'_, E>,
    sink: &mut S,
) -> Result<NaiveDate, ScriptFault> {
    match value_in(expr, env, sink)? {
        Value::Date(date) => Ok(date),
        _ => Err(wrong_kind(expr)),
    }
}

pub(super) fn text<'e, E: Env, S: Sink>(
    expr: &'e Expr,
    env: &'e Within<'_, E>,
    sink: &mut S,
) -> Result<&'e str, ScriptFault> {
    match &expr.kind {
        ExprKind::Text(text) => Ok(text),
        ExprKind::If { condition, then, otherwise } => {
            let chosen = if truth_in(condition, env, sink)? { then } else { otherwise };
            text(chosen, env, sink)
        }
        ExprKind::Switch { .. } => text(branch(expr, env, sink)?, env, sink),
        _ => match value_in(expr, env, sink)? {
            Value::Text(symbol) => Ok(env.env.text(symbol)),
            _ => Err(wrong_kind(expr)),
        },
    }
}
