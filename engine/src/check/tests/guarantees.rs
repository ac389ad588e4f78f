//! What guarantees promise, and what is said where they do not.

use crate::check::tests::sound::{SOUND, loaded};
use crate::model::{DeadlineId, EventId, Guarantee, LetterId, Point, Promise, StageId};

/// The sound protocol with one more guarantee.
fn with(keys: &str) -> (Option<crate::model::Protocol>, String) {
    loaded(format!("{SOUND}\n[[guarantees]]\nid = 'g'\nsays = 'So it is'\n{keys}\n"))
}

#[track_caller]
fn guarantee(keys: &str) -> Guarantee {
    let (protocol, shown) = with(keys);
    assert_eq!(shown, "");
    let [guarantee] = protocol.unwrap().guarantees.try_into().unwrap();
    guarantee
}

#[track_caller]
fn check(keys: &str, expected: &str) {
    let (_, shown) = with(keys);
    assert_eq!(shown, expected);
}

const OPENED: Point = Point::Event(EventId::OPENED);
const ANSWERED: Point = Point::Event(EventId(1));
const ANSWER: Point = Point::Letter(LetterId(0));
const CLOSED: Point = Point::Stage(StageId(1));
const BREACH: Point = Point::Breach(DeadlineId(0));

#[test]
fn a_term_is_promised_from_points_to_points() {
    let found = guarantee(
        "from = 'opened'\nwithin = 'min(8 weeks, 50 working days)'\n\
         expect = ['letter:answer', 'breach:answer']\nunless = 'stage:closed'\nassume = 'met:answer'",
    );
    assert_eq!((found.id.as_str(), found.says.as_str()), ("g", "So it is"));
    let Promise::Within { from, within, expect } = found.promise else { panic!("{found:?}") };
    assert_eq!((from, expect), (vec![OPENED], vec![ANSWER, BREACH]));
    assert_eq!(within.to_string(), "min(8 weeks, 50 working days)");
    assert_eq!((found.unless, found.assume), (vec![CLOSED], vec![DeadlineId(0)]));
}

#[test]
fn every_shape_is_told_by_its_keys_in_any_order() {
    let promise = |keys| guarantee(keys).promise;
    let (never, before) = (vec![CLOSED], vec![ANSWER]);
    assert_eq!(
        promise("before = ['letter:answer']\nnever = ['stage:closed']"),
        Promise::Before { never: never.clone(), before },
    );
    let found = promise("never = 'stage:closed'\nwhile = 'hurt && stage == \"received\"'");
    assert!(matches!(found, Promise::While { never: it, .. } if it == never), "while");
    let found = promise("never = 'stage:closed'\nfrom = 'opened'\nwithin = '2 hours'");
    assert!(matches!(found, Promise::TooSoon { never: it, .. } if it == never), "too soon");
    assert_eq!(
        promise("never = 'stage:closed'\nmore_than = 0"),
        Promise::AtMost { never, times: 0 }
    );
    let possible = Promise::Possible { event: EventId(1), holds: None };
    assert_eq!(promise("always_possible = 'answered'"), possible);
    assert_eq!(promise("always_possible = 'event:answered'"), possible);
    let found = promise("while = 'stage == \"received\"'\nalways_possible = 'answered'");
    assert!(matches!(found, Promise::Possible { holds: Some(_), .. }), "possible while");
    assert_eq!(
        promise("always_reachable = ['stage:closed', 'answered']"),
        Promise::Reachable { points: vec![CLOSED, ANSWERED] }
    );
}

#[test]
fn keys_that_make_no_promise_are_named() {
    check("", "guarantee-keys 56:6 guarantee `g` promises nothing");
    check("unless = 'opened'", "guarantee-keys 56:6 guarantee `g` promises nothing");
    check("never = 'stage:closed'", "guarantee-keys 58:1 guarantee `g` has `never` alone");
    check(
        "expect = 'letter:answer'\nfrom = 'opened'",
        "guarantee-keys 59:1 guarantee `g` has `from` and `expect` without `within`",
    );
    check("while = 'hurt'", "guarantee-keys 58:1 guarantee `g` has `while` without `never`");
    check(
        "never = 'stage:closed'\nexpect = 'letter:answer'\nmore_than = 1",
        "guarantee-keys 60:1 `expect`, `never` and `more_than` do not go together in guarantee `g`",
    );
    check(
        "always_possible = 'answered'\nalways_reachable = 'answered'",
        "guarantee-keys 59:1 `always_possible` and `always_reachable` do not go together in \
         guarantee `g`",
    );
    check(
        "never = 'stage:closed'\nmore_than = 70_000",
        "guarantee-keys 59:13 guarantee `g` counts to 70000, at most 65535 is counted",
    );
    check(
        "always_possible = 'answered'\nunless = 'opened'",
        "key-without-effect 59:10 `unless` has no effect here: nothing that happens in a case \
         discharges what is always so",
    );
    check(
        "always_possible = 'stage:closed'",
        "guarantee-keys 58:19 `always_possible` takes an event, and `stage:closed` is none",
    );
}

#[test]
fn what_a_key_holds_is_looked_up_as_everywhere() {
    check(
        "from = 'closed'\nwithin = '8 fortnights'\nexpect = ['letter:anser', 'lapse:answer']",
        "unknown-point 58:8 guarantee begins with `closed`, which is no point\n\
         bad-term 59:10 `fortnights` is no unit of time\n\
         unknown-letter 60:11 guarantee expects undeclared letter `anser`\n\
         wrong-expiry 60:27 deadline `answer` is a duty, which never lapses",
    );
    check(
        "from = 'opened'\nwithin = 'promptly'\nexpect = 'letter:answer'",
        "no-term 59:10 guarantee `g` does not say how long it may take",
    );
    check(
        "never = 'stage:closed'\nwhile = 'hurt > 3 && by == \"officer\"'",
        "unlike-types 59:10 `hurt` is a yes or no, but `3` is a number",
    );
    check(
        "never = 'stage:closed'\nwhile = 'by == \"officer\"'",
        "event-only-name 59:10 `by` belongs to an event, and there is none when a guarantee is \
         looked at",
    );
    check(
        "always_possible = 'answered'\nassume = ['breach:answer', 'answer', 'met:anser', 'met:answer']",
        "assume-not-met 59:11 a guarantee cannot assume `breach:answer`\n\
         assume-not-met 59:28 a guarantee cannot assume `answer`\n\
         unknown-deadline 59:38 guarantee assumes to be met undeclared deadline `anser`",
    );
}

#[test]
fn a_field_may_be_read_where_what_is_ruled_out_has_set_it() {
    guarantee("never = 'answered'\nwhile = 'outcome == \"upheld\"'");
    check(
        "never = ['opened', 'answered']\nwhile = 'outcome == \"upheld\"'",
        "field-may-be-unset 59:10 field `outcome` may not be set: it is read here",
    );
    check(
        "always_possible = 'answered'\nwhile = 'outcome == \"upheld\"'",
        "field-may-be-unset 59:10 field `outcome` may not be set: it is read here",
    );
}

#[test]
fn a_term_needs_what_the_term_of_a_deadline_needs() {
    let without = SOUND.replace("ends                  = \"close\"\n", "");
    let without = without.replace("within = \"10 working days\"", "within = \"10 hours\"");
    let keys = "from = 'opened'\nwithin = '8 weeks'\nexpect = 'breach:answer'";
    let (_, shown) = loaded(format!("{without}\n[[guarantees]]\nid = 'g'\nsays = 'So'\n{keys}\n"));
    assert_eq!(
        shown,
        "counting-not-said 58:10 guarantee `g` is counted in weeks, and nothing says `ends`"
    );
    let without = SOUND.replace("source      = \"house rules of 2026\"\n", "");
    let without = without.replace("within = \"10", "source = \"rule\"\nwithin = \"10");
    let (_, shown) = loaded(format!("{without}\n[[guarantees]]\nid = 'g'\nsays = 'So'\n{keys}\n"));
    assert_eq!(
        shown,
        "missing-source 56:6 guarantee `g` has a term, and nothing says where it comes from"
    );
}

#[test]
fn a_guarantee_that_nothing_can_break_or_keep_is_worth_a_warning() {
    let never = "guarantee-says-nothing 55:1 guarantee `g` says nothing:";
    check(
        "never = ['extended:answer', 'reopened']\nmore_than = 2",
        &format!("{never} `extended:answer` or `reopened` never happens"),
    );
    check(
        "never = 'stage:closed'\nbefore = 'extended:answer'",
        &format!("{never} `extended:answer` never happens"),
    );
    check(
        "from = 'opened'\nwithin = '8 weeks'\nexpect = ['escalated']",
        &format!("{never} `escalated` never happens"),
    );
    check(
        "never = ['stage:closed', 'answered']\nbefore = ['stage:closed']\nunless = 'answered'",
        "guarantee-says-nothing 55:1 guarantee `g` rules out `answered`, which allows itself\n\
         guarantee-says-nothing 55:1 guarantee `g` rules out `stage:closed`, which allows itself",
    );
}

#[test]
fn two_guarantees_have_two_names_and_every_one_has_a_name_and_a_sentence() {
    let keys = "always_possible = 'answered'\n\n[[guarantees]]\nalways_possible = 'answered'";
    check(
        &format!("{keys}\nid = 'g'\nsays = 'Another'"),
        "duplicate-name 62:6 the guarantee `g` is written twice",
    );
    check(
        keys,
        "missing-key 60:1 an entry of `guarantees` has no `id`\nmissing-key 60:1 an entry of `guarantees` has no `says`",
    );
    check(
        &format!("{keys}\nid = 'h'\nalwais = 3"),
        "missing-key 60:1 guarantee `h` has no `says`\nunknown-key 63:1 guarantee `h` has no key `alwais`",
    );
    check(
        &format!("{keys}\nid = 'é'\nsays = ' '"),
        "bad-name 62:6 the name `é` holds `é` (U+00E9)\nempty-text 63:8 `says` of guarantee `é` says nothing",
    );
}
