//! Restrictions on a complainant or a case, and the fixed course that each of them takes.

use crate::model::{Barred, DeadlineId, Doer, EventId, FieldId, LetterId, RoleId, RuleId, StageId};
use crate::script::Expr;
use crate::time::Term;

/// A restriction, as the protocol declares it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// What it restricts.
    pub covers: Covers,
    /// When it is proposed by itself; read after each event. It never decides.
    pub proposed_when: Option<Expr>,
    /// Who else may propose it.
    pub proposed_by: Vec<Doer>,
    /// Who decides.
    pub decided_by: Vec<Doer>,
    /// Who may not decide, besides whoever proposed.
    pub not_by: Vec<Barred>,
    /// How long a proposal that may be decided waits for it; then it comes to nothing.
    pub decide_within: Option<Term>,
    /// The warning before any decision.
    pub warning: Option<StopWarning>,
    /// The letter that goes with the decision.
    pub notice: LetterId,
    /// How long it stands.
    pub lasts: Option<Term>,
    /// Who looks at it again.
    pub review: StopReview,
    /// To whom the complainant may appeal.
    pub appeal: StopAppeal,
    /// What it refuses.
    pub refuses: Vec<StopRefuses>,
    /// The entry.
    pub rule: RuleId,
}

/// What a stop restricts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covers {
    /// Every case of the person.
    Complainant,
    /// The case on which it was proposed.
    Case,
}

/// The letter before any decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StopWarning {
    /// The letter.
    pub letter: LetterId,
    /// How long it must have stood.
    pub wait: Term,
    /// The entry.
    pub rule: RuleId,
}

/// Who looks at a stop again, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StopReview {
    /// How often.
    pub every: Term,
    /// By whom.
    pub by: RoleId,
    /// The letter that says what came of it.
    pub letter: Option<LetterId>,
    /// The entry.
    pub rule: RuleId,
}

/// To whom the complainant may appeal against a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StopAppeal {
    /// To whom.
    pub to: RoleId,
    /// Until when, from the decision.
    pub within: Term,
    /// By when it is answered, from the appeal.
    pub answer: Term,
    /// The letter that says what came of it.
    pub letter: Option<LetterId>,
    /// The entry.
    pub rule: RuleId,
}

/// Something that a stop refuses while it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct StopRefuses {
    /// The events.
    pub events: Vec<EventId>,
    /// When it lets them through all the same.
    pub unless: Option<Expr>,
    /// Where to turn instead.
    pub says: String,
    /// The entry.
    pub rule: RuleId,
}

impl Stop {
    /// The letters that it sends.
    pub fn letters(&self) -> impl Iterator<Item = LetterId> {
        let warning = self.warning.map(|it| it.letter);
        let later = [Some(self.notice), self.review.letter, self.appeal.letter];
        warning.into_iter().chain(later.into_iter().flatten())
    }
}

/// The events in the life of every stop. Their numbers are those of the machine of the stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StopEvent {
    /// Somebody, or its condition, proposes it.
    Proposed,
    /// It is imposed, or imposed anew while it stands.
    Decided,
    /// It has been looked at again: kept or lifted.
    Reviewed,
    /// The complainant appeals.
    Appealed,
    /// The appeal is upheld, which ends the stop, or dismissed.
    AppealDecided,
    /// It ends early, or its proposal is taken back.
    Lifted,
}

impl StopEvent {
    /// All, in the order of their numbers.
    pub const ALL: [Self; 6] = [
        Self::Proposed,
        Self::Decided,
        Self::Reviewed,
        Self::Appealed,
        Self::AppealDecided,
        Self::Lifted,
    ];

    /// Its name in reports and scenarios.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proposed => "stop_proposed",
            Self::Decided => "stop_decided",
            Self::Reviewed => "stop_reviewed",
            Self::Appealed => "stop_appealed",
            Self::AppealDecided => "stop_appeal_decided",
            Self::Lifted => "stop_lifted",
        }
    }

    /// The event with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Its number in the machine of a stop; number 0 is the opening.
    #[must_use]
    pub const fn id(self) -> EventId {
        EventId(self as u16 + 1)
    }
}

/// The stages in the life of every stop, by their number in its machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StopStage {
    /// Nothing has been proposed.
    Quiet,
    /// The complainant is warned, and the wait is not over.
    Warned,
    /// It is proposed and may be decided.
    Proposed,
    /// It stands.
    Standing,
    /// It was ended: by review, on appeal, or before its time.
    Lifted,
    /// Its time was over.
    Lapsed,
    /// Its proposal came to nothing.
    Dropped,
}

impl StopStage {
    /// All, in the order of their numbers.
    pub const ALL: [Self; 7] = [
        Self::Quiet,
        Self::Warned,
        Self::Proposed,
        Self::Standing,
        Self::Lifted,
        Self::Lapsed,
        Self::Dropped,
    ];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::Warned => "warned",
            Self::Proposed => "proposed",
            Self::Standing => "standing",
            Self::Lifted => "lifted",
            Self::Lapsed => "lapsed",
            Self::Dropped => "dropped",
        }
    }

    /// Its number in the machine of a stop.
    #[must_use]
    pub const fn id(self) -> StageId {
        StageId(self as u16)
    }

    /// The stage with this number.
    #[must_use]
    pub fn of(id: StageId) -> Option<Self> {
        Self::ALL.get(id.index()).copied()
    }

    /// Whether nothing more happens to the stop.
    #[must_use]
    pub const fn is_end(self) -> bool {
        matches!(self, Self::Lifted | Self::Lapsed | Self::Dropped)
    }
}

/// The clocks of every stop, by their number in its machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StopClock {
    /// The next review.
    Review,
    /// The window in which the complainant may appeal.
    Appeal,
    /// The answer to an appeal.
    Answer,
}

impl StopClock {
    /// All, in the order of their numbers.
    pub const ALL: [Self; 3] = [Self::Review, Self::Appeal, Self::Answer];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Appeal => "appeal",
            Self::Answer => "appeal_answer",
        }
    }

    /// Its number in the machine of a stop.
    #[must_use]
    pub const fn id(self) -> DeadlineId {
        DeadlineId(self as u16)
    }
}

/// What a review and an appeal come to: the two fields of every stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopOutcome {
    /// `review`: `kept` or `lifted`.
    Review,
    /// `appeal`: `dismissed` or `upheld`.
    Appeal,
}

impl StopOutcome {
    /// Both, in the order of their numbers.
    pub const ALL: [Self; 2] = [Self::Review, Self::Appeal];

    /// The name of the field that an event brings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Appeal => "appeal",
        }
    }

    /// What it may be: the stop goes on, or it ends.
    #[must_use]
    pub const fn choices(self) -> [&'static str; 2] {
        match self {
            Self::Review => ["kept", "lifted"],
            Self::Appeal => ["dismissed", "upheld"],
        }
    }

    /// The number of its field in the machine of a stop.
    #[must_use]
    pub const fn id(self) -> FieldId {
        FieldId(self as u16)
    }
}
