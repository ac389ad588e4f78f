//! The way through: stages and what leads from one to the next.

use crate::model::{ConditionId, DeadlineId, Doer, Escalate, EventId, FieldId, HelpId, LetterId};
use crate::model::{Preset, RuleId, StageId};
use crate::script::Expr;
use crate::time::Term;

/// Where a case is in the procedure.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// Whether cases begin here; exactly one stage of a protocol does.
    pub start: bool,
    /// Whether the case is closed here.
    pub end: bool,
    /// Who owns cases here.
    pub owner: Option<Doer>,
    /// Guidance for the owner.
    pub guide: Option<String>,
    /// The help from outside that may be asked for here.
    pub help: Vec<HelpId>,
    /// The clocks that stand still here.
    pub pauses: Vec<Pausing>,
    /// What happens when time alone passes here.
    pub after: Vec<After>,
    /// What each event does here, those of `[anywhere]` included.
    pub on: Vec<Transitions>,
    /// The entry.
    pub rule: RuleId,
}

/// What one event does in one stage: the first branch whose `when` holds is taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Transitions {
    /// The event.
    pub event: EventId,
    /// Whether the entry stands in `[anywhere]`.
    pub anywhere: bool,
    /// The branches, in file order.
    pub branches: Vec<Branch>,
}

/// One way on.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// When this way is chosen; always, where nothing is said.
    pub when: Option<Expr>,
    /// What must hold besides, else the event is refused.
    pub requires: Vec<ConditionId>,
    /// Where the case goes.
    pub to: To,
    /// How far it goes up.
    pub escalate: Option<Escalate>,
    /// Fields that are set.
    pub set: Vec<Setting>,
    /// Letters that become due.
    pub sends: Vec<LetterId>,
    /// Who is told.
    pub tells: Vec<Doer>,
    /// The entry.
    pub rule: RuleId,
}

/// Where a branch leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// Nothing said: the case stays, or enters the rung's stage when it goes up.
    Unsaid,
    /// `@same`: the case stays, also when it goes up.
    Same,
    /// The stage is entered, also when the case is there already.
    Stage(StageId),
}

/// A field set by a branch.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// The field.
    pub field: FieldId,
    /// Its new value.
    pub to: SetTo,
}

/// A value that a branch sets.
#[derive(Clone, Debug, PartialEq)]
pub enum SetTo {
    /// Written as it is.
    Preset(Preset),
    /// Computed from the case; never a text.
    Computed(Expr),
}

/// A clock that stands still in a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pausing {
    /// The clock.
    pub deadline: DeadlineId,
    /// For how long over all its pauses in this stage; `None` is `"unbounded"`.
    pub limit: Option<Term>,
    /// The entry.
    pub rule: RuleId,
}

/// A timed transition: no duty, counted from entry, never paused, gone when the stage is left.
#[derive(Clone, Debug, PartialEq)]
pub struct After {
    /// How long after entry.
    pub term: Term,
    /// What happens then. `requires` is empty.
    pub branch: Branch,
}
