//! What a reader asks of a table, noted while it asks.

use toml::de::DeValue;

use crate::syntax::form::Form;
use crate::syntax::form::Plain;
use crate::syntax::form::TableForm;

/// The key that stands for all keys of an author. No reader asks for it.
pub(crate) const SAMPLE_KEY: &str = "any-name";

/// The values that a reader finds while it is being described.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample<'t> {
    /// Under each key.
    pub(crate) value: &'t DeValue<'t>,
    /// As the element of each list.
    pub(crate) element: &'t DeValue<'t>,
}

impl<'t> Sample<'t> {
    /// The samples in a table that stands at this place.
    pub(crate) const fn inside(self, at: Place) -> Self {
        match at.depth == 0 && !at.is_chosen {
            true => self,
            false => Self { value: self.element, element: self.value },
        }
    }
}

/// Which value of a table is meant: that under a key, or an element of a list under it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// The key; nothing for those that an author chooses.
    pub(crate) key: Option<&'static str>,
    /// How many lists the value stands in.
    pub(crate) depth: u8,
    /// Whether the reader has looked which kind of value it is.
    pub(crate) is_chosen: bool,
}

impl Place {
    /// An element of the list at this place.
    pub(crate) const fn element(self) -> Self {
        Self { depth: self.depth.saturating_add(1), ..self }
    }

    /// The same place, after the reader has looked at the value.
    pub(crate) const fn chosen(self) -> Self {
        Self { is_chosen: true, ..self }
    }
}

/// What one table was asked for.
#[derive(Debug)]
pub(crate) struct Note<'t> {
    pub(crate) form: TableForm,
    pub(crate) sample: Sample<'t>,
}

impl Note<'_> {
    /// Notes a kind of value.
    pub(crate) fn plain(&mut self, at: Place, plain: Plain) {
        self.form_at(at).plain.insert(plain);
    }

    /// Notes a list.
    pub(crate) fn list(&mut self, at: Place, is_filled: bool) {
        self.form_at(at).list.get_or_insert_default().is_filled |= is_filled;
    }

    /// Notes a table.
    pub(crate) fn table(&mut self, at: Place, table: TableForm) {
        let table = Form { table: Some(Box::new(table)), ..Form::default() };
        self.form_at(at).merge(table);
    }

    /// Notes that a key is known, whatever it takes.
    pub(crate) fn key(&mut self, key: &'static str) {
        self.form.keys.entry(key).or_default();
    }

    /// Notes that the keys are names of an author.
    pub(crate) fn rest(&mut self) {
        self.form.rest.get_or_insert_default();
    }

    /// Notes that the keys of an author are declared as names.
    pub(crate) fn declared(&mut self, name: &str) {
        if let Some(rest) = self.form.rest.as_mut().filter(|_| name == SAMPLE_KEY) {
            rest.is_declared = true;
        }
    }

    fn form_at(&mut self, at: Place) -> &mut Form {
        let of_key = match at.key {
            Some(key) => self.form.keys.entry(key).or_default(),
            None => &mut self.form.rest.get_or_insert_default().of,
        };
        (0..at.depth).fold(of_key, |form, _| &mut form.list.get_or_insert_default().of)
    }
}
