//! What the engine concluded and recorded.

use crate::model::{
    AmendmentId, ChannelId, DeadlineId, EventId, FieldId, GuaranteeId, IntakeId, LetterId, LevelId,
    Party, RecordId, RuleId, RungId, StageId, StopId,
};
use crate::script::Value;
use crate::text::Symbol;
use crate::time::{Instant, NaiveDate, Start};

/// The version of the rules by which cases are decided. It is part of every stored fact, so that
/// a later engine knows what an earlier one meant.
pub const SEMANTICS_VERSION: u32 = 1;

/// One conclusion. Its identity is the case and `sequence`; it is never changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its number within the case, from 1.
    pub sequence: u32,
    /// When it holds from: the instant of the event, or the due instant on which time acted.
    pub at: Instant,
    /// The caller's id of the event that caused it; `None` where time alone did.
    pub cause: Option<Symbol>,
    /// The entry of the protocol that made it.
    pub rule: RuleId,
    /// What it says.
    pub kind: FactKind,
}

/// A clock of a case: a deadline and which of its instances, from 1; of a deadline for each entry
/// of a record, the number of the entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClockId {
    /// The deadline.
    pub deadline: DeadlineId,
    /// The instance.
    pub occurrence: u16,
}

/// When a clock will act by itself, as derived when a fact about it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Times {
    /// The due instant, inclusive: an act exactly at it is in time. `None` while the clock is
    /// paused, and for a duty without a counted term.
    pub due: Option<Instant>,
    /// The next warning; while the clock is paused, the end of the pause by its limit.
    pub alarm: Option<Instant>,
}

/// Why a clock is no longer owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cancelled {
    /// A point of `cancelled_by`, or of `until`.
    Point,
    /// Its `when` no longer holds.
    When,
    /// The case reached an end stage.
    Closed,
    /// The case goes on as part of another.
    Merged,
}

/// What a fact says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// The case exists.
    Opened {
        /// How the complaint came.
        channel: Option<ChannelId>,
        /// The person who complains, as an opaque id.
        complainant: Option<Symbol>,
        /// The person complained about, as an opaque id.
        respondent: Option<Symbol>,
    },
    /// An event was accepted.
    Reported {
        /// Its type.
        event: EventId,
        /// Whose act it is.
        by: Party,
        /// Which person, as an opaque id.
        person: Option<Symbol>,
        /// Whether the machine needs to remember who did it.
        kept: bool,
    },
    /// A field has a value.
    FieldSet {
        /// The field.
        field: FieldId,
        /// Its value; a reference for personal fields.
        value: Value,
    },
    /// An entry of a record was added.
    EntryAdded {
        /// The record.
        record: RecordId,
        /// Its number within the record, from 1.
        number: u16,
        /// Its id.
        id: Symbol,
        /// How many fields it has.
        width: u16,
    },
    /// A field of an entry has a value. What it held before stays in the facts before.
    EntryFieldSet {
        /// The record.
        record: RecordId,
        /// The number of the entry, from 1.
        number: u16,
        /// The id of the entry.
        id: Symbol,
        /// The place of the field among those of the record.
        field: u16,
        /// Its value; a reference for personal fields.
        value: Value,
    },
    /// An entry is done.
    EntryDone {
        /// The record.
        record: RecordId,
        /// The number of the entry, from 1.
        number: u16,
        /// The id of the entry.
        id: Symbol,
    },
    /// What is known of the person's other cases is not what it was at the event before.
    HistorySeen {
        /// The place of the question in the protocol.
        question: u16,
        /// The answer.
        value: Value,
    },
    /// The severity is another.
    SeverityChanged {
        /// The new level.
        level: LevelId,
    },
    /// The case is placed on a rung before any escalation.
    Placed {
        /// The rung.
        rung: RungId,
    },
    /// The case went up.
    Escalated {
        /// The rung it reached.
        rung: RungId,
    },
    /// A breach would have raised the case, but it is on the last rung.
    EscalationExhausted,
    /// A stage was entered.
    StageEntered {
        /// The stage.
        stage: StageId,
    },
    /// The case left an end stage.
    Reopened,
    /// The case reached an end stage.
    Closed,
    /// A timed transition of the stage entered last is counted.
    TimerSet {
        /// Its place in the stage's `after`.
        place: u16,
        /// When it acts.
        due: Instant,
    },
    /// A timed transition acted.
    TimerRan {
        /// Its place in the stage's `after`.
        place: u16,
    },
    /// A letter is due to be sent, with this event or breach.
    LetterDue {
        /// The letter.
        letter: LetterId,
    },
    /// Somebody is told.
    Told {
        /// Who.
        party: Party,
        /// From when, where the hours in which they are told have yet to begin.
        from: Option<Instant>,
    },
    /// A clock began.
    Started {
        /// Which.
        clock: ClockId,
        /// From when it counts.
        start: Start,
        /// Which period of a grid it is, from 1; 1 for every other clock.
        period: u16,
        /// The place of the term that applies.
        alternative: u16,
        /// The date that was agreed instead of a term.
        agreed: Option<NaiveDate>,
        /// When it acts.
        times: Times,
    },
    /// The duty was done before its clock began; it will begin as met.
    MetEarly {
        /// The deadline.
        deadline: DeadlineId,
    },
    /// The point that starts a clock came while its `when` did not hold.
    Waiting {
        /// The deadline.
        deadline: DeadlineId,
        /// From when it will count if it comes to exist.
        start: Start,
    },
    /// A deadline that waited for its `when` will not begin any more.
    Forgotten {
        /// The deadline.
        deadline: DeadlineId,
    },
    /// The owner of a clock is warned.
    Warned {
        /// Which.
        clock: ClockId,
        /// The place in `warn`.
        warning: u16,
        /// When it acts next.
        times: Times,
    },
    /// A clock was met.
    Met {
        /// Which.
        clock: ClockId,
        /// Whether after its due instant.
        late: bool,
    },
    /// A clock ran out unmet. Permanent.
    Breached {
        /// Which.
        clock: ClockId,
    },
    /// A window ran out unused.
    Lapsed {
        /// Which.
        clock: ClockId,
    },
    /// A clock stands still.
    Paused {
        /// Which.
        clock: ClockId,
        /// The stage that pauses it.
        stage: StageId,
        /// When it acts: no due instant; the alarm is the end of the pause by its limit.
        times: Times,
    },
    /// A clock runs again.
    Resumed {
        /// Which.
        clock: ClockId,
        /// When it acts.
        times: Times,
    },
    /// A clock was lengthened.
    Extended {
        /// Which.
        clock: ClockId,
        /// The place in `extend`.
        extension: u16,
        /// The agreed date, for an extension until a date.
        until: Option<NaiveDate>,
        /// When it acts.
        times: Times,
    },
    /// A clock is counted again with another term, or an agreed date changed.
    Recounted {
        /// Which.
        clock: ClockId,
        /// The place of the term that applies.
        alternative: u16,
        /// The date that was agreed instead of a term.
        agreed: Option<NaiveDate>,
        /// When it acts.
        times: Times,
    },
    /// A clock is no longer owed.
    Cancelled {
        /// Which.
        clock: ClockId,
        /// Why.
        why: Cancelled,
    },
    /// A clock gave way to a new instance of itself.
    Replaced {
        /// Which.
        clock: ClockId,
    },
    /// Somebody's act was refused by a stop, which says where to turn instead.
    ActRefused {
        /// The event.
        event: EventId,
        /// The stop.
        stop: StopId,
        /// The place in its `refuses`.
        place: u16,
    },
    /// As what the case is taken in, where the protocol knows more than one kind.
    TakenIn {
        /// The kind.
        intake: IntakeId,
        /// Whether only the date of its receipt is known.
        date_only: bool,
    },
    /// The case has become what its intake becomes; it keeps its receipt.
    Converted {
        /// What it is now.
        intake: IntakeId,
        /// The person who complains, where that is said only now.
        complainant: Option<Symbol>,
    },
    /// The case goes on as part of another and ends here.
    Merged {
        /// The other case, as an opaque id.
        case: Symbol,
    },
    /// Part of the case goes on as a case of its own.
    SplitOff {
        /// The other case, as an opaque id.
        case: Symbol,
    },
    /// Another case belongs to this one.
    Linked {
        /// The other case, as an opaque id.
        case: Symbol,
    },
    /// A letter that was sent did not arrive.
    LetterFailed {
        /// The letter.
        letter: LetterId,
    },
    /// From now on the case counts by its calendars as this amendment left them, and all before
    /// it.
    CalendarsAmended {
        /// The last of the amendments that hold.
        amendment: AmendmentId,
    },
    /// A clock acts at another instant, because a calendar was amended. A breach that was recorded
    /// of it is taken back where it is due at this instant or later.
    Moved {
        /// Which.
        clock: ClockId,
        /// When it was due.
        before: Option<Instant>,
        /// When it acts.
        times: Times,
    },
    /// A timed transition acts at another instant, because a calendar was amended.
    TimerMoved {
        /// Its place in the stage's `after`.
        place: u16,
        /// When it would have acted.
        before: Instant,
        /// When it acts.
        due: Instant,
    },
    /// A guarantee is owed from now on: a point that begins it has happened, or its end is another
    /// because a calendar was amended. Of one about how often something may happen: it has happened
    /// once more.
    Promised {
        /// Which.
        guarantee: GuaranteeId,
        /// From when it counts.
        start: Start,
        /// When it ends, inclusive: an act exactly at it is within the term. `None` where it has
        /// no term.
        due: Option<Instant>,
    },
    /// What a guarantee asks for has been done, in time or late, or it asks for nothing any more.
    Kept {
        /// Which.
        guarantee: GuaranteeId,
    },
    /// What a guarantee says did not hold. Whoever is accountable is told.
    Broken {
        /// Which.
        guarantee: GuaranteeId,
    },
    /// An earlier fact turned out not to be true. It stays recorded.
    Withdrawn {
        /// The number of that fact.
        sequence: u32,
    },
    /// News about what was recorded already: the case is decided again from an instant on. The
    /// facts that follow say what turned out otherwise.
    Corrected {
        /// The instant from which it is decided again.
        from: Instant,
        /// How many facts follow that belong to the correction.
        facts: u32,
        /// Who is told that a breach, or a broken guarantee, came or went, or that an act has no
        /// effect any more.
        told: Option<Party>,
    },
    /// A fact that a correction adds has its place before one that stands.
    InsertedBefore {
        /// The number of the fact that was added.
        fact: u32,
        /// The number of the fact that comes after it.
        before: u32,
    },
    /// An event that had been accepted would have been refused: it stays recorded and has no
    /// effect.
    SetAside {
        /// The id of the event.
        event: Symbol,
    },
}

impl FactKind {
    /// Whether it says something of the record alone, and nothing of the case.
    #[must_use]
    pub const fn is_of_the_record(&self) -> bool {
        matches!(
            self,
            Self::Withdrawn { .. }
                | Self::Corrected { .. }
                | Self::InsertedBefore { .. }
                | Self::SetAside { .. }
        )
    }
}

impl Fact {
    /// The place of a fact in the order in which a case is folded: by instant; what time did
    /// after what people did at the same instant; then as recorded.
    #[must_use]
    pub fn order(&self) -> (Instant, bool, u32) {
        (self.at, self.cause.is_none(), self.sequence)
    }
}
