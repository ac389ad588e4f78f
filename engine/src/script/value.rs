//! The values that conditions read and functions give.

use crate::text::Symbol;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// One value of a case, small enough to be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nobody has said anything yet. Never equal to anything: reading it is a fault.
    Unset,
    /// Yes or no.
    Flag(bool),
    /// A number or an amount of money; the currency belongs to the field, not to the value.
    Number(Decimal),
    /// A position in a set of names, from 0: a choice, level, role, stage, rung, channel or event.
    Choice(u16),
    /// A civil date in the protocol's zone.
    Date(NaiveDate),
    /// A text.
    Text(Symbol),
    /// A personal value: a reference to where it is kept, never the text.
    Slot(Symbol),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stays_small_enough_to_copy() {
        assert!(size_of::<Value>() <= 24, "{}", size_of::<Value>());
    }
}
