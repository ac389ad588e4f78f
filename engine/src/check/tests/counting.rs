//! How terms are counted.

use crate::check::tests::sound::{SOUND, check, loaded, meaning};
use crate::model::{Choose, Protocol};
use crate::time::Ends;

#[test]
fn a_key_of_counting_is_asked_for_only_where_a_term_needs_it() {
    check("roll                  = \"forward\"\n", "", "");
    check("within = \"10 working days\"", "within = \"6 weeks\"\ncounts = { roll = \"none\" }", "");
    let without_roll = SOUND.replace("roll                  = \"forward\"\n", "");
    let (_, shown) = loaded(without_roll.replace("10 working days\"\nmet", "6 weeks\"\nmet"));
    assert_eq!(
        shown,
        "counting-not-said 45:12 deadline `answer` is counted in weeks, and nothing says `roll`"
    );
}

#[test]
fn a_missing_key_of_counting_is_asked_for_once_for_all_deadlines() {
    let second = SOUND.replace("first_day             = \"next\"\n", "");
    let second = format!(
        "{second}\n{}",
        "[deadlines.again]\nwho = \"officer\"\nstarts = \"opened\"\nwithin = \"2 working days\"\nmet_by = [\"answered\"]\n"
    );
    let (_, shown) = loaded(second);
    assert_eq!(
        shown,
        "counting-not-said 45:12 deadline `answer` is counted in working days, and nothing says \
         `first_day`"
    );
}

#[test]
fn the_calendar_of_the_protocol_stands_first_and_deadlines_find_their_own() {
    let protocol = meaning(
        "[calendars.office]",
        "[calendars.night]\nhours = { mon-fri = [\"22:00-06:00\"] }\n\n[calendars.office]",
    );
    let at_night = meaning(
        "[calendars.office]",
        "[deadlines.watch]\nwho = \"officer\"\nstarts = \"opened\"\nwithin = \"2 working days\"\n\
         met_by = [\"answered\"]\ncounts = { calendar = \"night\" }\n\n\
         [calendars.night]\nhours = { mon-fri = [\"22:00-06:00\"] }\n\n[calendars.office]",
    );
    let id = |protocol: &Protocol, at: usize| protocol.calendars[at].plan().id.clone();
    assert_eq!([id(&protocol, 0), id(&protocol, 1)], ["office", "night"]);
    let watch = &at_night.deadlines[0];
    assert_eq!(id(&at_night, watch.calendar.index()), "night");
}

#[test]
fn what_counts_says_is_stronger_than_time() {
    let protocol = meaning(
        "within = \"10 working days\"",
        "within = \"10 working days\"\ncounts = { ends = \"midnight\" }",
    );
    assert_eq!(protocol.deadlines[0].counts.ends, Ends::Midnight);
    assert_eq!(protocol.counts.ends, Ends::Close);
}

#[test]
fn a_term_that_cannot_be_read_is_not_called_missing_as_well() {
    let always_set = SOUND.replace("\"not_upheld\"] }", "\"not_upheld\"], required = true }");
    let by_outcome =
        "within = { by = \"outcome\", upheld = \"10 days\", not_upheld = \"2 weeks\" }";
    let (_, shown) = loaded(always_set.replace("within = \"10 working days\"", by_outcome));
    assert_eq!(shown, "bare-days 49:37 `10 days` does not say which days are counted");
}

#[test]
fn a_list_of_terms_ends_with_one_that_always_holds() {
    let list =
        |rest: &str| format!("within = [{{ when = 'hurt', is = \"2 working days\" }}{rest}]");
    check(
        "within = \"10 working days\"",
        &list(""),
        "within-gap 49:11 deadline `answer` has no term when none of its conditions hold",
    );
    let protocol = meaning("within = \"10 working days\"", &list(", { is = \"3 weeks\" }"));
    let answer = &protocol.deadlines[0];
    assert_eq!(answer.alternatives.len(), 2);
    assert!(matches!(&answer.choose, Choose::First(entries) if entries[1].0.is_none()));
}

const WITHIN: &str = "within = \"10 working days\"";

/// Writes something else in the place of the term of the sound protocol.
#[track_caller]
fn check_term(new: &str, expected: &str) {
    check(WITHIN, new, expected);
}

#[test]
fn a_warning_comes_within_the_term() {
    check_term("within = \"10 working days\"\nwarn = [\"10 working days before\"]", "");
    check_term(
        "within = \"10 working days\"\nwarn = [\"11 working days before\"]",
        "warning-before-start 50:9 warning `11 working days before` comes before the start of \
         deadline `answer`, which allows `10 working days`",
    );
    check_term("within = \"10 working days\"\nwarn = [\"12 calendar days before\"]", "");
    check_term("within = \"max(4 hours, 3 weeks)\"\nwarn = [\"1 week before\"]", "");
    check_term(
        "within = \"min(4 hours, 3 weeks)\"\nwarn = [\"4 hours before\"]",
        "warning-before-start 50:9 warning `4 hours before` comes before the start of deadline \
         `answer`, which allows `min(4 hours, 3 weeks)`",
    );
}

#[test]
fn an_extension_is_longer_than_what_it_extends() {
    let extended = |within: &str, total: &str| {
        format!(
            "within = \"{within}\"\nextend = [{{ on = \"answered\", total = \"{total}\", times = 1 }}]"
        )
    };
    check_term(&extended("8 weeks", "57 calendar days"), "");
    check_term(
        &extended("8 weeks", "56 calendar days"),
        "extension-not-longer 50:38 an extension of `answer` to `56 calendar days` is no longer \
         than its term `8 weeks`",
    );
    check_term(&extended("promptly", "1 week"), "");
    check_term(&extended("10 working days", "13 calendar days"), "");
}

#[test]
fn a_key_of_counts_that_no_term_reads_is_refused() {
    check_term(
        "within = \"10 working days\"\ncounts = { roll = \"none\" }",
        "key-without-effect 50:19 `roll` has no effect here: only terms in calendar days, weeks, \
         months and years end on a closed day",
    );
    check_term(
        "within = \"4 hours\"\ncounts = { first_day = \"same\", ends = \"midnight\" }",
        "key-without-effect 50:24 `first_day` has no effect here: no term of this clock is \
         counted in days\n\
         key-without-effect 50:39 `ends` has no effect here: hours and minutes end when they are \
         over",
    );
    check_term("within = \"8 weeks\"\ncounts = { roll = \"none\" }", "");
}
