//! What is written arrives whole and in the order of the file.

use super::checked::BUSINESS;
use super::checked::HOUSING;
use super::checked::check;
use super::checked::check_files;
use crate::syntax::Literal;
use crate::syntax::Moment;
use crate::syntax::Names;
use crate::syntax::OnDay;
use crate::syntax::SetTo;
use crate::syntax::Times;
use crate::syntax::Within;

fn texts(names: &Names) -> Vec<&str> {
    names.iter().map(|it| it.value.as_str()).collect()
}

#[test]
fn a_statutory_code_is_read_without_a_fault() {
    let written = check_files(&[("protocol.toml", HOUSING.as_bytes())], "").unwrap();
    let stages: Vec<&str> = written.stages.iter().map(|it| it.name.value.as_str()).collect();
    assert_eq!(stages, ["logging", "investigating", "answered_once", "declined", "closed"]);
    let branches = &written.stages[0].on[0].branches;
    assert_eq!(written.stages[0].on[0].event.value, "acknowledged");
    assert_eq!(branches.len(), 2);
    assert_eq!(branches[0].when.as_ref().unwrap().text, r#"rung == "stage1""#);
    assert!(written.stages[0].on[1].branches[0].citation.unverified);
    assert_eq!(texts(&written.anywhere[0].branches[0].also).len(), 3);
    let answer = &written.deadlines[1];
    assert_eq!(answer.name.value, "answer1");
    assert_eq!(texts(&answer.starts), ["letter:ack1", "breach:acknowledge1"]);
    assert_eq!(answer.extend[0].times.as_ref().unwrap().value, Times::AtMost(1));
    assert_eq!(written.letters.len(), 6);
}

#[test]
fn what_is_not_supported_yet_is_refused_once_and_the_rest_is_read() {
    let later = format!("{BUSINESS}\n[simulation]\ncases = 100\n");
    let line = BUSINESS.lines().count() + 2;
    let written = check_files(
        &[("protocol.toml", later.as_bytes())],
        &format!("protocol.toml:{line}:2 not-supported-yet: `simulation` is not supported yet"),
    )
    .unwrap();
    let guarantees = &written.guarantees;
    assert_eq!(guarantees.len(), 3);
    assert_eq!(texts(&guarantees[0].from), ["opened"]);
    assert_eq!(
        guarantees[0].keys.iter().map(|it| it.0).collect::<Vec<_>>(),
        ["from", "within", "expect"]
    );
    let closed = &written.calendars[0].closed;
    assert_eq!(closed[0].on.as_ref().unwrap().value, OnDay::Rule("easter - 2 days".to_owned()));
    assert_eq!(written.stages[3].pauses[0].deadline.value, "answer");
    assert_eq!(written.stages[4].after[0].term.value, "20 working days");
    assert!(written.events[1].carries[1].optional);
    assert_eq!(written.events[1].carries[1].field.value, "may_become");
    let Some(Within::By { levels, otherwise, .. }) = &written.deadlines[1].within else {
        panic!("the term of the answer depends on severity");
    };
    assert_eq!(levels[0].level.value, "emergency");
    assert_eq!(otherwise.as_ref().unwrap().value, "10 working days");
    assert_eq!(written.deadlines[3].for_each.as_ref().unwrap().value, "undertaking");
    assert_eq!(written.deadlines[3].who_field.as_ref().unwrap().value, "undertaking.who");
}

#[test]
fn order_is_that_of_the_file_even_when_parts_come_before_the_whole() {
    let written = check(
        "[stages.b.on.e]\nto = 'a'\n[stages.z]\n[stages.a]\n[stages.b]\n[stages.b.on.d]\n",
        "",
    )
    .unwrap();
    let stages: Vec<&str> = written.stages.iter().map(|it| it.name.value.as_str()).collect();
    assert_eq!(stages, ["z", "a", "b"]);
    let events: Vec<&str> = written.stages[2].on.iter().map(|it| it.event.value.as_str()).collect();
    assert_eq!(events, ["e", "d"]);
}

#[test]
fn values_keep_what_was_written() {
    let written = check(
        "[stages.a.on.e]\nset = { amount = 12.10, big = 1_000, on = 2026-02-03T04:05:06+01:00, \
         no = false, of = { is = 'x + 1' } }\n",
        "",
    )
    .unwrap();
    let set = &written.stages[0].on[0].branches[0].set;
    let literal = |index: usize| match &set[index].to {
        SetTo::Literal(literal) => literal.value.clone(),
        SetTo::Script(_) => panic!("a script"),
    };
    assert_eq!(literal(0), Literal::Number("12.10".to_owned()));
    assert_eq!(literal(1), Literal::Number("1000".to_owned()));
    let Literal::Moment(Moment::Fixed(instant)) = literal(2) else { panic!("no instant") };
    assert_eq!(instant.to_rfc3339(), "2026-02-03T04:05:06+01:00");
    assert_eq!(literal(3), Literal::Flag(false));
    let SetTo::Script(script) = &set[4].to else { panic!("no script") };
    assert_eq!(script.text, "x + 1");
    assert_eq!(script.token.end - script.token.start, 7);
}
