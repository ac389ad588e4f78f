//! The words of a condition, in the names of the protocol.

use crate::inspect::complies::held::Held;
use crate::syntax::Script;

/// The words and signs of a condition, without spaces and comments. A text in quotes is one of them.
pub(crate) type Tokens = Vec<String>;

const TWO_SIGNS: [&str; 7] = ["&&", "||", "==", "!=", "<=", ">=", "//"];

/// Reads the words of a script.
pub(crate) fn tokens(text: &str) -> Tokens {
    let mut all = Tokens::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            _ if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            _ if rest.starts_with("/*") => {
                rest.find("*/").map_or(rest.len(), |it| it.saturating_add(2))
            }
            '"' => quoted(rest),
            _ if is_word(first) => rest.find(|it| !is_word(it)).unwrap_or(rest.len()),
            _ if TWO_SIGNS.iter().any(|it| rest.starts_with(it)) => 2,
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        let is_left_out =
            first.is_whitespace() || token.starts_with("//") || token.starts_with("/*");
        if !is_left_out {
            all.push(token.to_owned());
        }
        rest = after;
    }
    all
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The bytes of a text in quotes, with both of them.
fn quoted(rest: &str) -> usize {
    let mut is_escaped = false;
    for (place, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return place.saturating_add(1),
            _ => {}
        }
    }
    rest.len()
}

/// The words of a condition of the statute, with the names that stand for its own here.
pub(crate) fn translated(held: &Held<'_>, script: &Script) -> Tokens {
    let all = tokens(&script.text);
    let name = |place: usize| match all.get(place)?.strip_prefix('"')?.strip_suffix('"') {
        Some(text) => {
            let kind = kind_at(held, &all, place)?;
            Some(format!("\"{}\"", held.name(kind, text)))
        }
        None => None,
    };
    let translate = |(place, token): (usize, &String)| {
        let before = place.checked_sub(1).and_then(|it| all.get(it)).map(String::as_str);
        let is_field = before != Some(".")
            && held.statute.written.fields.iter().any(|it| it.name.value == *token);
        if is_field {
            return held.name("fields", token).to_owned();
        }
        name(place).unwrap_or_else(|| token.clone())
    };
    all.iter().enumerate().map(translate).collect()
}

/// Of which kind the name in quotes is at this place, by what it is compared with or asked of.
fn kind_at(held: &Held<'_>, all: &[String], place: usize) -> Option<&'static str> {
    let back = |n: usize| place.checked_sub(n).and_then(|it| all.get(it)).map(String::as_str);
    if back(1) == Some("(") {
        return match back(2)? {
            "sent" => Some("letters"),
            "met" | "breached" | "breached_ever" | "running" | "lapsed" => Some("deadlines"),
            _ => None,
        };
    }
    let mut compared = back(2);
    let mut n = 1;
    while back(n).is_some_and(|it| it.starts_with('"') || it == ",") {
        n = n.saturating_add(1);
    }
    if back(n) == Some("[") {
        compared = back(n.saturating_add(2));
    }
    match compared? {
        "stage" => Some("stages"),
        "rung" => Some("rungs"),
        "event" => Some("events"),
        "by" => Some("roles"),
        field => {
            let mut fields = held.statute.written.fields.iter();
            let field = fields.find(|it| it.name.value == field)?;
            field.kind.as_ref().filter(|it| it.value == "role").map(|_| "roles")
        }
    }
}
