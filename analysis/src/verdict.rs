//! What can be said of a guarantee.

use engine::model::{DeadlineId, GuaranteeId, RuleId, StopId};
use engine::runtime::Event;
use engine::text::Strings;
use engine::time::Instant;

/// A guarantee and what was found.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// What was asked.
    pub asked: Asked,
    /// What was found.
    pub outcome: Outcome,
    /// The deadlines that were taken to be met, so that the outcome holds only under that
    /// assumption.
    pub assumed: Vec<DeadlineId>,
    /// How many different situations were looked at.
    pub situations: usize,
}

/// A guarantee of the protocol, or one that every protocol gives without saying so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asked {
    /// One of `[[guarantees]]`.
    Own(GuaranteeId),
    /// A built-in one.
    BuiltIn(BuiltIn),
}

/// What every protocol is asked without saying so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BuiltIn {
    /// Wherever a case can be, something can happen, unless it is closed.
    NoDeadEnd,
    /// Wherever a case can be, there is a way to an end stage.
    ClosingPossible,
    /// Every stop can be reviewed and appealed against.
    StopsAnswerable,
    /// A new complaint is looked at, whatever stops are in force.
    AlwaysScreened,
    /// No rung is reached without the one below, unless the protocol says so.
    NoRungSkipped,
    /// Every deadline can be met and can be missed.
    DeadlinesReal,
    /// Every warning comes before what it warns of.
    WarningsInTime,
}

/// What was found.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It holds on every course that a case can take.
    Proved(Proved),
    /// It does not: the engine has been through this course, and it was broken.
    Refuted(Box<Course>),
    /// It does not: what it says is possible is so on no course that a case can take.
    Impossible(Vec<Impossible>),
    /// Neither could be shown.
    Undecided(Undecided),
}

/// What no case can come to, and should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Impossible {
    /// This deadline is met in time, or this window is used.
    Met(DeadlineId),
    /// This deadline is missed, or this window runs out.
    Missed(DeadlineId),
    /// Wherever this stop stands it can be looked at again, and ended by that.
    Reviewed(StopId),
    /// The complainant can appeal against this stop for as long as the window is open.
    Appealed(StopId),
    /// An appeal against this stop that waits for its answer can be upheld.
    Answered(StopId),
}

/// What is known of a guarantee that holds.
#[derive(Clone, Debug, Default)]
pub struct Proved {
    /// Whether nothing on any course ever asks anything of it.
    pub vacuous: bool,
    /// How long it can take at most, where it has a term.
    pub most_days: Option<u32>,
    /// The course on which it takes longest, where one was found.
    pub worst: Option<Box<Course>>,
}

/// What is known where nothing was shown.
#[derive(Clone, Debug, Default)]
pub struct Undecided {
    /// Why.
    pub because: Vec<Because>,
    /// Calendar days that it takes at most, proved.
    pub at_most_days: Option<u32>,
    /// Calendar days that it takes on a course that was found.
    pub at_least_days: Option<u32>,
}

/// Why nothing was shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    /// A condition of this entry says more than comparisons with constants, and either answer was
    /// allowed for.
    Condition(RuleId),
    /// A pause that this entry allows has no limit.
    PauseWithoutLimit(RuleId),
    /// A clock of this entry counts from or to a date that somebody sets.
    DateSet(RuleId),
    /// No dates were found on which a course that looked possible is possible.
    NoDates,
    /// So many situations were looked at, and there are more.
    Budget(usize),
    /// The time was over before all was looked at.
    Time,
    /// The deadline counts on periods of a grid.
    Grid(RuleId),
    /// More entries of this record than were looked at could matter.
    Entries(RuleId),
    /// Whether this entry lengthens a clock, and so is taken, depends on the dates.
    Lengthens(RuleId),
    /// A way hangs by what is known of the person's other cases, which may be anything.
    OtherCases,
    /// No course was found on which the deadline of this entry is met in time.
    NotSeenMet(RuleId),
    /// No course was found on which the deadline of this entry is missed.
    NotSeenMissed(RuleId),
}

/// A course of a case on real dates, as the engine has been through it.
#[derive(Clone, Debug)]
pub struct Course {
    /// The table of the strings in the events.
    pub strings: Strings,
    /// What was reported, in order. What time does follows from it.
    pub events: Vec<Event>,
    /// The instant at which the course ends: nothing else is reported until then, and what is due
    /// before it has acted.
    pub until: Instant,
    /// When the guarantee was broken, or kept at last.
    pub at: Instant,
    /// How many calendar days after what it counts from; `None` where it has no term.
    pub days: Option<u32>,
}
