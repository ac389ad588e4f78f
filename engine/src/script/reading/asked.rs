//! What a condition asks about something, before anybody knows what can be asked.

use crate::script::reading::TokenKind;
use crate::script::reading::token::{Token, tokens};

/// The questions `about.name("argument", …)` in a text, in its order: the name and the arguments of
/// each. Whatever is written in another way is left out; typing says what is wrong with it.
#[must_use]
pub fn asked_about(about: &str, text: &str) -> Vec<(String, Vec<String>)> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut rest = tokens.as_slice();
    while let [first, after @ ..] = rest {
        if let [dot, name, open, arguments @ ..] = after
            && (first.kind, first.text) == (TokenKind::Word, about)
            && dot.is_sign(".")
            && name.kind == TokenKind::Word
            && open.is_sign("(")
        {
            found.extend(strings(arguments).map(|it| (name.text.to_owned(), it)));
        }
        rest = after;
    }
    found
}

/// Texts in quotes with commas between, up to the closing bracket.
fn strings(mut tokens: &[Token<'_>]) -> Option<Vec<String>> {
    let mut found = Vec::new();
    loop {
        let [text, sign, rest @ ..] = tokens else { return None };
        let inner = text.text.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        let inner = inner.filter(|it| text.kind == TokenKind::Text && !it.contains('\\'));
        found.push(inner?.to_owned());
        if sign.is_sign(")") {
            return Some(found);
        }
        if !sign.is_sign(",") {
            return None;
        }
        tokens = rest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &[&str])]) {
        let found = asked_about("history", text);
        let found: Vec<(&str, Vec<&str>)> = found
            .iter()
            .map(|(name, all)| (name.as_str(), all.iter().map(String::as_str).collect()))
            .collect();
        let expected: Vec<(&str, Vec<&str>)> =
            expected.iter().map(|(name, all)| (*name, all.to_vec())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn questions_are_found_wherever_they_stand() {
        check(
            r#"harm == "x" || history . cases( "12 months" ) >= 4 && !(history.same("harm", "1 year") > 1)"#,
            &[("cases", &["12 months"]), ("same", &["harm", "1 year"])],
        );
    }

    #[test]
    fn what_is_no_plain_question_is_left_out() {
        for text in [
            "history.cases",
            "history.cases(",
            "history.cases()",
            "history.cases(12)",
            r#"history.cases("12 months""#,
            r#"history.cases("12 months" 3)"#,
            r#"history.cases("12\u0020months")"#,
            r#"harm == "history.cases("#,
            "x.history",
        ] {
            check(text, &[]);
        }
    }
}
