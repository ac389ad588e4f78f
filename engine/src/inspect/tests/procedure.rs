use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::text::LineIndex;
use crate::text::SourceSet;

/// A protocol in which nothing is wrong. Tests replace one piece of it.
const SOUND: &str = r#"[protocol]
id          = "small"
title       = "Complaints of a small firm"
version     = "1"
language    = "en"
zone        = "Europe/London"
calendar    = "office"
effective   = { from = 2026-01-01 }
accountable = "agent"
source      = "house rules of 2026"

[calendars.office]
hours = { mon-fri = ["09:00-17:00"] }

[time]
first_day             = "next"
ends                  = "close"
roll                  = "forward"
receipt_outside_hours = "as_is"
backdate              = "10 working days"

[roles]
agent   = { title = "Agent" }
manager = { title = "Manager" }

[channels]
email = { title = "E-mail", written = true }

[fields]
harm    = { type = "flag", default = false }
amount  = { type = "number", default = 0 }
advised = { type = "flag" }

[[ladder]]
rung       = "first"
handled_by = "agent"

[[ladder]]
rung       = "second"
handled_by = "manager"

[events]
answered = { by = ["@handler"], carries = ["advised"] }
rejected = { by = ["complainant"], entered_by = ["agent"] }

[stages.open]
start = true
owner = "@handler"
[stages.open.on.answered]
to    = "answered"
sends = ["answer"]

[stages.answered]
after = { "4 weeks" = { to = "closed" } }
owner = "@handler"
[stages.answered.on.rejected]
escalate = true
to       = "open"

[stages.closed]
end = true

[deadlines.reply]
who      = "@handler"
starts   = "opened"
restarts = ["escalated"]
within   = "10 working days"
met_by   = ["letter:answer"]
breach   = { tells = ["manager"] }
[letters]
answer = { to = ["complainant"], states = ["advised"] }
"#;

fn shown(sources: &SourceSet, out: &Diagnostics) -> String {
    let line = |fault: &Diagnostic| {
        let span = fault.primary.span;
        let text = sources.get(span.file).unwrap().readable();
        let at = LineIndex::new(text).line_column(text, span.range().start);
        format!("{} {}:{} {}", fault.code.name, at.line, at.column, fault.message)
    };
    out.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Replaces one piece of the sound protocol, adds text, and expects these faults.
#[track_caller]
pub(crate) fn check((old, new): (&str, &str), added: &str, expected: &str) {
    assert_eq!(SOUND.matches(old).count(), 1, "`{old}` stands once in the protocol");
    let text = format!("{}{added}", SOUND.replace(old, new));
    let sources = SourceSet::new("", [("protocol.toml".to_owned(), text.into_bytes())]);
    let (machine, out) = crate::load(&sources);
    assert_eq!(shown(&sources, &out), expected);
    assert_eq!(machine.is_none(), out.has_errors());
}

pub(crate) const AS_IT_IS: (&str, &str) = ("[stages.closed]", "[stages.closed]");

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

#[test]
fn a_whole_that_can_change_is_not_compared_with_its_steps() {
    check_whole("within = \"2 weeks\"\nwhen = 'harm'", "");
    check_whole("within = \"2 weeks\"\nrestarts = \"escalated\"", "");
    check_whole("within = \"promptly\"", "");
}
