//! From a condition in a protocol file to a checked expression.

use crate::diagnostic::Diagnostics;
use crate::script::Expr;
use crate::script::Located;
use crate::script::Sandbox;
use crate::script::Scope;
use crate::script::Type;
use crate::script::reading::Written;
use crate::script::reading::closure;
use crate::script::reading::screen;
use crate::script::reading::syntax_fault;
use crate::script::rules;
use crate::script::typing;
use crate::script::typing::Context;
use crate::script::typing::Typed;

/// Reads a condition, which must be a yes or no. Whatever is wrong is added to `out`, each thing
/// at its own place; then there is no expression.
pub fn parse_condition(
    sandbox: &Sandbox,
    source: &Located<'_>,
    scope: &Scope,
    out: &mut Diagnostics,
) -> Option<Expr> {
    let written = Written::new(*source);
    let mut context = Context::new(scope, sandbox, &written, out);
    let typed = parse(&mut context, Some(Type::Flag))?;
    let expr = typing::must_be_condition(&mut context, typed)?.expr;
    typing::nothing_unset(&mut context, &expr)?;
    Some(expr)
}

/// Reads an expression that gives a value of a kind. A text in quotes may stand for a choice, a
/// level or a date where one is wanted.
pub fn parse_value(
    sandbox: &Sandbox,
    source: &Located<'_>,
    wanted: Type,
    scope: &Scope,
    out: &mut Diagnostics,
) -> Option<Expr> {
    let written = Written::new(*source);
    let mut context = Context::new(scope, sandbox, &written, out);
    let typed = parse(&mut context, Some(wanted))?;
    let expr = typing::must_be(&mut context, typed, wanted)?.expr;
    typing::nothing_unset(&mut context, &expr)?;
    Some(expr)
}

fn parse(context: &mut Context<'_, '_>, wanted: Option<Type>) -> Option<Typed> {
    let written = context.written;
    if let Some(found) = screen::too_long(written).or_else(|| screen::first_slip(written)) {
        context.out.push(found);
        return None;
    }
    let text = closure::without_closures(written);
    match context.sandbox.parser().compile_expression(&text) {
        Ok(tree) => typing::typed_tree(context, &tree, wanted),
        Err(error) if written.tokens().is_empty() => {
            let span = written.span_at(error.1);
            context.out.push(rules::condition_syntax(span, "nothing is written", None, None));
            None
        }
        Err(error) => {
            context.out.push(syntax_fault::of_condition(written, &error));
            None
        }
    }
}
