//! A closure: a condition asked of each entry.

use crate::script::Expr;
use crate::script::ExprKind;
use crate::script::Quantifier;
use crate::script::RecordId;
use crate::script::Type;
use crate::script::Which;
use crate::script::reading::Closure;
use crate::script::reading::Extent;
use crate::script::reading::TokenKind;
use crate::script::reading::only;
use crate::script::reading::unreadable;
use crate::script::reserved_word;
use crate::script::rules;
use crate::script::typing::Context;
use crate::script::typing::context::Bound;
use crate::script::typing::must_be_condition;
use crate::script::typing::tree::typed_tree;
use crate::text::Span;

/// Reads the closure of a question about a record.
pub(super) fn asked_of_each(
    context: &mut Context<'_, '_>,
    asked: Quantifier,
    record: RecordId,
    closure: Closure,
) -> Option<ExprKind> {
    let entry = match context.bound.len() {
        0 => Which::Outer,
        1 => Which::Inner,
        _ => {
            let span = context.written.token_span(closure.bar);
            let instead = "ask about two records at most; move the rest into a named condition";
            let what = "a question about entries inside two others";
            return context.refuse(rules::condition_too_rich(span, what, instead));
        }
    };
    let name = entry_name(context, closure)?;
    context.bound.push(Bound { name, record });
    let condition = condition(context, closure);
    context.bound.pop();
    let condition = Box::new(condition?);
    let mut parts = 0u32;
    condition.walk(&mut |_| parts = parts.saturating_add(1));
    Some(ExprKind::Entries { record, asked, entry, condition, parts })
}

/// The condition after the bars.
fn condition(context: &mut Context<'_, '_>, closure: Closure) -> Option<Expr> {
    let written = context.written;
    let Some(body) = closure.body(written) else {
        let span = written.token_span(closure.close);
        let what = "nothing is asked after the bars";
        return context.refuse(rules::condition_syntax(span, what, None, None));
    };
    let tree = match context.sandbox.parser().compile_expression(only(written, body)) {
        Ok(tree) => tree,
        Err(error) => return context.refuse(unreadable(written, &error)),
    };
    let typed = typed_tree(context, &tree, Some(Type::Flag))?;
    must_be_condition(context, typed).map(|it| it.expr)
}

/// The one name between the bars, if it is free.
fn entry_name(context: &mut Context<'_, '_>, closure: Closure) -> Option<String> {
    let written = context.written;
    let Some(second) = closure.second else {
        let span = written.token_span(closure.bar);
        let help = Some("write `|i| …`");
        return context.refuse(rules::condition_syntax(
            span,
            "the second `|` is missing",
            help,
            None,
        ));
    };
    let span = written.span(Extent { first: closure.bar, last: second });
    let tokens = written.tokens().get(closure.names()).unwrap_or_default();
    let [only] = tokens else {
        let what = match tokens {
            [] => "between the bars a name for the entry is missing",
            _ => "between the bars only one name may stand",
        };
        return refuse(context, span, what, "named here");
    };
    if only.kind != TokenKind::Word || only.text == "_" {
        let what = format!("`{}` is no name for an entry", only.text);
        return refuse(context, span, &what, "no name");
    }
    if let Some(taken) = taken(context, only.text) {
        let what = format!("`{}` cannot name an entry: {taken}", only.text);
        return refuse(context, span, &what, "taken");
    }
    Some(only.text.to_owned())
}

fn refuse(context: &mut Context<'_, '_>, span: Span, what: &str, label: &str) -> Option<String> {
    context.refuse(rules::bad_entry_name(span, what, label))
}

/// What a name means already.
fn taken(context: &Context<'_, '_>, name: &str) -> Option<&'static str> {
    let scope = context.scope;
    let is_part = |it: &str| {
        it.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    if reserved_word(name) {
        return Some("the word means something in conditions");
    }
    if context.bound.iter().any(|it| it.name == name) {
        return Some("the question around this one uses it");
    }
    if scope.record_names().any(is_part) {
        return Some("a record has this name");
    }
    if scope.variable_names().any(is_part) {
        return Some("conditions read something else by it");
    }
    scope.callable_names().any(is_part).then_some("a function has this name")
}
