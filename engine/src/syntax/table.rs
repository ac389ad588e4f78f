//! One table of a file, read key by key. Whatever was not asked for is reported at the end, so
//! that the keys a construct knows are exactly the keys that its reader reads.

use toml::de::DeTable;
use toml::de::DeValue;

use crate::diagnostic::Diagnostics;
use crate::syntax::layer::Places;
use crate::syntax::limit::ENTRIES_MAX;
use crate::syntax::limit::NAME_BYTES_MAX;
use crate::syntax::name;
use crate::syntax::name::NameFault;
use crate::syntax::name::shown;
use crate::syntax::rules;
use crate::text::Span;
use crate::text::Spanned;

/// A key and its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'t> {
    /// The key as decoded.
    pub(crate) key: &'t str,
    /// Where the key stands.
    pub(crate) key_span: Span,
    /// The value.
    pub(crate) value: &'t DeValue<'t>,
    /// Where the value stands: for a table its header, its braces, or its key.
    pub(crate) span: Span,
}

impl Entry<'_> {
    /// The key as a name.
    pub(crate) fn name(&self) -> Spanned<String> {
        Spanned::new(self.key.to_owned(), self.key_span)
    }
}

/// A table that is being read.
pub(crate) struct Table<'t, 'o> {
    /// What it is, for messages: ``role `agent` ``.
    pub(crate) what: String,
    /// Where it is.
    pub(crate) span: Span,
    /// Whether something in it could not be read.
    pub(crate) broken: bool,
    /// Where faults go.
    pub(crate) out: &'o mut Diagnostics,
    places: Places<'t>,
    entries: Vec<Entry<'t>>,
    asked: Vec<&'static str>,
    takes_any_key: bool,
}

impl<'t, 'o> Table<'t, 'o> {
    /// Reads a table with `read`, then reports the keys that nobody asked for.
    pub(crate) fn read<T>(
        places: Places<'t>,
        table: &'t DeTable<'t>,
        what: String,
        span: Span,
        out: &'o mut Diagnostics,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let entries = entries(places, table, &what, out);
        let (asked, takes_any_key, broken) = (Vec::new(), false, false);
        let mut reader = Self { what, span, broken, out, places, entries, asked, takes_any_key };
        let value = read(&mut reader);
        reader.report_unknown_keys();
        value
    }

    /// Reports each of these keys that is left out.
    pub(crate) fn requires(&mut self, keys: &[&str]) {
        for key in keys {
            if !self.entries.iter().any(|it| it.key == *key) {
                self.out.push(rules::missing_key(key, &self.what, self.span));
                self.broken = true;
            }
        }
    }

    /// The values of all entries.
    pub(crate) fn values(&self) -> impl Iterator<Item = &'t DeValue<'t>> {
        self.entries.iter().map(|it| it.value)
    }

    /// The entry of a key.
    pub(crate) fn entry(&mut self, key: &'static str) -> Option<Entry<'t>> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        self.entries.iter().find(|it| it.key == key).copied()
    }

    /// All entries whose keys have not been asked for, in the order of the file; these keys are
    /// names or values of the author.
    pub(crate) fn rest(&mut self) -> Vec<Entry<'t>> {
        self.takes_any_key = true;
        let is_left = |it: &&Entry<'t>| !self.asked.contains(&it.key);
        self.entries.iter().filter(is_left).copied().collect()
    }

    /// Reports keys of later versions of the language; what stands behind them is not looked at.
    pub(crate) fn later(&mut self, keys: &[&'static str]) {
        for key in keys {
            if let Some(entry) = self.entry(key) {
                self.out.push(rules::not_supported_yet(key, entry.key_span));
                self.broken = true;
            }
        }
    }

    /// Reports a value of the wrong kind.
    pub(crate) fn wrong(&mut self, key: &str, takes: &str, value: &DeValue<'_>, span: Span) {
        self.out.push(rules::wrong_type(key, takes, kind(value), span));
        self.broken = true;
    }

    /// A table at the top of a file: `[time]`.
    pub(crate) fn section<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Table<'t, '_>) -> T,
    ) -> Option<T> {
        let entry = self.entry(key)?;
        self.table_of(entry, format!("`[{key}]`"), entry.span, read)
    }

    /// The table under a key.
    pub(crate) fn table<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Table<'t, '_>) -> T,
    ) -> Option<T> {
        let entry = self.entry(key)?;
        let what = format!("`{key}` of {}", self.what);
        self.table_of(entry, what, entry.span, read)
    }

    /// A value that must be a table.
    pub(crate) fn table_of<T>(
        &mut self,
        entry: Entry<'t>,
        what: String,
        span: Span,
        read: impl FnOnce(&mut Table<'t, '_>) -> T,
    ) -> Option<T> {
        let DeValue::Table(table) = entry.value else {
            self.wrong(&shown(entry.key), "a table", entry.value, entry.span);
            return None;
        };
        Some(Table::read(self.places, table, what, span, &mut *self.out, read))
    }

    /// The tables under a key: a list of tables (`[[key]]`).
    pub(crate) fn rows<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Table<'t, '_>) -> T,
    ) -> Vec<T> {
        let Some(entry) = self.entry(key) else {
            return Vec::new();
        };
        let what = format!("an entry of `{key}`");
        match entry.value {
            DeValue::Array(_) => {
                let elements = self.elements(entry);
                let rows = elements.into_iter();
                rows.filter_map(|it| self.table_of(it, what.clone(), it.span, &mut read)).collect()
            }
            _ => {
                self.wrong(key, "a list of tables", entry.value, entry.span);
                Vec::new()
            }
        }
    }

    /// One table, or a list of tables that is not empty.
    pub(crate) fn one_or_more<T>(
        &mut self,
        entry: Entry<'t>,
        what: &str,
        mut read: impl FnMut(&mut Table<'t, '_>) -> T,
    ) -> Vec<T> {
        let elements = match entry.value {
            DeValue::Array(_) => self.some_elements(entry),
            DeValue::Table(_) => vec![entry],
            _ => {
                self.wrong(
                    &shown(entry.key),
                    "a table or a list of tables",
                    entry.value,
                    entry.span,
                );
                Vec::new()
            }
        };
        let rows = elements.into_iter();
        rows.filter_map(|it| self.table_of(it, what.to_owned(), it.span, &mut read)).collect()
    }

    /// The named tables of a section: `[roles.agent]`. `kind` is what each of them is: `role`.
    pub(crate) fn named<T>(
        &mut self,
        key: &'static str,
        kind: &str,
        mut read: impl FnMut(Spanned<String>, &mut Table<'t, '_>) -> T,
    ) -> Vec<T> {
        let all = self.section(key, |table| {
            let mut all = Vec::new();
            for entry in table.rest() {
                let name = table.declared(entry.key, entry.key_span);
                let what = format!("{kind} `{}`", shown(entry.key));
                all.extend(table.table_of(entry, what, entry.key_span, |it| read(name, it)));
            }
            all
        });
        all.unwrap_or_default()
    }

    /// A name that is declared here. A bad one is reported and kept, so that those who mention it
    /// are not reported as well.
    pub(crate) fn declared(&mut self, name: &str, span: Span) -> Spanned<String> {
        if let Some(fault) = name::declared_fault(name) {
            self.out.push(rules::bad_name(name, fault, span));
        }
        Spanned::new(name.to_owned(), span)
    }

    /// The elements of a list; empty if the value is no list.
    pub(crate) fn elements(&mut self, entry: Entry<'t>) -> Vec<Entry<'t>> {
        let DeValue::Array(array) = entry.value else {
            return Vec::new();
        };
        if let Some(first) = array.get(ENTRIES_MAX) {
            let span = self.places.span(first.span());
            let holder = format!("`{}` of {}", shown(entry.key), self.what);
            self.out.push(rules::too_many_entries(&holder, array.len(), ENTRIES_MAX, span));
        }
        let of = |it: &'t toml::Spanned<DeValue<'t>>| Entry {
            value: it.get_ref(),
            span: self.places.span(it.span()),
            ..entry
        };
        array.iter().take(ENTRIES_MAX).map(of).collect()
    }

    /// The elements of a list that must hold something.
    pub(crate) fn some_elements(&mut self, entry: Entry<'t>) -> Vec<Entry<'t>> {
        let elements = self.elements(entry);
        if elements.is_empty() {
            self.out.push(rules::empty_list(&shown(entry.key), &self.what, entry.span));
            self.broken = true;
        }
        elements
    }

    fn report_unknown_keys(&mut self) {
        if self.takes_any_key {
            return;
        }
        let written: Vec<&str> = self.entries.iter().map(|it| it.key).collect();
        for entry in self.entries.iter().filter(|it| !self.asked.contains(&it.key)) {
            let (span, asked) = (entry.key_span, &self.asked);
            self.out.push(rules::unknown_key(entry.key, &self.what, span, asked, &written));
        }
    }
}

/// The entries in the order of the file. The parser moves a table to the end when its header
/// comes after the headers of its own parts. What a protocol takes over comes before its own.
fn entries<'t>(
    places: Places<'_>,
    table: &'t DeTable<'t>,
    what: &str,
    out: &mut Diagnostics,
) -> Vec<Entry<'t>> {
    let mut in_order: Vec<_> = table.iter().collect();
    in_order.sort_by_key(|(key, _)| key.span().start);
    let mut entries: Vec<Entry<'t>> = Vec::new();
    for (key, value) in in_order {
        let (key_span, span) = (places.span(key.span()), places.span(value.span()));
        if key.get_ref().len() > NAME_BYTES_MAX {
            out.push(rules::bad_name(key.get_ref(), NameFault::TooLong(NAME_BYTES_MAX), key_span));
            continue;
        }
        entries.push(Entry { key: key.get_ref(), key_span, value: value.get_ref(), span });
    }
    if let Some(first) = entries.get(ENTRIES_MAX) {
        out.push(rules::too_many_entries(what, entries.len(), ENTRIES_MAX, first.key_span));
        entries.truncate(ENTRIES_MAX);
    }
    entries
}

/// A kind of value in plain words.
const fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
