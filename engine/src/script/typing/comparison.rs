//! Comparisons, and membership in lists.

use crate::script::CompareOp;
use crate::script::Compared;
use crate::script::Constants;
use crate::script::Expr;
use crate::script::ExprKind;
use crate::script::TextTest;
use crate::script::Type;
use crate::script::Value;
use crate::script::typing::Context;
use crate::script::typing::Kind;
use crate::script::typing::Typed;
use crate::script::typing::typed;
use rhai::Expr as Node;

/// The comparison a sign stands for.
pub(crate) fn operator(sign: &str) -> Option<CompareOp> {
    Some(match sign {
        "==" => CompareOp::Equal,
        "!=" => CompareOp::NotEqual,
        "<" => CompareOp::Less,
        "<=" => CompareOp::AtMost,
        ">" => CompareOp::Greater,
        ">=" => CompareOp::AtLeast,
        _ => return None,
    })
}

/// What a text in quotes would stand for beside something of this kind.
const fn stands_for(of: Kind) -> Option<Type> {
    match of {
        Kind::Is(of @ (Type::Choice(_) | Type::Level(_) | Type::Date)) => Some(of),
        _ => None,
    }
}

/// Two things and a comparison between them.
pub(crate) fn compared(
    context: &mut Context<'_, '_>,
    op: CompareOp,
    left: &Node,
    right: &Node,
) -> Option<Typed> {
    let (left, right) = if matches!(left, Node::StringConstant(..)) {
        let right = typed(context, right, None)?;
        let left = typed(context, left, stands_for(right.of))?;
        (left, right)
    } else {
        let first = typed(context, left, None);
        let wanted = first.as_ref().and_then(|it| stands_for(it.of));
        // Without the left side a text in quotes would be reported for the wrong reason.
        let second = match (&first, right) {
            (None, Node::StringConstant(..)) => None,
            _ => typed(context, right, wanted),
        };
        (first?, second?)
    };
    let compared = like(context, &left, &right)?;
    if !matches!(op, CompareOp::Equal | CompareOp::NotEqual) {
        ordered(context, compared, &left, &right)?;
    }
    let extent = left.extent.to(right.extent);
    let kind = specialised(op, compared, left.expr, right.expr);
    Some(context.make(kind, Kind::Is(Type::Flag), extent))
}

/// What two things both are, or the fault that they are not alike.
fn like(context: &mut Context<'_, '_>, left: &Typed, right: &Typed) -> Option<Compared> {
    let compared = match (left.of.as_type(), right.of.as_type()) {
        (Type::Flag, Type::Flag) => Some(Compared::Flags),
        (Type::Money(Some(a)), Type::Money(Some(b))) if a != b => None,
        _ if left.of.is_number() && right.of.is_number() => Some(Compared::Numbers),
        (Type::Text, Type::Text) => Some(Compared::Texts),
        (Type::Date, Type::Date) => Some(Compared::Dates),
        (Type::Choice(a), Type::Choice(b)) | (Type::Level(a), Type::Level(b))
            if context.scope.same_names(a, b) =>
        {
            Some(Compared::Indices)
        }
        _ => None,
    };
    if compared.is_some() {
        return compared;
    }
    let what = match (left.of.as_type(), right.of.as_type()) {
        (Type::Money(_), Type::Money(_)) => format!(
            "`{}` and `{}` are amounts in different currencies",
            context.quote(left),
            context.quote(right)
        ),
        _ => format!(
            "`{}` is {}, but `{}` is {}",
            context.quote(left),
            context.describe(left),
            context.quote(right),
            context.describe(right)
        ),
    };
    context.unlike(left.extent.to(right.extent), &what, None)
}

/// Refuses `<` and its like between things that have no order.
fn ordered(
    context: &mut Context<'_, '_>,
    compared: Compared,
    left: &Typed,
    right: &Typed,
) -> Option<()> {
    let is_choice = matches!(left.of, Kind::Is(Type::Choice(_)));
    if !is_choice && compared != Compared::Flags {
        return Some(());
    }
    let what =
        format!("`{}` is {}, which has no order", context.quote(left), context.describe(left));
    let help = "compare with `==`, `!=` or `in [\"…\", \"…\"]`";
    context.unlike(left.extent.to(right.extent), &what, Some(help))
}

/// The quickest form that says the same.
fn specialised(op: CompareOp, compared: Compared, left: Expr, right: Expr) -> ExprKind {
    match (&left.kind, &right.kind) {
        (ExprKind::Var(variable), ExprKind::Const(value)) => with_constant(op, *variable, *value),
        (ExprKind::Const(value), ExprKind::Var(variable)) => {
            with_constant(op.swapped(), *variable, *value)
        }
        _ => None,
    }
    .unwrap_or_else(|| {
        let (left, right) = (Box::new(left), Box::new(right));
        ExprKind::Compare { op, compared, left, right }
    })
}

const fn with_constant(
    op: CompareOp,
    variable: crate::script::VariableId,
    value: Value,
) -> Option<ExprKind> {
    match value {
        Value::Number(constant) => Some(ExprKind::VarNumber { op, variable, constant }),
        Value::Choice(constant) => Some(ExprKind::VarIndex { op, variable, constant }),
        _ => None,
    }
}

/// `item in [constants]`, or `"part" in text`.
pub(crate) fn listed_in(context: &mut Context<'_, '_>, item: &Node, list: &Node) -> Option<Typed> {
    let Node::Array(entries, start) = list else {
        return part_in(context, item, list);
    };
    let open = context.written.at(*start);
    let item = typed(context, item, None)?;
    let entries: Vec<Option<Typed>> = entries
        .iter()
        .map(|entry| {
            let entry = typed(context, entry, stands_for(item.of))?;
            like(context, &item, &entry)?;
            Some(entry)
        })
        .collect();
    let entries = entries.into_iter().collect::<Option<Vec<Typed>>>()?;
    let list = constants(context, &entries, item.of)?;
    let extent = item.extent.to(crate::script::reading::Extent::one(open));
    let kind = ExprKind::In { item: Box::new(item.expr), list };
    Some(context.make(kind, Kind::Is(Type::Flag), extent))
}

/// The constants of a list, which must all be written out.
fn constants(context: &mut Context<'_, '_>, entries: &[Typed], of: Kind) -> Option<Constants> {
    let mut values = Vec::new();
    let mut texts = Vec::new();
    for entry in entries {
        match &entry.expr.kind {
            ExprKind::Const(value) => values.push(*value),
            ExprKind::Text(text) => texts.push(text.clone()),
            _ => {
                return context.too_rich(entry.expr.span, "a list with anything but constants");
            }
        }
    }
    Some(match of {
        Kind::Is(Type::Text) => Constants::Texts(texts.into()),
        _ => Constants::Values(values.into()),
    })
}

fn part_in(context: &mut Context<'_, '_>, part: &Node, text: &Node) -> Option<Typed> {
    let part = typed(context, part, None);
    let text = typed(context, text, None)?;
    let part = part?;
    let is_text = |it: &Typed| it.of == Kind::Is(Type::Text);
    if !is_text(&part) || !is_text(&text) {
        let what = format!(
            "`in` needs a list such as `[\"…\", \"…\"]` after it, but `{}` is {}",
            context.quote(&text),
            context.describe(&text)
        );
        return context.unlike(text.extent, &what, None);
    }
    let extent = part.extent.to(text.extent);
    let (text, part) = (Box::new(text.expr), Box::new(part.expr));
    let kind = ExprKind::TextTest { test: TextTest::Contains, text, part };
    Some(context.make(kind, Kind::Is(Type::Flag), extent))
}
