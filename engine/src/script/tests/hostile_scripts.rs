use crate::diagnostic::Diagnostics;
use crate::script::tests::libraries::check_call;
use crate::script::tests::libraries::compile;
use crate::script::tests::libraries::scope;

#[test]
fn a_hostile_function_ends_soon_as_a_fault() {
    let steps = "function `f` used more steps than it may";
    let memory = "function `f` used more memory than it may";
    check_call("fn f(n, level) { loop { } }", "visits", steps);
    check_call("fn f(n, level) { let x = 0; while true { x += 1; } x }", "visits", steps);
    check_call("fn f(n, level) { for i in range(0, 9000000000) { } }", "visits", steps);
    check_call(
        "fn f(n, level) { f(n, level) }",
        "visits",
        "function `f` used more nested calls than it may",
    );
    check_call(
        "fn f(n, level) { g(n) } fn g(n) { h(n) } fn h(n) { g(n) }",
        "visits",
        "function `f` used more nested calls than it may",
    );
    check_call("fn f(n, level) { let s = \"x\"; loop { s += s; } }", "visits", memory);
    check_call("fn f(n, level) { let a = [0]; loop { a += a; } }", "visits", memory);
    check_call("fn f(n, level) { let a = []; a.pad(1000000000, 0); a }", "visits", memory);
    check_call("fn f(n, level) { let s = \"x\"; s.pad(1000000000, \"y\"); s }", "visits", memory);
    check_call(
        "fn f(n, level) { let a = []; loop { a.push([1, 2, 3, 4, 5, 6, 7, 8, 9]); } }",
        "visits",
        memory,
    );
}

#[test]
fn recursion_through_the_deepest_nesting_stays_on_the_stack() {
    let nested = |parts: usize| {
        let (open, close) = ("[1 + (".repeat(parts), ")][0]".repeat(parts));
        format!("fn f(n, level) {{ {open}f(n, level){close} }}")
    };
    let scope = scope("visits");
    let reads = |parts: &usize| compile(&nested(*parts), &scope, &mut Diagnostics::default());
    let deepest = (1..100).take_while(|parts| reads(parts).is_some()).last().unwrap();
    assert!(deepest >= 3, "{deepest}");
    let calls = "function `f` used more nested calls than it may";
    check_call(&nested(deepest), "visits", calls);
}

#[test]
fn a_script_beyond_all_measure_is_refused_unread() {
    let deep = format!("fn f(n, level) {{ {}1{} }}", "(".repeat(5_000), ")".repeat(5_000));
    let long = format!("fn f(n, level) {{ 1 }} // {}", "x".repeat(70_000));
    for text in [deep, long] {
        let mut out = Diagnostics::default();
        assert!(compile(&text, &scope("visits"), &mut out).is_none());
        assert_eq!(out.iter().map(|it| it.code.name).collect::<Vec<_>>(), ["script-syntax"]);
    }
}
