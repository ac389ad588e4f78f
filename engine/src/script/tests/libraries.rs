use std::time::Duration;
use std::time::Instant;

use crate::diagnostic::Diagnostics;
use crate::script::FunctionId;
use crate::script::Library;
use crate::script::Scope;
use crate::script::Signature;
use crate::script::Type;
use crate::script::Value;
use crate::script::tests::house;
use crate::text::FileId;
use crate::text::Span;
use crate::text::Strings;
use rust_decimal::Decimal;

/// A scope with one function `f` that takes a number and a level (and shares the house's sets).
pub(super) fn scope(gives: &str) -> Scope {
    let mut scope = house::scope();
    let of = |name: &str| scope.find_variable(name).unwrap().1.of;
    let (level, gives) = (of("severity"), of(gives));
    scope.add_function("f", vec![Type::Number, level], gives);
    scope
}

pub(super) fn compile(text: &str, scope: &Scope, out: &mut Diagnostics) -> Option<Library> {
    let (function, _) = scope.find_function("f").unwrap();
    let declared = [Signature { function, span: Span::whole(FileId(1)) }];
    Library::compile(text, FileId(0), scope, &declared, out)
}

/// Compiles a script that must define `f`, and expects these messages.
#[track_caller]
fn check_found(text: &str, expected: &[&str]) {
    let scope = scope("visits");
    let mut out = Diagnostics::default();
    let library = compile(text, &scope, &mut out);
    assert_eq!(library.is_none(), out.has_errors());
    out.sort();
    let found: Vec<String> = out
        .iter()
        .map(|it| {
            let range = it.primary.span.range();
            let at = if it.primary.span.file == FileId(0) {
                text.get(range).unwrap()
            } else {
                "protocol"
            };
            format!("{} at `{at}`: {}", it.code.name, it.message)
        })
        .collect();
    assert_eq!(found, expected);
}

/// Calls `f(3, "high")`, which must take well under a second whatever the script does.
#[track_caller]
#[expect(clippy::disallowed_methods, reason = "only a clock can tell that a script ends soon")]
pub(super) fn check_call(text: &str, gives: &str, expected: &str) {
    let scope = scope(gives);
    let mut out = Diagnostics::default();
    let library = compile(text, &scope, &mut out);
    let library = library.unwrap_or_else(|| panic!("{out:?}"));
    let (function, _) = scope.find_function("f").unwrap();
    let mut strings = Strings::default();
    strings.intern("known");
    let arguments = [Value::Number(Decimal::from(3)), Value::Choice(2)];
    let start = Instant::now();
    let found = match library.call(function, &arguments, &strings) {
        Ok(Value::Number(number)) => number.normalize().to_string(),
        Ok(Value::Text(symbol)) => strings.get(symbol).to_owned(),
        Ok(value) => format!("{value:?}"),
        Err(fault) => fault.sentence(&scope),
    };
    assert!(start.elapsed() < Duration::from_secs(2), "took {:?}", start.elapsed());
    assert_eq!(found, expected, "{text}");
}

#[test]
fn functions_get_numbers_levels_and_texts_and_give_them_back() {
    check_call("fn f(n, level) { if level >= \"medium\" { n * 2 } else { 0 } }", "visits", "6");
    check_call("fn f(n, level) { n / 2 }", "visits", "1.5");
    check_call(
        "fn f(n, level) { level == \"high\" && \"low\" < level }",
        "vulnerable",
        "Flag(true)",
    );
    check_call("fn f(n, level) { level in [\"high\", \"low\"] }", "vulnerable", "Flag(true)");
    check_call("fn f(n, level) { level }", "severity", "Choice(2)");
    check_call("fn f(n, level) { \"low\" }", "severity", "Choice(0)");
    check_call("fn f(n, level) { \"minor\" }", "harm", "Choice(1)");
    check_call("fn f(n, level) { \"2026-03-02\" }", "received_on", "Date(2026-03-02)");
    check_call("fn f(n, level) { \"known\" }", "description", "known");
    check_call("fn f(n, level) { g(n) + 1 } fn g(x) { round_half_up(x / 7, 2) }", "visits", "1.43");
    check_call("fn f(n, level) { percent_of(n, 8) }", "visits", "37.5");
    check_call("fn f(n, l) { let s = 0; for x in [1, 2, 3] { s += x; } s }", "visits", "6");
    check_call("fn f(n, l) { [1, 2, 3].filter(|x| x > 1).len() }", "visits", "2");
}

#[test]
fn what_a_function_must_not_give_is_a_fault() {
    check_call(
        "fn f(n, level) { \"x\" }",
        "visits",
        "function `f`: gave `x`, but must give a number",
    );
    check_call(
        "fn f(n, level) { }",
        "visits",
        "function `f`: gave nothing, but must give a number",
    );
    check_call(
        "fn f(n, level) { \"unheard of\" }",
        "description",
        "function `f`: gave a text that is written nowhere",
    );
    check_call(
        "fn f(n, level) { level >= \"hihg\" }",
        "vulnerable",
        "function `f`: stopped with ``hihg` is not one of the levels`, in line 1 of `rules.rhai`",
    );
    check_call(
        "fn f(n, level) {\n  n / 0 }",
        "visits",
        "function `f`: divided by zero or calculated a number that is too large, in line 2 of `rules.rhai`",
    );
    check_call(
        "fn f(n, level) { throw \"no\" }",
        "visits",
        "function `f`: stopped with `no`, in line 1 of `rules.rhai`",
    );
    check_call(
        "fn f(n, level) { n + level }",
        "visits",
        "function `f`: combined values that do not go together, in line 1 of `rules.rhai`",
    );
}

#[test]
fn a_script_holds_functions_and_nothing_else() {
    let f = "fn f(n, level) { 1 }";
    check_found(f, &[]);
    check_found(
        &format!("let x = 1; {f}"),
        &[
            "script-top-level at `let`: `rules.rhai` holds functions and nothing else, but this is a variable",
        ],
    );
    check_found(
        &format!("import \"x\" as x; {f}"),
        &[
            "script-syntax at `import`: this script cannot be read: `import` is reserved and cannot be a name",
        ],
    );
    check_found(
        "fn f(n, level) { eval(\"1\") }",
        &["script-syntax at `eval`: this script cannot be read: `eval` means nothing here"],
    );
    check_found(
        "fn f(n, level) { x }",
        &["script-syntax at `x`: this script cannot be read: nothing here is called `x`"],
    );
    check_found(
        "fn f(n, level) { 1",
        &["script-syntax at ``: this script cannot be read: `;` or the end of a block is missing"],
    );
}

#[test]
fn calls_go_to_what_exists() {
    check_found(
        "fn f(n, level) { sleep(9) }",
        &["unknown-function at `sleep`: unknown function `sleep`"],
    );
    check_found(
        "fn f(n, level) { if n > 1 { exit(n); } n }",
        &["unknown-function at `exit`: unknown function `exit`"],
    );
    check_found(
        "fn f(n, level) { g(n, 1) } fn g(x) { x }",
        &["wrong-arguments at `g`: `g` takes 1 argument, but this gives 2 arguments"],
    );
    check_found("fn f(n, level) { n.g() } fn g(x) { x }", &[]);
}

#[test]
fn declarations_and_definitions_match() {
    check_found(
        "",
        &[
            "function-missing at `protocol`: function `f` is declared, but `rules.rhai` does not have it",
        ],
    );
    check_found(
        "fn f(n) { 1 }",
        &[
            "wrong-arguments at `(n)`: `f` takes 2 arguments in its declaration, but this gives 1 argument",
        ],
    );
    check_found(
        "fn f(n, level) { g() } fn g() { 1 } fn h() { h() }",
        &["function-unused at `h`: nothing can call function `h`"],
    );
}

#[test]
fn a_function_that_nobody_declared_cannot_be_called() {
    let scope = scope("visits");
    let library = compile("fn f(n, level) { 1 }", &scope, &mut Diagnostics::default()).unwrap();
    let fault = library.call(FunctionId(99), &[], &Strings::default()).unwrap_err();
    assert!(fault.sentence(&scope).ends_with("does not exist"));
}
