//! Random questions about the entries of records, as text.

use engine::script::Type;

use crate::guards_agree::generate::condition;
use crate::guards_agree::generate::number;
use crate::random::Random;

/// The records; the entries of each have the fields of a case, under the same names.
pub(crate) const RECORDS: [&str; 3] = ["visit", "claim", "promise"];
/// What the entries of a closure and of the closure in it are called.
const ENTRIES: [&str; 2] = ["v", "w"];
/// The names of a case that an entry has as well.
const NAMES: [&str; 13] = [
    "amount",
    "count",
    "maybe",
    "yes",
    "no",
    "choice",
    "other_choice",
    "level",
    "other_level",
    "text",
    "other_text",
    "date",
    "other_date",
];
const COMPARISONS: [&str; 6] = ["==", "!=", "<", "<=", ">", ">="];

fn one(random: &mut Random, of: &[&'static str]) -> &'static str {
    random.one_of(of).unwrap_or_default()
}

/// An expression with at least one question about entries: a number or a condition.
pub fn about_entries(random: &mut Random, depth: usize, wants_number: bool) -> (String, Type) {
    match wants_number {
        true => (entry_number(random, depth), Type::Number),
        false => (entry_condition(random, depth), Type::Flag),
    }
}

fn entry_number(random: &mut Random, depth: usize) -> String {
    let deeper = depth.saturating_sub(1);
    let counted = counted(random, deeper, &[]);
    match random.below(3) {
        0 => counted,
        1 => format!("{counted} + {counted} * 3 - 1"),
        _ => format!("{} * {counted}", number(random, deeper).text),
    }
}

fn entry_condition(random: &mut Random, depth: usize) -> String {
    let deeper = depth.saturating_sub(1);
    let asked = question(random, deeper, &[]);
    if depth == 0 {
        return asked;
    }
    let other = match random.one_in(2) {
        true => condition(random, deeper),
        false => entry_condition(random, deeper),
    };
    match random.below(8) {
        0 | 1 => format!("({asked}) && ({other})"),
        2 | 3 => format!("({other}) || ({asked})"),
        4 => format!("!({asked})"),
        5 => format!("(if {asked} {{ {other} }} else {{ {asked} }})"),
        6 => format!("(switch choice {{ \"none\" | \"minor\" => {asked}, _ => {other} }})"),
        _ => asked,
    }
}

/// A record that no closure around asks about: rhai keeps a list to itself while it goes through
/// it.
fn free(random: &mut Random, around: &[&str]) -> &'static str {
    let free: Vec<&'static str> =
        RECORDS.into_iter().filter(|record| !around.contains(record)).collect();
    one(random, &free)
}

/// A question about a record; `around` are the records that the closures around it ask about.
fn question(random: &mut Random, depth: usize, around: &[&'static str]) -> String {
    let record = free(random, around);
    let comparison = one(random, &COMPARISONS);
    match random.below(9) {
        0..=2 => format!("{record}.some({})", closure(random, depth, around, record)),
        3 | 4 => format!("{record}.all({})", closure(random, depth, around, record)),
        5 => format!("{} {comparison} {}", counted(random, depth, around), random.below(4)),
        6 => format!("{}{record}.is_empty()", one(random, &["", "!"])),
        7 => {
            let asked = entry_of(random, depth, &format!("{record}.last()"));
            let guards = ["NAME.count() > 0 &&", "NAME.is_empty() ||", "0 < NAME.count() &&"];
            let guard = one(random, &guards).replace("NAME", record);
            format!("({guard} ({asked}))")
        }
        _ => format!("({record}.count() {comparison} {})", random.below(4)),
    }
}

fn counted(random: &mut Random, depth: usize, around: &[&'static str]) -> String {
    let record = free(random, around);
    match random.one_in(4) {
        true => format!("{record}.count()"),
        false => format!("{record}.count({})", closure(random, depth, around, record)),
    }
}

fn closure(
    random: &mut Random,
    depth: usize,
    around: &[&'static str],
    record: &'static str,
) -> String {
    let name = ENTRIES.get(around.len()).copied().unwrap_or_default();
    let depth = depth.saturating_sub(1);
    let mut body = entry_of(random, depth, name);
    if around.is_empty() && random.one_in(2) {
        // The question inside may read the entry around it as well as its own.
        let inner = question(random, depth, &[record]);
        let inner = about(random, &inner, name);
        let sign = one(random, &["&&", "||", "=="]);
        body = format!("({body}) {sign} ({inner})");
    }
    match random.one_in(8) {
        true => format!("|{name}| {{ {body} }}"),
        false => format!("|{name}| {body}"),
    }
}

/// A condition that reads some things of an entry and some of the case.
fn entry_of(random: &mut Random, depth: usize, entry: &str) -> String {
    let plain = condition(random, depth.min(2));
    about(random, &plain, entry)
}

/// The text with some names of the case read of an entry instead; each name in one way, so that
/// what asks `is_set` asks of what is read.
fn about(random: &mut Random, text: &str, entry: &str) -> String {
    let of_entry = NAMES.map(|name| (name, random.one_in(2)));
    let mut found = String::new();
    let mut word = String::new();
    let mut is_quoted = false;
    for character in text.chars().chain([' ']) {
        if !is_quoted && (character.is_alphanumeric() || character == '_') {
            word.push(character);
            continue;
        }
        let is_bare = !found.ends_with('.');
        if is_bare && of_entry.contains(&(word.as_str(), true)) {
            found.push_str(entry);
            found.push('.');
        }
        found.push_str(&word);
        word.clear();
        found.push(character);
        is_quoted ^= character == '"';
    }
    found
}
