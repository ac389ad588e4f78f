//! `[words]`: how letters call the values of a choice.

use toml::de::DeValue;

use crate::syntax::table::{Entry, Table};
use crate::text::Spanned;

/// The words for the values of one field as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The field, `severity`, or for entries `record.field`.
    pub name: Spanned<String>,
    /// Its values, each with its words.
    pub values: Vec<(Spanned<String>, Vec<Word>)>,
}

/// A word in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The tag of the language.
    pub language: Spanned<String>,
    /// The word; `None` has been reported.
    pub says: Option<Spanned<String>>,
}

/// Reads `[words.outcome] upheld = { en = "upheld", nl = "gegrond" }`, and where one stands for each
/// field of a record, `[words.interview.party]`, all of them.
pub(crate) fn read(name: Spanned<String>, table: &mut Table<'_, '_>) -> Vec<Words> {
    let (mut values, mut all) = (Vec::new(), Vec::new());
    for entry in table.rest() {
        if is_of_entries(&entry) {
            let field = format!("{}.{}", name.value, entry.key);
            let what = format!("the words of `{}`", crate::syntax::name::shown(&field));
            let field = Spanned::new(field, entry.key_span);
            let words = table.table_of(entry, what, entry.key_span, |it| values_of(it));
            all.push(Words { name: field, values: words.unwrap_or_default() });
            continue;
        }
        values.push(value_of(table, entry));
    }
    if !values.is_empty() || all.is_empty() {
        all.push(Words { name, values });
    }
    all
}

/// Whether there are tables of words below: the words for the values of a field of a record.
fn is_of_entries(entry: &Entry<'_>) -> bool {
    let DeValue::Table(table) = entry.value else { return false };
    table.values().any(|it| matches!(it.get_ref(), DeValue::Table(_)))
}

fn values_of(table: &mut Table<'_, '_>) -> Vec<(Spanned<String>, Vec<Word>)> {
    let mut values = Vec::new();
    for entry in table.rest() {
        values.push(value_of(table, entry));
    }
    values
}

fn value_of<'t>(table: &mut Table<'t, '_>, entry: Entry<'t>) -> (Spanned<String>, Vec<Word>) {
    let value = entry.name();
    let what = format!("the words for `{}`", crate::syntax::name::shown(entry.key));
    let words = table.table_of(entry, what, entry.key_span, read_words);
    (value, words.unwrap_or_default())
}

fn read_words(table: &mut Table<'_, '_>) -> Vec<Word> {
    let mut words = Vec::new();
    for entry in table.rest() {
        let language = entry.name();
        words.push(Word { language, says: table.text_of(entry, "a word in quotes") });
    }
    words
}
