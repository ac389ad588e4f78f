//! Stages, branches, severity and what is read where: where each of these rules begins and ends.

use crate::inspect::tests::sound::{AS_IT_IS, check};

#[test]
fn nothing_is_found_in_a_sound_protocol() {
    check(AS_IT_IS, "", "");
}

#[test]
fn a_way_on_that_is_refused_on_the_last_rung_leads_to_no_end() {
    check(
        ("after = { \"4 weeks\" = { to = \"closed\" } }", "guide = \"Call them.\""),
        "",
        "no-way-to-an-end 46:9 from stage `open` on rung `first` a case can never be closed\n\
         no-way-to-an-end 53:9 from stage `answered` on rung `first` a case can never be closed\n\
         stage-never-entered 60:9 no case ever enters stage `closed`",
    );
}

#[test]
fn what_every_way_to_a_letter_sets_may_be_stated_in_it() {
    let two_ways =
        "[[stages.open.on.rejected]]\nto = \"answered\"\nsends = [\"answer\"]\n\n[stages.answered]";
    check(
        ("[stages.answered]", two_ways),
        "",
        "field-may-be-unset 75:1 field `advised` may not be set: letter `answer` must state it",
    );
    check(
        ("[stages.answered]", &two_ways.replace("to =", "set = { advised = true }\nto =")),
        "",
        "",
    );
}

#[test]
fn a_field_is_known_where_a_guard_or_an_earlier_event_has_made_sure_of_it() {
    let after = |guard: &str| {
        let first =
            format!("[[stages.answered.on.rejected]]\nwhen = '{guard}'\nto = \"closed\"\n\n");
        format!("{first}[[stages.answered.on.rejected]]")
    };
    // Every way to `answered` goes through `answered`, which must carry the field.
    check(("[stages.answered.on.rejected]", &after("advised")), "", "");
    let open = |guard: &str| {
        let first = format!("[[stages.open.on.rejected]]\nwhen = '{guard}'\nto = \"closed\"\n\n");
        format!("{first}[[stages.open.on.rejected]]\n\n[stages.answered]")
    };
    check(
        ("[stages.answered]", &open("advised")),
        "",
        "field-may-be-unset 54:9 field `advised` may not be set: it is read here",
    );
    check(("[stages.answered]", &open("is_set(advised) && advised")), "", "");
}

#[test]
fn what_a_letter_states_may_be_made_sure_of_by_the_branch_that_sends_it() {
    let sends = |first: &str| {
        let branch = "to = \"answered\"\nsends = [\"answer\"]\n\n";
        format!("[[stages.open.on.rejected]]\n{first}{branch}[stages.answered]")
    };
    let advised = "[conditions.advice]\nsays = \"There is advice\"\nis = 'is_set(advised)'\n";
    check(("[stages.answered]", &sends("requires = [\"advice\"]\n")), advised, "");
}

#[test]
fn branches_that_cover_every_case_need_no_last_one() {
    let two = |first: &str, second: &str| {
        format!(
            "[[stages.open.on.rejected]]\nwhen = '{first}'\nto = \"closed\"\n\n\
             [[stages.open.on.rejected]]\nwhen = '{second}'\n\n[stages.answered]"
        )
    };
    check(("[stages.answered]", &two("amount > 50", "amount <= 50")), "", "");
    check(
        ("[stages.answered]", &two("amount > 50", "amount < 50")),
        "",
        "event-may-find-no-branch 57:1 event `rejected` finds no branch in stage `open` when \
         `amount` is 50",
    );
    check(("[stages.answered]", &two("rung == \"first\"", "rung == \"second\"")), "", "");
    check(
        ("[stages.answered]", &two("harm || !harm", "amount > 50")),
        "",
        "unreachable-branch 57:1 this branch of event `rejected` in stage `open` is never taken",
    );
}

fn severity(policy: &str, rules: &[(&str, &str)]) -> String {
    let rules = rules
        .iter()
        .map(|(when, is)| format!("\n[[severity.rules]]\nwhen = '{when}'\nis = \"{is}\"\n"));
    let rules: String = rules.collect();
    format!("\n[severity]\nlevels = [\"low\", \"mid\", \"high\"]\npolicy = \"{policy}\"\n{rules}")
}

#[test]
fn a_table_that_covers_every_case_needs_no_otherwise() {
    check(
        AS_IT_IS,
        &severity("first", &[("harm", "high"), ("amount > 5", "mid"), ("true", "low")]),
        "",
    );
    check(
        AS_IT_IS,
        &severity("first", &[("harm", "high"), ("amount > 5", "mid")]),
        "severity-gap 73:1 no rule of severity holds when `harm` does not hold and `amount` is 4",
    );
}

#[test]
fn the_highest_rule_that_holds_decides_wherever_it_stands() {
    check(
        AS_IT_IS,
        &severity("highest", &[("true", "low"), ("amount > 5", "mid"), ("amount > 9", "high")]),
        "",
    );
    check(
        AS_IT_IS,
        &severity("first", &[("amount > 5", "mid"), ("amount > 9", "high"), ("true", "low")]),
        "severity-masked 81:1 rule 2 of severity never decides",
    );
}

#[test]
fn unique_is_proven() {
    check(AS_IT_IS, &severity("unique", &[("amount > 5", "high"), ("amount <= 5", "low")]), "");
    check(
        AS_IT_IS,
        &severity("unique", &[("amount >= 5", "high"), ("amount <= 5", "low")]),
        "severity-overlap 81:1 rules 1 and 2 of severity both hold when `amount` is 5",
    );
}

#[test]
fn a_channel_is_asked_for_before_it_is_compared() {
    let requires = (
        "[stages.answered.on.rejected]\n",
        "[stages.answered.on.rejected]\nrequires = [\"by_email\"]\n",
    );
    let condition =
        |is: &str| format!("[conditions.by_email]\nsays = \"It came by e-mail\"\nis = '{is}'\n");
    check(
        requires,
        &condition("channel == \"email\""),
        "field-may-be-unset 75:7 `channel` may not be set: it is read here",
    );
    check(requires, &condition("is_set(channel) && channel == \"email\""), "");
    check(requires, &condition("channel.written"), "");
}

#[test]
fn nobody_has_to_say_how_an_event_came() {
    let branch = |when: &str, to: &str| {
        format!("[[stages.answered.on.rejected]]\n{when}escalate = true\nto = \"{to}\"\n\n")
    };
    let known = branch("when = 'is_set(channel)'\n", "open");
    let check_branches = |branches: String, expected: &str| {
        let rejected =
            "[stages.answered.on.rejected]\nescalate = true\nto       = \"open\"\n".to_owned();
        check((&rejected, &branches), "", expected);
    };
    check_branches(format!("{known}{}", branch("", "answered")), "");
    check_branches(
        known,
        "event-may-find-no-branch 56:1 event `rejected` finds no branch in stage `answered` when \
         `channel` is not set",
    );
}

#[test]
fn a_shortcut_up_the_ladder_says_for_which_cases() {
    let three = (
        "[events]\n",
        "[[ladder]]\nrung = \"third\"\nhandled_by = \"manager\"\nnot_by = [\"rung:second\"]\n\n[events]\nappealed = { by = [\"complainant\"] }\n",
    );
    let appeal = |when: &str| {
        format!(
            "\n[[stages.answered.on.appealed]]\n{when}escalate = \"third\"\nto = \"open\"\n\n\
             [[stages.answered.on.appealed]]\nescalate = true\nto = \"open\"\n"
        )
    };
    check(three, &appeal("when = 'rung == \"first\"'\n"), "");
    check(three, &appeal("when = 'harm'\n"), "");
    check(
        three,
        &appeal("when = 'channel.written'\n"),
        "rung-skipped 79:1 from rung `first` this leads to `third` past `second`",
    );
}
