use crate::script::tests::faults::drawn::check;

#[test]
fn the_last_entry_may_not_exist() {
    check(
        r#"undertaking.last().due > "2026-03-02""#,
        r#"
error[entry-may-be-unset]: `undertaking` may have no entry yet: its last one is read here
undertaking.last().due > "2026-03-02"
^^^^^^^^^^^^^^^^^^^^^^ there may be no last entry
help: ask `!undertaking.is_empty() && …` first
"#,
    );
    check(
        r#"undertaking.count() >= 0 && undertaking.last().due > "2026-03-02""#,
        r#"
error[entry-may-be-unset]: `undertaking` may have no entry yet: its last one is read here
undertaking.count() >= 0 && undertaking.last().due > "2026-03-02"
                            ^^^^^^^^^^^^^^^^^^^^^^ there may be no last entry
help: ask `!undertaking.is_empty() && …` first
"#,
    );
    check(
        r#"undertaking.is_empty() && undertaking.last().due > "2026-03-02""#,
        r#"
error[entry-may-be-unset]: `undertaking` may have no entry yet: its last one is read here
undertaking.is_empty() && undertaking.last().due > "2026-03-02"
                          ^^^^^^^^^^^^^^^^^^^^^^ there may be no last entry
help: ask `!undertaking.is_empty() && …` first
"#,
    );
    check(
        r#"undertaking.last().due > "2026-03-02" && !undertaking.is_empty()"#,
        r#"
error[entry-may-be-unset]: `undertaking` may have no entry yet: its last one is read here
undertaking.last().due > "2026-03-02" && !undertaking.is_empty()
^^^^^^^^^^^^^^^^^^^^^^ there may be no last entry
help: ask `!undertaking.is_empty() && …` first
"#,
    );
    check(
        r#"!interview.is_empty() && undertaking.last().due > "2026-03-02""#,
        r#"
error[entry-may-be-unset]: `undertaking` may have no entry yet: its last one is read here
!interview.is_empty() && undertaking.last().due > "2026-03-02"
                         ^^^^^^^^^^^^^^^^^^^^^^ there may be no last entry
help: ask `!undertaking.is_empty() && …` first
"#,
    );
}

#[test]
fn a_question_that_tells_nothing_is_no_guard() {
    check(
        r#"undertaking.all(|u| true) && undertaking.last().due > "2026-03-02""#,
        r#"
error[entry-may-be-unset]: `undertaking` may have no entry yet: its last one is read here
undertaking.all(|u| true) && undertaking.last().due > "2026-03-02"
                             ^^^^^^^^^^^^^^^^^^^^^^ there may be no last entry
help: ask `!undertaking.is_empty() && …` first
"#,
    );
    check(
        r#"undertaking.last().done_at > "2026-03-02""#,
        r#"
error[entry-may-be-unset]: `undertaking` may have no entry yet: its last one is read here
undertaking.last().done_at > "2026-03-02"
^^^^^^^^^^^^^^^^^^^^^^^^^^ there may be no last entry
help: ask `!undertaking.is_empty() && …` first
"#,
    );
    check(
        r#"undertaking.count() > 0 && undertaking.last().done_at > "2026-03-02""#,
        r#"
error[entry-may-be-unset]: `undertaking.last().done_at` may not be set: an entry need not have it
undertaking.count() > 0 && undertaking.last().done_at > "2026-03-02"
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^ nobody may have said it for this entry
help: ask `is_set(undertaking.last().done_at) && …` first, or have every entry bring it
"#,
    );
}

#[test]
fn a_field_that_an_entry_need_not_have_is_asked_for() {
    check(
        r#"interview.some(|i| i.recording == "tape")"#,
        r#"
error[entry-may-be-unset]: `i.recording` may not be set: an entry need not have it
interview.some(|i| i.recording == "tape")
                   ^^^^^^^^^^^ nobody may have said it for this entry
help: ask `is_set(i.recording) && …` first, or have every entry bring it
"#,
    );
    check(
        r#"interview.some(|i| is_set(i.recording) || i.recording == "tape")"#,
        r#"
error[entry-may-be-unset]: `i.recording` may not be set: an entry need not have it
interview.some(|i| is_set(i.recording) || i.recording == "tape")
                                          ^^^^^^^^^^^ nobody may have said it for this entry
help: ask `is_set(i.recording) && …` first, or have every entry bring it
"#,
    );
    check(
        r#"interview.some(|i| is_set(i.recording)) && interview.some(|i| i.recording == "tape")"#,
        r#"
error[entry-may-be-unset]: `i.recording` may not be set: an entry need not have it
interview.some(|i| is_set(i.recording)) && interview.some(|i| i.recording == "tape")
                                                              ^^^^^^^^^^^ nobody may have said it for this entry
help: ask `is_set(i.recording) && …` first, or have every entry bring it
"#,
    );
    check(
        r#"interview.some(|i| is_set(i.recording) && discrepancy.some(|d| interview.is_empty() || i.recording == d.of) && i.harm == harm)"#,
        r#"
error[entry-may-be-unset]: `i.harm` may not be set: an entry need not have it
interview.some(|i| is_set(i.recording) && discrepancy.some(|d| interview.is_empty() || i.recording == d.of) && i.harm == harm)
                                                                                                               ^^^^^^ nobody may have said it for this entry
help: ask `is_set(i.harm) && …` first, or have every entry bring it
"#,
    );
    check(
        r#"interview.some(|i| is_set(interview.last().recording) && i.recording == "tape")"#,
        r#"
error[entry-may-be-unset]: `i.recording` may not be set: an entry need not have it
interview.some(|i| is_set(interview.last().recording) && i.recording == "tape")
                                                         ^^^^^^^^^^^ nobody may have said it for this entry
help: ask `is_set(i.recording) && …` first, or have every entry bring it
"#,
    );
    check(
        r#"is_set(undertaking.last().due) && undertaking.last().done_at > "2026-03-02""#,
        r#"
error[entry-may-be-unset]: `undertaking.last().done_at` may not be set: an entry need not have it
is_set(undertaking.last().due) && undertaking.last().done_at > "2026-03-02"
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^ nobody may have said it for this entry
help: ask `is_set(undertaking.last().done_at) && …` first, or have every entry bring it
"#,
    );
}
