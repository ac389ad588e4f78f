//! First figures, each beside a baseline in the same run: events decided and applied, and
//! conditions beside rhai. Run with `cargo bench -p tests --bench speed`; `cargo test` runs it
//! once with few rounds, so that it cannot rot.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::expect_used, clippy::panic, reason = "a benchmark may stop")]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant as Stopwatch};

use engine::diagnostic::Diagnostics;
use engine::machine::Machine;
use engine::runtime::{
    Case, Context, Event, Given, Report, ReportedAt, Scratch, apply, decide_into, read_report,
};
use engine::script::{
    Env, FunctionId, Located, NameSet, Place, Sandbox, Scope, ScriptFault, Type, Value, VariableId,
    parse_condition, truth,
};
use engine::text::{FileId, SourceSet, Symbol};
use engine::time::{Calendar, Instant, NaiveDate};
use rust_decimal::Decimal;

fn main() {
    let short = !std::env::args().any(|argument| argument == "--bench");
    let cases = if short { 50 } else { 20_000 };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocols/uk-housing-code");
    let sources = store::folder::read(&folder).expect("the protocol can be read");
    let (machine, faults) = engine::load(&sources);
    let machine = machine.unwrap_or_else(|| panic!("the protocol has faults: {faults:?}"));
    loaded(&sources, &machine, if short { 1 } else { 200 });
    decided(&machine, cases);
    guards(if short { 100 } else { 2_000_000 });
}

/// From the bytes of `uk-housing-code` to a machine, and the part of its calendar in that.
fn loaded(sources: &SourceSet, machine: &Machine, rounds: usize) {
    let whole = timed(rounds, || engine::load(black_box(sources)).0.is_some());
    let plan = machine.protocol.calendars.first().expect("a calendar").plan();
    let calendar = timed(rounds, || Calendar::build(black_box(plan).clone()).ever_opens());
    println!("load uk-housing-code {:.2} ms, its calendar {:.2} ms", whole / 1e6, calendar / 1e6);
}

/// Whole cases through `uk-housing-code`, round-robin, facts and clocks kept.
fn decided(machine: &Machine, cases: usize) {
    let mut strings = machine.strings();
    let events: Vec<Event> = story(machine)
        .iter()
        .map(|report| read_report(machine, report, &mut strings).expect("the story is well formed"))
        .collect();
    let context = Context::new(&strings);
    let mut open: Vec<Case> = vec![Case::new(machine); cases];
    let mut scratch = Scratch::new(machine);
    let mut facts = Vec::new();
    let begin = Stopwatch::now();
    for event in &events {
        for case in &mut open {
            decide_into(machine, case, event, &context, &mut scratch)
                .expect("the event is allowed");
            for fact in &scratch.facts {
                apply(case, fact);
            }
            facts.extend_from_slice(&scratch.facts);
        }
    }
    let took = begin.elapsed();
    let decided = cases * events.len();
    println!(
        "decide + apply, uk-housing-code: {} events of {} cases, {} facts: {:.0} events/s, {:.0} ns an event",
        decided,
        cases,
        facts.len(),
        per_second(decided, took),
        nanoseconds(decided, took),
    );
    black_box(&open);
}

fn story(machine: &Machine) -> Vec<Report> {
    let zone = &machine.protocol.zone;
    let at = |day: u32, month: u32| {
        let date = NaiveDate::from_ymd_opt(2026, month, day).expect("a date");
        zone.day_start(date).plus_ms(10 * 3_600_000).expect("an instant")
    };
    let text = |text: &str| Given::Text(text.to_owned());
    let answer = || {
        let outcome = ("outcome".to_owned(), text("upheld"));
        vec![outcome, ("reasons".to_owned(), text("r")), ("remedy".to_owned(), text("m"))]
    };
    let new_date = Given::Date(NaiveDate::from_ymd_opt(2026, 3, 30).expect("a date"));
    let definition = || vec![("definition".to_owned(), text("damp"))];
    vec![
        report("opened", at(2, 3), "officer", Vec::new()),
        report("acknowledged", at(4, 3), "officer:ann", definition()),
        report("extended", at(10, 3), "officer:ann", vec![("new_date".to_owned(), new_date)]),
        report("answered", at(20, 3), "officer:ann", answer()),
        report("dissatisfied", at(1, 4), "complainant", Vec::new()),
        report("acknowledged", at(7, 4), "stage2_officer:bob", definition()),
        report("answered", at(28, 4), "stage2_officer:bob", answer()),
        report("went_to_ombudsman", at(1, 6), "complainant", Vec::new()),
    ]
}

fn report(event: &str, at: Instant, by: &str, data: Vec<(String, Given)>) -> Report {
    Report {
        id: event.to_owned(),
        event: event.to_owned(),
        at: ReportedAt::Instant(at),
        recorded_at: at,
        by: by.to_owned(),
        entered_by: None,
        channel: Some("email".to_owned()),
        data,
        reason: Some("needed".to_owned()),
        complainant: None,
        respondent: None,
    }
}

const GUARDS: [&str; 4] = [
    "amount >= 3 && (total > 100000 || urgent) && days < 15",
    "urgent && amount > 50",
    "harm == \"serious\" || total > 1000.50",
    "harm in [\"minor\", \"serious\"] && !urgent",
];

/// The values that both evaluators read.
struct Values;

impl Env for Values {
    fn value(&self, variable: VariableId) -> Value {
        match variable.0 {
            0 => Value::Number(Decimal::from(7)),
            1 => Value::Number(Decimal::from(20)),
            2 => Value::Number(Decimal::from(9)),
            3 => Value::Flag(true),
            _ => Value::Choice(1),
        }
    }

    fn text(&self, _symbol: Symbol) -> &str {
        ""
    }

    fn call(&self, _function: FunctionId, _arguments: &[Value]) -> Result<Value, ScriptFault> {
        Ok(Value::Flag(false))
    }
}

/// Conditions as the engine evaluates them, and the same text in rhai with plain variables.
fn guards(rounds: usize) {
    let mut scope = Scope::default();
    for name in ["amount", "total", "days"] {
        scope.add_variable(name, Type::Number);
    }
    scope.add_variable("urgent", Type::Flag);
    let names = ["none", "minor", "serious"].map(str::to_owned).to_vec();
    let set = scope.add_set(NameSet { kind: "choice of `harm`".to_owned(), names });
    scope.add_variable("harm", Type::Choice(set));
    let sandbox = Sandbox::new();
    let mut rhai = rhai::Engine::new_raw();
    rhai.register_global_module(rhai::packages::Package::as_shared_module(
        &rhai::packages::StandardPackage::new(),
    ));
    let mut values = rhai::Scope::new();
    values.push("amount", Decimal::from(7)).push("total", Decimal::from(20));
    values.push("days", Decimal::from(9)).push("urgent", true).push("harm", "minor".to_owned());
    for text in GUARDS {
        let place = Place::verbatim(FileId(0), 0, text);
        let mut faults = Diagnostics::default();
        let located = Located { text, place: &place };
        let expr = parse_condition(&sandbox, &located, &scope, &mut faults).expect("a condition");
        let tree = rhai.compile_expression(text).expect("a condition");
        let ours = timed(rounds, || truth(black_box(&expr), &Values).expect("an answer"));
        let theirs = timed(rounds / 10, || {
            rhai.eval_ast_with_scope::<bool>(&mut values, black_box(&tree)).expect("an answer")
        });
        let agree = truth(&expr, &Values).expect("an answer")
            == rhai.eval_ast_with_scope::<bool>(&mut values, &tree).expect("an answer");
        assert!(agree, "{text}: the two evaluators disagree");
        println!("guard {ours:.0} ns, rhai {theirs:.0} ns, {:.1} times: {text}", theirs / ours);
    }
}

fn timed(rounds: usize, mut run: impl FnMut() -> bool) -> f64 {
    let begin = Stopwatch::now();
    for _ in 0..rounds {
        black_box(run());
    }
    nanoseconds(rounds, begin.elapsed())
}

fn per_second(count: usize, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64()
}

fn nanoseconds(count: usize, took: Duration) -> f64 {
    took.as_secs_f64() * 1e9 / count as f64
}
