use crate::diagnostic::Diagnostics;
use crate::script::CONDITION_BYTES_MAX;
use crate::script::Library;
use crate::script::Scope;
use crate::script::Signature;
use crate::script::Type;
use crate::script::tests::house;
use crate::text::FileId;
use crate::text::Span;
use proptest::prelude::*;

/// Pieces of conditions, right and wrong, from which texts are put together.
const PIECES: [&str; 64] = [
    "amount",
    "harm",
    "severity",
    "vulnerable",
    "description",
    "channel.written",
    "met(\"answer\")",
    "is_set(",
    "risk(",
    ")",
    "(",
    "[",
    "]",
    "{",
    "}",
    "if ",
    "else ",
    "switch ",
    "=>",
    "_",
    ",",
    "|",
    "||",
    "&&",
    "!",
    "==",
    "!=",
    ">=",
    "<",
    " in ",
    "+",
    "-",
    "*",
    "/",
    "%",
    "1",
    "2.5",
    "99999999999999999999999999999999",
    "\"high\"",
    "\"",
    "'",
    "`",
    "${",
    "//",
    "/*",
    "*/",
    "\n",
    ".",
    ".len()",
    "\\",
    "é",
    "\u{202e}",
    "\u{1f600}",
    "\0",
    "\u{feff}",
    "fn ",
    "interview.some(|i| ",
    "discrepancy.all(|d|",
    "interview.count(",
    "i.done",
    "d.of",
    "undertaking.last()",
    ".due",
    "|i|",
];

/// Reads a text as a condition and as a script. Whatever it is, it must end in an answer whose
/// places lie in the file.
fn read(text: &str) {
    let mut out = Diagnostics::default();
    let expr = house::read(text, &mut out);
    assert_eq!(expr.is_none(), out.has_errors(), "{text:?}");
    let end = house::BEFORE + text.len();
    for found in &out {
        assert!(found.primary.span.range().end <= end, "{text:?}: {found:?}");
        assert!(found.primary.span.range().start >= house::BEFORE, "{text:?}: {found:?}");
    }
    let mut scope = Scope::default();
    let function = scope.add_function("f", vec![Type::Number], Type::Number);
    let declared = [Signature { function, span: Span::whole(FileId(1)) }];
    let mut out = Diagnostics::default();
    let library = Library::compile(text, FileId(0), &scope, &declared, &mut out);
    assert_eq!(library.is_none(), out.has_errors(), "{text:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

    #[test]
    fn any_pieces_are_read_or_refused(pieces in prop::collection::vec(0..PIECES.len(), 0..40)) {
        let text: Vec<&str> = pieces.iter().map(|it| PIECES[*it]).collect();
        read(&text.concat());
        read(&text.join(" "));
    }

    #[test]
    fn any_characters_are_read_or_refused(text in any::<String>()) {
        read(&text);
    }
}

#[test]
fn nesting_of_any_depth_is_refused_without_harm() {
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("{", "}"),
        ("!", ""),
        ("-", ""),
        ("if ", ""),
        ("f(", ")"),
        ("interview.some(|i| ", ")"),
    ] {
        for depth in [200, 5_000] {
            let text = format!("{}vulnerable{}", open.repeat(depth), close.repeat(depth));
            read(&text);
            let mut out = Diagnostics::default();
            assert!(house::read(&text, &mut out).is_none(), "{open} {depth}");
        }
    }
}

#[test]
fn the_bracket_after_the_last_allowed_one_is_refused() {
    let text = format!("{}vulnerable{}", "(".repeat(33), ")".repeat(33));
    let mut out = Diagnostics::default();
    assert!(house::read(&text, &mut out).is_none());
    assert_eq!(out.iter().next().unwrap().primary.span.range().start, house::BEFORE + 32);
}

#[test]
fn nesting_within_the_limit_is_read() {
    let text = format!("{}vulnerable{}", "(".repeat(32), ")".repeat(32));
    house::good(&text);
    house::good(&format!("{}vulnerable", "!".repeat(100)));
    house::good(&vec!["amount > 3"; 60].join(" && "));
    house::good(&vec!["interview.some(|i| i.done)"; 60].join(" && "));
}

#[test]
fn a_condition_has_a_greatest_length() {
    let text = format!("vulnerable // {}", "x".repeat(CONDITION_BYTES_MAX));
    let mut out = Diagnostics::default();
    assert!(house::read(&text, &mut out).is_none());
    assert_eq!(out.iter().map(|it| it.code.name).collect::<Vec<_>>(), ["condition-too-long"]);
}
