//! Questions about a record: `interview.some(|i| …)`, `interview.count()`.

use crate::script::ExprKind;
use crate::script::Quantifier;
use crate::script::RecordId;
use crate::script::Type;
use crate::script::Which;
use crate::script::reading::Closure;
use crate::script::reading::Extent;
use crate::script::rules;
use crate::script::typing::Context;
use crate::script::typing::Kind;
use crate::script::typing::Typed;
use crate::script::typing::calls::call_extent;
use crate::script::typing::counted;
use crate::script::typing::entries::closure::asked_of_each;
use crate::script::typing::entries::field::of_entry;
use rhai::Expr as Node;
use rhai::FnCallExpr;

/// What `some` and `all` take.
const EACH: &str = "a condition on each entry, as in `|i| i.done`";

/// What can be asked of a record.
const QUESTIONS: [&str; 5] = ["some", "all", "count", "is_empty", "last"];

/// The name that a dotted expression starts with, if it is that of an entry or a record.
fn named<'n>(context: &Context<'_, '_>, parts: &[&'n Node]) -> Option<&'n str> {
    let Some(Node::Variable(first, ..)) = parts.first() else {
        return None;
    };
    let name = first.1.as_str();
    let is_known = context.entry(name).is_some() || context.scope.find_record(name).is_some();
    is_known.then_some(name)
}

/// Whether a dotted expression starts with the name of an entry or a record.
pub(crate) fn is_about_entries(context: &Context<'_, '_>, parts: &[&Node]) -> bool {
    named(context, parts).is_some()
}

/// A dotted expression that starts with the name of an entry or a record.
pub(crate) fn about_entries(context: &mut Context<'_, '_>, parts: &[&Node]) -> Option<Typed> {
    let name = named(context, parts)?;
    let (first, rest) = parts.split_first()?;
    let at = context.written.at(first.position());
    if let Some((entry, record)) = context.entry(name) {
        return of_entry(context, (record, entry), name, Extent::one(at), rest);
    }
    let (record, _) = context.scope.find_record(name)?;
    asked(context, record, name, at, rest)
}

/// What is asked of a record; `at` is the token of its name.
fn asked(
    context: &mut Context<'_, '_>,
    record: RecordId,
    name: &str,
    at: usize,
    rest: &[&Node],
) -> Option<Typed> {
    let [question, rest @ ..] = rest else {
        let span = context.written.token_span(at);
        return context.refuse(rules::record_as_value(span, name));
    };
    let question_at = context.written.at(question.position());
    let Node::MethodCall(call, _) = question else {
        return no_call(context, record, name, question_at);
    };
    let extent = call_extent(context, Extent { first: at, last: question_at });
    let asked = call.name.as_str();
    if !QUESTIONS.contains(&asked) {
        return no_question(context, name, asked, question_at);
    }
    let closure = Closure::of_call(context.written, question_at);
    fits(context, call, closure, extent)?;
    let flag = Kind::Is(Type::Flag);
    let (kind, of) = match (asked, closure) {
        ("some", Some(it)) => (asked_of_each(context, Quantifier::Some, record, it)?, flag),
        ("all", Some(it)) => (asked_of_each(context, Quantifier::All, record, it)?, flag),
        ("count", Some(it)) => {
            (asked_of_each(context, Quantifier::Count, record, it)?, Kind::Whole)
        }
        ("count", None) => (ExprKind::EntryCount(record), Kind::Whole),
        ("is_empty", None) => (ExprKind::NoEntries(record), flag),
        _ => {
            let last = context.written.text(extent);
            return of_entry(context, (record, Which::Last), last, extent, rest);
        }
    };
    if let Some(more) = rest.first() {
        let span = context.written.span_at(more.position());
        return context.too_rich(span, "a part of the result of a call");
    }
    Some(context.make(kind, of, extent))
}

/// Refuses a question with other arguments than it takes.
fn fits(
    context: &mut Context<'_, '_>,
    call: &FnCallExpr,
    closure: Option<Closure>,
    extent: Extent,
) -> Option<()> {
    let takes = match call.name.as_str() {
        "some" | "all" => EACH,
        "count" => "nothing, or a condition on each entry, as in `|i| i.done`",
        _ => "no arguments",
    };
    let needs = matches!(call.name.as_str(), "some" | "all");
    let may = needs || call.name == "count";
    let comma = closure.and_then(|it| it.comma(context.written));
    let given = match (closure, comma, call.args.len()) {
        (Some(_), Some(_), _) => "more than that".to_owned(),
        (Some(_), None, _) if may => return Some(()),
        (None, _, 0) if !needs => return Some(()),
        (Some(_), ..) => "a condition".to_owned(),
        (None, _, count) => counted(count),
    };
    let span = context.written.span(extent);
    context.refuse(rules::wrong_arguments(span, &call.name, takes, &given))
}

/// Something after the dot that is not called.
fn no_call(
    context: &mut Context<'_, '_>,
    record: RecordId,
    name: &str,
    at: usize,
) -> Option<Typed> {
    let span = context.written.token_span(at);
    let word = context.written.token(at).map_or("", |it| it.text);
    if QUESTIONS.contains(&word) {
        let takes = match word {
            "some" | "all" => EACH,
            _ => "brackets after it, as in `()`",
        };
        return context.refuse(rules::wrong_arguments(span, word, takes, "none"));
    }
    match context.scope.record(record).and_then(|it| it.find_field(word)) {
        Some(_) => context.refuse(rules::field_of_entries(span, name, word)),
        None => unknown_question(context, word, at),
    }
}

/// A function that records do not have.
fn no_question(context: &mut Context<'_, '_>, name: &str, asked: &str, at: usize) -> Option<Typed> {
    let instead = match asked {
        "any" | "exists" | "contains" | "find" => format!("`{name}.some(|i| …)`"),
        "none" => format!("`!{name}.some(|i| …)`"),
        "every" => format!("`{name}.all(|i| …)`"),
        "filter" | "map" => format!("`{name}.count(|i| …)` or `{name}.some(|i| …)`"),
        "len" | "size" => format!("`{name}.count()`"),
        "first" => format!("`{name}.some(|i| …)`; only the last entry can be read by itself"),
        _ => return unknown_question(context, asked, at),
    };
    let span = context.written.token_span(at);
    let help = Some(format!("write {instead}"));
    context.refuse(rules::unknown_function(span, asked, help, []))
}

fn unknown_question(context: &mut Context<'_, '_>, asked: &str, at: usize) -> Option<Typed> {
    let span = context.written.token_span(at);
    context.refuse(rules::unknown_function(span, asked, None, QUESTIONS))
}
