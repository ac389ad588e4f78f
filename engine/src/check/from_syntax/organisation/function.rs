//! `[functions]`: the signatures of `rules.rhai`.

use crate::check::log::Log;
use crate::check::look_up::names::NameList;
use crate::check::rules;
use crate::model::Function;
use crate::script::Scope;
use crate::script::Type;
use crate::script::reserved_word;
use crate::syntax;
use crate::text::Spanned;

const TYPES: [&str; 6] = ["number", "flag", "text", "date", "money", "severity"];

/// `[functions.X]`. A type is a word, `severity`, or the name of a field whose type it has.
pub(crate) fn function(
    written: &syntax::Function,
    fields: &NameList<'_>,
    scope: &mut Scope,
    log: &mut Log<'_>,
) -> Option<Function> {
    if reserved_word(&written.name.value) {
        log.say(rules::reserved_name("function", &written.name, "a word of conditions"));
    }
    let takes: Vec<Option<Type>> =
        written.takes.iter().map(|it| argument(it, fields, scope, log)).collect();
    let gives = written.gives.as_ref().and_then(|it| argument(it, fields, scope, log));
    let takes = takes.into_iter().collect::<Option<Vec<Type>>>();
    let (Some(takes), Some(gives)) = (takes, gives) else {
        scope.add_unreadable_function(&written.name.value);
        return None;
    };
    scope.add_function(&written.name.value, takes.clone(), gives);
    Some(Function { name: written.name.value.clone(), takes, gives })
}

fn argument(
    written: &Spanned<String>,
    fields: &NameList<'_>,
    scope: &Scope,
    log: &mut Log<'_>,
) -> Option<Type> {
    match written.value.as_str() {
        "number" => return Some(Type::Number),
        "flag" => return Some(Type::Flag),
        "text" => return Some(Type::Text),
        "date" => return Some(Type::Date),
        "money" => return Some(Type::Money(None)),
        _ => {}
    }
    let of_name = || scope.find_variable(&written.value).map(|(_, variable)| variable.of);
    let named = fields.place(&written.value).is_some() || written.value == "severity";
    let found = named.then(of_name).flatten();
    if found.is_none() {
        log.say(rules::unknown_argument(written, TYPES));
    }
    found
}
