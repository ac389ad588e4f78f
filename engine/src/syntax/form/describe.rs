//! Readers, run on samples of every kind of value.

use toml::Spanned;
use toml::de::DeTable;
use toml::de::DeValue;

use crate::diagnostic::Diagnostics;
use crate::syntax::Table;
use crate::syntax::form::Sample;
use crate::syntax::form::TableForm;
use crate::syntax::include;
use crate::syntax::organisation::holiday::set;
use crate::text::FileId;
use crate::text::Span;
use crate::text::Spanned as Placed;

/// A value of each kind. Where a reader looks at a value before it says what it takes, it is led
/// every way by one of them.
const SAMPLES: &str = "text = 'x'\nflag = true\ncount = 1\nnumber = 1.5\ndate = 2026-01-31\n\
                       list = ['x']\ntable = { x = 'x' }\nnested = { x = { x = 'x' } }\n";

/// What a file of a protocol takes: `protocol.toml`, and every part that it includes.
#[must_use]
pub fn protocol() -> TableForm {
    table(|root| drop(include::read_root(root)))
}

/// What a file with a set of holidays takes: `calendars/*.toml`.
#[must_use]
pub fn holiday_set() -> TableForm {
    table(|root| {
        let name = Placed::new("x".to_owned(), root.span);
        drop(set::read(name, false, root));
    })
}

/// What the table takes that is read by this.
pub(crate) fn table(read: impl Fn(&mut Table<'_, '_>)) -> TableForm {
    let (root, _) = DeTable::parse_recoverable(SAMPLES);
    let values: Vec<&DeValue<'_>> = root.get_ref().values().map(Spanned::get_ref).collect();
    let mut whole: Option<TableForm> = None;
    for value in &values {
        for element in &values {
            let mut out = Diagnostics::default();
            let sample = Sample { value, element };
            let form = Table::describe(Span::whole(FileId(0)), sample, &mut out, &read);
            match &mut whole {
                Some(whole) => whole.merge(form),
                None => whole = Some(form),
            }
        }
    }
    whole.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_through_a_reader_is_taken() {
        let form = protocol();
        let deadline = &form.keys["deadlines"].table.as_ref().unwrap().rest.as_ref().unwrap().of;
        let deadline = deadline.table.as_ref().unwrap();
        let within = &deadline.keys["within"];
        assert!(!within.plain.is_empty());
        let choices = within.list.as_ref().unwrap();
        assert!(choices.is_filled);
        assert!(choices.of.table.as_ref().unwrap().required.contains("is"));
        assert!(within.table.as_ref().unwrap().rest.is_some());
        assert!(deadline.required.contains("who"));
        let words = &form.keys["words"].table.as_ref().unwrap().rest.as_ref().unwrap().of;
        let words = words.table.as_ref().unwrap().rest.as_ref().unwrap();
        assert!(!words.of.table.as_ref().unwrap().rest.as_ref().unwrap().of.plain.is_empty());
    }
}
