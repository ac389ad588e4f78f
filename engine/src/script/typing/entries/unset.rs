//! Entries and fields of entries that may be missing where they are read.

use crate::script::Expr;
use crate::script::Need;
use crate::script::needs;
use crate::script::rules;
use crate::script::typing::Context;

/// Refuses an expression that reads the last entry of a record that may have none, or a field
/// that an entry need not have, without asking first.
pub(crate) fn nothing_unset(context: &mut Context<'_, '_>, expr: &Expr) -> Option<()> {
    let scope = context.scope;
    let mut fine = Some(());
    let mut reported = Vec::new();
    for (need, span) in needs(expr) {
        let found = match need {
            Need::Variable(_) => continue,
            Need::Entry(record) => {
                let name = scope.record(record).map_or("?", |it| it.name.as_str());
                rules::no_entry_yet(span, name)
            }
            Need::EntryField(value) => {
                let field = scope.record(value.record).and_then(|it| it.field(value.field));
                // Where the whole entry may be missing, that has been said.
                if field.is_none_or(|it| it.always_set) || reported.contains(&span) {
                    continue;
                }
                let text = context.written.text_at(span);
                rules::entry_field_unset(span, text)
            }
        };
        reported.push(span);
        fine = context.refuse(found);
    }
    fine
}
