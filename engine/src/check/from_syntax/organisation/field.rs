//! `[fields]`.

use crate::check::from_syntax::organisation::literal;
use crate::check::from_syntax::organisation::role::title;
use crate::check::log::Log;
use crate::check::look_up::mend;
use crate::check::readable;
use crate::check::rules;
use crate::check::scope;
use crate::model::{Field, FieldKind, Preset};
use crate::script::NameSet;
use crate::script::Scope;
use crate::syntax;
use crate::syntax::Citation;

/// What a field holds. `roles` are the names of all roles.
pub(crate) fn kind(
    written: &syntax::Field,
    roles: &[String],
    set: &mut Scope,
    log: &mut Log<'_>,
) -> Option<FieldKind> {
    readable::name("field", &written.name, log);
    let found = kind_of(written, roles, set, log)?;
    if found == FieldKind::File {
        log.say(rules::file_of_case(written));
        return None;
    }
    Some(found)
}

/// What a field of a case or of an entry holds, whatever its name.
pub(crate) fn kind_of(
    written: &syntax::Field,
    roles: &[String],
    set: &mut Scope,
    log: &mut Log<'_>,
) -> Option<FieldKind> {
    let kind = written.kind.as_ref()?;
    let found = match kind.value.as_str() {
        "text" => FieldKind::Text,
        "number" => FieldKind::Number,
        "flag" => FieldKind::Flag,
        "date" => FieldKind::Date,
        "money" => FieldKind::Money(currency(written, log)?),
        "choice" => FieldKind::Choice(choices(written, set, log)?),
        "file" => FieldKind::File,
        "role" => FieldKind::Role(scope::add_set("role", roles.to_vec(), set)),
        _ => {
            log.say(rules::unknown_type(kind));
            return None;
        }
    };
    if let (Some(of), false) = (&written.of, matches!(found, FieldKind::Choice(_))) {
        let span = of.first().map_or(written.span, |it| it.span);
        log.say(rules::key_without_effect("of", span, "only a field of type `choice` has values"));
    }
    if let (Some(it), false) = (&written.currency, matches!(found, FieldKind::Money(_))) {
        let why = "only a field of type `money` has a currency";
        log.say(rules::key_without_effect("currency", it.span, why));
    }
    Some(found)
}

fn currency(written: &syntax::Field, log: &mut Log<'_>) -> Option<String> {
    let Some(currency) = &written.currency else {
        if !written.broken {
            log.say(rules::missing_currency(&written.name));
        }
        return None;
    };
    let is_code =
        currency.value.len() == 3 && currency.value.bytes().all(|b| b.is_ascii_uppercase());
    if !is_code {
        log.say(rules::bad_currency(currency));
        return None;
    }
    Some(currency.value.clone())
}

fn choices(
    written: &syntax::Field,
    scope: &mut Scope,
    log: &mut Log<'_>,
) -> Option<crate::script::SetId> {
    let Some(of) = written.of.as_ref().filter(|of| !of.is_empty()) else {
        if !written.broken {
            log.say(rules::missing_choices(&written.name));
        }
        return None;
    };
    for (place, choice) in of.iter().enumerate() {
        if let Some(first) = of.iter().take(place).find(|it| it.value == choice.value) {
            let found = rules::choice_twice(choice, &written.name.value, first.span);
            log.say(mend::leave_out(found, of, place, log.sources));
        }
    }
    let kind = format!("choice of `{}`", written.name.value);
    let names = of.iter().map(|it| it.value.clone()).collect();
    Some(scope.add_set(NameSet { kind, names }))
}

/// `[fields.X]`, once its kind is known. `None` where the kind is not; that has been reported.
pub(crate) fn field(
    written: &syntax::Field,
    kind: Option<&FieldKind>,
    scope: &Scope,
    log: &mut Log<'_>,
) -> Option<Field> {
    let rule =
        log.rule(format!("fields.{}", written.name.value), written.span, &Citation::default());
    Some(Field {
        name: written.name.value.clone(),
        title: title(written.title.as_ref(), &written.name),
        default: default(written, kind?, scope, log),
        kind: kind?.clone(),
        required: written.required,
        personal: written.personal,
        rule,
    })
}

/// What a field of a case or of an entry holds until somebody says something else.
pub(crate) fn default(
    written: &syntax::Field,
    kind: &FieldKind,
    scope: &Scope,
    log: &mut Log<'_>,
) -> Option<Preset> {
    let default = written.default.as_ref()?;
    if written.personal {
        log.say(rules::personal_default(&written.name.value, default.span));
        return None;
    }
    if written.required {
        log.say(rules::required_and_default(&written.name.value, default.span));
    }
    match literal::preset(&default.value, kind, scope) {
        Ok(preset) => Some(preset),
        Err(misfit) => {
            log.say(rules::bad_default(&written.name.value, default.span, misfit));
            None
        }
    }
}
