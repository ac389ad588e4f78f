//! Who has to act, who may not, and who learns of it: where each of these rules begins and ends.

use crate::inspect::tests::sound::{AS_IT_IS, check};

const OWNER: (&str, &str) =
    ("start = true\nowner = \"@handler\"", "start = true\nguide = \"Listen.\"");

#[test]
fn a_stage_needs_an_owner_where_the_organisation_has_to_act() {
    check(OWNER, "", "stage-without-owner 46:9 nobody owns stage `open`");
    let rejected = (
        "closed\" } }\nowner = \"@handler\"",
        "closed\" } }\nguide = \"Call them: only the complainant acts here.\"",
    );
    check(rejected, "", "");
}

#[test]
fn what_is_for_the_owner_alone_is_for_nobody_without_one() {
    let only = ("answered = { by = [\"@handler\"]", "answered = { by = [\"@owner\"]");
    check(only, "", "");
    let stage = (
        "owner = \"@handler\"\n[stages.open.on.answered]",
        "guide = \"Listen.\"\n[stages.open.on.nudged]\nto = \"answered\"\n\n[stages.open.on.answered]",
    );
    check(
        stage,
        "\n[events.nudged]\nby = [\"@owner\"]\n",
        "stage-without-owner 46:9 nobody owns stage `open`\n\
         no-owner-to-act 49:1 nobody can report event `nudged` in stage `open`",
    );
}

#[test]
fn silence_of_the_complainant_is_no_place_to_stay() {
    let after = ("after = { \"4 weeks\" = { to = \"closed\" } }\n", "guide = \"Wait.\"\n");
    let withdrawn = "\n[events.withdrawn]\nby = [\"complainant\"]\n\n\
                     [anywhere.on.withdrawn]\nto = \"closed\"\n";
    check(
        after,
        withdrawn,
        "waits-for-outsider 53:9 a case stays in stage `answered` until somebody outside acts",
    );
    check(AS_IT_IS, withdrawn, "");
    // The end of a clock takes the case on, and so does an event of the organisation.
    let lapse = "\n[deadlines.silence]\nwindow = true\nwho = \"complainant\"\n\
                 starts = \"letter:answer\"\nwithin = \"4 weeks\"\nlapse = { to = \"closed\" }\n";
    check(after, &format!("{withdrawn}{lapse}"), "");
    let given_up = "\n[events.given_up]\nby = [\"agent\"]\n\n\
                    [stages.answered.on.given_up]\nto = \"closed\"\n";
    check(after, &format!("{withdrawn}{given_up}"), "");
}

fn duty(who: &str, rest: &str) -> String {
    format!(
        "\n[deadlines.duty]\nwho = \"{who}\"\nstarts = \"opened\"\nwithin = \"2 weeks\"\n{rest}\n"
    )
}

const DIRECTOR: (&str, &str) = (
    "manager = { title = \"Manager\" }",
    "manager = { title = \"Manager\", deputy = \"director\" }\ndirector = { title = \"Director\" }",
);

#[test]
fn who_answers_for_a_duty_may_meet_it() {
    let looked = |who: &str| {
        let event = "\n[events.looked]\nby = [\"manager\"]\n\n[stages.open.on.looked]\n";
        let rest = "met_by = [\"looked\"]\nbreach = { tells = [\"@handler\"], escalate = true, to = \"@same\" }";
        format!("{event}{}", duty(who, rest))
    };
    check(AS_IT_IS, &looked("manager"), "");
    check(AS_IT_IS, &looked("@handler"), "");
    check(DIRECTOR, &looked("director"), "");
    check(
        AS_IT_IS,
        &looked("agent"),
        "duty-of-another 78:12 `agent` answers for deadline `duty`, and may not meet it",
    );
    // What the complainant alone can do is another fault, said once.
    let rest = "met_by = [\"rejected\"]\nbreach = { tells = [\"agent\"] }";
    check(
        AS_IT_IS,
        &duty("manager", rest).replace("2 weeks", "8 weeks"),
        "not-theirs-to-do 73:12 `duty` is for `manager`, and only the complainant can meet it",
    );
    // To get a word from somebody else outside is a duty of its own.
    let expert = (
        DIRECTOR.0,
        "manager = { title = \"Manager\" }\nexpert = { title = \"Expert\", external = true }",
    );
    let advised = "\n[events.looked]\nby = [\"expert\"]\n\n[stages.open.on.looked]\n";
    let rest = "met_by = [\"looked\"]\nbreach = { tells = [\"agent\"] }";
    check(expert, &format!("{advised}{}", duty("manager", rest)), "");
}

#[test]
fn a_breach_is_noticed_by_somebody_else() {
    let unnoticed =
        "breach-unnoticed 73:12 when `manager` misses deadline `duty`, nobody learns of it";
    let breach = |breach: &str| duty("manager", &format!("met_by = [\"answered\"]\n{breach}"));
    check(AS_IT_IS, &breach(""), unnoticed);
    check(AS_IT_IS, &breach("breach = { tells = [\"manager\"] }"), unnoticed);
    check(AS_IT_IS, &breach("breach = { tells = [\"agent\"] }"), "");
    check(AS_IT_IS, &breach("breach = { escalate = \"second\" }"), "");
    let promptly = breach("").replace("2 weeks", "promptly");
    check(AS_IT_IS, &promptly, "");
    // The agent is accountable: there is nobody above to tell.
    check(AS_IT_IS, &breach("").replace("manager", "agent"), "");
}

const SECOND: &str = "handled_by = \"manager\"\n";

#[test]
fn a_case_that_goes_up_meets_somebody_else() {
    let same = "handled_by = \"agent\"\nsource = \"rule 1\"\n";
    check(
        (SECOND, same),
        "",
        "same-handler 38:1 rungs `first` and `second` are both handled by `agent`",
    );
    check((SECOND, &format!("{same}not_by = [\"rung:first\"]\n")), "", "");
}

#[test]
fn deputies_of_each_other_do_not_review_each_other() {
    let manager = "manager = { title = \"Manager\" }";
    check(
        (manager, "manager = { title = \"Manager\", deputy = \"agent\" }"),
        "",
        "deputy-reviews 38:1 `agent` may act for `manager`, and so judge a case on rung `second` \
         that was theirs on `first`",
    );
    let agent = "agent   = { title = \"Agent\" }";
    check(
        (agent, "agent   = { title = \"Agent\", deputy = \"manager\" }"),
        "",
        "deputy-reviews 38:1 `manager` may act for `agent`, and so judge a case on rung `second` \
         that was theirs on `first`",
    );
    check(DIRECTOR, "", "");
}

#[test]
fn a_graver_case_has_no_longer_term() {
    let severity = "\n[severity]\nlevels = [\"low\", \"high\"]\npolicy = \"first\"\n\
                    otherwise = \"low\"\n\n[[severity.rules]]\nwhen = 'harm'\nis = \"high\"\n";
    let within = |high: &str, low: &str| {
        let terms =
            format!("within   = {{ by = \"severity\", high = \"{high}\", low = \"{low}\" }}");
        move |expected: &str| check(("within   = \"10 working days\"", &terms), severity, expected)
    };
    let longer =
        |terms: &str| format!("graver-later 63:12 deadline `reply` gives level `high` {terms}");
    within("3 weeks", "20 calendar days")(&longer("3 weeks, and the lower `low` 20 calendar days"));
    within("1 year", "11 months")(&longer("1 year, and the lower `low` 11 months"));
    within("2 weeks", "14 calendar days")("");
    within("4 weeks", "10 working days")("");
    within("5 working days", "10 working days")("");
    within("promptly", "10 working days")("");
}
