//! Calculations.

use crate::script::ArithmeticOp;
use crate::script::Expr;
use crate::script::ExprKind;
use crate::script::Type;
use crate::script::Value;
use crate::script::reading::Extent;
use crate::script::rules;
use crate::script::typing::Context;
use crate::script::typing::Kind;
use crate::script::typing::Typed;
use crate::script::typing::tree::must_be_number;
use crate::script::typing::typed;
use rhai::Expr as Node;
use rust_decimal::Decimal;

/// The calculation a sign stands for.
pub(crate) fn operator(sign: &str) -> Option<ArithmeticOp> {
    Some(match sign {
        "+" => ArithmeticOp::Add,
        "-" => ArithmeticOp::Subtract,
        "*" => ArithmeticOp::Multiply,
        "/" => ArithmeticOp::Divide,
        "%" => ArithmeticOp::Remainder,
        _ => return None,
    })
}

/// A number with a minus sign before it.
pub(crate) fn negative(context: &mut Context<'_, '_>, inner: &Node, at: usize) -> Option<Typed> {
    let inner = typed(context, inner, None)?;
    let inner = must_be_number(context, inner)?;
    let extent = Extent::one(at).to(inner.extent);
    let whole = inner.of == Kind::Whole;
    let kind = match inner.expr.kind {
        ExprKind::Const(Value::Number(number)) if !whole || i64::try_from(-number).is_ok() => {
            ExprKind::Const(Value::Number(-number))
        }
        // The lowest whole number has no counterpart: a difference overflows where it must.
        _ if whole => {
            let zero = ExprKind::Const(Value::Number(Decimal::ZERO));
            let left = Box::new(context.make(zero, inner.of, extent).expr);
            let right = Box::new(inner.expr);
            ExprKind::Arithmetic { op: ArithmeticOp::Subtract, whole, left, right }
        }
        _ => ExprKind::Negative(Box::new(inner.expr)),
    };
    Some(context.make(kind, inner.of, extent))
}

/// A number with a plus sign before it.
pub(crate) fn positive(context: &mut Context<'_, '_>, inner: &Node, at: usize) -> Option<Typed> {
    let inner = typed(context, inner, None)?;
    let inner = must_be_number(context, inner)?;
    let extent = Extent::one(at).to(inner.extent);
    Some(context.make(inner.expr.kind, inner.of, extent))
}

/// Two numbers and a sign between them.
pub(crate) fn calculated(
    context: &mut Context<'_, '_>,
    op: ArithmeticOp,
    left: &Node,
    right: &Node,
) -> Option<Typed> {
    let left = typed(context, left, None);
    let right = typed(context, right, None)?;
    let left = must_be_number(context, left?)?;
    let right = must_be_number(context, right)?;
    let extent = context.written.balanced(left.extent.to(right.extent));
    let whole = left.of == Kind::Whole && right.of == Kind::Whole;
    if whole && op == ArithmeticOp::Divide {
        let (span, whole) = (context.written.span(extent), context.written.text(extent));
        let sides = (context.quote(&left), context.quote(&right));
        return context.refuse(rules::integer_division(span, whole, &sides.0, &sides.1));
    }
    let of = if whole { Some(Kind::Whole) } else { result(op, &left, &right).map(Kind::Is) };
    let Some(of) = of else {
        let what = format!(
            "{} and {} do not go together in `{}`",
            context.describe(&left),
            context.describe(&right),
            context.written.text(extent)
        );
        let help = "add money to money, multiply and divide it by numbers";
        return context.unlike(extent, &what, Some(help));
    };
    let (left, right) = (Box::new(left.expr), Box::new(right.expr));
    Some(context.make(ExprKind::Arithmetic { op, whole, left, right }, of, extent))
}

/// What a calculation with at least one number that is not whole gives.
fn result(op: ArithmeticOp, left: &Typed, right: &Typed) -> Option<Type> {
    let (Type::Money(a), Type::Money(b)) = (left.of.as_type(), right.of.as_type()) else {
        return with_one_amount(op, left, right);
    };
    let same_currency = a == b || a.is_none() || b.is_none();
    match op {
        ArithmeticOp::Add | ArithmeticOp::Subtract if same_currency => Some(Type::Money(a.or(b))),
        ArithmeticOp::Divide if same_currency => Some(Type::Number),
        _ => None,
    }
}

fn with_one_amount(op: ArithmeticOp, left: &Typed, right: &Typed) -> Option<Type> {
    let is_constant = |expr: &Expr| matches!(expr.kind, ExprKind::Const(_));
    let money = match (left.of.as_type(), right.of.as_type()) {
        (Type::Number, Type::Number) => return Some(Type::Number),
        (money @ Type::Money(_), _) => money,
        (_, money) => {
            let fits = match op {
                ArithmeticOp::Multiply => true,
                ArithmeticOp::Add | ArithmeticOp::Subtract => is_constant(&left.expr),
                ArithmeticOp::Divide | ArithmeticOp::Remainder => false,
            };
            return fits.then_some(money);
        }
    };
    let fits = match op {
        ArithmeticOp::Multiply | ArithmeticOp::Divide => true,
        // A number that is written out is read as an amount in the same currency.
        ArithmeticOp::Add | ArithmeticOp::Subtract => is_constant(&right.expr),
        ArithmeticOp::Remainder => false,
    };
    fits.then_some(money)
}
