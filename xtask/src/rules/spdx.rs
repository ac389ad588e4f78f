//! Licence expressions such as `(MIT OR Apache-2.0) AND Unicode-3.0`.

/// Whether the expression can be met with allowed licences alone. The old sign `/` means `OR`.
/// An expression that cannot be read is not met.
pub(crate) fn is_met(expression: &str, is_allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    matches!(any_of(&words, is_allowed), Some((true, [])))
}

/// What an expression says, and the words after it.
type Read<'a> = Option<(bool, &'a [&'a str])>;

fn any_of<'a>(words: &'a [&'a str], is_allowed: &dyn Fn(&str) -> bool) -> Read<'a> {
    let (mut met, mut rest) = all_of(words, is_allowed)?;
    while let ["OR", after @ ..] = rest {
        let (other, after) = all_of(after, is_allowed)?;
        (met, rest) = (met || other, after);
    }
    Some((met, rest))
}

fn all_of<'a>(words: &'a [&'a str], is_allowed: &dyn Fn(&str) -> bool) -> Read<'a> {
    let (mut met, mut rest) = one(words, is_allowed)?;
    while let ["AND", after @ ..] = rest {
        let (other, after) = one(after, is_allowed)?;
        (met, rest) = (met && other, after);
    }
    Some((met, rest))
}

fn one<'a>(words: &'a [&'a str], is_allowed: &dyn Fn(&str) -> bool) -> Read<'a> {
    match words {
        ["(", rest @ ..] => match any_of(rest, is_allowed)? {
            (met, [")", rest @ ..]) => Some((met, rest)),
            _ => None,
        },
        [licence, "WITH", exception, rest @ ..] => {
            Some((is_allowed(&format!("{licence} WITH {exception}")), rest))
        }
        [licence, rest @ ..] if !["OR", "AND", "WITH", ")"].contains(licence) => {
            Some((is_allowed(licence), rest))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::is_met;

    #[track_caller]
    fn check(expression: &str, expected: bool) {
        let is_allowed = |it: &str| it == "MIT" || it == "ISC";
        assert_eq!(is_met(expression, &is_allowed), expected, "{expression}");
    }

    #[test]
    fn one_of_two_is_enough_with_or() {
        check("MIT OR GPL-3.0", true);
        check("GPL-3.0/MIT", true);
        check("GPL-3.0 OR LGPL-3.0", false);
    }

    #[test]
    fn both_are_needed_with_and() {
        check("MIT AND ISC", true);
        check("MIT AND GPL-3.0", false);
    }

    #[test]
    fn and_binds_closer_than_or_and_brackets_closer_still() {
        check("MIT OR GPL-3.0 AND GPL-2.0", true);
        check("(MIT OR GPL-3.0) AND GPL-2.0", false);
    }

    #[test]
    fn an_exception_makes_another_licence() {
        check("MIT WITH some-exception", false);
    }

    #[test]
    fn what_cannot_be_read_is_not_met() {
        check("", false);
        check("MIT OR", false);
        check("(MIT", false);
        check("MIT ISC", false);
    }
}
