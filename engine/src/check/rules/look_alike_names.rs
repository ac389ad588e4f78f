//! Two names that a reader takes for each other.

use std::collections::BTreeMap;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::syntax::Written;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::warning("look-alike-names");

/// A plural is told from its singular by its last letter alone, unless the name is very short.
const SINGULAR_LETTERS_MIN: usize = 4;

type Named<'w> = (&'static str, &'w Spanned<String>);

/// Reports every name that differs from another one that could stand in its place only by
/// capitals, lines, a plural `s`, or digits that look like letters.
pub(crate) fn look_alike_names(written: &Written, out: &mut Diagnostics) {
    for names in groups(written) {
        let mut seen: BTreeMap<String, Named<'_>> = BTreeMap::new();
        for (kind, name) in names {
            match seen.get(&looks(&name.value)) {
                Some((other_kind, other)) if other.value != name.value => {
                    out.push(fault(kind, name, other_kind, other));
                }
                Some(_) => {}
                None => drop(seen.insert(looks(&name.value), (kind, name))),
            }
        }
    }
}

/// Names of which one can stand where another does.
fn groups(written: &Written) -> Vec<Vec<Named<'_>>> {
    macro_rules! of {
        ($list:ident, $kind:literal) => {
            written.$list.iter().map(|it| ($kind, &it.name)).collect::<Vec<Named<'_>>>()
        };
    }
    let read_by_conditions = [
        of!(fields, "field"),
        of!(records, "record"),
        of!(conditions, "condition"),
        of!(deadlines, "deadline"),
    ]
    .concat();
    let levels = written.severity.iter().flat_map(|it| &it.levels).map(|it| ("level", it));
    let choices = written.fields.iter().filter_map(|field| field.of.as_ref());
    let choices = choices.map(|of| of.iter().map(|it| ("choice", it)).collect());
    let mut groups = vec![
        of!(roles, "role"),
        of!(channels, "channel"),
        of!(calendars, "calendar"),
        of!(texts, "text"),
        of!(ladder, "rung"),
        of!(events, "event"),
        of!(stages, "stage"),
        of!(letters, "letter"),
        of!(guarantees, "guarantee"),
        of!(help, "help"),
        of!(functions, "function"),
        read_by_conditions,
        levels.collect(),
    ];
    groups.extend(choices);
    groups
}

/// What is left of a name when it is read in passing.
fn looks(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let digit =
        |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    let mut looks = String::new();
    for (at, letter) in letters.iter().enumerate() {
        // `step_1_1` and `step_11` are told apart by their lines.
        let parts_digits = digit(at.checked_sub(1)) && digit(at.checked_add(1));
        match letter {
            '_' | '-' if parts_digits => looks.push('_'),
            '_' | '-' => {}
            '0' if !digit(at.checked_sub(1)) && !digit(at.checked_add(1)) => looks.push('o'),
            '1' if !digit(at.checked_sub(1)) && !digit(at.checked_add(1)) => looks.push('l'),
            other => looks.push(other.to_ascii_lowercase()),
        }
    }
    match looks.strip_suffix('s') {
        Some(one) if one.len() >= SINGULAR_LETTERS_MIN && !one.ends_with('s') => one.to_owned(),
        _ => looks,
    }
}

fn fault(
    kind: &str,
    name: &Spanned<String>,
    other_kind: &str,
    other: &Spanned<String>,
) -> Diagnostic {
    let message = format!("{kind} `{}` looks like {other_kind} `{}`", name.value, other.value);
    Diagnostic::new(CODE, message, name.span, "easily taken for the other")
        .other(other.span, format!("the other {other_kind}"))
        .help("give one of them a name that differs by a whole word")
}

#[cfg(test)]
mod tests {
    use super::looks;

    #[track_caller]
    fn check(one: &str, other: &str, alike: bool) {
        assert_eq!(looks(one) == looks(other), alike, "{one} {other}");
    }

    #[test]
    fn names_that_differ_by_a_line_a_capital_or_one_stroke_look_alike() {
        check("set_up", "setup", true);
        check("front-line", "Front_Line", true);
        check("answer", "answers", true);
        check("level_o", "level_0", true);
        check("pool", "poo1", true);
    }

    #[test]
    fn names_that_are_numbered_or_short_are_told_apart() {
        check("answer1", "answer2", false);
        check("stage10", "stage1o", false);
        check("step_1_1", "step_11", false);
        check("new", "news", false);
        check("clas", "class", false);
        check("mail", "email", false);
    }
}
