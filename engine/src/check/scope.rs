//! What conditions of this protocol may read.

use crate::check::look_up::names::{NameList, Names};
use crate::model::{
    BUILT_IN_OF_ENTRY, DeadlineId, FieldId, FieldKind, LetterId, Party, Sets, Variable,
};
use crate::script::Currency;
use crate::script::NameSet;
use crate::script::Scope;
use crate::script::SetId;
use crate::script::Type;
use crate::syntax;

/// Words that mean something in every condition, so that no field may have them as name.
pub(crate) const BUILT_IN: [&str; 14] = [
    "severity",
    "rung",
    "stage",
    "channel",
    "by",
    "event",
    "intake",
    "history",
    "met",
    "breached",
    "breached_ever",
    "running",
    "lapsed",
    "sent",
];

/// A set of the names of one kind.
pub(crate) fn add_set(kind: &str, names: Vec<String>, scope: &mut Scope) -> SetId {
    scope.add_set(NameSet { kind: kind.to_owned(), names })
}

/// Adds the sets of names that no field declares.
pub(crate) fn add_sets(names: &Names<'_>, has_severity: bool, scope: &mut Scope) -> Sets {
    let parties = names.roles.iter().chain(Party::built_in_names()).map(str::to_owned).collect();
    let mut set = |kind: &str, list: &NameList<'_>| add_set(kind, list.to_vec(), scope);
    Sets {
        levels: has_severity.then(|| set("severity level", &names.levels)),
        rungs: set("rung", &names.rungs),
        stages: set("stage", &names.stages),
        channels: set("channel", &names.channels),
        events: set("event", &names.events),
        intake: (names.intake.len() > 0).then(|| set("kind of intake", &names.intake)),
        parties: add_set("role", parties, scope),
    }
}

/// Adds everything that may be read; the list says what each variable means.
pub(crate) fn add_variables(
    names: &Names<'_>,
    fields: &[(Option<FieldKind>, bool)],
    deadlines: &[syntax::Deadline],
    sets: &Sets,
    scope: &mut Scope,
) -> Vec<Variable> {
    let mut meanings = Vec::new();
    let mut add = |name: &str, of: Type, meaning: Variable, scope: &mut Scope| {
        scope.add_variable(name, of);
        meanings.push(meaning);
    };
    let mut currencies: Vec<&str> = Vec::new();
    for (place, (name, (kind, personal))) in names.fields.iter().zip(fields).enumerate() {
        let Some(kind) = kind else { continue };
        let of = if *personal { Type::Personal } else { type_of(kind, &mut currencies) };
        add(name, of, Variable::Field(FieldId::at(place)), scope);
    }
    if let Some(levels) = sets.levels {
        add("severity", Type::Level(levels), Variable::Severity, scope);
    }
    if names.rungs.len() > 0 {
        add("rung", Type::Level(sets.rungs), Variable::Rung, scope);
    }
    add("stage", Type::Choice(sets.stages), Variable::Stage, scope);
    add("channel", Type::Choice(sets.channels), Variable::Channel, scope);
    add("channel.written", Type::Flag, Variable::ChannelWritten, scope);
    add("by", Type::Choice(sets.parties), Variable::By, scope);
    add("event", Type::Choice(sets.events), Variable::Event, scope);
    if let Some(intake) = sets.intake {
        add("intake", Type::Choice(intake), Variable::Intake, scope);
    }
    add_predicates(names, deadlines, scope, &mut meanings);
    meanings
}

/// Adds the records, with what every entry has by itself after its own fields. `kinds` are what
/// the fields of each record hold; `fields` are those of the case, as for [`add_variables`].
pub(crate) fn add_records(
    records: &[syntax::Record],
    kinds: &[Vec<Option<FieldKind>>],
    fields: &[(Option<FieldKind>, bool)],
    scope: &mut Scope,
) {
    let mut currencies: Vec<&str> = Vec::new();
    for kind in
        fields.iter().filter(|(_, personal)| !personal).filter_map(|(kind, _)| kind.as_ref())
    {
        type_of(kind, &mut currencies);
    }
    for (record, kinds) in records.iter().zip(kinds) {
        let mut all: Vec<(String, Type)> = Vec::new();
        let mut set: Vec<&str> = Vec::new();
        for (written, kind) in record.fields.iter().zip(kinds) {
            let name = written.field.name.value.as_str();
            let of = match kind {
                _ if written.field.personal => Type::Personal,
                Some(kind) => type_of(kind, &mut currencies),
                None => continue,
            };
            all.push((name.to_owned(), of));
            let optional = written.optional.as_ref().is_some_and(|it| it.value);
            if !optional || written.field.default.is_some() {
                set.push(name);
            }
        }
        let of_all = [Type::Text, Type::Date, Type::Flag, Type::Date];
        let n_built_in = if record.done { of_all.len() } else { 2 };
        let built_in = BUILT_IN_OF_ENTRY.iter().zip(of_all).take(n_built_in);
        all.extend(built_in.map(|(name, of)| ((*name).to_owned(), of)));
        let id = scope.add_record(&record.name.value, all);
        for name in set.into_iter().chain(BUILT_IN_OF_ENTRY.into_iter().take(3)) {
            scope.always_set(id, name);
        }
    }
}

/// The type of a field in conditions. `currencies` numbers the currencies met so far.
pub(crate) fn type_of<'k>(kind: &'k FieldKind, currencies: &mut Vec<&'k str>) -> Type {
    match kind {
        FieldKind::Text | FieldKind::File => Type::Text,
        FieldKind::Number => Type::Number,
        FieldKind::Flag => Type::Flag,
        FieldKind::Date => Type::Date,
        FieldKind::Choice(set) | FieldKind::Role(set) => Type::Choice(*set),
        FieldKind::Money(currency) => {
            let known = currencies.iter().position(|it| *it == currency.as_str());
            let place = known.unwrap_or_else(|| {
                currencies.push(currency);
                currencies.len().saturating_sub(1)
            });
            Type::Money(Some(Currency(u16::try_from(place).unwrap_or(u16::MAX))))
        }
    }
}

fn add_predicates(
    names: &Names<'_>,
    deadlines: &[syntax::Deadline],
    scope: &mut Scope,
    meanings: &mut Vec<Variable>,
) {
    type Of = fn(DeadlineId) -> Variable;
    let about_deadlines: [(&str, Of, bool); 5] = [
        ("met", Variable::Met, false),
        ("breached", Variable::Breached, false),
        ("breached_ever", Variable::BreachedEver, false),
        ("running", Variable::Running, false),
        ("lapsed", Variable::Lapsed, true),
    ];
    for (name, meaning, only_windows) in about_deadlines {
        let only_duties = name.starts_with("breached");
        let predicate = scope.add_predicate(name, if only_windows { "window" } else { "deadline" });
        for (place, deadline) in deadlines.iter().enumerate() {
            if (only_windows && !deadline.window) || (only_duties && deadline.window) {
                continue;
            }
            scope.add_predicate_case(predicate, &deadline.name.value);
            meanings.push(meaning(DeadlineId::at(place)));
        }
    }
    let sent = scope.add_predicate("sent", "letter");
    for (place, letter) in names.letters.iter().enumerate() {
        scope.add_predicate_case(sent, letter);
        meanings.push(Variable::Sent(LetterId::at(place)));
    }
}
