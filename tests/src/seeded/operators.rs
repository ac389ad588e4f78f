//! The kinds of faults, and every place at which each can be made.

use std::collections::BTreeSet;

use toml_edit::{DocumentMut, Item, Value};

use crate::edits::{Change, Edit, edits_of_file};

/// A kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Operator {
    /// Nobody higher hears of it, or a rung is missing.
    Escalation,
    /// Calendar days for working days, or the other way round.
    Calendar,
    /// A clock that stands still is not made to run again.
    Resume,
    /// A clock may be lengthened once more.
    Extension,
    /// A letter is not sent.
    Letter,
    /// A number is one less or one more.
    Number,
}

impl Operator {
    /// Its name in the lists.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Escalation => "escalation",
            Self::Calendar => "calendar",
            Self::Resume => "resume",
            Self::Extension => "extension",
            Self::Letter => "letter",
            Self::Number => "number",
        }
    }
}

/// The tables that say what happens; what is guaranteed and what people read is left as it is.
const TABLES: [&str; 10] = [
    "time",
    "intake",
    "ladder",
    "severity",
    "conditions",
    "events",
    "stages",
    "anywhere",
    "deadlines",
    "stops",
];

/// Keys whose texts are for people.
const FOR_PEOPLE: [&str; 7] = ["title", "says", "source", "guide", "why", "contact", "unverified"];

/// Every fault of every kind, kind after kind, each in order of the places.
pub(super) fn faults(texts: &[(String, String)]) -> Vec<(Operator, Edit)> {
    let read = |(path, text): &(String, String)| {
        let document: DocumentMut = text.parse().unwrap_or_default();
        (path.clone(), document)
    };
    let documents: Vec<_> = texts.iter().map(read).collect();
    let pausing: BTreeSet<String> =
        documents.iter().flat_map(|(_, document)| pausing(document)).collect();
    let all = [
        Operator::Escalation,
        Operator::Calendar,
        Operator::Resume,
        Operator::Extension,
        Operator::Letter,
        Operator::Number,
    ];
    let of = |operator: Operator| {
        let choose = |place: &str, value: Option<&Value>| {
            let parts: Vec<&str> = place.split('.').collect();
            let table = parts.first().map_or("", |it| plain(it));
            if !TABLES.contains(&table) || parts.iter().any(|it| FOR_PEOPLE.contains(&plain(it))) {
                return Vec::new();
            }
            changes(operator, &parts, value, &pausing)
        };
        let files = documents.iter();
        let edits = files.flat_map(|(path, it)| edits_of_file(path, it, &choose));
        edits.map(|edit| (operator, edit)).collect::<Vec<_>>()
    };
    all.into_iter().flat_map(of).collect()
}

/// The stages in which clocks stand still.
fn pausing(document: &DocumentMut) -> Vec<String> {
    let stages = document.get("stages").and_then(Item::as_table_like);
    let stages = stages.into_iter().flat_map(|it| it.iter());
    let pauses = stages.filter(|(_, it)| it.get("pauses").is_some());
    pauses.map(|(name, _)| name.to_owned()).collect()
}

/// A part of a place without its number: `sends` of `sends[1]`.
fn plain(part: &str) -> &str {
    part.split('[').next().unwrap_or(part)
}

fn changes(
    operator: Operator,
    parts: &[&str],
    value: Option<&Value>,
    pausing: &BTreeSet<String>,
) -> Vec<Change> {
    let last = parts.last().copied().unwrap_or_default();
    let text = value.and_then(Value::as_str);
    let number = value.and_then(Value::as_integer);
    let is_after = parts.len() >= 2 && parts[parts.len() - 2] == "after";
    match operator {
        Operator::Escalation => {
            let higher = matches!(last, "escalate" | "breach" | "tells");
            if higher || parts.len() == 1 && last.starts_with("ladder[") {
                return vec![Change::Delete];
            }
        }
        Operator::Calendar => {
            let swapped = |it: &str| {
                [("working day", "calendar day"), ("calendar day", "working day")]
                    .into_iter()
                    .filter(|(from, _)| it.contains(from))
                    .map(|(from, to)| it.replace(from, to))
                    .collect::<Vec<_>>()
            };
            if is_after {
                return swapped(last).into_iter().map(|it| renamed(last, it)).collect();
            }
            let text = text.unwrap_or_default();
            return swapped(text).into_iter().map(|it| exchanged(text, it)).collect();
        }
        Operator::Resume => {
            let stage = parts.get(1).filter(|it| parts[0] == "stages" && pausing.contains(**it));
            if stage.is_none() {
                return Vec::new();
            }
            if parts.get(2) == Some(&"pauses")
                && let Some(text) = text.filter(|it| *it != "unbounded")
            {
                return vec![exchanged(text, "unbounded".to_owned())];
            }
            let is_way_out = parts.get(2) == Some(&"on") || is_after;
            if parts.len() == 4 && is_way_out {
                return vec![Change::Delete];
            }
        }
        Operator::Extension => {
            if let Some(number) = number.filter(|_| last == "times") {
                return vec![counted(number, 1)];
            }
        }
        Operator::Letter => {
            let is_scalar = last == "sends" && text.is_some();
            if is_scalar || last.starts_with("sends[") {
                return vec![Change::Delete];
            }
        }
        Operator::Number => {
            if is_after {
                return numbers(last).into_iter().map(|it| renamed(last, it)).collect();
            }
            if let Some(number) = number {
                let one_more = (last != "times").then(|| counted(number, 1));
                return std::iter::once(counted(number, -1)).chain(one_more).collect();
            }
            let text = text.unwrap_or_default();
            return numbers(text).into_iter().map(|it| exchanged(text, it)).collect();
        }
    }
    Vec::new()
}

fn exchanged(old: &str, new: String) -> Change {
    Change::To(format!("`{old}` → `{new}`"), Value::from(new))
}

fn renamed(old: &str, new: String) -> Change {
    Change::Key(format!("`{old}` → `{new}`"), new)
}

fn counted(old: i64, by: i64) -> Change {
    Change::To(format!("{old} → {}", old + by), Value::from(old + by))
}

/// A text with each of its numbers one less and one more; digits in a name are no number.
fn numbers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let is_name = |it: char| it.is_alphanumeric() || it == '_';
    let mut rest = text;
    let mut before = String::new();
    while let Some(at) = rest.find(|it: char| it.is_ascii_digit()) {
        let (ahead, from) = rest.split_at(at);
        before.push_str(ahead);
        let end = from.find(|it: char| !it.is_ascii_digit()).unwrap_or(from.len());
        let (digits, after) = from.split_at(end);
        let alone = !before.ends_with(is_name) && !after.starts_with(is_name);
        if let Some(number) = digits.parse::<u32>().ok().filter(|_| alone) {
            let near = [number.checked_sub(1), number.checked_add(1)];
            found.extend(near.into_iter().flatten().map(|it| format!("{before}{it}{after}")));
        }
        before.push_str(digits);
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Operator, faults, numbers};

    #[test]
    fn digits_of_names_are_no_numbers() {
        assert_eq!(numbers("10 working days"), ["9 working days", "11 working days"]);
        assert_eq!(numbers("rung == \"stage1\" && amount > 50").len(), 2);
        assert_eq!(numbers("min(1 week, 3 working days)").len(), 4);
        assert_eq!(numbers("forward"), [""; 0]);
    }

    #[test]
    fn each_kind_of_fault_is_made_wherever_it_can_be() {
        let text = r#"
[stages.waiting]
pauses = { answer = "3 working days" }
after  = { "1 working day" = { to = "open", sends = ["note"] } }
on     = { replied = { to = "open" } }

[deadlines.answer]
source = "rule 7"
within = "5 working days"
breach = { tells = ["head"], escalate = "upper" }
extend = [{ on = "longer", add = "1 week", times = 2, sends = "delay" }]

[[guarantees]]
within = "5 working days"
"#;
        let all = faults(&[("protocol.toml".to_owned(), text.to_owned())]);
        let of = |wanted| {
            let all = all.iter().filter(|(it, _)| *it == wanted);
            all.map(|(_, it)| it.what.as_str()).collect::<Vec<_>>()
        };
        let breach = "deadlines.answer.breach";
        assert_eq!(
            of(Operator::Escalation),
            [
                format!("delete {breach}"),
                format!("delete {breach}.tells"),
                format!("delete {breach}.escalate")
            ]
        );
        assert_eq!(of(Operator::Calendar).len(), 3);
        assert_eq!(
            of(Operator::Resume),
            [
                "change stages.waiting.pauses.answer: `3 working days` → `unbounded`",
                "delete stages.waiting.after.1 working day",
                "delete stages.waiting.on.replied",
            ]
        );
        assert_eq!(of(Operator::Extension), ["change deadlines.answer.extend[1].times: 2 → 3"]);
        assert_eq!(
            of(Operator::Letter),
            [
                "delete stages.waiting.after.1 working day.sends[1]",
                "delete deadlines.answer.extend[1].sends"
            ]
        );
        assert_eq!(of(Operator::Number).len(), 9);
        for (_, edit) in &all {
            assert_ne!(edit.text, text, "{}", edit.what);
            assert!(!edit.what.contains("guarantees") && !edit.what.contains("source"));
        }
    }
}
