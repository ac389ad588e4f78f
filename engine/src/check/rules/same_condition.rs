//! Two named conditions ask for the same.

use std::collections::BTreeMap;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::syntax::{Condition, Written};

pub(crate) const CODE: Code = Code::warning("same-condition");

/// Reports every condition whose `is` is that of one before it, blanks outside texts aside.
pub(crate) fn same_condition(written: &Written, out: &mut Diagnostics) {
    let mut seen: BTreeMap<String, &Condition> = BTreeMap::new();
    for condition in &written.conditions {
        let Some(is) = &condition.is else { continue };
        let asked = without_blanks(&is.text);
        let Some(first) = seen.get(&asked) else {
            seen.insert(asked, condition);
            continue;
        };
        let (name, other) = (&condition.name.value, &first.name.value);
        let message = format!("condition `{name}` asks for the same as `{other}`");
        let mut found =
            Diagnostic::new(CODE, message, is.token, "asked under another name already");
        if let Some(first) = &first.is {
            found = found.other(first.token, format!("the same in `{other}`"));
        }
        out.push(found.help("one of them was meant to ask something else, or one name is enough"));
    }
}

/// The condition with its blanks left out, except those inside a text in quotes.
fn without_blanks(condition: &str) -> String {
    let mut inside = None;
    let mut kept = String::new();
    for letter in condition.chars() {
        match inside {
            Some(quote) if letter == quote => inside = None,
            None if matches!(letter, '"' | '\'' | '`') => inside = Some(letter),
            None if letter.is_whitespace() => continue,
            _ => {}
        }
        kept.push(letter);
    }
    kept
}
