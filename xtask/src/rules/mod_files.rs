//! `mod.rs` holds docs, `mod`, `pub use` and attributes.

use crate::finding::Finding;
use crate::rust_text::{self, Word};
use crate::tree::Tree;

pub(crate) fn findings(tree: &Tree) -> Vec<Finding> {
    let mod_files = tree.rust("").filter(|it| it.name() == "mod.rs");
    mod_files
        .filter_map(|file| {
            let line_number = first_logic(&rust_text::words(&file.text))?;
            let what = "`mod.rs` holds docs, `mod` and `pub use` only";
            Some(Finding::at(&file.path, line_number, what))
        })
        .collect()
}

/// The line of the first item that is neither `mod name;` nor `pub use …;`.
fn first_logic(words: &[Word]) -> Option<usize> {
    let mut rest = words;
    loop {
        rest = after_attributes(rest);
        let first = rest.first()?;
        let (is_public, item) = after_visibility(rest);
        let texts: Vec<&str> = item.iter().take(3).map(|it| it.text.as_str()).collect();
        rest = match texts.as_slice() {
            ["mod", _, ";"] => item.get(3..).unwrap_or_default(),
            ["use", ..] if is_public => after(item, ";"),
            _ => return Some(first.line_number),
        };
    }
}

fn after_attributes(words: &[Word]) -> &[Word] {
    let mut rest = words;
    while rest.first().is_some_and(|it| it.text == "#") {
        let mut depth = 0_usize;
        let closing = rest.iter().position(|word| {
            match word.text.as_str() {
                "[" => depth += 1,
                "]" => depth = depth.saturating_sub(1),
                _ => return false,
            }
            depth == 0
        });
        rest = closing.and_then(|it| rest.get(it + 1..)).unwrap_or_default();
    }
    rest
}

fn after_visibility(words: &[Word]) -> (bool, &[Word]) {
    let [first, rest @ ..] = words else { return (false, words) };
    if first.text != "pub" {
        return (false, words);
    }
    let is_restricted = rest.first().is_some_and(|it| it.text == "(");
    (true, if is_restricted { after(rest, ")") } else { rest })
}

fn after<'a>(words: &'a [Word], sign: &str) -> &'a [Word] {
    let found = words.iter().position(|it| it.text == sign);
    found.and_then(|it| words.get(it + 1..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::tree::made_up;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        made_up::check(findings, &[("src/a/mod.rs", text), ("src/b.rs", "fn f() {}\n")], expected);
    }

    const FOUND: &str = "`mod.rs` holds docs, `mod` and `pub use` only";

    #[test]
    fn declarations_are_allowed() {
        check(
            "//! Docs.\n#![expect(dead_code, reason = \"x\")]\n\n/// A.\npub mod a;\n\
             #[cfg(test)]\nmod tests;\n\npub(crate) use a::{B, c::{D, E}};\npub use a::F;\n",
            &[],
        );
    }

    #[test]
    fn a_function_is_found() {
        check("mod a;\n\nfn f() {}\n", &[&format!("src/a/mod.rs:3: {FOUND}")]);
    }

    #[test]
    fn a_module_with_a_body_is_found() {
        check("mod a {\n}\n", &[&format!("src/a/mod.rs:1: {FOUND}")]);
    }

    #[test]
    fn a_private_use_is_found() {
        check("use std::fs;\n", &[&format!("src/a/mod.rs:1: {FOUND}")]);
    }
}
