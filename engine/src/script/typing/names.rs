//! Names of things a condition reads.

use crate::script::ExprKind;
use crate::script::Type;
use crate::script::VariableId;
use crate::script::reading::Extent;
use crate::script::rules;
use crate::script::typing::Context;
use crate::script::typing::Kind;
use crate::script::typing::Typed;
use crate::script::typing::counted;
use crate::script::typing::entries;

/// Reads a variable. The name may be dotted.
pub(crate) fn variable(context: &mut Context<'_, '_>, name: &str, extent: Extent) -> Option<Typed> {
    let (id, of) = find(context, name, extent)?;
    if of == Type::Personal {
        let span = context.written.span(extent);
        return context.refuse(rules::personal_in_condition(span, name));
    }
    Some(context.make(ExprKind::Var(id), Kind::Is(of), extent))
}

/// The variable with a name, or the fault that there is none.
pub(crate) fn find(
    context: &mut Context<'_, '_>,
    name: &str,
    extent: Extent,
) -> Option<(VariableId, Type)> {
    if let Some((id, variable)) = context.scope.find_variable(name) {
        return Some((id, variable.of));
    }
    entries::as_value(context, name, extent)?;
    let span = context.written.span(extent);
    let scope = context.scope;
    if let Some(predicate) = scope.find_predicate(name) {
        let takes = format!("the name of a {} in brackets", predicate.kind);
        return context.refuse(rules::wrong_arguments(span, name, &takes, "none"));
    }
    if let Some((_, function)) = scope.find_function(name) {
        let takes = counted(function.takes.len());
        return context.refuse(rules::wrong_arguments(span, name, &takes, "none"));
    }
    let quoted = scope
        .is_value_name(name)
        .then(|| context.written.located().place.escaped(&format!("\"{name}\"")));
    let found =
        rules::unknown_name(span, name, "name", quoted, str::to_owned, scope.variable_names());
    context.refuse(found)
}
