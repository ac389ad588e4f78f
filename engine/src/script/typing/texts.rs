//! What can be asked of a text.

use crate::script::ExprKind;
use crate::script::TextTest;
use crate::script::Type;
use crate::script::reading::Extent;
use crate::script::rules;
use crate::script::typing::Context;
use crate::script::typing::Kind;
use crate::script::typing::Typed;
use crate::script::typing::calls::counted;
use crate::script::typing::must_be;
use crate::script::typing::typed;
use rhai::Expr as Node;

/// What can be asked of a text. Each may be written `text.contains("x")` or `contains(text, "x")`.
pub(crate) const TEXT_FUNCTIONS: [&str; 5] =
    ["contains", "starts_with", "ends_with", "len", "is_empty"];

/// A question about a text.
pub(crate) fn of_text(
    context: &mut Context<'_, '_>,
    name: &str,
    text: Typed,
    arguments: &[Node],
    extent: Extent,
) -> Option<Typed> {
    let text = must_be(context, text, Type::Text)?;
    let test = match name {
        "contains" => Some(TextTest::Contains),
        "starts_with" => Some(TextTest::StartsWith),
        "ends_with" => Some(TextTest::EndsWith),
        _ => None,
    };
    let whole = Box::new(text.expr);
    match (test, arguments) {
        (Some(test), [part]) => {
            let part = typed(context, part, Some(Type::Text))?;
            let part = Box::new(must_be(context, part, Type::Text)?.expr);
            let kind = ExprKind::TextTest { test, text: whole, part };
            Some(context.make(kind, Kind::Is(Type::Flag), extent))
        }
        (None, []) if name == "len" => {
            Some(context.make(ExprKind::TextLength(whole), Kind::Whole, extent))
        }
        (None, []) => {
            Some(context.make(ExprKind::TextIsEmpty(whole), Kind::Is(Type::Flag), extent))
        }
        (test, _) => {
            let takes = if test.is_some() { "1 text" } else { "no arguments" };
            let span = context.written.span(extent);
            let given = counted(arguments.len());
            context.refuse(rules::wrong_arguments(span, name, takes, &given))
        }
    }
}
