//! Whether one condition holds wherever another does, as far as `&&` and `||` show it.

/// How many pairs of parts are looked at: far more than a condition that people read has.
const STEPS_MAX: u32 = 10_000;

/// Whether the second holds wherever the first does. `false` also where that cannot be seen.
pub(crate) fn implies(one: &[String], other: &[String]) -> bool {
    follows(one, other, &mut STEPS_MAX.clone())
}

/// Whether both can be seen never to hold together.
pub(crate) fn disjoint(one: &[String], other: &[String]) -> bool {
    let (one, other) = (bare(one), bare(other));
    if [one, other].iter().any(|it| parts(it, "||").len() > 1) {
        return false;
    }
    let (one, other) = (parts(one, "&&"), parts(other, "&&"));
    one.iter().any(|it| other.iter().any(|other| are_opposite(bare(it), bare(other))))
}

/// `x == "a"` and `x == "b"`, or `x` and `!x`.
fn are_opposite(one: &[String], other: &[String]) -> bool {
    let is_not = |it: &[String], of: &[String]| match it.split_first() {
        Some((sign, rest)) => sign == "!" && is_one_operand(rest) && bare(rest) == of,
        None => false,
    };
    let equals = |it: &[String]| match it {
        [name, sign, value] if sign == "==" && value.starts_with('"') => {
            Some((name.clone(), value.clone()))
        }
        _ => None,
    };
    let differ = match (equals(one), equals(other)) {
        (Some((name, value)), Some((same, another))) => name == same && value != another,
        _ => false,
    };
    differ || is_not(one, other) || is_not(other, one)
}

/// Whether a `!` before this is about all of it.
fn is_one_operand(tokens: &[String]) -> bool {
    tokens.len() == 1 || bare(tokens).len() < tokens.len()
}

fn follows(one: &[String], other: &[String], steps: &mut u32) -> bool {
    let Some(left) = steps.checked_sub(1) else { return false };
    *steps = left;
    let (one, other) = (bare(one), bare(other));
    if one == other {
        return true;
    }
    let any_of = parts(one, "||");
    if any_of.len() > 1 {
        return any_of.iter().all(|it| follows(it, other, steps));
    }
    let any_of = parts(other, "||");
    let all_of = parts(other, "&&");
    if any_of.len() == 1 && all_of.len() > 1 {
        return all_of.iter().all(|it| follows(one, it, steps));
    }
    let given = parts(one, "&&");
    (given.len() > 1 && given.iter().any(|it| follows(it, other, steps)))
        || (any_of.len() > 1 && any_of.iter().any(|it| follows(one, it, steps)))
}

/// Without brackets around all of it.
fn bare(tokens: &[String]) -> &[String] {
    let mut tokens = tokens;
    while let [first, inner @ .., last] = tokens {
        if first != "(" || last != ")" || !is_balanced(inner) {
            break;
        }
        tokens = inner;
    }
    tokens
}

fn is_balanced(tokens: &[String]) -> bool {
    let mut depth = 0_i64;
    tokens.iter().all(|it| {
        depth = depth.saturating_add(step(it));
        depth >= 0
    }) && depth == 0
}

fn step(token: &str) -> i64 {
    match token {
        "(" | "[" | "{" => 1,
        ")" | "]" | "}" => -1,
        _ => 0,
    }
}

/// The parts between the signs that stand in no bracket.
fn parts<'t>(tokens: &'t [String], sign: &str) -> Vec<&'t [String]> {
    let mut depth = 0_i64;
    tokens
        .split(|it| {
            depth = depth.saturating_add(step(it));
            depth == 0 && it == sign
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{disjoint, implies};
    use crate::inspect::complies::says::tokens;

    fn check(one: &str, other: &str, wanted: bool) {
        assert_eq!(implies(&tokens(one), &tokens(other)), wanted, "{one} => {other}");
    }

    #[test]
    fn more_that_must_hold_implies_less() {
        check("a && b", "a", true);
        check("a", "a && b", false);
        check("(a  &&b) && c", "c && a", true);
        check("a", "a || b", true);
        check("a || b", "a", false);
        check("a && c || b && c", "c", true);
        check("a && (b || c)", "c || b || d", true);
        check("x == \"a && b\"", "a", false);
        check("!a && b", "a", false);
        check("!(a && b)", "b", false);
        check("(a) || (b)", "a", false);
        check("", "a", false);
    }

    #[test]
    fn what_excludes_each_other_is_known() {
        let check = |one: &str, other: &str, wanted: bool| {
            assert_eq!(disjoint(&tokens(one), &tokens(other)), wanted, "{one} and {other}");
        };
        check("rung == \"a\"", "rung == \"b\" && x", true);
        check("rung == \"a\"", "rung == \"a\"", false);
        check("!x", "x", true);
        check("!(x > 2)", "x > 2", true);
        check("!x || y", "x", false);
        check("!x > 2", "x > 2", false);
        check("!x && a || c", "x", false);
    }

    /// Long and deep conditions are given up, not searched for ever.
    #[test]
    fn a_hostile_condition_ends() {
        let deep = |name: &str| {
            let mut text = name.to_owned();
            for place in 0..60 {
                let sign = if place % 2 == 0 { "&&" } else { "||" };
                text = format!("({text} {sign} {name}{place})");
            }
            text
        };
        check(&deep("a"), &deep("b"), false);
        check(&format!("{}a{}", "(".repeat(5_000), ")".repeat(5_000)), "a", true);
    }
}
