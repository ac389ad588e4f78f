//! Random expressions of a known kind, as text.

use crate::random::Random;

/// An expression as text; `whole` says that rhai calculates it with whole numbers.
#[derive(Clone, Debug)]
pub struct Written {
    /// The text.
    pub text: String,
    /// Whether it is a whole number to rhai.
    pub whole: bool,
}

/// Choices of `choice` and `other_choice`.
pub(crate) const CHOICES: [&str; 3] = ["none", "minor", "serious"];
/// Levels of `level` and `other_level`, lowest first; their names are in the same order as text,
/// so that rhai, which compares names, gives the answer that ranks give.
pub(crate) const LEVELS: [&str; 4] = ["a_low", "b_medium", "c_high", "d_critical"];
/// Texts that occur as values and in expressions.
pub(crate) const TEXTS: [&str; 8] = ["", "a", "b", "ab", "größe", "a b", "Z", "~"];
/// Dates that occur as values and in expressions.
pub(crate) const DATES: [&str; 4] = ["2025-12-31", "2026-03-02", "2026-03-03", "2031-01-01"];
/// Number literals.
const NUMBERS: [&str; 18] = [
    "0",
    "1",
    "2",
    "3",
    "10",
    "-1",
    "-3",
    "0.5",
    "2.50",
    "2.5",
    "-0.1",
    "100000",
    "0.0",
    "7.125",
    "9223372036854775807",
    "-9223372036854775807",
    "79228162514264337593543950335",
    "0.0000000000000000000000000001",
];
const COMPARISONS: [&str; 6] = ["==", "!=", "<", "<=", ">", ">="];

fn one(random: &mut Random, of: &[&'static str]) -> &'static str {
    random.one_of(of).unwrap_or_default()
}

/// A condition of at most this nesting.
pub fn condition(random: &mut Random, depth: usize) -> String {
    let deeper = depth.saturating_sub(1);
    if depth > 0 {
        match random.below(14) {
            0 | 1 => return joined(random, deeper, "&&"),
            2 | 3 => return joined(random, deeper, "||"),
            4 => return format!("!({})", condition(random, deeper)),
            5 => {
                let parts = [0; 3].map(|_| condition(random, deeper));
                return format!("(if {} {{ {} }} else {{ {} }})", parts[0], parts[1], parts[2]);
            }
            6 => return switch(random, |random| condition(random, deeper)),
            7 => {
                let (left, right) = (condition(random, deeper), condition(random, deeper));
                let op = one(random, &["==", "!="]);
                return format!("(({left}) {op} ({right}))");
            }
            8..=10 => {
                let (left, right) = (number(random, deeper), number(random, deeper));
                let op = one(random, &COMPARISONS);
                return format!("{} {op} {}", left.text, right.text);
            }
            _ => {}
        }
    }
    simple(random)
}

fn joined(random: &mut Random, depth: usize, sign: &str) -> String {
    let count = 2 + random.below(3);
    let parts: Vec<String> = (0..count)
        .map(|_| {
            let part = condition(random, depth);
            // Brackets are left out now and then, so that precedence is compared too.
            if random.one_in(3) { part } else { format!("({part})") }
        })
        .collect();
    format!("({})", parts.join(&format!(" {sign} ")))
}

fn switch(random: &mut Random, mut branch: impl FnMut(&mut Random) -> String) -> String {
    let branches = [0; 3].map(|_| branch(random));
    let [first, second, third] = branches;
    match random.below(4) {
        0 => format!(
            "(switch choice {{ \"none\" => {first}, \"minor\" | \"serious\" => {second} }})"
        ),
        1 => format!(
            "(switch level {{ \"c_high\" => {first}, \"a_low\" => {second}, _ => {third} }})"
        ),
        2 => format!("(switch yes {{ true => {first}, false => {second} }})"),
        _ => format!(
            "(switch text {{ \"a\" | \"größe\" => {first}, \"\" => {second}, _ => {third} }})"
        ),
    }
}

/// A comparison or question without parts.
fn simple(random: &mut Random) -> String {
    let comparison = one(random, &COMPARISONS);
    let equality = one(random, &["==", "!="]);
    let number = one(random, &NUMBERS);
    match random.below(16) {
        0 => one(random, &["yes", "no", "true", "false"]).to_owned(),
        1 | 2 => format!("{} {comparison} {number}", one(random, &["amount", "count"])),
        3 => format!("{number} {comparison} {}", one(random, &["amount", "count"])),
        4 => format!("choice {equality} {:?}", one(random, &CHOICES)),
        5 => format!("{:?} {equality} other_choice", one(random, &CHOICES)),
        6 => format!("choice {equality} other_choice"),
        7 => format!("level {comparison} {:?}", one(random, &LEVELS)),
        8 => format!("{:?} {comparison} other_level", one(random, &LEVELS)),
        9 => format!("level {comparison} other_level"),
        10 => listed(random),
        11 => format!("{} {comparison} {}", text(random), text(random)),
        12 => {
            let test = one(random, &["contains", "starts_with", "ends_with"]);
            format!("{}.{test}({})", one(random, &["text", "other_text"]), text(random))
        }
        13 => format!("{} in {}", text(random), one(random, &["text", "other_text"])),
        14 => format!("date {comparison} {}", date(random)),
        _ => {
            let guard = one(random, &["is_set(maybe) &&", "!is_set(maybe) ||"]);
            format!("({guard} maybe {comparison} {number})")
        }
    }
}

fn listed(random: &mut Random) -> String {
    let count = random.below(4);
    let sign = one(random, &["in", "!in"]);
    let (item, names): (&str, &[&str]) = match random.below(5) {
        0 => ("amount", &NUMBERS),
        1 => ("count", &NUMBERS),
        2 => ("choice", &CHOICES),
        3 => ("level", &LEVELS),
        _ => ("text", &TEXTS),
    };
    let quoted = !matches!(item, "amount" | "count");
    let entries: Vec<String> = (0..count)
        .map(|_| {
            let name = random.one_of(names).unwrap_or_default();
            if quoted { format!("{name:?}") } else { name.to_owned() }
        })
        .collect();
    format!("({item} {sign} [{}])", entries.join(", "))
}

fn text(random: &mut Random) -> String {
    match random.below(4) {
        0 => "text".to_owned(),
        1 => "other_text".to_owned(),
        2 => "(if yes { text } else { \"ab\" })".to_owned(),
        _ => format!("{:?}", one(random, &TEXTS)),
    }
}

fn date(random: &mut Random) -> String {
    if random.one_in(3) {
        return "other_date".to_owned();
    }
    format!("{:?}", one(random, &DATES))
}

/// A number of at most this nesting.
pub fn number(random: &mut Random, depth: usize) -> Written {
    if depth == 0 || random.one_in(3) {
        return simple_number(random);
    }
    let deeper = depth.saturating_sub(1);
    let left = number(random, deeper);
    let right = number(random, deeper);
    match random.below(8) {
        0 => Written { text: format!("-({})", left.text), whole: left.whole },
        // rhai would calculate with whole numbers or decimals depending on the branch taken, so
        // both branches are of one kind here.
        1 if left.whole == right.whole => {
            let decides = condition(random, deeper);
            let text = format!("(if {decides} {{ {} }} else {{ {} }})", left.text, right.text);
            Written { text, whole: left.whole }
        }
        2 => {
            let text = switch(random, |random| format!("{} * 1.0", number(random, deeper).text));
            Written { text, whole: false }
        }
        pick => {
            let whole = left.whole && right.whole;
            let op = match pick {
                1 | 3 => "+",
                4 => "-",
                5 => "*",
                // A division of whole numbers is refused when a protocol is checked.
                6 if !whole => "/",
                _ => "%",
            };
            Written { text: format!("({} {op} {})", left.text, right.text), whole }
        }
    }
}

fn simple_number(random: &mut Random) -> Written {
    match random.below(5) {
        0 | 1 => Written { text: one(random, &["amount", "count"]).to_owned(), whole: false },
        2 => Written { text: "text.len()".to_owned(), whole: true },
        _ => {
            let text = one(random, &NUMBERS);
            let whole = text.parse::<i64>().is_ok();
            Written { text: text.to_owned(), whole }
        }
    }
}
