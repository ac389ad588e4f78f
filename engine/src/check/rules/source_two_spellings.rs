//! One source is cited in two ways.

use std::collections::BTreeMap;

use crate::check::citations::citations;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::syntax::Written;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::warning("source-two-spellings");

/// Reports every source that differs from one before it only by capitals, blanks, full stops and
/// commas; each spelling once.
pub(crate) fn source_two_spellings(written: &Written, out: &mut Diagnostics) {
    let mut seen: BTreeMap<String, Vec<&Spanned<String>>> = BTreeMap::new();
    for cited in citations(written) {
        let Some(source) = cited.citation.source.as_ref() else { continue };
        let spellings = seen.entry(read(&source.value)).or_default();
        if spellings.iter().any(|it| it.value == source.value) {
            continue;
        }
        if let Some(first) = spellings.first() {
            let message =
                format!("the source `{}` is also written `{}`", source.value, first.value);
            out.push(
                Diagnostic::new(CODE, message, source.span, "counted as another source")
                    .other(first.span, "the other spelling")
                    .help("spell it in one way, so that whoever looks it up finds every rule"),
            );
        }
        spellings.push(source);
    }
}

/// What tells one source from another: letters, digits and signs, and a stop or a blank only
/// where it parts two numbers.
fn read(source: &str) -> String {
    let letters: Vec<char> = source.chars().collect();
    let is_digit =
        |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    let mut read = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let is_loose = letter.is_whitespace() || matches!(letter, '.' | ',');
        match is_loose {
            true if is_digit(at.checked_sub(1)) && is_digit(at.checked_add(1)) => {
                read.push(if letter.is_whitespace() { ' ' } else { *letter });
            }
            true => {}
            false => read.extend(letter.to_lowercase()),
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::read;

    #[track_caller]
    fn check(one: &str, other: &str, same: bool) {
        assert_eq!(read(one) == read(other), same, "{one} / {other}");
    }

    #[test]
    fn numbers_tell_sources_apart_and_blanks_do_not() {
        check("Code 6.2", "code  6.2.", true);
        check("Art. 16 (1) AI Act", "Art 16(1) AI Act", true);
        check("Code 6.2", "Code 62", false);
        check("Code 6 2", "Code 62", false);
        check("house rule 1", "house rule 11", false);
        check("section 6-2", "section 6(2)", false);
    }
}
