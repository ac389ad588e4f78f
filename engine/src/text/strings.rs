//! Strings kept once, so that a case and its facts hold small numbers.

use std::collections::BTreeMap;

/// A string of a [`Strings`], by its number. Means nothing without its table and is never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(pub u32);

/// A table of strings. Grows only; the shell owns it and hands it in.
#[derive(Clone, Debug, Default)]
pub struct Strings {
    texts: Vec<Box<str>>,
    by_text: BTreeMap<Box<str>, Symbol>,
}

impl Strings {
    /// The number of a string, which is added if it is new. The table holds at most 2^32 - 1
    /// strings; later ones share the last number, which no shell comes near.
    pub fn intern(&mut self, text: &str) -> Symbol {
        if let Some(symbol) = self.by_text.get(text) {
            return *symbol;
        }
        let symbol = Symbol(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.texts.push(text.into());
        self.by_text.insert(text.into(), symbol);
        symbol
    }

    /// The number of a string that is already in the table.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Symbol> {
        self.by_text.get(text).copied()
    }

    /// The string with this number; empty for a number of another table.
    #[must_use]
    pub fn get(&self, symbol: Symbol) -> &str {
        let index = usize::try_from(symbol.0).unwrap_or(usize::MAX);
        self.texts.get(index).map_or("", |text| text)
    }
}
