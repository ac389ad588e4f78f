//! From a checked expression and the values of a case to an answer.
//!
//! The answer agrees with what rhai would say wherever rhai would not silently compare unlike
//! things; the test `guards_agree` holds it to that.

use crate::script::ArithmeticOp;
use crate::script::CompareOp;
use crate::script::Compared;
use crate::script::Constants;
use crate::script::Expr;
use crate::script::ExprKind;
use crate::script::FaultKind;
use crate::script::FunctionId;
use crate::script::ScriptFault;
use crate::script::Sink;
use crate::script::TextTest;
use crate::script::Unheard;
use crate::script::Value;
use crate::script::VariableId;
use crate::text::Symbol;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Where an evaluation finds values.
pub trait Env {
    /// The value of a variable, of the kind it was declared with, or [`Value::Unset`].
    fn value(&self, variable: VariableId) -> Value;

    /// The text of a symbol.
    fn text(&self, symbol: Symbol) -> &str;

    /// The symbol of a text that is written out in an expression (see [`Expr::texts`]). Needed
    /// only where an expression gives a text or hands one to a function.
    fn symbol(&self, _text: &str) -> Option<Symbol> {
        None
    }

    /// Calls a function of `rules.rhai`.
    ///
    /// # Errors
    /// The fault of the function.
    fn call(&self, function: FunctionId, arguments: &[Value]) -> Result<Value, ScriptFault>;
}

/// Whether a condition holds.
///
/// # Errors
/// A fault when the condition has no answer, for example because it reads an unset value.
#[inline]
pub fn truth<E: Env>(expr: &Expr, env: &E) -> Result<bool, ScriptFault> {
    truth_with(expr, env, &mut Unheard)
}

/// The value of an expression.
///
/// # Errors
/// A fault when the expression has no value.
#[inline]
pub fn value<E: Env>(expr: &Expr, env: &E) -> Result<Value, ScriptFault> {
    value_with(expr, env, &mut Unheard)
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
    let outcome = decide(expr, env, sink)?;
    sink.condition(expr.span, outcome);
    Ok(outcome)
}

fn decide<E: Env, S: Sink>(expr: &Expr, env: &E, sink: &mut S) -> Result<bool, ScriptFault> {
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
                if !truth_with(part, env, sink)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        ExprKind::Or(parts) => {
            for part in parts {
                if truth_with(part, env, sink)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        ExprKind::Not(inner) => Ok(!truth_with(inner, env, sink)?),
        ExprKind::IsSet(variable) => Ok(read(*variable, env, sink) != Value::Unset),
        ExprKind::Compare { op, compared, left, right } => {
            compare(*op, *compared, left, right, env, sink)
        }
        ExprKind::In { item, list } => is_listed(item, list, env, sink),
        ExprKind::If { condition, then, otherwise } => {
            let chosen = if truth_with(condition, env, sink)? { then } else { otherwise };
            truth_with(chosen, env, sink)
        }
        ExprKind::Switch { .. } => truth_with(branch(expr, env, sink)?, env, sink),
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
        _ => match value_with(expr, env, sink)? {
            Value::Flag(flag) => Ok(flag),
            _ => Err(ScriptFault::at(expr.span, FaultKind::WrongKind { variable: None })),
        },
    }
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
    match &expr.kind {
        ExprKind::Const(value) => Ok(*value),
        ExprKind::Text(text) => match env.symbol(text) {
            Some(symbol) => Ok(Value::Text(symbol)),
            None => Err(ScriptFault::at(expr.span, FaultKind::UnknownText)),
        },
        ExprKind::Var(variable) => match read(*variable, env, sink) {
            Value::Unset => Err(unusable(expr, *variable, Value::Unset)),
            value => Ok(value),
        },
        ExprKind::If { condition, then, otherwise } => {
            let chosen = if truth_with(condition, env, sink)? { then } else { otherwise };
            value_with(chosen, env, sink)
        }
        ExprKind::Switch { .. } => value_with(branch(expr, env, sink)?, env, sink),
        ExprKind::Arithmetic { .. } | ExprKind::Negative(_) | ExprKind::TextLength(_) => {
            Ok(Value::Number(number(expr, env, sink)?))
        }
        ExprKind::Call(function, arguments) => {
            let mut values = Vec::with_capacity(arguments.len());
            for argument in arguments {
                values.push(value_with(argument, env, sink)?);
            }
            env.call(*function, &values).map_err(|fault| fault.or_at(expr.span))
        }
        _ => Ok(Value::Flag(truth_with(expr, env, sink)?)),
    }
}

#[inline]
fn read<E: Env, S: Sink>(variable: VariableId, env: &E, sink: &mut S) -> Value {
    let value = env.value(variable);
    sink.read(variable, value);
    value
}

#[cold]
fn unusable(expr: &Expr, variable: VariableId, found: Value) -> ScriptFault {
    let kind = match found {
        Value::Unset => FaultKind::Unset { variable },
        _ => FaultKind::WrongKind { variable: Some(variable) },
    };
    ScriptFault::at(expr.span, kind)
}

#[cold]
fn wrong_kind(expr: &Expr) -> ScriptFault {
    let variable = match expr.kind {
        ExprKind::Var(variable) => Some(variable),
        _ => None,
    };
    ScriptFault::at(expr.span, FaultKind::WrongKind { variable })
}

fn number<E: Env, S: Sink>(expr: &Expr, env: &E, sink: &mut S) -> Result<Decimal, ScriptFault> {
    match &expr.kind {
        ExprKind::Const(Value::Number(number)) => Ok(*number),
        ExprKind::Arithmetic { op, whole, left, right } => {
            let left = number(left, env, sink)?;
            let right = number(right, env, sink)?;
            let result = calculate(*op, left, right);
            let kept = result.and_then(|it| if *whole { fits_whole(it) } else { Ok(it) });
            kept.map_err(|kind| ScriptFault::at(expr.span, kind))
        }
        ExprKind::Negative(inner) => Ok(-number(inner, env, sink)?),
        ExprKind::TextLength(inner) => Ok(Decimal::from(text(inner, env, sink)?.chars().count())),
        _ => match value_with(expr, env, sink)? {
            Value::Number(number) => Ok(number),
            _ => Err(wrong_kind(expr)),
        },
    }
}

fn calculate(op: ArithmeticOp, left: Decimal, right: Decimal) -> Result<Decimal, FaultKind> {
    let result = match op {
        ArithmeticOp::Add => left.checked_add(right),
        ArithmeticOp::Subtract => left.checked_sub(right),
        ArithmeticOp::Multiply => left.checked_mul(right),
        ArithmeticOp::Divide | ArithmeticOp::Remainder if right.is_zero() => {
            return Err(FaultKind::DivisionByZero);
        }
        ArithmeticOp::Divide => left.checked_div(right),
        ArithmeticOp::Remainder => left.checked_rem(right),
    };
    result.ok_or(FaultKind::Overflow)
}

fn fits_whole(number: Decimal) -> Result<Decimal, FaultKind> {
    match i64::try_from(number) {
        Ok(_) => Ok(number),
        Err(_) => Err(FaultKind::Overflow),
    }
}

fn index<E: Env, S: Sink>(expr: &Expr, env: &E, sink: &mut S) -> Result<u16, ScriptFault> {
    match value_with(expr, env, sink)? {
        Value::Choice(index) => Ok(index),
        _ => Err(wrong_kind(expr)),
    }
}

fn date<E: Env, S: Sink>(expr: &Expr, env: &E, sink: &mut S) -> Result<NaiveDate, ScriptFault> {
    match value_with(expr, env, sink)? {
        Value::Date(date) => Ok(date),
        _ => Err(wrong_kind(expr)),
    }
}

fn text<'e, E: Env, S: Sink>(
    expr: &'e Expr,
    env: &'e E,
    sink: &mut S,
) -> Result<&'e str, ScriptFault> {
    match &expr.kind {
        ExprKind::Text(text) => Ok(text),
        ExprKind::If { condition, then, otherwise } => {
            let chosen = if truth_with(condition, env, sink)? { then } else { otherwise };
            text(chosen, env, sink)
        }
        ExprKind::Switch { .. } => text(branch(expr, env, sink)?, env, sink),
        _ => match value_with(expr, env, sink)? {
            Value::Text(symbol) => Ok(env.text(symbol)),
            _ => Err(wrong_kind(expr)),
        },
    }
}

fn compare<E: Env, S: Sink>(
    op: CompareOp,
    compared: Compared,
    left: &Expr,
    right: &Expr,
    env: &E,
    sink: &mut S,
) -> Result<bool, ScriptFault> {
    let order = match compared {
        Compared::Flags => truth_with(left, env, sink)?.cmp(&truth_with(right, env, sink)?),
        Compared::Numbers => number(left, env, sink)?.cmp(&number(right, env, sink)?),
        Compared::Indices => index(left, env, sink)?.cmp(&index(right, env, sink)?),
        Compared::Dates => date(left, env, sink)?.cmp(&date(right, env, sink)?),
        Compared::Texts => text(left, env, sink)?.cmp(text(right, env, sink)?),
    };
    Ok(op.holds(order))
}

fn is_listed<E: Env, S: Sink>(
    item: &Expr,
    list: &Constants,
    env: &E,
    sink: &mut S,
) -> Result<bool, ScriptFault> {
    match list {
        Constants::Texts(texts) => {
            let item = text(item, env, sink)?;
            Ok(texts.iter().any(|it| &**it == item))
        }
        Constants::Values(values) => {
            let item = value_with(item, env, sink)?;
            Ok(values.contains(&item))
        }
    }
}

/// The branch of a `switch` that is taken.
fn branch<'e, E: Env, S: Sink>(
    expr: &'e Expr,
    env: &E,
    sink: &mut S,
) -> Result<&'e Expr, ScriptFault> {
    let ExprKind::Switch { item, arms, otherwise } = &expr.kind else {
        return Err(wrong_kind(expr));
    };
    let taken = if arms.iter().any(|arm| matches!(arm.on, Constants::Texts(_))) {
        let item = text(item, env, sink)?;
        arms.iter().find(|arm| match &arm.on {
            Constants::Texts(texts) => texts.iter().any(|it| &**it == item),
            Constants::Values(_) => false,
        })
    } else {
        let item = value_with(item, env, sink)?;
        arms.iter().find(|arm| match &arm.on {
            Constants::Texts(_) => false,
            Constants::Values(values) => values.contains(&item),
        })
    };
    let given = taken.map(|arm| &arm.gives).or(otherwise.as_deref());
    given.ok_or_else(|| wrong_kind(item))
}
