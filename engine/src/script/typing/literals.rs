//! Values that are written out.

use crate::script::ExprKind;
use crate::script::SetId;
use crate::script::Type;
use crate::script::Value;
use crate::script::reading::Extent;
use crate::script::reading::TokenKind;
use crate::script::rules;
use crate::script::typing::Context;
use crate::script::typing::Kind;
use crate::script::typing::Typed;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// A whole number. rhai has already taken a minus sign before it into the number, and names the
/// place of that sign.
pub(crate) fn whole(context: &Context<'_, '_>, number: i64, at: usize) -> Typed {
    let digits = context.written.find(at, |it| it.kind == TokenKind::Number).unwrap_or(at);
    let extent = Extent { first: at, last: digits };
    context.make(ExprKind::Const(Value::Number(Decimal::from(number))), Kind::Whole, extent)
}

/// A number with a decimal point.
pub(crate) fn decimal(context: &Context<'_, '_>, number: Decimal, at: usize) -> Typed {
    let kind = ExprKind::Const(Value::Number(number));
    context.make(kind, Kind::Is(Type::Number), Extent::one(at))
}

/// `true` or `false`.
pub(crate) fn flag(context: &Context<'_, '_>, flag: bool, at: usize) -> Typed {
    let kind = ExprKind::Const(Value::Flag(flag));
    context.make(kind, Kind::Is(Type::Flag), Extent::one(at))
}

/// A text in quotes, which stands for a choice, a level or a date where one is wanted.
pub(crate) fn text(
    context: &mut Context<'_, '_>,
    text: &str,
    at: usize,
    wanted: Option<Type>,
) -> Option<Typed> {
    let (kind, of) = match wanted {
        Some(of @ (Type::Choice(set) | Type::Level(set))) => {
            let ordered = matches!(of, Type::Level(_));
            (ExprKind::Const(named(context, text, at, set, ordered)?), of)
        }
        Some(Type::Date) => match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            Ok(date) => (ExprKind::Const(Value::Date(date)), Type::Date),
            Err(_) => {
                let span = context.written.token_span(at);
                return context.refuse(rules::not_a_date(span, text));
            }
        },
        _ => (ExprKind::Text(text.into()), Type::Text),
    };
    Some(context.make(kind, Kind::Is(of), Extent::one(at)))
}

/// The position of a name in a set.
pub(crate) fn named(
    context: &mut Context<'_, '_>,
    name: &str,
    at: usize,
    set: SetId,
    ordered: bool,
) -> Option<Value> {
    let names = context.scope.set(set)?;
    if let Some(index) = names.position(name) {
        return Some(Value::Choice(index));
    }
    let span = context.written.token_span(at);
    let place = context.written.located().place;
    let quoted = |name: &str| place.escaped(&format!("\"{name}\""));
    context.refuse(if ordered {
        rules::unknown_level(span, name, names, quoted)
    } else {
        rules::unknown_choice(span, name, names, quoted)
    })
}
