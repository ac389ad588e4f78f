//! Who acts.

use crate::model::{CalendarId, EventId, RoleId, RuleId, RungId};
use crate::script::Expr;

/// A role of the organisation, or of somebody outside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// Who acts in its place.
    pub deputy: Option<RoleId>,
    /// Whether it belongs to somebody outside the organisation.
    pub external: bool,
    /// Whether only this role reads what it records.
    pub confidential: bool,
    /// The calendar during whose hours it is told; at any hour where there is none.
    pub told: Option<CalendarId>,
    /// The condition under which it is told at once in any case.
    pub at_once: Option<Expr>,
    /// How to reach it.
    pub contact: Option<String>,
    /// The entry.
    pub rule: RuleId,
}

/// Whose act something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Somebody in a role.
    Role(RoleId),
    /// The person who complains.
    Complainant,
    /// The person complained about.
    Respondent,
    /// The organisation's own machinery.
    System,
}

impl Party {
    /// The parties that are there without being declared, by name; in a set of parties they
    /// follow the roles in this order.
    pub const BUILT_IN: [(&'static str, Self); 3] = [
        ("complainant", Self::Complainant),
        ("respondent", Self::Respondent),
        ("system", Self::System),
    ];

    /// The names of [`Self::BUILT_IN`].
    pub fn built_in_names<'a>() -> impl Iterator<Item = &'a str> + Clone {
        Self::BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// The party that has this name without being declared.
    #[must_use]
    pub fn built_in(name: &str) -> Option<Self> {
        Self::BUILT_IN.iter().find(|(it, _)| *it == name).map(|(_, party)| *party)
    }
}

/// Who may do something, or is told something, as a protocol says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doer {
    /// Always the same party.
    Party(Party),
    /// `@handler`: the role of the current rung.
    Handler,
    /// `@owner`: the owner of the current stage.
    Owner,
}

/// Who may not do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Barred {
    /// The person complained about.
    Respondent,
    /// Whoever handled the case on this rung.
    Rung(RungId),
    /// Whoever reported this event.
    Event(EventId),
}
