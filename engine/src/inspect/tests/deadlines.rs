//! Duties, rights and their terms: where each of these rules begins and ends.

use crate::inspect::tests::sound::{AS_IT_IS, check};

#[test]
fn a_breach_is_part_of_a_circle_only_if_the_circle_starts_its_clock_again() {
    let nudge = |starts: &str| {
        format!(
            "\n[deadlines.nudge]\nwho = \"agent\"\nstarts = \"{starts}\"\nwithin = \"1 week\"\n\
             met_by = [\"rejected\", \"answered\"]\nbreach = {{ to = \"open\" }}\n"
        )
    };
    let back = ("{ to = \"closed\" }", "{ to = \"open\" }");
    let to_closed = "\n[stages.open.on.rejected]\nto = \"closed\"\n";
    check(back, to_closed, "");
    check(AS_IT_IS, &nudge("opened"), "");
    check(
        AS_IT_IS,
        &nudge("stage:open"),
        "endless-cycle 46:9 time alone moves a case round for ever: `open`",
    );
}

#[test]
fn clocks_that_start_each_other_for_ever_are_found() {
    let clock = |name: &str, starts: &str| {
        format!(
            "\n[deadlines.{name}]\nwho = \"agent\"\nstarts = [{starts}]\n\
             within = \"2 weeks\"\nmet_by = [\"answered\"]\n"
        )
    };
    let first = clock("a", "\"opened\", \"breach:b\"");
    check(
        AS_IT_IS,
        &format!("{first}{}", clock("b", "\"breach:a\"")),
        "endless-cycle 73:12 the end of deadline `a` leads to its own start\n\
         endless-cycle 79:12 the end of deadline `b` leads to its own start",
    );
    check(AS_IT_IS, &format!("{}{}", clock("a", "\"opened\""), clock("b", "\"breach:a\"")), "");
}

#[test]
fn silence_must_be_able_to_start_a_duty() {
    let follow_up = |starts: &str| {
        format!(
            "\n[deadlines.follow_up]\nwho = \"@handler\"\nstarts = [{starts}]\n\
             within = \"2 weeks\"\nmet_by = [\"stage:closed\"]\n\
             breach = {{ tells = [\"manager\"] }}\n"
        )
    };
    check(
        AS_IT_IS,
        &follow_up("\"letter:answer\""),
        "anchor-may-never-come 73:12 deadline `follow_up` starts only when whoever owes it acts",
    );
    check(AS_IT_IS, &follow_up("\"letter:answer\", \"breach:reply\""), "");
}

#[test]
fn one_duty_has_one_clock_unless_something_tells_them_apart() {
    let clock = |told: &str, rest: &str| {
        format!(
            "\n[deadlines.again]\nwho = \"@handler\"\nstarts = \"opened\"\n\
             restarts = [\"escalated\"]\nmet_by = [\"letter:answer\"]\n\
             breach = {{ tells = [{told}] }}\n{rest}\n"
        )
    };
    let second = |rest: &str| clock("\"manager\"", rest);
    let twice = "same-duty-twice 73:12 `reply` and `again` are one duty with two clocks";
    check(AS_IT_IS, &second("within = \"8 weeks\""), twice);
    check(AS_IT_IS, &second("within = \"10 working days\""), twice);
    check(AS_IT_IS, &second("within = \"8 weeks\"\nsource = \"DISP 1.6.2R\""), "");
    check(AS_IT_IS, &clock("\"manager\", \"agent\"", "within = \"8 weeks\""), "");
    check(AS_IT_IS, &second("within = \"8 weeks\"\npausable = false"), "");
    check(AS_IT_IS, &second("within = \"8 weeks\"\nwhen = 'harm'"), "");
    check(AS_IT_IS, &second("within = \"8 weeks\"\ncancelled_by = [\"rejected\"]"), "");
}

#[test]
fn a_right_is_of_the_one_who_can_use_it() {
    let window = |who: &str, met_by: &str| {
        format!(
            "\n[deadlines.object]\nwindow = true\nwho = \"{who}\"\nstarts = \"letter:answer\"\n\
             within = \"2 weeks\"\nmet_by = [{met_by}]\n"
        )
    };
    check(AS_IT_IS, &window("complainant", "\"rejected\""), "");
    check(AS_IT_IS, &window("complainant", "\"rejected\", \"answered\""), "");
    check(AS_IT_IS, &window("manager", "\"answered\""), "");
    check(
        AS_IT_IS,
        &window("complainant", "\"answered\""),
        "not-theirs-to-do 73:12 `object` is for `complainant`, and the complainant cannot use it",
    );
    // The agent enters what the complainant says, and the manager does not.
    check(AS_IT_IS, &window("agent", "\"rejected\""), "");
    check(
        AS_IT_IS,
        &window("manager", "\"rejected\""),
        "not-theirs-to-do 73:12 `object` is for `manager`, and only the complainant can use it",
    );
}

#[test]
fn a_window_is_used_by_an_event_its_end_or_a_question() {
    let window = |rest: &str| {
        format!(
            "\n[deadlines.object]\nwindow = true\nwho = \"complainant\"\n\
             starts = \"letter:answer\"\nwithin = \"2 weeks\"\n{rest}\n"
        )
    };
    let unused = "window-unused 73:12 nothing happens in window `object` or when it ends";
    check(AS_IT_IS, &window(""), unused);
    check(AS_IT_IS, &window("lapse = { tells = [\"agent\"] }"), "");
    let asked = (
        "[stages.answered.on.rejected]\n",
        "[stages.answered.on.rejected]\nwhen = 'running(\"object\")'\n",
    );
    check(
        asked,
        &window(""),
        "event-may-find-no-branch 56:1 event `rejected` finds no branch in stage `answered` when \
         `running(\"object\")` does not hold",
    );
}

#[test]
fn a_duty_can_be_met_before_its_breach_or_not_at_all() {
    let check_report = |open: &str, expected: &str| {
        let added = format!(
            "\n[stages.late]\nowner = \"agent\"\n\n[stages.late.on.reported]\nto = \"closed\"\n{open}\n\
             [deadlines.report]\nwho = \"agent\"\nstarts = \"stage:open\"\nwithin = \"1 week\"\n\
             met_by = [\"reported\"]\nbreach = {{ to = \"late\" }}\n"
        );
        check(("[events]\n", "[events]\nreported = { by = [\"agent\"] }\n"), &added, expected);
    };
    check_report(
        "",
        "never-met-in-time 80:12 deadline `report` can be met only after it was missed",
    );
    check_report("\n[stages.open.on.reported]\n", "");
    check_report("\n[stages.answered.on.reported]\n", "");
}

/// The steps of the sound protocol may take 10 working days, 4 weeks and 10 working days again.
#[track_caller]
fn check_whole(within: &str, expected: &str) {
    let added = format!(
        "\n[deadlines.whole]\nwho = \"agent\"\nstarts = \"opened\"\nmet_by = [\"stage:closed\"]\n{within}\n"
    );
    check(AS_IT_IS, &added, expected);
}

#[test]
fn the_terms_of_the_steps_fit_into_that_of_the_whole() {
    let longer = |allowed: &str| {
        format!(
            "terms-outlast-whole 73:12 `whole` allows `{allowed}`, and the steps before its end may \
             take 10 working days + 4 weeks + 10 working days + 4 weeks, at least 80 calendar days"
        )
    };
    check_whole("within = \"80 calendar days\"", "");
    check_whole("within = \"12 weeks\"", "");
    check_whole("within = \"11 weeks\"", &longer("11 weeks"));
    check_whole("within = \"2 months\"", &longer("2 months"));
    check_whole("within = \"min(1 year, 11 weeks)\"", &longer("min(1 year, 11 weeks)"));
    check_whole("within = \"max(1 year, 11 weeks)\"", "");
    check_whole("within = \"19 working days\"", &longer("19 working days"));
}

/// Entries of a record may be added at any time, and no step waits for what each of them is given.
#[test]
fn what_each_entry_is_given_is_no_step_of_the_way() {
    let record = "within = \"12 weeks\"\n\n[records.promise]\nby = [\"agent\"]\ndone = true\n\n\
                  [deadlines.follow]\nfor_each = \"promise\"\nwho = \"agent\"\nwithin = \"8 weeks\"\n";
    check_whole(record, "");
}

#[test]
fn a_whole_that_can_change_is_not_compared_with_its_steps() {
    check_whole("within = \"2 weeks\"\nwhen = 'harm'", "");
    check_whole("within = \"2 weeks\"\nrestarts = \"escalated\"", "");
    check_whole("within = \"promptly\"", "");
}
