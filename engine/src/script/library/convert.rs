//! Values on their way into rhai and back.

use std::sync::Arc;

use crate::script::NameSet;
use crate::script::Scope;
use crate::script::SetId;
use crate::script::Type;
use crate::script::Value;
use crate::script::library::level::Level;
use crate::text::Strings;
use crate::text::Symbol;
use chrono::NaiveDate;
use rhai::Dynamic;
use rhai::ImmutableString;
use rust_decimal::Decimal;

/// Texts and their symbols, as functions need them.
pub trait Texts {
    /// The text of a symbol.
    fn text(&self, symbol: Symbol) -> &str;

    /// The symbol of a text, if it has one.
    fn symbol(&self, text: &str) -> Option<Symbol>;
}

impl Texts for Strings {
    fn text(&self, symbol: Symbol) -> &str {
        self.get(symbol)
    }

    fn symbol(&self, text: &str) -> Option<Symbol> {
        self.find(text)
    }
}

/// What a function takes or gives, with the names that choices and levels need.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Flag,
    Number,
    Text,
    Date,
    Choice(Arc<[String]>),
    Level(Arc<[String]>),
    Personal,
}

impl Shape {
    /// The shape of a type.
    pub(crate) fn new(of: Type, scope: &Scope) -> Self {
        let names = |id: SetId| -> Arc<[String]> {
            scope.set(id).map(|set: &NameSet| set.names.clone()).unwrap_or_default().into()
        };
        match of {
            Type::Flag => Self::Flag,
            Type::Number | Type::Money(_) => Self::Number,
            Type::Text => Self::Text,
            Type::Date => Self::Date,
            Type::Choice(id) => Self::Choice(names(id)),
            Type::Level(id) => Self::Level(names(id)),
            Type::Personal => Self::Personal,
        }
    }

    /// A value as rhai sees it: numbers as decimals, dates as `2026-03-02`, choices as their
    /// names, levels as [`Level`]. Nothing when the value has another shape or is unset.
    pub(crate) fn to_script(&self, value: Value, texts: &dyn Texts) -> Option<Dynamic> {
        Some(match (self, value) {
            (Self::Flag, Value::Flag(flag)) => flag.into(),
            (Self::Number, Value::Number(number)) => number.into(),
            (Self::Text, Value::Text(symbol)) => texts.text(symbol).to_owned().into(),
            (Self::Date, Value::Date(date)) => date.format("%Y-%m-%d").to_string().into(),
            (Self::Choice(names), Value::Choice(index)) => {
                names.get(usize::from(index))?.clone().into()
            }
            (Self::Level(names), Value::Choice(index)) => {
                Dynamic::from(Level { names: Arc::clone(names), index })
            }
            _ => return None,
        })
    }

    /// What a function gave, as a value; or what it gave instead, as one fragment.
    pub(crate) fn read_back(&self, given: &Dynamic, texts: &dyn Texts) -> Result<Value, String> {
        let text = || given.read_lock::<ImmutableString>().map(|it| it.to_string());
        let value = match self {
            Self::Flag => given.as_bool().ok().map(Value::Flag),
            Self::Number => number(given).map(Value::Number),
            Self::Date => text()
                .and_then(|it| NaiveDate::parse_from_str(&it, "%Y-%m-%d").ok())
                .map(Value::Date),
            Self::Choice(names) | Self::Level(names) => match given.read_lock::<Level>() {
                Some(level) if level.names == *names => Some(Value::Choice(level.index)),
                Some(_) => None,
                None => text()
                    .and_then(|it| names.iter().position(|name| *name == it))
                    .and_then(|index| u16::try_from(index).ok())
                    .map(Value::Choice),
            },
            Self::Text => match text() {
                Some(it) => match texts.symbol(&it) {
                    Some(symbol) => Some(Value::Text(symbol)),
                    None => return Err("gave a text that is written nowhere".to_owned()),
                },
                None => None,
            },
            Self::Personal => None,
        };
        value.ok_or_else(|| format!("gave {}, but must give {}", shown(given), self.described()))
    }

    fn described(&self) -> &'static str {
        match self {
            Self::Flag => "true or false",
            Self::Number => "a number",
            Self::Text => "a text",
            Self::Date => "a date such as \"2026-03-02\"",
            Self::Choice(_) => "one of the choices",
            Self::Level(_) => "one of the levels",
            Self::Personal => "nothing",
        }
    }
}

fn number(given: &Dynamic) -> Option<Decimal> {
    given.as_decimal().or_else(|_| given.as_int().map(Decimal::from)).ok()
}

/// The most characters of a result that a message repeats.
const SHOWN_CHARACTERS_MAX: usize = 60;

fn shown(given: &Dynamic) -> String {
    if given.is_unit() {
        return "nothing".to_owned();
    }
    if given.is_array() || given.is_map() {
        return "a list".to_owned();
    }
    let text: String = given.to_string().chars().take(SHOWN_CHARACTERS_MAX).collect();
    format!("`{text}`")
}
