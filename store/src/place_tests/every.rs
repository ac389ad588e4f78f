//! The list of all tests.

/// Makes one test of each function that every place must pass. It takes a function that returns
/// a `Box<dyn Fresh>` with an empty place, or nothing where the database is not there, which it has
/// said then.
macro_rules! every_place {
    ($make:expr) => {
        $crate::place_tests::every_place!($make, access: [
            a_key_is_kept_once,
            a_destroyed_key_takes_its_values_along,
            the_values_of_a_case_without_a_person,
            some_values_of_a_stream_are_deleted,
            tokens_are_found_by_hash_until_revoked_and_after,
            an_id_of_a_token_is_taken_once,
            protocols_stay_as_they_were,
        ]);
        $crate::place_tests::every_place!($make, amendments: [
            amendments_are_numbered_without_gaps,
            how_far_an_amendment_came_is_kept,
            open_streams_are_read_to_their_end_in_any_steps,
        ]);
        $crate::place_tests::every_place!($make, feed: [
            a_feed_is_read_to_its_end_in_any_steps,
            decisions_of_two_writers_come_by_version,
            pages_without_decisions_are_no_gap,
        ]);
        $crate::place_tests::every_place!($make, hostile: [
            hostile_names_stay_what_they_are,
            huge_texts_are_kept_or_refused,
            texts_with_nul_are_kept_or_refused,
            the_ends_of_time_and_of_numbers,
            a_batch_that_contradicts_itself_is_refused,
        ]);
        $crate::place_tests::every_place!($make, lists: [
            always_lists_are_what_a_search_by_hand_gives,
            always_worklists_are_what_a_search_by_hand_gives,
            always_timers_are_what_a_search_by_hand_gives,
            what_is_owed_no_more_is_gone,
            streams_of_people_and_cases,
            what_is_asked_at_once,
            a_new_key_is_written_with_its_values,
        ]);
        $crate::place_tests::every_place!($make, outbox: [
            messages_of_a_stream_go_one_after_the_other,
            what_did_not_arrive_waits_since_it_was_tried_first,
            a_lease_keeps_others_away,
            a_message_that_failed_comes_again_and_blocks_its_stream,
            dead_letters_let_the_next_pass_and_are_sent_again,
            receivers_that_are_off_get_nothing,
            receivers_and_messages_are_read_back,
            many_messages_for_one_stream_are_taken_in_order,
            one_receiver_leaves_room_for_others,
            what_comes_late_is_taken_as_one_digest,
            a_digest_that_failed_comes_again_as_it_was,
            a_digest_that_was_given_up_is_sent_again_as_it_was,
            a_digest_is_of_one_receiver_and_one_who_is_told,
        ]);
        $crate::place_tests::every_place!($make, overtaken: [
            a_version_that_is_taken,
            a_version_after_a_gap,
            a_stream_that_never_began,
            a_page_that_is_taken,
            a_page_after_a_gap,
            a_ticket_that_is_taken,
            a_key_that_is_taken,
            a_version_twice_in_a_batch,
        ]);
        $crate::place_tests::every_place!($make, race: [
            of_two_writers_one_wins_each_version,
            writers_have_numbers_of_their_own,
            readers_see_whole_batches,
            a_key_that_two_keep_at_once,
            takers_share_no_message,
        ]);
        $crate::place_tests::every_place!($make, round_trip: [
            an_empty_place_has_nothing,
            what_is_written_is_read_back,
            numbers_are_given_out_once,
            several_changes_of_one_stream_in_one_batch,
            answers_are_kept_until_they_may_be_forgotten,
            an_empty_batch_is_nothing,
        ]);
        $crate::place_tests::every_place!($make, tenants: [
            a_name_has_one_number,
            nothing_of_another_tenant_is_found_or_changed,
            the_same_names_in_two_tenants,
        ]);
    };
    ($make:expr, $module:ident: [$($name:ident,)*]) => {
        mod $module {
            $(
                #[test]
                fn $name() {
                    let Some(fresh) = ($make)() else { return };
                    $crate::place_tests::$module::$name(fresh.place());
                }
            )*
        }
    };
}
pub(crate) use every_place;
