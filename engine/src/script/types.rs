//! What kinds of value there are, and the names they are made of.

/// A set of names of a [`Scope`](crate::script::Scope), by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SetId(pub u16);

/// Something a condition may read, by its number in the scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VariableId(pub u16);

/// A function of `rules.rhai`, by its number in the scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FunctionId(pub u16);

/// A record of a [`Scope`](crate::script::Scope), by its number: a list of entries with the same
/// fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub u16);

/// A currency, by a number that only has to differ between currencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(pub u16);

/// What a value is, known when the protocol is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Yes or no.
    Flag,
    /// A decimal number.
    Number,
    /// An amount of money. Compares with numbers and with money of the same currency; `+` and `-`
    /// take money of the same currency, `*` and `/` a number.
    Money(Option<Currency>),
    /// A text.
    Text,
    /// A civil date.
    Date,
    /// One of the names of a set, in no order.
    Choice(SetId),
    /// One of the names of a set, lowest first.
    Level(SetId),
    /// A value about a person: a condition may only ask whether it is set.
    Personal,
}

/// The names a choice or level may have, in order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameSet {
    /// What one of the names is: `severity level`, `stage`, ``choice of `harm` ``.
    pub kind: String,
    /// The names; a value is a position in here.
    pub names: Vec<String>,
}

impl NameSet {
    /// The position of a name.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<u16> {
        let index = self.names.iter().position(|it| it == name)?;
        u16::try_from(index).ok()
    }

    /// The name at a position.
    #[must_use]
    pub fn name(&self, index: u16) -> Option<&str> {
        self.names.get(usize::from(index)).map(String::as_str)
    }
}
