//! The fields of one entry: `i.party`, `undertaking.last().due`.

use crate::script::EntryValue;
use crate::script::ExprKind;
use crate::script::RecordId;
use crate::script::Type;
use crate::script::Which;
use crate::script::reading::Extent;
use crate::script::rules;
use crate::script::typing::Context;
use crate::script::typing::Kind;
use crate::script::typing::Typed;
use crate::script::typing::calls::call_extent;
use crate::script::typing::entries::question::about_entries;
use crate::script::typing::texts::TEXT_FUNCTIONS;
use crate::script::typing::texts::of_text;
use rhai::Expr as Node;

/// A field of an entry, or a question about a text in it. `name` is the entry as it is written,
/// `extent` its tokens, `rest` what follows it.
pub(super) fn of_entry(
    context: &mut Context<'_, '_>,
    (record, entry): (RecordId, Which),
    name: &str,
    extent: Extent,
    rest: &[&Node],
) -> Option<Typed> {
    let [Node::Property(field, position), rest @ ..] = rest else {
        return no_field(context, record, name, extent, rest);
    };
    let at = context.written.at(*position);
    let extent = extent.to(Extent::one(at));
    let known = context.scope.record(record)?;
    let Some((place, found)) = known.find_field(&field.2) else {
        let span = context.written.token_span(at);
        let names = known.fields.iter().map(|it| it.name.as_str());
        return context.refuse(rules::unknown_entry_field(span, &field.2, &known.name, names));
    };
    let of = found.of;
    if of == Type::Personal && !context.asks_is_set {
        let span = context.written.span(extent);
        return context.refuse(rules::personal_in_condition(span, context.written.text(extent)));
    }
    let value = EntryValue { record, entry, field: place };
    let read = context.make(ExprKind::EntryField(value), Kind::Is(of), extent);
    let [question, rest @ ..] = rest else {
        return Some(read);
    };
    let at = context.written.at(question.position());
    let (asked, arguments) = match question {
        Node::MethodCall(call, _) => (call.name.as_str(), &*call.args),
        Node::Property(part, _) => (part.2.as_str(), [].as_slice()),
        _ => ("", [].as_slice()),
    };
    let is_question = TEXT_FUNCTIONS.contains(&asked);
    if !is_question || !rest.is_empty() {
        let span = context.written.token_span(at);
        return context.refuse(rules::unknown_function(span, asked, None, TEXT_FUNCTIONS));
    }
    let extent = call_extent(context, extent.to(Extent::one(at)));
    of_text(context, asked, read, arguments, extent)
}

/// An entry without a field after it.
fn no_field(
    context: &mut Context<'_, '_>,
    record: RecordId,
    name: &str,
    extent: Extent,
    rest: &[&Node],
) -> Option<Typed> {
    let known = context.scope.record(record)?;
    if let Some(Node::MethodCall(call, position)) = rest.first() {
        let span = context.written.span_at(*position);
        let help = format!("`{name}` is an entry of `{}`: it has fields only", known.name);
        return context.refuse(rules::unknown_function(span, &call.name, Some(help), []));
    }
    let span = context.written.span(extent);
    let field = known.fields.first().map(|it| it.name.as_str());
    context.refuse(rules::entry_as_value(span, name, &known.name, field))
}

/// `is_set(i.recording)`; `parts` start with the name of an entry or a record.
pub(crate) fn is_set(
    context: &mut Context<'_, '_>,
    parts: &[&Node],
    extent: Extent,
) -> Option<Typed> {
    let before = std::mem::replace(&mut context.asks_is_set, true);
    let read = about_entries(context, parts);
    context.asks_is_set = before;
    if let ExprKind::EntryField(value) = read?.expr.kind {
        let kind = ExprKind::IsEntryFieldSet(value);
        return Some(context.make(kind, Kind::Is(Type::Flag), extent));
    }
    let span = context.written.span(extent);
    let takes = "a field, as in `is_set(i.done_at)`";
    context.refuse(rules::wrong_arguments(span, "is_set", takes, "something else"))
}

/// Refuses a record or an entry that stands where a value is wanted.
pub(crate) fn as_value(context: &mut Context<'_, '_>, name: &str, extent: Extent) -> Option<()> {
    let span = context.written.span(extent);
    let scope = context.scope;
    if let Some((_, record)) = context.entry(name) {
        let record = scope.record(record)?;
        let field = record.fields.first().map(|it| it.name.as_str());
        return context.refuse(rules::entry_as_value(span, name, &record.name, field));
    }
    if scope.find_record(name).is_some() {
        return context.refuse(rules::record_as_value(span, name));
    }
    Some(())
}
