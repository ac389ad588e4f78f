//! Calculations, exact and within limits.

use crate::script::ArithmeticOp;
use crate::script::Env;
use crate::script::Expr;
use crate::script::ExprKind;
use crate::script::FaultKind;
use crate::script::Quantifier;
use crate::script::ScriptFault;
use crate::script::Sink;
use crate::script::Value;
use crate::script::eval::entries;
use crate::script::eval::read::wrong_kind;
use crate::script::eval::value::text;
use crate::script::eval::value::value_in;
use crate::script::eval::within::Within;
use rust_decimal::Decimal;

pub(super) fn number<E: Env, S: Sink>(
    expr: &Expr,
    env: &Within<'_, E>,
    sink: &mut S,
) -> Result<Decimal, ScriptFault> {
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
        ExprKind::EntryCount(record) => Ok(entries::count(*record, env, sink).into()),
        ExprKind::Entries { record, asked: Quantifier::Count, entry, condition, parts } => {
            let asked = (*record, *entry, &**condition, *parts);
            entries::how_many(asked, env, sink).map(Decimal::from)
        }
        _ => match value_in(expr, env, sink)? {
            Value::Number(number) => Ok(number),
            _ => Err(wrong_kind(expr)),
        },
    }
}

pub(super) fn calculate(
    op: ArithmeticOp,
    left: Decimal,
    right: Decimal,
) -> Result<Decimal, FaultKind> {
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

pub(super) fn fits_whole(number: Decimal) -> Result<Decimal, FaultKind> {
    match i64::try_from(number) {
        Ok(_) => Ok(number),
        Err(_) => Err(FaultKind::Overflow),
    }
}
