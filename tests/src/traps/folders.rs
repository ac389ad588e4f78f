//! Traps that a protocol can state: a folder of `suite/traps` each.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use engine::diagnostic::Severity;

use crate::scenarios::ran;

/// A folder with `expected.txt` must fail, and in this way; every other must pass.
#[track_caller]
fn check(folder: &str) {
    let folder = Path::new("suite/traps").join(folder);
    let expected = fs::read_to_string(folder.join("expected.txt")).unwrap_or_default();
    let problem = ran(&folder, Severity::Error).err().unwrap_or_default();
    assert_eq!(problem, expected);
}

macro_rules! traps {
    ($($name:ident $folder:literal)*) => {
        $(
            #[test]
            fn $name() {
                check($folder);
            }
        )*

        #[test]
        fn every_trap_has_a_test() {
            let listed: BTreeSet<String> = [$($folder.to_owned()),*].into();
            let there = fs::read_dir("suite/traps").unwrap();
            let there: BTreeSet<String> =
                there.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
            assert_eq!(listed, there);
        }
    };
}

traps! {
    a13_exactly_in_time "A13-exactly-in-time"
    b1_clocks_change "B1-clocks-change"
    c1_pause_over_a_weekend "C1-pause-over-a-weekend"
    c2_severity_keeps_pauses "C2-severity-keeps-pauses"
    c2_severity_changes_during_a_pause "C2-severity-changes-during-a-pause"
    c3_created_paused "C3-created-paused"
    c6_resume_keeps_the_rest "C6-resume-keeps-the-rest"
    c7_statutory_clocks_run_on "C7-statutory-clocks-run-on"
    c8_pause_after_first_response "C8-pause-after-first-response"
    c9_every_channel_resumes "C9-every-channel-resumes"
    c10_a_breach_is_permanent "C10-a-breach-is-permanent"
    c11_agreed_dates_stay "C11-agreed-dates-stay"
    c11_agreed_during_a_pause "C11-agreed-during-a-pause"
    c13_a_pause_has_a_reason_and_an_end "C13-a-pause-has-a-reason-and-an-end"
    c14_a_late_reply_is_linked "C14-a-late-reply-is-linked"
    c14_reopened_in_time_only "C14-reopened-in-time-only"
    d1_met_and_paused_at_once "D1-met-and-paused-at-once"
    d2_update_after_first_response "D2-update-after-first-response"
    d3_only_unanswered_messages "D3-only-unanswered-messages"
    d5_who_satisfies_a_clock "D5-who-satisfies-a-clock"
    d6_what_counts_is_listed "D6-what-counts-is-listed"
    d7_clocks_of_the_class "D7-clocks-of-the-class"
    d8_each_clock_has_its_anchor "D8-each-clock-has-its-anchor"
    d10_between_two_looks "D10-between-two-looks"
    d11_met_at_the_first_close "D11-met-at-the-first-close"
    d12_merged_cases_end "D12-merged-cases-end"
    d12_closed_cases_stay_silent "D12-closed-cases-stay-silent"
    d16_what_is_left_out_stays "D16-what-is-left-out-stays"
    e1_a_level_fires_once "E1-a-level-fires-once"
    e3_asked_when_it_fires "E3-asked-when-it-fires"
    e4_the_rung_of_its_clock "E4-the-rung-of-its-clock"
    e7_told_in_working_hours "E7-told-in-working-hours"
    e9_a_limit_for_each_rung "E9-a-limit-for-each-rung"
    e10_not_the_same_person "E10-not-the-same-person"
    f1_the_day_of_receipt "F1-the-day-of-receipt"
    f2_weeks_are_weeks "F2-weeks-are-weeks"
    f3_holding_answer "F3-holding-answer"
    f4_from_the_acknowledgement "F4-from-the-acknowledgement"
    f6_the_last_day_is_closed "F6-the-last-day-is-closed"
    f13_one_complaint_three_subjects "F13-one-complaint-three-subjects"
    f17_converted_keeps_its_receipt "F17-converted-keeps-its-receipt"
    f7_received_on_a_saturday "F7-received-on-a-saturday"
    f11_received_is_not_recorded "F11-received-is-not-recorded"
    g4_shuffled_and_doubled "G4-shuffled-and-doubled"
    g7_a_script_without_end "G7-a-script-without-end"
    h3_kept_until_its_date "H3-kept-until-its-date"
    h6_satisfaction_is_the_complainants "H6-satisfaction-is-the-complainants"
    h8_notes_of_a_counsellor "H8-notes-of-a-counsellor"
}
