//! A worked case, its names resolved against one machine.

use crate::model::{
    DeadlineId, EventId, FieldId, GuaranteeId, LetterId, LevelId, Party, Point, Readable, RecordId,
    RetentionId, RoleId, RungId, StageId, StopId, TrendId,
};
use crate::runtime::{CaseKey, Given, ReportedAt, Revision};
use crate::scenario::{StopBefore, StopExpect, StopPoint};
use crate::text::{Span, Spanned};
use crate::time::{Instant, NaiveDate, Term};

/// A worked case.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The path of its file inside the protocol folder.
    pub path: String,
    /// What it shows, as a sentence.
    pub title: String,
    /// The names of its cases, by their keys; the first is that of `[opened]`.
    pub cases: Vec<String>,
    /// Its steps; the first opens the first case.
    pub steps: Vec<Step>,
    /// The steps that open the other cases, in the order of their instants: each happens when
    /// the clock gets there.
    pub openings: Vec<Step>,
    /// The stops imposed on the complainant before.
    pub stops: Vec<StopBefore>,
    /// The closed cases that the person of the first case has left behind.
    pub history: Vec<Remembered>,
}

/// A closed case of which a scenario tells only what is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// When it was opened.
    pub opened: Instant,
    /// What its fields hold.
    pub fields: Vec<(FieldId, Given)>,
}

impl Scenario {
    /// The name of the case that `[opened]` opens.
    pub const FIRST_CASE: &'static str = "first";

    /// A scenario of no file, of one case.
    #[must_use]
    pub fn of_one_case(title: &str, steps: Vec<Step>) -> Self {
        Self {
            path: String::new(),
            title: title.to_owned(),
            cases: vec![Self::FIRST_CASE.to_owned()],
            steps,
            openings: Vec::new(),
            stops: Vec::new(),
            history: Vec::new(),
        }
    }
}

/// One step: the clock moves, then somebody reports something, then something is true.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// 0 for `[opened]` and `[[case]]`, then from 1 as people count.
    pub number: u32,
    /// What it does, in the words of the file: `until breach:answer`.
    pub what: String,
    /// Its header in the file.
    pub span: Span,
    /// The case that it is about.
    pub case: CaseKey,
    /// Who is away from here on, this step's passing of time included, until another step says
    /// so; `None` leaves it as it was.
    pub away: Option<Vec<RoleId>>,
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
    /// It goes on until time alone has made this happen to a stop.
    UntilStop(StopId, StopPoint),
}

/// What somebody reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// The id of the report: `opened`, `step-3`, `step-3.2`.
    pub id: String,
    /// The event.
    pub event: EventId,
    /// The stop that it is about; the event is then one of its machine.
    pub stop: Option<StopId>,
    /// Whose act it is, as `role` or `role:person`; the first of the event's `by` where nobody
    /// is named.
    pub by: Option<String>,
    /// Who entered it for them.
    pub entered_by: Option<String>,
    /// How it came.
    pub channel: Option<String>,
    /// The fields it brings. Personal ones are references named after the report already.
    pub data: Vec<(String, Given)>,
    /// The id of the entry, for an event of a record; made up where nobody names it.
    pub entry: Option<String>,
    /// The texts of the personal fields it brings, by field, for the letters of the case.
    pub personal: Vec<(String, String)>,
    /// The reason given.
    pub reason: Option<String>,
    /// The person who complains; for `opened` and `converted`.
    pub complainant: Option<String>,
    /// The person complained about; for `opened`.
    pub respondent: Option<String>,
    /// What it says of an earlier report; for `corrected`.
    pub revision: Option<Revision>,
    /// The other case, for a built-in event that names one.
    pub case: Option<String>,
    /// The letter that failed, for `letter_failed`.
    pub letter: Option<String>,
    /// As what the case is taken in; for `opened`.
    pub intake: Option<String>,
}

impl Act {
    /// A report of an event that names nobody and brings nothing.
    #[must_use]
    pub const fn new(id: String, event: EventId) -> Self {
        Self {
            id,
            event,
            stop: None,
            by: None,
            entered_by: None,
            channel: None,
            data: Vec::new(),
            entry: None,
            personal: Vec::new(),
            reason: None,
            complainant: None,
            respondent: None,
            revision: None,
            case: None,
            letter: None,
            intake: None,
        }
    }
}

/// A clock as a scenario names it: `answer`, or `keep_promise#p1` where each entry of a record
/// has a clock of its own. Without an entry it is whichever there is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClockName {
    /// The deadline.
    pub deadline: DeadlineId,
    /// The id of the entry.
    pub entry: Option<String>,
}

impl ClockName {
    /// Whether this name, as somebody wrote it, may be that of a clock with all its parts.
    #[must_use]
    pub fn means(&self, clock: &Self) -> bool {
        self.deadline == clock.deadline && (self.entry.is_none() || self.entry == clock.entry)
    }
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
    pub met: Option<Spanned<Vec<ClockName>>>,
    /// The deadlines missed in this step: all of them.
    pub breached: Option<Spanned<Vec<ClockName>>>,
    /// The guarantees that were broken in this step: all of them.
    pub broken: Option<Spanned<Vec<GuaranteeId>>>,
    /// The windows that ran out unused in this step: all of them.
    pub lapsed: Option<Spanned<Vec<ClockName>>>,
    /// The deadlines whose owner was warned in this step: all of them.
    pub warned: Option<Spanned<Vec<ClockName>>>,
    /// The letters that became due in this step: all of them.
    pub letters: Option<Spanned<Vec<LetterId>>>,
    /// Who was told of a rule in this step, warnings apart: all of them.
    pub told: Option<Spanned<Vec<Party>>>,
    /// The trends that were raised in this step: all of them.
    pub trends: Option<Spanned<Vec<TrendId>>>,
    /// The stage.
    pub stage: Option<Spanned<StageId>>,
    /// The rung.
    pub rung: Option<Spanned<RungId>>,
    /// The severity.
    pub severity: Option<Spanned<LevelId>>,
    /// The virtual clock.
    pub now: Option<Spanned<When>>,
    /// When open clocks are due; others may be open.
    pub due: Vec<(ClockName, Spanned<Due>)>,
    /// What fields hold; others may hold something.
    pub fields: Vec<(FieldId, Spanned<Given>)>,
    /// How many entries records have; others may have some.
    pub entries: Vec<(RecordId, Spanned<u32>)>,
    /// What the case would take; it may take more.
    pub allowed: Vec<Spanned<EventId>>,
    /// Which clocks run; others may run.
    pub running: Vec<Spanned<ClockName>>,
    /// The first date on which personal values may be erased, by entry of `[retention]`; `None`
    /// where no date can be named yet.
    pub erasable: Vec<(RetentionId, Spanned<Option<NaiveDate>>)>,
    /// What parties do not read; others may not read it either.
    pub hidden_from: Vec<(Party, Spanned<Vec<Readable>>)>,
    /// The stops in force for the person: all of them.
    pub stops: Option<Spanned<Vec<StopId>>>,
    /// What is true of stops.
    pub stop: Vec<(StopId, StopExpect)>,
    /// What refuses the event, by name.
    pub refused: Option<Spanned<String>>,
    /// What turned out not to be true in this step, of duties, windows and letters: all of it.
    pub withdrawn: Option<Spanned<Vec<Point>>>,
    /// What came to light in this step besides what the late event did: all of it.
    pub discovered: Option<Spanned<Vec<Point>>>,
    /// What the case must be as it was known at an instant.
    pub known_at: Option<Box<ReadAt>>,
    /// What the case must be as it truly was at an instant.
    pub true_at: Option<Box<ReadAt>>,
}

/// What is expected of a case that is read in the past.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadAt {
    /// The instant.
    pub at: Spanned<Instant>,
    /// What must be true then; what had happened by then counts from the opening.
    pub expect: Expect,
}
