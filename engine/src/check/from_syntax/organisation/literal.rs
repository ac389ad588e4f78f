//! Plain values, read as what a field holds.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::diagnostic::nearest_or_listed;
use crate::model::{FieldKind, Preset};
use crate::script::Scope;
use crate::script::SetId;
use crate::script::Value;
use crate::syntax::{Literal, Moment};

/// Why a value is none that a field can hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// What the field holds: "a date".
    pub(crate) wanted: String,
    /// What to write.
    pub(crate) help: Option<String>,
}

/// The value as a field of this kind holds it.
pub(crate) fn preset(literal: &Literal, kind: &FieldKind, scope: &Scope) -> Result<Preset, Misfit> {
    let value = match (kind, literal) {
        (FieldKind::Text, Literal::Text(text)) => return Ok(Preset::Text(text.clone())),
        (FieldKind::Number | FieldKind::Money(_), Literal::Number(digits)) => {
            decimal(digits).map(Value::Number)
        }
        (FieldKind::Flag, Literal::Flag(flag)) => Some(Value::Flag(*flag)),
        (FieldKind::Date, Literal::Moment(Moment::Date(date))) => Some(Value::Date(*date)),
        (FieldKind::Choice(set) | FieldKind::Role(set), Literal::Text(name)) => {
            return choice(name, *set, scope);
        }
        _ => None,
    };
    value
        .map(Preset::Value)
        .ok_or_else(|| Misfit { wanted: wanted(kind), help: example(kind, scope) })
}

/// The number that the digits of a literal say.
pub(crate) fn decimal(digits: &str) -> Option<Decimal> {
    let plain = digits.strip_prefix('+').unwrap_or(digits);
    Decimal::from_str_exact(plain).ok().or_else(|| Decimal::from_scientific(plain).ok())
}

fn choice(name: &str, set: SetId, scope: &Scope) -> Result<Preset, Misfit> {
    let names = scope.set(set);
    if let Some(place) = names.and_then(|set| set.position(name)) {
        return Ok(Preset::Value(Value::Choice(place)));
    }
    let kind = names.map_or("choice", |set| set.kind.as_str());
    let all = names.map_or(&[][..], |set| &set.names);
    Err(Misfit {
        wanted: format!("a {kind}"),
        help: nearest_or_listed(name, kind, all.iter().map(String::as_str)),
    })
}

fn wanted(kind: &FieldKind) -> String {
    let words = match kind {
        FieldKind::Text => "a text",
        FieldKind::Number => "a number",
        FieldKind::Money(_) => "an amount of money",
        FieldKind::Choice(_) => "one of its choices",
        FieldKind::Flag => "`true` or `false`",
        FieldKind::Date => "a date",
        FieldKind::Role(_) => "a role",
        FieldKind::File => "a piece of evidence, which comes with its entry",
    };
    words.to_owned()
}

fn example(kind: &FieldKind, scope: &Scope) -> Option<String> {
    match kind {
        FieldKind::Text => Some("write the text between quotes".to_owned()),
        FieldKind::Number | FieldKind::Money(_) => Some(
            "write the number without quotes and without its currency, such as `49.95`".to_owned(),
        ),
        FieldKind::Flag => Some("write `true` or `false` without quotes".to_owned()),
        FieldKind::Date => NaiveDate::from_ymd_opt(2026, 1, 31).map(|date| {
            format!("write a date without quotes and without a time, such as `{date}`")
        }),
        FieldKind::File => None,
        FieldKind::Choice(set) | FieldKind::Role(set) => {
            let names = scope.set(*set)?.names.iter().map(String::as_str);
            Some(format!("write one of {}", crate::diagnostic::listed(names)))
        }
    }
}
