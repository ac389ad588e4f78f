//! The kinds of values that a key takes.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// A value that is neither a list nor a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Plain {
    /// Any text.
    Text,
    /// A text for people, which is not blank.
    NotBlank,
    /// The name of something that is declared: printable ASCII, not empty.
    Name,
    /// This text and no other.
    Word(&'static str),
    /// `true` or `false`.
    Flag,
    /// A whole number that is not negative.
    Count,
    /// Any number.
    Number,
    /// A date, with a time and an offset or without.
    Moment,
}

/// What a value may be: any of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// The plain values.
    pub plain: BTreeSet<Plain>,
    /// A list.
    pub list: Option<Box<ListForm>>,
    /// A table.
    pub table: Option<Box<TableForm>>,
}

/// What a list holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListForm {
    /// Each of its elements.
    pub of: Form,
    /// Whether it must hold something.
    pub is_filled: bool,
}

/// What a table holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableForm {
    /// The keys that it knows.
    pub keys: BTreeMap<&'static str, Form>,
    /// The keys that it must have.
    pub required: BTreeSet<String>,
    /// The keys that it must have unless it is named so itself, with those names.
    pub required_unless: BTreeMap<String, BTreeSet<&'static str>>,
    /// Whether it must hold something.
    pub is_filled: bool,
    /// What stands under every other key, if it takes any.
    pub rest: Option<RestForm>,
}

/// What stands under the keys that an author chooses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RestForm {
    /// The values.
    pub of: Form,
    /// Whether the keys are names that are declared so: letters, digits, `_` and `-`, a letter
    /// first.
    pub is_declared: bool,
}

impl Form {
    /// Adds what a value may be besides.
    pub(crate) fn merge(&mut self, other: Self) {
        self.plain.extend(other.plain);
        merge_boxed(&mut self.list, other.list, |whole, part| {
            whole.is_filled |= part.is_filled;
            whole.of.merge(part.of);
        });
        merge_boxed(&mut self.table, other.table, TableForm::merge);
    }

    /// Whether nobody has said what the value may be.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.plain.is_empty() && self.list.is_none() && self.table.is_none()
    }
}

impl TableForm {
    /// Adds what a table may hold besides. What both require is required.
    pub(crate) fn merge(&mut self, other: Self) {
        for (key, form) in other.keys {
            self.keys.entry(key).or_default().merge(form);
        }
        self.required.retain(|it| other.required.contains(it));
        self.required_unless.retain(|it, _| other.required_unless.contains_key(it));
        self.is_filled |= other.is_filled;
        if let Some(rest) = other.rest {
            let whole = self.rest.get_or_insert_default();
            whole.is_declared |= rest.is_declared;
            whole.of.merge(rest.of);
        }
    }
}

fn merge_boxed<T>(whole: &mut Option<Box<T>>, part: Option<Box<T>>, merge: impl Fn(&mut T, T)) {
    match (whole.as_deref_mut(), part) {
        (Some(whole), Some(part)) => merge(whole, *part),
        (None, part) => *whole = part,
        (Some(_), None) => {}
    }
}
