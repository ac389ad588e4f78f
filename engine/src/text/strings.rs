//! Strings kept once, so that a case and its facts hold small numbers.

use std::collections::BTreeMap;
use std::sync::Arc;

/// A string of a [`Strings`], by its number. Means nothing without its table and is never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(pub u32);

/// A table of strings. Grows only; the shell owns it and hands it in. It may stand on another one
/// that does not change any more and is shared by many.
#[derive(Clone, Debug, Default)]
pub struct Strings {
    below: Option<Arc<Self>>,
    texts: Vec<Box<str>>,
    by_text: BTreeMap<Box<str>, Symbol>,
}

impl Strings {
    /// A table that knows what another one knows, by the same numbers.
    #[must_use]
    pub fn on(below: Arc<Self>) -> Self {
        Self { below: Some(below), ..Self::default() }
    }

    /// The number of a string, which is added if it is new. The table holds at most 2^32 - 1
    /// strings; later ones share the last number, which no shell comes near.
    pub fn intern(&mut self, text: &str) -> Symbol {
        if let Some(symbol) = self.find(text) {
            return symbol;
        }
        let symbol = Symbol(u32::try_from(self.len()).unwrap_or(u32::MAX));
        self.texts.push(text.into());
        self.by_text.insert(text.into(), symbol);
        symbol
    }

    /// The number of a string that is already in the table.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Symbol> {
        let own = || self.by_text.get(text).copied();
        self.below.as_ref().and_then(|it| it.find(text)).or_else(own)
    }

    /// How many strings there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.n_below().saturating_add(self.texts.len())
    }

    fn n_below(&self) -> usize {
        self.below.as_ref().map_or(0, |it| it.len())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The string with this number; empty for a number of another table.
    #[must_use]
    pub fn get(&self, symbol: Symbol) -> &str {
        let index = usize::try_from(symbol.0).unwrap_or(usize::MAX);
        match (index.checked_sub(self.n_below()), &self.below) {
            (Some(own), _) => self.texts.get(own).map_or("", |text| text),
            (None, Some(below)) => below.get(symbol),
            (None, None) => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_on_another_goes_on_where_that_one_ends() {
        let mut below = Strings::default();
        let (a, b) = (below.intern("a"), below.intern("b"));
        let below = Arc::new(below);
        let (mut one, mut other) = (Strings::on(Arc::clone(&below)), Strings::on(below));
        assert_eq!((one.intern("b"), one.intern("a"), one.find("c")), (b, a, None));
        let (c, d) = (one.intern("c"), other.intern("d"));
        assert_eq!((c, c), (d, Symbol(2)));
        assert_eq!((one.get(a), one.get(c), other.get(d)), ("a", "c", "d"));
        assert_eq!((one.len(), one.get(Symbol(3)), one.is_empty()), (3, "", false));
    }
}
