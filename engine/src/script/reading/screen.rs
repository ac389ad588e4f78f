//! What can be said better before rhai sees a condition: limits, and slips that people make who
//! write other languages.

use crate::diagnostic::Diagnostic;
use crate::script::reading::TokenKind;
use crate::script::reading::Written;
use crate::script::reading::closure;
use crate::script::reading::token::Token;
use crate::script::rules;

/// The most bytes of one condition.
pub const CONDITION_BYTES_MAX: usize = 4 * 1024;
/// The most brackets that may be open at once in a condition.
pub const CONDITION_DEPTH_MAX: usize = 32;

/// Words that begin a statement.
const STATEMENTS: [&str; 16] = [
    "let", "const", "fn", "while", "loop", "for", "do", "return", "throw", "try", "catch",
    "import", "export", "break", "continue", "until",
];

/// Whether the text is longer than a condition may be.
pub(crate) fn too_long(written: &Written<'_>) -> Option<Diagnostic> {
    let located = written.located();
    let bytes = located.text.len();
    (bytes > CONDITION_BYTES_MAX)
        .then(|| rules::condition_too_long(located.place.whole(), bytes, CONDITION_BYTES_MAX))
}

/// The first thing in the text that a condition may not contain or that means something else than
/// its author thinks.
pub(crate) fn first_slip(written: &Written<'_>) -> Option<Diagnostic> {
    let mut depth = 0usize;
    let mut braces = 0usize;
    for (index, token) in written.tokens().iter().enumerate() {
        match token.text {
            "(" | "[" | "?[" => depth = depth.saturating_add(1),
            "{" | "#{" => {
                depth = depth.saturating_add(1);
                braces = braces.saturating_add(1);
            }
            ")" | "]" => depth = depth.saturating_sub(1),
            "}" => {
                depth = depth.saturating_sub(1);
                braces = braces.saturating_sub(1);
            }
            _ => {}
        }
        if depth > CONDITION_DEPTH_MAX {
            return Some(rules::condition_too_rich(
                written.token_span(index),
                &format!("more than {CONDITION_DEPTH_MAX} open brackets"),
                "give parts of it a name under `[conditions]`",
            ));
        }
        let slip = match token.kind {
            TokenKind::Word => word_slip(written, index, token),
            TokenKind::Quote | TokenKind::Backtick => quote_slip(written, index, token),
            TokenKind::Sign => sign_slip(written, index, token, braces > 0),
            TokenKind::Number => number_slip(written, index, token),
            TokenKind::Text => None,
        };
        if slip.is_some() {
            return slip;
        }
    }
    None
}

fn word_slip(written: &Written<'_>, index: usize, token: &Token<'_>) -> Option<Diagnostic> {
    let span = written.token_span(index);
    let sign = match token.text {
        "and" => "&&",
        "or" => "||",
        "not" => "!",
        word if !word.is_ascii() => {
            let what = format!("`{word}` is no name: names have letters from a to z");
            return Some(rules::condition_syntax(span, &what, None, None));
        }
        word if STATEMENTS.contains(&word) => {
            return Some(rules::condition_too_rich(
                span,
                &format!("`{word}`"),
                "move this into a function in `rules.rhai` and call it here",
            ));
        }
        _ => return None,
    };
    let what = format!("`{}` is not a word of conditions", token.text);
    Some(rules::condition_syntax(
        span,
        &what,
        Some(&format!("write `{sign}`")),
        Some(sign.to_owned()),
    ))
}

fn number_slip(written: &Written<'_>, index: usize, token: &Token<'_>) -> Option<Diagnostic> {
    let digits = token.text.trim_start_matches("0x").trim_start_matches("0b");
    let is_number = digits != token.text || !digits.contains(|it: char| it.is_alphabetic());
    let what = format!("`{}` is no number", token.text);
    let instead = "write all digits out, and no unit";
    let span = written.token_span(index);
    (!is_number).then(|| rules::condition_syntax(span, &what, Some(instead), None))
}

fn quote_slip(written: &Written<'_>, index: usize, token: &Token<'_>) -> Option<Diagnostic> {
    let span = written.token_span(index);
    let (quote, quotes) = match token.kind {
        TokenKind::Quote => ('\'', "single quotes"),
        _ => ('`', "backticks"),
    };
    let inner = token.text.strip_prefix(quote).and_then(|it| it.strip_suffix(quote));
    let plain = inner.filter(|it| !it.contains(['"', '\\', '$']));
    let mended = plain.map(|it| written.located().place.escaped(&format!("\"{it}\"")));
    let what = format!("texts stand in double quotes, not in {quotes}");
    Some(rules::condition_syntax(span, &what, Some("write `\"…\"`"), mended))
}

fn sign_slip(
    written: &Written<'_>,
    index: usize,
    token: &Token<'_>,
    in_braces: bool,
) -> Option<Diagnostic> {
    let span = written.token_span(index);
    let after_opening = index
        .checked_sub(1)
        .is_some_and(|before| written.is_sign(before, "(") || written.is_sign(before, ","));
    let sign = match token.text {
        "=" => return Some(rules::assignment_in_condition(span, "=", Some("=="))),
        "+=" | "-=" | "*=" | "/=" | "%=" | "**=" | "<<=" | ">>=" => {
            return Some(rules::assignment_in_condition(span, token.text, None));
        }
        "|" | "||" if closure::starts_at(written, index) => {
            let is_closed = index.checked_sub(1).is_some_and(|open| written.pair(open).is_some());
            let end = written.tokens().len().saturating_sub(1);
            let what = "a `)` is missing";
            let unclosed = || rules::condition_syntax(written.token_span(end), what, None, None);
            return (!is_closed).then(unclosed);
        }
        "|" if closure::ends_at(written, index) => return None,
        "|" | "||" if after_opening => {
            return Some(rules::condition_too_rich(
                span,
                "a function written with `|…|`, except to ask about the entries of a record",
                "write `name.some(|i| …)`, `.all(|i| …)` or `.count(|i| …)` after the name of a \
                 record",
            ));
        }
        ";" => {
            return Some(rules::condition_too_rich(
                span,
                "more than one expression",
                "move this into a function in `rules.rhai` and call it here",
            ));
        }
        "“" | "”" | "„" | "«" | "»" => {
            let what = "these are typographic quotes";
            return Some(rules::condition_syntax(span, what, Some("write `\"`"), None));
        }
        "=<" | "≤" => "<=",
        "≥" => ">=",
        "<>" | "!==" | "≠" => "!=",
        "===" => "==",
        "&" => "&&",
        "|" if !in_braces => "||",
        _ => return None,
    };
    Some(rules::condition_syntax(
        span,
        &format!("`{}` means nothing in conditions", token.text),
        Some(&format!("write `{sign}`")),
        Some(sign.to_owned()),
    ))
}
