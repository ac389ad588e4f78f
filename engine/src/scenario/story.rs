//! A worked case, its names resolved against one machine.

use crate::model::{
    DeadlineId, EventId, FieldId, LetterId, LevelId, Party, Point, RungId, StageId,
};
use crate::runtime::{Given, ReportedAt};
use crate::text::{Span, Spanned};
use crate::time::{Instant, NaiveDate, Term};

/// A worked case.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The path of its file inside the protocol folder.
    pub path: String,
    /// What it shows, as a sentence.
    pub title: String,
    /// Its steps; the first opens the case.
    pub steps: Vec<Step>,
}

/// One step: the clock moves, then somebody reports something, then something is true.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// 0 for `[opened]`, then from 1 as people count.
    pub number: u32,
    /// What it does, in the words of the file: `until breach:answer`.
    pub what: String,
    /// Its header in the file.
    pub span: Span,
    /// How the clock moves first.
    pub movement: Movement,
    /// What is reported then, in order.
    pub acts: Vec<Act>,
    /// What must be true then.
    pub expect: Expect,
}

/// How the virtual clock moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    /// It stands still.
    Stay,
    /// It goes to an instant or the first instant of a date; what is due before that acts.
    At(ReportedAt),
    /// What happened at the first is recorded at the second; the clock goes to the second.
    RecordedAt(ReportedAt, Instant),
    /// It goes on by a term. Days and longer keep the time of day.
    Wait(Term),
    /// It goes on until time alone has made this happen.
    Until(Point),
}

/// What somebody reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// The id of the report: `opened`, `step-3`, `step-3.2`.
    pub id: String,
    /// The event.
    pub event: EventId,
    /// Whose act it is, as `role` or `role:person`; the first of the event's `by` where nobody
    /// is named.
    pub by: Option<String>,
    /// Who entered it for them.
    pub entered_by: Option<String>,
    /// How it came.
    pub channel: Option<String>,
    /// The fields it brings. Personal ones are references named after the report already.
    pub data: Vec<(String, Given)>,
    /// The reason given.
    pub reason: Option<String>,
    /// The person who complains; for `opened`.
    pub complainant: Option<String>,
    /// The person complained about; for `opened`.
    pub respondent: Option<String>,
}

/// When something is expected to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// At this instant.
    At(Instant),
    /// At some instant of this date.
    On(NaiveDate),
}

/// What is expected of the due instant of an open clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// It is then.
    When(When),
    /// There is none, for the clock stands still.
    Paused,
}

/// What must be true after a step. `None` says nothing; an empty list says that there is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expect {
    /// The deadlines met in this step: all of them.
    pub met: Option<Spanned<Vec<DeadlineId>>>,
    /// The deadlines missed in this step: all of them.
    pub breached: Option<Spanned<Vec<DeadlineId>>>,
    /// The windows that ran out unused in this step: all of them.
    pub lapsed: Option<Spanned<Vec<DeadlineId>>>,
    /// The deadlines whose owner was warned in this step: all of them.
    pub warned: Option<Spanned<Vec<DeadlineId>>>,
    /// The letters that became due in this step: all of them.
    pub letters: Option<Spanned<Vec<LetterId>>>,
    /// Who was told of a rule in this step, warnings apart: all of them.
    pub told: Option<Spanned<Vec<Party>>>,
    /// The stage.
    pub stage: Option<Spanned<StageId>>,
    /// The rung.
    pub rung: Option<Spanned<RungId>>,
    /// The severity.
    pub severity: Option<Spanned<LevelId>>,
    /// The virtual clock.
    pub now: Option<Spanned<When>>,
    /// When open clocks are due; others may be open.
    pub due: Vec<(DeadlineId, Spanned<Due>)>,
    /// What fields hold; others may hold something.
    pub fields: Vec<(FieldId, Spanned<Given>)>,
    /// What the case would take; it may take more.
    pub allowed: Vec<Spanned<EventId>>,
    /// Which clocks run; others may run.
    pub running: Vec<Spanned<DeadlineId>>,
    /// What refuses the event, by name.
    pub refused: Option<Spanned<String>>,
}
