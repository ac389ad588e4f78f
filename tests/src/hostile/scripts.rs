//! Functions of `rules.rhai` that never end or take all memory, called from a condition while an
//! event is decided.

use std::time::{Duration, Instant as Stopwatch};

use engine::runtime::{
    Case, Context, Event, NoDecision, RefusalKind, Report, apply, decide, read_report,
};
use engine::text::SourceSet;
use engine::time::Instant;

const WAIT_MAX: Duration = Duration::from_secs(2);

const PROTOCOL: &str = r#"
[protocol]
id = "scripts"
title = "Scripts"
version = "1"
language = "en"
zone = "Europe/London"
effective = { from = 2020-01-01 }
accountable = "boss"
source = "A source"

[time]
backdate = "10 calendar days"

[roles.boss]
title = "Boss"

[fields.visits]
type = "number"
default = 0

[functions.f]
takes = ["number"]
gives = "number"

[conditions.few]
says = "Not after many visits"
is = 'f(visits) < 3'

[events.answered]
by = ["boss"]

[stages.open]
start = true
owner = "boss"

[stages.open.on.answered]
requires = ["few"]
to = "closed"

[stages.closed]
end = true
"#;

/// What comes of `answered` in a fresh case when the condition calls this function.
#[track_caller]
fn decided(script: &str) -> Result<usize, NoDecision> {
    let files = [("protocol.toml", PROTOCOL), ("rules.rhai", script)];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    let (machine, faults) = engine::load(&SourceSet::new("", files));
    let machine = machine.unwrap_or_else(|| panic!("{script}: {faults:?}"));
    let mut strings = machine.strings();
    let mut read =
        |event: &str| -> Event { read_report(&machine, &report(event), &mut strings).unwrap() };
    let (opened, answered) = (read("opened"), read("answered"));
    let context = Context::new(&strings);
    let mut case = Case::new(&machine);
    for fact in &decide(&machine, &case, &opened, &context).unwrap().facts {
        apply(&mut case, fact);
    }
    let begin = Stopwatch::now();
    let decision = decide(&machine, &case, &answered, &context);
    assert!(begin.elapsed() < WAIT_MAX, "{script}: {:?}", begin.elapsed());
    decision.map(|it| it.facts.len())
}

fn report(event: &str) -> Report {
    let at = Instant::from_ms(1_775_030_400_000);
    Report::new(event, event, at, "boss")
}

/// The condition cannot be answered, so there is no decision and whoever runs this is told.
#[track_caller]
fn check_faulted(script: &str) {
    let decision = decided(script);
    assert!(matches!(decision, Err(NoDecision::Faulted(_))), "{script}: {decision:?}");
}

#[test]
fn a_function_that_ends_decides() {
    assert!(decided("fn f(n) { n + 1 }").unwrap() > 0);
    match decided("fn f(n) { n + 5 }") {
        Err(NoDecision::Refused(refusal)) => {
            assert!(matches!(refusal.kind, RefusalKind::Conditions(_)), "{refusal:?}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_function_that_loops_is_a_fault() {
    check_faulted("fn f(n) { loop { } }");
    check_faulted("fn f(n) { let x = 0; while true { x += 1; } x }");
    check_faulted("fn f(n) { for i in range(0, 9000000000) { } 1 }");
    check_faulted("fn f(n) { for a in range(0, 9999) { for b in range(0, 9999) { } } 1 }");
}

#[test]
fn a_function_that_calls_itself_is_a_fault() {
    check_faulted("fn f(n) { f(n) }");
    check_faulted("fn f(n) { g(n) + 1 } fn g(n) { f(n) + 1 }");
    check_faulted("fn f(n) { if n > 40 { 1 } else { f(n + 1) + f(n + 1) } }");
}

#[test]
fn a_function_that_takes_all_memory_is_a_fault() {
    check_faulted("fn f(n) { let s = \"x\"; loop { s += s; } }");
    check_faulted("fn f(n) { let a = [0]; loop { a += a; } }");
    check_faulted("fn f(n) { let a = []; a.pad(1000000000, 0); 1 }");
    check_faulted("fn f(n) { let a = []; loop { a.push([1, 2, 3, 4, 5, 6, 7, 8, 9]); } }");
    check_faulted("fn f(n) { let m = #{}; let i = 0; loop { m[`k${i}`] = i; i += 1; } }");
}

#[test]
fn a_function_that_breaks_is_a_fault() {
    check_faulted("fn f(n) { 1 / 0 }");
    check_faulted("fn f(n) { [1][7] }");
    check_faulted("fn f(n) { throw \"no\" }");
    check_faulted("fn f(n) { \"text\" }");
    check_faulted("fn f(n) { }");
    check_faulted("fn f(n) { 9223372036854775807 + 1 }");
}
