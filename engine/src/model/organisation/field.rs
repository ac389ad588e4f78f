//! The columns of the register, the channels, and the functions of `rules.rhai`.

use crate::model::RuleId;
use crate::script::SetId;
use crate::script::Type;
use crate::script::Value;

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Free text.
    Text,
    /// A decimal number.
    Number,
    /// An amount of money in one currency (ISO 4217 code).
    Money(String),
    /// One of a set of names.
    Choice(SetId),
    /// Yes or no.
    Flag,
    /// A civil date in the protocol's zone.
    Date,
    /// One of the roles; the set of all role names.
    Role(SetId),
    /// A piece of evidence, by the hash of its content. Only in entries of records.
    File,
}

/// A field of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in the file and in conditions.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether `opened` must bring it.
    pub required: bool,
    /// What it holds before anybody sets it. Never a text constant that is personal.
    pub default: Option<Preset>,
    /// Whether its values are references to a personal slot, never text.
    pub personal: bool,
    /// The entry.
    pub rule: RuleId,
}

/// A value written in a protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preset {
    /// A value that needs no table of strings.
    Value(Value),
    /// A text.
    Text(String),
}

/// A way in which people reach the organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// Whether what comes this way is in writing.
    pub written: bool,
}

/// The declared signature of a function of `rules.rhai`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// What it takes.
    pub takes: Vec<Type>,
    /// What it gives.
    pub gives: Type,
}
