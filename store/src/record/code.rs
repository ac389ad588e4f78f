//! The numbers of the kinds of fact. A number is never used again for anything else.

pub(super) const OPENED: u8 = 1;
pub(super) const REPORTED: u8 = 2;
pub(super) const FIELD_SET: u8 = 3;
pub(super) const ENTRY_ADDED: u8 = 4;
pub(super) const ENTRY_FIELD_SET: u8 = 5;
pub(super) const ENTRY_DONE: u8 = 6;
pub(super) const HISTORY_SEEN: u8 = 7;
pub(super) const SEVERITY_CHANGED: u8 = 8;
pub(super) const PLACED: u8 = 9;
pub(super) const ESCALATED: u8 = 10;
pub(super) const ESCALATION_EXHAUSTED: u8 = 11;
pub(super) const STAGE_ENTERED: u8 = 12;
pub(super) const REOPENED: u8 = 13;
pub(super) const CLOSED: u8 = 14;
pub(super) const TIMER_SET: u8 = 15;
pub(super) const TIMER_RAN: u8 = 16;
pub(super) const LETTER_DUE: u8 = 17;
pub(super) const TOLD: u8 = 18;
pub(super) const TOLD_LATER: u8 = 19;
pub(super) const STARTED: u8 = 20;
pub(super) const MET_EARLY: u8 = 21;
pub(super) const WAITING: u8 = 22;
pub(super) const FORGOTTEN: u8 = 23;
pub(super) const WARNED: u8 = 24;
pub(super) const MET: u8 = 25;
pub(super) const BREACHED: u8 = 26;
pub(super) const LAPSED: u8 = 27;
pub(super) const PAUSED: u8 = 28;
pub(super) const RESUMED: u8 = 29;
pub(super) const EXTENDED: u8 = 30;
pub(super) const RECOUNTED: u8 = 31;
pub(super) const CANCELLED: u8 = 32;
pub(super) const REPLACED: u8 = 33;
pub(super) const ACT_REFUSED: u8 = 34;
pub(super) const TAKEN_IN: u8 = 35;
pub(super) const CONVERTED: u8 = 36;
pub(super) const MERGED: u8 = 37;
pub(super) const SPLIT_OFF: u8 = 38;
pub(super) const LINKED: u8 = 39;
pub(super) const LETTER_FAILED: u8 = 40;
pub(super) const WITHDRAWN: u8 = 41;
pub(super) const CORRECTED: u8 = 42;
pub(super) const INSERTED_BEFORE: u8 = 43;
pub(super) const SET_ASIDE: u8 = 44;
pub(super) const CALENDARS_AMENDED: u8 = 45;
pub(super) const MOVED: u8 = 46;
pub(super) const TIMER_MOVED: u8 = 47;
pub(super) const PROMISED: u8 = 48;
pub(super) const KEPT: u8 = 49;
pub(super) const BROKEN: u8 = 50;

/// Bits of the options of a clock, and of what comes to start or waits.
pub(super) const DUE: u8 = 1;
pub(super) const ALARM: u8 = 2;
pub(super) const DATE_ONLY: u8 = 4;
pub(super) const RECEIPT: u8 = 8;
pub(super) const DATE: u8 = 16;
pub(super) const BEFORE: u8 = 32;

/// Bits of the head of a fact: what is not as with the fact before.
pub(super) const SEQUENCE: u8 = 1;
pub(super) const AT: u8 = 2;
pub(super) const CAUSE: u8 = 4;
pub(super) const NO_CAUSE: u8 = 8;
pub(super) const RULE: u8 = 16;
