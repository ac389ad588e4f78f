//! Who must do what by when, and until when somebody may.

use crate::model::{Agreed, CalendarId, Doer, Escalate, EventId, FieldId, ForEach, LetterId};
use crate::model::{Point, RuleId, To};
use crate::script::Expr;
use crate::time::{Allowance, Rules, Term};

/// A clock as the protocol declares it; a case has instances of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Deadline {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// Of which record each entry has a clock of its own. Its number is that of the entry.
    pub for_each: Option<ForEach>,
    /// Who answers for it; `None` where each entry says so.
    pub who: Option<Doer>,
    /// Whether it is a right or chance: its end is a lapse, never a breach.
    pub window: bool,
    /// The first of these starts it.
    pub starts: Vec<Point>,
    /// Each of these ends the open instance as replaced and starts a new one.
    pub restarts: Vec<Point>,
    /// How much time there may be. Empty exactly where `due` is set.
    pub alternatives: Vec<Alternative>,
    /// Which of them applies.
    pub choose: Choose,
    /// A date that was agreed instead of a term; neither counted nor paused.
    pub due: Option<Agreed>,
    /// Whether the duty comes back.
    pub every: Option<Every>,
    /// The deadline exists only while this holds.
    pub when: Option<Expr>,
    /// What meets it.
    pub met_by: Vec<MetBy>,
    /// What makes it no longer owed.
    pub cancelled_by: Vec<Point>,
    /// Whether it outlives the closing of the case.
    pub after_close: bool,
    /// How its terms are counted.
    pub counts: Rules,
    /// On which calendar.
    pub calendar: CalendarId,
    /// Whether a stage may make it stand still.
    pub pausable: bool,
    /// How it may be lengthened.
    pub extend: Vec<Extension>,
    /// When its owner is warned.
    pub warn: Vec<Warning>,
    /// What happens when it runs out: `breach`, or `lapse` of a window.
    pub outcome: Outcome,
    /// The entry.
    pub rule: RuleId,
}

/// One of the terms a deadline may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// How long.
    pub allowance: Allowance,
    /// The entry, with the source of this term.
    pub rule: RuleId,
}

/// Which alternative applies to a case. Numbers are places in `alternatives`.
#[derive(Clone, Debug, PartialEq)]
pub enum Choose {
    /// There is one.
    Only,
    /// By the level of severity.
    BySeverity(Vec<u16>),
    /// By the rung.
    ByRung(Vec<u16>),
    /// By the value of a choice field; the last number is for an unset field.
    ByField(FieldId, Vec<u16>),
    /// The first whose condition holds; the last has none.
    First(Vec<(Option<Expr>, u16)>),
}

/// A duty that comes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Every {
    /// From when the next period counts.
    pub per: Period,
    /// What ends the recurrence.
    pub until: Vec<Point>,
}

/// From when the next period of a recurring duty counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// From each meeting, and from the due instant after a miss.
    Meeting,
    /// `per = "grid"`: from the due instant of the period before, met or not.
    Grid,
}

/// A point that meets a deadline.
#[derive(Clone, Debug, PartialEq)]
pub struct MetBy {
    /// The point.
    pub on: Point,
    /// Only while this holds.
    pub when: Option<Expr>,
}

/// A way to lengthen a deadline.
#[derive(Clone, Debug, PartialEq)]
pub struct Extension {
    /// The event that does it. Consent is its `by`.
    pub on: EventId,
    /// By how much.
    pub lengthen: Lengthen,
    /// How often; `None` is `"any"`.
    pub times: Option<u32>,
    /// Only while this holds.
    pub when: Option<Expr>,
    /// Letters that become due.
    pub sends: Vec<LetterId>,
    /// Who is told.
    pub tells: Vec<Doer>,
    /// Whether it may come after the due instant.
    pub late: bool,
    /// The entry.
    pub rule: RuleId,
}

/// By how much a deadline is lengthened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lengthen {
    /// This much after the old due instant.
    Add(Term),
    /// To this much from the start.
    Total(Term),
    /// To a date in a field, at most so long after the old due instant.
    Until {
        /// The date field.
        field: FieldId,
        /// The most.
        up_to: Option<Term>,
    },
}

/// How many warnings a deadline may have: a clock keeps a bit for each.
pub const WARNINGS_MAX: usize = 16;

/// When the owner of a deadline is warned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// So long before the due instant.
    Before(Term),
    /// At this share of the term, 1 to 99.
    AtPercent(u8),
}

/// What a breach or a lapse does besides being recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Who is told.
    pub tells: Vec<Doer>,
    /// Letters that become due.
    pub sends: Vec<LetterId>,
    /// Where the case goes.
    pub to: To,
    /// How far it goes up.
    pub escalate: Option<Escalate>,
    /// The entry: that of the deadline, unless the outcome has a source of its own.
    pub rule: RuleId,
}
