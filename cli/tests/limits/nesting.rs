//! Brackets in brackets: in TOML, in conditions and in `rules.rhai`.

use crate::figures::check;
use crate::made::{HEAD, STAGES, alone, with};

const DEEP: usize = 10_000;

fn condition(text: &str) -> Vec<(String, Vec<u8>)> {
    with(&format!("[conditions.c]\nsays = 'x'\nis = '''{text}'''\n"))
}

fn script(text: &str) -> Vec<(String, Vec<u8>)> {
    let uses = "[functions.f]\ntakes = []\ngives = 'number'\n\
                [conditions.c]\nsays = 'x'\nis = 'f() > 3'\n";
    let mut files = alone(format!("{HEAD}{STAGES}{uses}"));
    files.push(("rules.rhai".to_owned(), text.into()));
    files
}

#[test]
fn in_toml() {
    let deep = |open: &str, close: &str| {
        with(&format!("[x]\ny = {}1{}\n", open.repeat(DEEP), close.repeat(DEEP)))
    };
    check("lists", &deep("[", "]"), "nested-too-deep");
    check("tables", &deep("{ a = ", "}"), "nested-too-deep");
    check("open-lists", &deep("[", ""), "nested-too-deep");
    let name = vec!["a"; DEEP].join(".");
    check("header", &with(&format!("[{name}]\n")), "nested-too-deep");
    check("key", &with(&format!("[x]\n{name} = 1\n")), "nested-too-deep");
}

#[test]
fn in_conditions() {
    let long = "condition-too-long";
    let deep = |open: &str, middle: &str, close: &str| {
        condition(&format!("{}{middle}{}", open.repeat(DEEP), close.repeat(DEEP)))
    };
    check("c-brackets", &deep("(", "true", ")"), long);
    check("c-not", &deep("!", "true", ""), long);
    check("c-or", &deep("true || ", "true", ""), long);
    check("c-lists", &deep("stage in [", "", "]"), long);
    check("c-calls", &deep("f(", "", ")"), long);
    check("c-if", &deep("if true { ", "1", "}"), long);
    check("c-text", &condition(&format!("stage == \"{}\"", "x".repeat(100_000))), long);
    // Short enough to be read, and as deep as that allows.
    for (name, open, close) in
        [("brackets", "(", ")"), ("not", "!", ""), ("minus", "-", ""), ("lists", "[", "]")]
    {
        let n = 900 / (open.len() + close.len());
        let text = format!("{}1{}", open.repeat(n), close.repeat(n));
        check(&format!("c-short-{name}"), &condition(&text), "error[condition-");
    }
    let sum = vec!["1"; 400].join("+");
    check("c-sum", &condition(&format!("{sum} > 1")), "error[condition-");
}

#[test]
fn in_scripts() {
    let deep = |open: &str, close: &str| {
        script(&format!("fn f() {{ {}1{} }}", open.repeat(DEEP), close.repeat(DEEP)))
    };
    check("s-brackets", &deep("(", ")"), "script-syntax");
    check("s-blocks", &deep("{", "}"), "script-syntax");
    check("s-lists", &deep("[", "]"), "script-syntax");
    check("s-not", &deep("!", ""), "script-syntax");
    check("s-minus", &deep("-", ""), "script-syntax");
    check("s-if", &deep("if true { ", "}"), "script-syntax");
    check("s-functions", &deep("fn f() { ", "}"), "script-syntax");
    check("s-texts", &deep("`${", "}`"), "script-syntax");
    check("s-comments", &deep("/*", ""), "script-syntax");
    check("s-sum", &deep("1+", ""), "script-syntax");
    check("s-chain", &script(&format!("fn f() {{ a{} }}", ".b()".repeat(DEEP))), "script-syntax");
    let many: String = (0..5_000).map(|n| format!("fn g{n}(){{{n}}}\n")).collect();
    check("s-many", &script(&many), "script-syntax");
    check("s-long", &script(&"// x\n".repeat(100_000)), "script-syntax");
}
