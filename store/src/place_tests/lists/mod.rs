//! Lists, worklists and timers, against a search by hand.

mod ahead;
mod compare;
mod model;

pub(crate) use ahead::{a_new_key_is_written_with_its_values, what_is_asked_at_once};
pub(crate) use compare::{
    always_lists_are_what_a_search_by_hand_gives, always_timers_are_what_a_search_by_hand_gives,
    always_worklists_are_what_a_search_by_hand_gives, streams_of_people_and_cases,
    what_is_owed_no_more_is_gone,
};
