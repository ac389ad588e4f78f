//! Places in the lists of one protocol.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u16);

        impl $name {
            /// The place as an index.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// The id of a place. Lists are far shorter than 65,535 (`syntax::limit`); a longer
            /// one is held at that number.
            #[must_use]
            pub fn at(index: usize) -> Self {
                Self(u16::try_from(index).unwrap_or(u16::MAX))
            }
        }
    )* };
}

ids! {
    /// An amendment of calendars, in the order in which a machine was told of them.
    AmendmentId
    /// A calendar of `[calendars]`.
    CalendarId
    /// A channel of `[channels]`.
    ChannelId
    /// A condition of `[conditions]`.
    ConditionId
    /// A deadline of `[deadlines]`.
    DeadlineId
    /// An event of `[events]`; number 0 is the built-in `opened`.
    EventId
    /// A field of `[fields]`.
    FieldId
    /// An entry of `[[guarantees]]`.
    GuaranteeId
    /// An entry of `[help]`.
    HelpId
    /// A kind of `[intake]`; number 0 where a protocol has none.
    IntakeId
    /// A letter of `[letters]`.
    LetterId
    /// A level of `[severity]`, lowest first.
    LevelId
    /// A record of `[records]`.
    RecordId
    /// An entry of `[retention]`.
    RetentionId
    /// A role of `[roles]`.
    RoleId
    /// A rung of `[[ladder]]`, lowest first.
    RungId
    /// A stage of `[stages]`.
    StageId
    /// A stop of `[stops]`.
    StopId
    /// A trend of `[trends]`.
    TrendId
}

impl EventId {
    /// The built-in event that opens every case.
    pub const OPENED: Self = Self(0);
}
