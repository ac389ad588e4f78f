//! Calls: questions about named things, functions of `rules.rhai`, and the few built-in ones.

use crate::script::ExprKind;
use crate::script::Function;
use crate::script::FunctionId;
use crate::script::Predicate;
use crate::script::TextTest;
use crate::script::Type;
use crate::script::rules;
use crate::script::typing::Context;
use crate::script::typing::Kind;
use crate::script::typing::Typed;
use crate::script::typing::must_be;
use crate::script::typing::names;
use crate::script::typing::typed;
use crate::script::written::Extent;
use rhai::Expr as Node;

/// What can be asked of a text. Each may be written `text.contains("x")` or `contains(text, "x")`.
const TEXT_FUNCTIONS: [&str; 5] = ["contains", "starts_with", "ends_with", "len", "is_empty"];

/// What rhai offers for lists, which authors will try on records.
const LIST_FUNCTIONS: [&str; 9] =
    ["some", "all", "count", "last", "first", "filter", "map", "none", "any"];

/// A number of arguments in words.
pub(crate) fn counted(count: usize) -> String {
    match count {
        0 => "no arguments".to_owned(),
        1 => "1 argument".to_owned(),
        _ => format!("{count} arguments"),
    }
}

/// `name(arguments)`; `at` is the token of the name.
pub(crate) fn called(
    context: &mut Context<'_, '_>,
    name: &str,
    arguments: &[Node],
    at: usize,
) -> Option<Typed> {
    let extent = call_extent(context, Extent::one(at));
    if name == "is_set" {
        return is_set(context, arguments, extent);
    }
    let scope = context.scope;
    if let Some(predicate) = scope.find_predicate(name) {
        return asked(context, predicate, arguments, extent);
    }
    if let Some((id, function)) = scope.find_function(name) {
        return function_called(context, id, function, arguments, extent);
    }
    if let (true, [text, rest @ ..]) = (TEXT_FUNCTIONS.contains(&name), arguments) {
        let text = typed(context, text, None)?;
        return of_text(context, name, text, rest, extent);
    }
    unknown(context, name, at)
}

/// The tokens of a call: from its name to the bracket that closes its arguments.
fn call_extent(context: &Context<'_, '_>, name: Extent) -> Extent {
    let open = name.last.saturating_add(1);
    Extent { first: name.first, last: context.written.pair(open).unwrap_or(name.last) }
}

fn unknown(context: &mut Context<'_, '_>, name: &str, at: usize) -> Option<Typed> {
    let span = context.written.token_span(at);
    if LIST_FUNCTIONS.contains(&name) {
        return context.too_rich(span, &format!("`{name}(…)` over a record"));
    }
    let scope = context.scope;
    let help = scope
        .find_variable(name)
        .map(|_| format!("`{name}` is a value: write it without brackets"));
    let known = scope.callable_names().chain(TEXT_FUNCTIONS).chain(["is_set"]);
    context.refuse(rules::unknown_function(span, name, help, known))
}

fn is_set(context: &mut Context<'_, '_>, arguments: &[Node], extent: Extent) -> Option<Typed> {
    let [argument] = arguments else {
        let span = context.written.span(extent);
        let given = counted(arguments.len());
        return context.refuse(rules::wrong_arguments(span, "is_set", "1 field", &given));
    };
    let Some((name, of_name)) = dotted_name(context, argument) else {
        let span = context.written.span(extent);
        let given = "something else";
        let takes = "the name of a field";
        return context.refuse(rules::wrong_arguments(span, "is_set", takes, given));
    };
    let (id, _) = names::find(context, &name, of_name)?;
    Some(context.make(ExprKind::IsSet(id), Kind::Is(Type::Flag), extent))
}

/// The name a node is, if it is nothing but a name, and its tokens.
fn dotted_name(context: &Context<'_, '_>, node: &Node) -> Option<(String, Extent)> {
    let mut parts = Vec::new();
    flatten(node, &mut parts);
    joined_name(context, &parts)
}

/// The parts of `a.b.c()`, which rhai nests to the right.
fn flatten<'n>(node: &'n Node, parts: &mut Vec<&'n Node>) {
    match node {
        Node::Dot(pair, ..) => {
            flatten(&pair.lhs, parts);
            flatten(&pair.rhs, parts);
        }
        other => parts.push(other),
    }
}

fn asked(
    context: &mut Context<'_, '_>,
    predicate: &Predicate,
    arguments: &[Node],
    extent: Extent,
) -> Option<Typed> {
    let [Node::StringConstant(argument, position)] = arguments else {
        if let [Node::Variable(parts, _, position)] = arguments
            && predicate.cases.contains_key(parts.1.as_str())
        {
            let place = context.written.located().place;
            let quoted = Some(place.escaped(&format!("\"{}\"", parts.1)));
            let span = context.written.span_at(*position);
            let known = context.scope.variable_names();
            let found = rules::unknown_name(span, &parts.1, "name", quoted, str::to_owned, known);
            return context.refuse(found);
        }
        let takes = format!("the name of a {} in double quotes", predicate.kind);
        let given = match arguments {
            [_] => "something else".to_owned(),
            _ => counted(arguments.len()),
        };
        let span = context.written.span(extent);
        return context.refuse(rules::wrong_arguments(span, &predicate.name, &takes, &given));
    };
    let Some(id) = predicate.cases.get(argument.as_str()) else {
        let span = context.written.span_at(*position);
        let known = predicate.cases.keys().map(String::as_str);
        let place = context.written.located().place;
        let quoted = |name: &str| place.escaped(&format!("\"{name}\""));
        let found = rules::unknown_name(span, argument, &predicate.kind, None, quoted, known);
        return context.refuse(found);
    };
    Some(context.make(ExprKind::Var(*id), Kind::Is(Type::Flag), extent))
}

fn function_called(
    context: &mut Context<'_, '_>,
    id: FunctionId,
    function: &Function,
    arguments: &[Node],
    extent: Extent,
) -> Option<Typed> {
    if arguments.len() != function.takes.len() {
        let span = context.written.span(extent);
        let takes = counted(function.takes.len());
        let given = counted(arguments.len());
        return context.refuse(rules::wrong_arguments(span, &function.name, &takes, &given));
    }
    let given: Vec<Option<Typed>> = arguments
        .iter()
        .zip(&function.takes)
        .map(|(argument, wanted)| {
            let argument = typed(context, argument, Some(*wanted))?;
            must_be(context, argument, *wanted)
        })
        .collect();
    let given = given.into_iter().collect::<Option<Vec<Typed>>>()?;
    let arguments = given.into_iter().map(|it| it.expr).collect();
    Some(context.make(ExprKind::Call(id, arguments), Kind::Is(function.gives), extent))
}

/// `a.b`, `a.b.len()`, `history.cases("x")`.
pub(crate) fn dotted(context: &mut Context<'_, '_>, node: &Node) -> Option<Typed> {
    let mut parts = Vec::new();
    flatten(node, &mut parts);
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

/// A question about a text.
fn of_text(
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
