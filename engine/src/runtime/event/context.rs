//! What a decision needs from outside the case.

use crate::model::RoleId;
use crate::text::{Strings, Symbol};

/// What comes from outside. Nothing here can change what was true: who is absent decides only
/// who is told.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The table in which the event and the case keep their strings; made by
    /// [`Machine::strings`](crate::machine::Machine::strings).
    pub strings: &'a Strings,
    /// The roles in which nobody is present now. What they should be told goes to their deputy,
    /// else up the ladder, else to the accountable role.
    pub absent: &'a [RoleId],
    /// The numbers that entries have already, each by the id of the event that added it: of events
    /// that are decided once more. Any other entry gets the next number.
    pub numbers: &'a [(Symbol, u16)],
    /// How many amendments of calendars a case counts with that is opened: of an opening that is
    /// decided once more, as many as then. Without it all that the machine knows.
    pub amended: Option<u16>,
}

impl<'a> Context<'a> {
    /// Everybody is present.
    #[must_use]
    pub const fn new(strings: &'a Strings) -> Self {
        Self { strings, absent: &[], numbers: &[], amended: None }
    }
}
