//! Calls: questions about named things, and functions of `rules.rhai`.

use crate::script::ExprKind;
use crate::script::Function;
use crate::script::FunctionId;
use crate::script::Predicate;
use crate::script::Type;
use crate::script::reading::Extent;
use crate::script::reading::LIST_FUNCTIONS;
use crate::script::rules;
use crate::script::typing::Context;
use crate::script::typing::Kind;
use crate::script::typing::Typed;
use crate::script::typing::dotted::{dotted_name, flattened};
use crate::script::typing::entries;
use crate::script::typing::must_be;
use crate::script::typing::names;
use crate::script::typing::questions;
use crate::script::typing::texts::TEXT_FUNCTIONS;
use crate::script::typing::texts::of_text;
use crate::script::typing::typed;
use rhai::Expr as Node;

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
    if scope.is_unreadable_function(name) {
        // That its signature cannot be read has been reported, and nothing more can be said.
        return None;
    }
    unknown(context, name, at)
}

/// The tokens of a call: from its name to the bracket that closes its arguments.
pub(crate) fn call_extent(context: &Context<'_, '_>, name: Extent) -> Extent {
    let open = name.last.saturating_add(1);
    Extent { first: name.first, last: context.written.pair(open).unwrap_or(name.last) }
}

pub(crate) fn unknown(context: &mut Context<'_, '_>, name: &str, at: usize) -> Option<Typed> {
    let span = context.written.token_span(at);
    if LIST_FUNCTIONS.contains(&name) {
        let record = context.scope.record_names().next().unwrap_or("interview");
        let help = format!("only a record is asked this, as in `{record}.{name}(…)`");
        return context.refuse(rules::unknown_function(span, name, Some(help), []));
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
    let parts = flattened(argument);
    if entries::is_about_entries(context, &parts) {
        return entries::is_set(context, &parts, extent);
    }
    let Some((name, of_name)) = dotted_name(context, argument) else {
        let span = context.written.span(extent);
        let given = "something else";
        let takes = "the name of a field";
        return context.refuse(rules::wrong_arguments(span, "is_set", takes, given));
    };
    let (id, _) = names::find(context, &name, of_name)?;
    Some(context.make(ExprKind::IsSet(id), Kind::Is(Type::Flag), extent))
}

pub(crate) fn asked(
    context: &mut Context<'_, '_>,
    predicate: &Predicate,
    arguments: &[Node],
    extent: Extent,
) -> Option<Typed> {
    if !predicate.takes.is_empty() {
        return questions::asked(context, predicate, arguments, extent);
    }
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
    let of = context.scope.variable(*id)?.of;
    Some(context.make(ExprKind::Var(*id), Kind::Is(of), extent))
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
