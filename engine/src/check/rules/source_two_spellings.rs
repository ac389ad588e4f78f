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

/// What tells one source from another: letters, digits and signs, and stops, commas and blanks
/// only where they part two numbers.
fn read(source: &str) -> String {
    let mut read = String::new();
    let mut between = String::new();
    for letter in source.chars() {
        if letter.is_whitespace() || matches!(letter, '.' | ',') {
            between.push(letter);
            continue;
        }
        let parts_numbers = read.ends_with(|it: char| it.is_ascii_digit());
        if parts_numbers && letter.is_ascii_digit() {
            let part = [',', '.'].into_iter().find(|it| between.contains(*it));
            read.extend((!between.is_empty()).then(|| part.unwrap_or(' ')));
        }
        between.clear();
        read.extend(letter.to_lowercase());
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
        check("rules 1, 2", "rules 12", false);
        check("rules 1, 2", "rules 1,2", true);
        check("section 6-2", "section 6(2)", false);
    }
}
