//! Stops in a scenario: what stood before it, what it waits for, what it expects of them.

use crate::model::{StopClock, StopId, StopStage};
use crate::runtime::ReportedAt;
use crate::scenario::When;
use crate::text::Spanned;

/// A stop that was imposed on the complainant before the scenario begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StopBefore {
    /// Which.
    pub stop: StopId,
    /// Since when.
    pub from: ReportedAt,
}

/// What time alone brings about in the life of a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopPoint {
    /// The warning has stood long enough: the stop may be decided.
    Ready,
    /// Its time is over.
    Lapsed,
    /// Its proposal comes to nothing.
    Dropped,
    /// A review is missed.
    ReviewMissed,
    /// The answer to an appeal is missed.
    AnswerMissed,
    /// An appeal is no longer possible.
    AppealLapsed,
}

impl StopPoint {
    /// All, in the order of a stop's life.
    pub const ALL: [Self; 6] = [
        Self::Ready,
        Self::Dropped,
        Self::AppealLapsed,
        Self::ReviewMissed,
        Self::AnswerMissed,
        Self::Lapsed,
    ];

    /// Its name after `stop:X:`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Lapsed => "lapsed",
            Self::Dropped => "dropped",
            Self::ReviewMissed => "review_missed",
            Self::AnswerMissed => "answer_missed",
            Self::AppealLapsed => "appeal_lapsed",
        }
    }

    /// The stage that it enters, or the clock that runs out.
    pub(crate) const fn means(self) -> Result<StopStage, StopClock> {
        match self {
            Self::Ready => Ok(StopStage::Proposed),
            Self::Lapsed => Ok(StopStage::Lapsed),
            Self::Dropped => Ok(StopStage::Dropped),
            Self::ReviewMissed => Err(StopClock::Review),
            Self::AnswerMissed => Err(StopClock::Answer),
            Self::AppealLapsed => Err(StopClock::Appeal),
        }
    }
}

/// What must be true of a stop after a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StopExpect {
    /// Where it is in its life; the latest of its kind.
    pub stage: Option<Spanned<StopStage>>,
    /// When it ends by itself.
    pub until: Option<Spanned<When>>,
    /// When its open clocks are due.
    pub due: Vec<(StopClock, Spanned<When>)>,
    /// The reviews and answers missed in this step: all of them.
    pub missed: Option<Spanned<Vec<StopClock>>>,
}
