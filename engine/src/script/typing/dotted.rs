//! Names and calls with dots: `channel.written`, `description.len()`, `history.cases("x")`.

use crate::script::reading::Extent;
use crate::script::reading::LIST_FUNCTIONS;
use crate::script::typing::Context;
use crate::script::typing::Typed;
use crate::script::typing::calls::asked;
use crate::script::typing::calls::call_extent;
use crate::script::typing::calls::unknown;
use crate::script::typing::entries;
use crate::script::typing::names;
use crate::script::typing::texts::TEXT_FUNCTIONS;
use crate::script::typing::texts::of_text;
use crate::script::typing::typed;
use rhai::Expr as Node;

/// `a.b`, `a.b.len()`, `history.cases("x")`.
pub(crate) fn dotted(context: &mut Context<'_, '_>, node: &Node) -> Option<Typed> {
    let parts = flattened(node);
    if entries::is_about_entries(context, &parts) {
        return entries::about_entries(context, &parts);
    }
    let (last, before) = parts.split_last()?;
    let last_at = context.written.at(last.position());
    let span = context.written.token_span(last_at);
    if let Some((name, extent)) = dotted_name(context, node) {
        return dotted_value(context, &name, extent, before, last_at);
    }
    let Node::MethodCall(call, _) = last else {
        return context.too_rich(span, "a part of the result of a call");
    };
    let receiver = joined_name(context, before);
    if let Some((name, of_name)) = &receiver {
        let full = format!("{name}.{}", call.name);
        let scope = context.scope;
        if let Some(predicate) = scope.find_predicate(&full) {
            let extent = call_extent(context, of_name.to(Extent::one(last_at)));
            return asked(context, predicate, &call.args, extent);
        }
    }
    let name = call.name.as_str();
    if LIST_FUNCTIONS.contains(&name) || !TEXT_FUNCTIONS.contains(&name) {
        return unknown(context, name, last_at);
    }
    let text = match (receiver, before) {
        (Some((name, extent)), _) => names::variable(context, &name, extent)?,
        (None, [only]) => typed(context, only, None)?,
        (None, _) => return context.too_rich(span, "a chain of calls"),
    };
    let extent = call_extent(context, text.extent.to(Extent::one(last_at)));
    of_text(context, name, text, &call.args, extent)
}

/// `a.b` as a name, or `a.len` as a question about a text.
fn dotted_value(
    context: &mut Context<'_, '_>,
    name: &str,
    extent: Extent,
    before: &[&Node],
    last_at: usize,
) -> Option<Typed> {
    let known = context.scope.find_variable(name).is_some();
    let last = context.written.token(last_at).map_or("", |it| it.text);
    match joined_name(context, before) {
        Some((text, of_text_name))
            if !known
                && matches!(last, "len" | "is_empty")
                && context.scope.find_variable(&text).is_some() =>
        {
            let text = names::variable(context, &text, of_text_name)?;
            of_text(context, last, text, &[], extent)
        }
        _ => names::variable(context, name, extent),
    }
}

/// The name a node is, if it is nothing but a name, and its tokens.
pub(crate) fn dotted_name(context: &Context<'_, '_>, node: &Node) -> Option<(String, Extent)> {
    let parts = flattened(node);
    joined_name(context, &parts)
}

/// Parts as one dotted name, if they are nothing but names.
fn joined_name(context: &Context<'_, '_>, parts: &[&Node]) -> Option<(String, Extent)> {
    let mut name = String::new();
    let mut extent: Option<Extent> = None;
    for part in parts {
        match part {
            Node::Variable(parts, ..) if parts.2.is_empty() && name.is_empty() => {
                name.push_str(&parts.1);
            }
            Node::Property(parts, _) if !name.is_empty() => {
                name.push('.');
                name.push_str(&parts.2);
            }
            _ => return None,
        }
        let here = Extent::one(context.written.at(part.position()));
        extent = Some(extent.map_or(here, |it| it.to(here)));
    }
    Some((name, extent?))
}

/// The parts of `a.b.c()`, which rhai nests to the right.
pub(crate) fn flattened(node: &Node) -> Vec<&Node> {
    let mut parts = Vec::new();
    flatten(node, &mut parts);
    parts
}

fn flatten<'n>(node: &'n Node, parts: &mut Vec<&'n Node>) {
    match node {
        Node::Dot(pair, ..) => {
            flatten(&pair.lhs, parts);
            flatten(&pair.rhs, parts);
        }
        other => parts.push(other),
    }
}
