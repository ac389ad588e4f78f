//! The marks of TOML text outside strings and comments, found without building anything, so that
//! depth is known before a parser that follows it with the stack sees the text.

use crate::syntax::limit::KEY_PARTS_MAX;
use crate::syntax::limit::NESTING_MAX;

const ATOM_ENDS: &[u8] = b".=,[]{} \t#\r\n";

/// The first place where brackets stand too deep or a key has too many parts.
pub(crate) fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut dots = 0usize;
    for (offset, mark) in marks(text) {
        dots = if mark == b'.' { dots.saturating_add(1) } else { 0 };
        depth = deeper(depth, mark);
        if depth > NESTING_MAX || dots >= KEY_PARTS_MAX {
            return Some(offset);
        }
    }
    None
}

/// How many brackets and braces are open at an offset.
pub(crate) fn depth_at(text: &str, offset: usize) -> usize {
    marks(text).take_while(|(at, _)| *at < offset).fold(0, |depth, (_, mark)| deeper(depth, mark))
}

fn deeper(depth: usize, mark: u8) -> usize {
    match mark {
        b'[' | b'{' => depth.saturating_add(1),
        b']' | b'}' => depth.saturating_sub(1),
        _ => depth,
    }
}

/// The marks `[ ] { } = , .` and line ends outside strings and comments, with their offsets. Cuts
/// the text where the parser's lexer cuts it, broken strings included.
fn marks(text: &str) -> impl Iterator<Item = (usize, u8)> {
    let bytes = text.as_bytes();
    let mut at = 0usize;
    std::iter::from_fn(move || {
        loop {
            let start = at;
            let rest = bytes.get(at..).unwrap_or_default();
            let first = *rest.first()?;
            let length = match first {
                b'#' => until(rest, |it| matches!(it, b'\r' | b'\n')),
                b'\'' if rest.starts_with(b"'''") => long_string(rest, b'\'', Escapes::None),
                b'\'' => short_string(rest, b'\'', Escapes::None),
                b'"' if rest.starts_with(b"\"\"\"") => long_string(rest, b'"', Escapes::Some),
                b'"' => short_string(rest, b'"', Escapes::Some),
                _ if ATOM_ENDS.contains(&first) => 1,
                _ => until(rest, |it| ATOM_ENDS.contains(&it)),
            };
            at = at.saturating_add(length.max(1));
            if matches!(first, b'[' | b']' | b'{' | b'}' | b'=' | b',' | b'.' | b'\n') {
                return Some((start, first));
            }
        }
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Escapes {
    None,
    Some,
}

fn until(bytes: &[u8], ends: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|it| ends(*it)).unwrap_or(bytes.len())
}

/// The length of a string on one line; an unclosed one ends before the line end.
fn short_string(bytes: &[u8], quote: u8, escapes: Escapes) -> usize {
    let mut at = 1usize;
    while let Some(byte) = bytes.get(at) {
        if *byte == b'\n' {
            return at;
        }
        at = at.saturating_add(step(bytes, at, quote, escapes));
        if *byte == quote {
            return at;
        }
    }
    bytes.len()
}

/// The length of a string over several lines; an unclosed one goes to the end. Up to two further
/// quotes belong to it.
fn long_string(bytes: &[u8], quote: u8, escapes: Escapes) -> usize {
    let mut at = 3usize;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(&[quote; 3]) {
            let more = rest.iter().skip(3).take(2).take_while(|it| **it == quote).count();
            return at.saturating_add(3).saturating_add(more);
        }
        at = at.saturating_add(step(bytes, at, quote, escapes));
    }
    bytes.len()
}

/// One byte, or two where a backslash hides a quote or a backslash.
fn step(bytes: &[u8], at: usize, quote: u8, escapes: Escapes) -> usize {
    let next = bytes.get(at.saturating_add(1)).copied();
    let escaped = escapes == Escapes::Some
        && bytes.get(at) == Some(&b'\\')
        && (next == Some(quote) || next == Some(b'\\'));
    if escaped { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found: Vec<u8> = marks(text).map(|(_, mark)| mark).collect();
        assert_eq!(String::from_utf8(found).unwrap(), expected, "{text}");
    }

    #[test]
    fn strings_and_comments_hold_no_marks() {
        check("a.b = [1, 2] # [[[\n", ".=[,]\n");
        check(r#"a = "[\"[" ] "#, "=]");
        check("a = '[\\' ]", "=]");
        check("a = \"\"\"[\"[\n[\"\"\"\" ]", "=]");
        check("a = '''['[\n''''' ]", "=]");
        check("a = \"[[[\n[", "=\n[");
        check("a = '''[[[\n[", "=");
    }

    #[test]
    fn depth_and_parts_have_a_limit() {
        assert_eq!(too_deep(&"[".repeat(NESTING_MAX)), None);
        assert_eq!(too_deep(&"[".repeat(NESTING_MAX + 1)), Some(NESTING_MAX));
        assert_eq!(too_deep("a.b.c.d.e.f.g.h = 1\na.b = 1"), None);
        assert_eq!(too_deep("a.b.c.d.e.f.g.h.i = 1"), Some(15));
        assert_eq!(depth_at("a = { b = [ 1 ] }", 12), 2);
    }
}
