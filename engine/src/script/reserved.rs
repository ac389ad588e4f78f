//! Words that rhai keeps for itself, so that no field, stage or function may have them as name.

/// Whether a name could not be written in a condition because the word means something else.
#[must_use]
pub fn reserved_word(name: &str) -> bool {
    OURS.contains(&name)
        || rhai::Token::lookup_symbol_from_syntax(name).is_some()
        || RESERVED_BY_RHAI.contains(&name)
}

/// Words that conditions give a meaning to, or that people write for `&&`, `||` and `!`.
const OURS: [&str; 6] = ["and", "or", "not", "is_set", "contains", "len"];

/// Words that rhai refuses as names without giving them a meaning.
const RESERVED_BY_RHAI: [&str; 46] = [
    "async",
    "await",
    "call",
    "case",
    "curry",
    "debug",
    "default",
    "eval",
    "exit",
    "go",
    "goto",
    "is",
    "is_def_fn",
    "is_def_var",
    "is_shared",
    "match",
    "module",
    "new",
    "nil",
    "null",
    "package",
    "print",
    "protected",
    "public",
    "shared",
    "spawn",
    "static",
    "super",
    "sync",
    "this",
    "thread",
    "type_of",
    "use",
    "var",
    "void",
    "with",
    "yield",
    "fn",
    "private",
    "import",
    "export",
    "as",
    "global",
    "Fn",
    "until",
    "sleep",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Words a protocol might want; rhai itself says which of them it keeps.
    const TRIED: [&str; 60] = [
        "amount",
        "and",
        "as",
        "async",
        "await",
        "call",
        "case",
        "catch",
        "const",
        "curry",
        "debug",
        "default",
        "do",
        "else",
        "eval",
        "export",
        "false",
        "fn",
        "for",
        "global",
        "go",
        "goto",
        "harm",
        "if",
        "import",
        "in",
        "is",
        "let",
        "loop",
        "match",
        "module",
        "new",
        "nil",
        "not",
        "null",
        "or",
        "package",
        "print",
        "private",
        "protected",
        "public",
        "return",
        "shared",
        "spawn",
        "stage",
        "static",
        "super",
        "switch",
        "sync",
        "this",
        "thread",
        "throw",
        "true",
        "try",
        "until",
        "use",
        "var",
        "void",
        "while",
        "yield",
    ];

    #[test]
    fn every_word_that_rhai_refuses_is_reserved() {
        let sandbox = crate::script::Sandbox::new();
        for word in TRIED {
            let refused = sandbox.parser().compile_expression(format!("{word} == 1")).is_err();
            assert!(!refused || reserved_word(word), "`{word}` is refused by rhai");
        }
    }

    #[test]
    fn ordinary_words_are_free() {
        for word in ["amount", "harm", "severity", "channel", "stage", "by", "event", "reason"] {
            assert!(!reserved_word(word), "`{word}`");
        }
    }
}
