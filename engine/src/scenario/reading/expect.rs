//! `expect`: what must be true after a step.

use crate::diagnostic::Diagnostics;
use crate::model::Protocol;
use crate::scenario::Expect;
use crate::scenario::reading::names;
use crate::scenario::reading::value;
use crate::scenario::rules;
use crate::syntax::Table;
use crate::text::Spanned;

/// Reads `expect`.
pub(crate) fn read(protocol: &Protocol, table: &mut Table<'_, '_>) -> Expect {
    let now = table.moment("now").and_then(|it| value::when(protocol, &it, table.out));
    let refused = table.name("refused");
    Expect {
        met: all(protocol, table, "met", names::deadline),
        breached: all(protocol, table, "breached", names::deadline),
        lapsed: all(protocol, table, "lapsed", names::deadline),
        warned: all(protocol, table, "warned", names::deadline),
        letters: all(protocol, table, "letters", names::letter),
        told: all(protocol, table, "told", names::party),
        stage: one(protocol, table, "stage", names::stage),
        rung: one(protocol, table, "rung", names::rung),
        severity: one(protocol, table, "severity", names::level),
        now,
        due: due(protocol, table),
        fields: fields(protocol, table),
        allowed: some(protocol, table, "allowed", names::event),
        running: some(protocol, table, "running", names::deadline),
        refused: refused.and_then(|it| names::refusal(protocol, it, table.out)),
    }
}

type Find<T> = fn(&Protocol, &Spanned<String>, &mut Diagnostics) -> Option<T>;

fn one<T>(
    protocol: &Protocol,
    table: &mut Table<'_, '_>,
    key: &'static str,
    find: Find<T>,
) -> Option<Spanned<T>> {
    let name = table.name(key)?;
    let found = find(protocol, &name, table.out)?;
    Some(Spanned::new(found, name.span))
}

fn some<T>(
    protocol: &Protocol,
    table: &mut Table<'_, '_>,
    key: &'static str,
    find: Find<T>,
) -> Vec<Spanned<T>> {
    let mut found = Vec::new();
    for name in table.names(key) {
        let id = find(protocol, &name, table.out);
        found.extend(id.map(|id| Spanned::new(id, name.span)));
    }
    found
}

/// A list that names all there is; an empty one says that there is nothing.
fn all<T>(
    protocol: &Protocol,
    table: &mut Table<'_, '_>,
    key: &'static str,
    find: Find<T>,
) -> Option<Spanned<Vec<T>>> {
    let span = table.entry(key)?.span;
    let found = some(protocol, table, key, find);
    Some(Spanned::new(found.into_iter().map(|it| it.value).collect(), span))
}

fn due(
    protocol: &Protocol,
    table: &mut Table<'_, '_>,
) -> Vec<(crate::model::DeadlineId, Spanned<crate::scenario::Due>)> {
    let read = table.table("due", |table| {
        let mut found = Vec::new();
        for entry in table.rest() {
            let name = Spanned::new(entry.key.to_owned(), entry.key_span);
            let deadline = names::deadline(protocol, &name, table.out);
            let literal = table.literal_of(entry);
            let due = literal.and_then(|it| value::due(protocol, it, table.out));
            found.extend(deadline.zip(due));
        }
        found
    });
    read.unwrap_or_default()
}

fn fields(
    protocol: &Protocol,
    table: &mut Table<'_, '_>,
) -> Vec<(crate::model::FieldId, Spanned<crate::runtime::Given>)> {
    let read = table.table("fields", |table| {
        let mut found = Vec::new();
        for entry in table.rest() {
            let name = Spanned::new(entry.key.to_owned(), entry.key_span);
            let field = names::field(protocol, &name, table.out);
            let Some(literal) = table.literal_of(entry) else { continue };
            let Some(field) = field else { continue };
            if protocol.fields.get(field.index()).is_some_and(|it| it.personal) {
                let problem = format!("the field `{}` is personal", name.value);
                let help = "a case holds only a reference to it: expect another field";
                table.out.push(rules::scenario_bad_value(problem, entry.span, help));
                continue;
            }
            let given = value::given(protocol, field, literal, table.out);
            found.extend(given.map(|given| (field, Spanned::new(given, entry.span))));
        }
        found
    });
    read.unwrap_or_default()
}
