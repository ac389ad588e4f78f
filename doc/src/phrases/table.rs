//! The phrases that a handbook is made of, in one language.

macro_rules! phrases {
    ($($name:ident)*) => {
        /// Headings, labels and sentences; `{names}` in them are replaced.
        pub(crate) struct Phrases {
            $(pub(crate) $name: &'static str,)*
        }

        impl Phrases {
            /// All of them by name.
            #[cfg(test)]
            pub(crate) fn all(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($name), self.$name)),*]
            }
        }
    };
}

phrases! {
    complainant respondent system handler_of handler_short you you_on_your_level owner_of_step
    named_in_entry anybody not_respondent not_from_rung not_who_did quote labelled or and yes no otherwise every
    promptly whichever_first whichever_last on_the_day_in field_unset if_cond only_if unless
    and_if and_otherwise opened complaint_comes_in point_event point_letter point_stage point_rung
    point_escalated point_reopened point_met point_breach point_lapse point_extended point_date is
    is_not is_less is_below is_at_most is_more is_above is_at_least is_yes is_no is_filled
    is_not_filled in_writing not_in_writing some_entry no_entry an_entry every_entry no_entry_with count_of
    count_with is_running is_not_running cases_of_person cases_upheld cases_same entries_of_person
    stops_of_person this_holds the_severity the_level
    the_step the_channel whose_act what_happens kind_of_intake inherited unverified
    unverified_note sources source_of_all rests_on_it label_source contents in_short short_begins short_some_higher short_higher short_ways short_levels version received_from
    received_to titles_in_own_language page_of_rank_hint page_for who_answers_by_when example
    from_receipt later_on rights what who within at_the_latest if_late counted_when for_each
    somebody_higher higher_intro level_head contact_head comes_here usual_beginning at_once_if
    from_below from_below_event from_below_after entered_by no_way_up nobody_skips outside
    what_to_do_when events_intro when_head write_down in_which_step enters_it
    also_possible with_reason must_be_written must_hold at_the_beginning at_any_time while_it_runs
    roles role_head stands_in answers_for_protocol confidential matrix_caption how_serious
    policy_first policy_unique policy_highest severity_head if_head may_fall may_not_fall
    step_by_step step_is_with cases_begin_here closed_here on_event after_term goes_to goes_up
    goes_up_to letter_goes is_told nothing_moves stands_still stands_still_at_most clock_begins
    help_here letters label_to label_copy label_sent_when label_by label_states label_avoids
    when_event when_event_in when_after when_late when_lengthened when_stop st_ticket st_reason
    st_due st_started st_handler st_owner st_opened st_today st_stop_until st_stop_review
    st_stop_appeal st_stop_says st_block when_to_stop stops_intro label_covers covers_person
    covers_case label_refuses refuses_events stop_says label_proposed proposed_when label_decided
    not_who_proposed decide_within label_warning warned_first label_notice label_lasts
    ends_by_itself label_review looked_at_again label_appeal appeal_to deadlines first_day_next
    first_day_same ends_close ends_midnight ends_exact roll_forward roll_back roll_none is_a_right
    label_within label_counted_from label_example label_only_if label_done_by label_comes_back
    again_from_meeting again_from_grid label_counted_again label_not_owed label_longer
    lengthened_on lengthen_add lengthen_total lengthen_until up_to so_often any_number_of_times
    label_stands_still in_step in_step_at_most label_warned warn_before warn_at label_if_unused
    what_is_guaranteed guarantees_intro assumed afterwards trend trend_after kept_for held_while
    picture picture_note this_edition edition next_contact next_is nobody_above goes_there_when
    until_then ask_accountable your_deputy your_steps step_is_yours you_enter_it you_may
    write_down_these you_are_told your_copies you_propose you_decide you_review you_hear_appeals
}
