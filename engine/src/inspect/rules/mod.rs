//! One file a code: its name, and the only functions that build its diagnostics.

mod anchor_may_never_come;
mod clock_never_starts;
mod clock_never_stops;
mod condition_never_used;
mod endless_cycle;
mod event_may_find_no_branch;
mod event_never_allowed;
mod field_may_be_unset;
mod ladder_overrun;
mod letter_never_sent;
mod no_way_to_an_end;
mod severity_gap;
mod severity_masked;
mod severity_overlap;
mod stage_never_entered;
mod stage_never_left;
mod start_is_stop;
mod unreachable_branch;

pub(crate) use anchor_may_never_come::anchor_may_never_come;
pub(crate) use clock_never_starts::clock_never_starts;
pub(crate) use clock_never_stops::clock_never_stops;
pub(crate) use condition_never_used::condition_never_used;
pub(crate) use endless_cycle::endless_cycle;
pub(crate) use event_may_find_no_branch::event_may_find_no_branch;
pub(crate) use event_never_allowed::event_never_allowed;
pub(crate) use field_may_be_unset::field_may_be_unset;
pub(crate) use ladder_overrun::ladder_overrun;
pub(crate) use letter_never_sent::letter_never_sent;
pub(crate) use no_way_to_an_end::no_way_to_an_end;
pub(crate) use severity_gap::severity_gap;
pub(crate) use severity_masked::severity_masked;
pub(crate) use severity_overlap::severity_overlap;
pub(crate) use stage_never_entered::stage_never_entered;
pub(crate) use stage_never_left::{is_left, stage_never_left};
pub(crate) use start_is_stop::start_is_stop;
pub(crate) use unreachable_branch::unreachable_branch;
