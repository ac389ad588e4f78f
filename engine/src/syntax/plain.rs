//! Values without keys of their own: texts, names, numbers, dates, scripts, and lists of them.

use chrono::FixedOffset;
use chrono::NaiveDate;
use chrono::NaiveTime;
use chrono::TimeZone;
use toml::de::DeValue;
use toml::value::Datetime;
use toml::value::Offset;

use crate::syntax::Citation;
use crate::syntax::Literal;
use crate::syntax::Moment;
use crate::syntax::Names;
use crate::syntax::OnDay;
use crate::syntax::Script;
use crate::syntax::encoding;
use crate::syntax::form::Plain;
use crate::syntax::name;
use crate::syntax::name::shown;
use crate::syntax::rules;
use crate::syntax::table::Entry;
use crate::syntax::table::Table;
use crate::text::Spanned;

/// Keys whose texts are words for people.
const FOR_PEOPLE: [&str; 8] =
    ["title", "says", "source", "guide", "why", "contact", "version", "kind"];

impl<'t> Table<'t, '_> {
    /// Any text: a title, a sentence, a term.
    pub(crate) fn text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let entry = self.entry(key)?;
        let is_for_people = FOR_PEOPLE.contains(&key);
        self.takes(&entry, if is_for_people { Plain::NotBlank } else { Plain::Text });
        let text = self.unquoted(entry, "a text in quotes")?;
        if is_for_people && text.value.trim().is_empty() {
            self.out.push(rules::empty_text(key, &self.what, entry.span));
        }
        Some(text)
    }

    /// Any text that is the value of an entry.
    pub(crate) fn text_of(&mut self, entry: Entry<'t>, takes: &str) -> Option<Spanned<String>> {
        self.takes(&entry, Plain::Text);
        self.unquoted(entry, takes)
    }

    /// A text for people that is the value of an entry.
    pub(crate) fn words_of(&mut self, entry: Entry<'t>, takes: &str) -> Option<Spanned<String>> {
        self.takes(&entry, Plain::NotBlank);
        self.unquoted(entry, takes)
    }

    /// The text of a value. An escape can still bring in what people cannot see.
    fn unquoted(&mut self, entry: Entry<'t>, takes: &str) -> Option<Spanned<String>> {
        let DeValue::String(text) = entry.value else {
            self.wrong(&shown(entry.key), takes, entry.value, entry.span);
            return None;
        };
        if let Some(hidden) = encoding::first_hidden(text) {
            self.out.push(rules::hidden_character(hidden, entry.span));
        }
        Some(Spanned::new(text.clone().into_owned(), entry.span))
    }

    /// The name of something that is declared elsewhere.
    pub(crate) fn name(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let entry = self.entry(key)?;
        self.name_of(entry, "a name in quotes")
    }

    /// The mention of a name.
    pub(crate) fn name_of(&mut self, entry: Entry<'t>, takes: &str) -> Option<Spanned<String>> {
        self.takes(&entry, Plain::Name);
        let name = self.unquoted(entry, takes)?;
        if let Some(fault) = name::mentioned_fault(&name.value) {
            self.out.push(rules::bad_name(&name.value, fault, name.span));
        }
        Some(name)
    }

    /// A name, or a list of names that may be empty.
    pub(crate) fn names(&mut self, key: &'static str) -> Names {
        let Some(entry) = self.entry(key) else {
            return Names::new();
        };
        let elements = match entry.value {
            DeValue::Array(_) => self.elements(entry),
            _ => vec![entry],
        };
        self.names_of(elements)
    }

    /// A name, or a list of names that is not empty if it is written.
    pub(crate) fn some_names(&mut self, key: &'static str) -> Names {
        let Some(entry) = self.entry(key) else {
            return Names::new();
        };
        let elements = match entry.value {
            DeValue::Array(_) => self.some_elements(entry),
            _ => vec![entry],
        };
        self.names_of(elements)
    }

    fn names_of(&mut self, elements: Vec<Entry<'t>>) -> Names {
        let names = elements.into_iter();
        names.filter_map(|it| self.name_of(it, "a name or a list of names")).collect()
    }

    /// A list of texts, each of which is short: windows, warnings. `None` was left out.
    pub(crate) fn texts(&mut self, key: &'static str, takes: &str) -> Option<Names> {
        let entry = self.entry(key)?;
        Some(self.texts_of(entry, takes))
    }

    /// A value that must be a list of texts.
    pub(crate) fn texts_of(&mut self, entry: Entry<'t>, takes: &str) -> Names {
        if !entry.value.is_array() {
            self.wrong(&shown(entry.key), takes, entry.value, entry.span);
            return Names::new();
        }
        let elements = self.elements(entry).into_iter();
        elements.filter_map(|it| self.text_of(it, takes)).collect()
    }

    /// `true` or `false`, with its place.
    pub(crate) fn choice(&mut self, key: &'static str) -> Option<Spanned<bool>> {
        let entry = self.entry(key)?;
        self.takes(&entry, Plain::Flag);
        let DeValue::Boolean(value) = entry.value else {
            self.wrong(key, "`true` or `false`", entry.value, entry.span);
            return None;
        };
        Some(Spanned::new(*value, entry.span))
    }

    /// `true` or `false`; `false` when left out.
    pub(crate) fn flag(&mut self, key: &'static str) -> bool {
        self.choice(key).is_some_and(|it| it.value)
    }

    /// A condition or a computed value.
    pub(crate) fn script(&mut self, key: &'static str) -> Option<Script> {
        let entry = self.entry(key)?;
        let text = self.text_of(entry, "a condition in quotes")?;
        Some(Script { text: text.value, token: text.span })
    }

    /// Every text in here and below that contains a word, in no order that means anything.
    pub(crate) fn texts_with(&self, word: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut rest: Vec<&DeValue<'_>> = self.values().collect();
        while let Some(value) = rest.pop() {
            match value {
                DeValue::String(text) if text.contains(word) => found.push(text.to_string()),
                DeValue::Array(array) => rest.extend(array.iter().map(toml::Spanned::get_ref)),
                DeValue::Table(table) => rest.extend(table.values().map(toml::Spanned::get_ref)),
                _ => {}
            }
        }
        found
    }

    /// `source` and `unverified`.
    pub(crate) fn citation(&mut self) -> Citation {
        Citation { source: self.text("source"), unverified: self.flag("unverified") }
    }

    /// A count that is not negative.
    pub(crate) fn count(&mut self, key: &'static str) -> Option<Spanned<u32>> {
        let entry = self.entry(key)?;
        self.count_of(entry)
    }

    /// A value that must be a count that is not negative.
    pub(crate) fn count_of(&mut self, entry: Entry<'t>) -> Option<Spanned<u32>> {
        self.takes(&entry, Plain::Count);
        let count = count_of(entry.value);
        if count.is_none() {
            let takes = "a whole number that is not negative";
            self.wrong(&shown(entry.key), takes, entry.value, entry.span);
        }
        count.map(|it| Spanned::new(it, entry.span))
    }

    /// A date, or a date and time.
    pub(crate) fn moment(&mut self, key: &'static str) -> Option<Spanned<Moment>> {
        let entry = self.entry(key)?;
        self.takes(&entry, Plain::Moment);
        let moment = entry.value.as_datetime().and_then(moment_of);
        if moment.is_none() {
            self.wrong(key, "a date such as `2026-01-31`", entry.value, entry.span);
        }
        moment.map(|it| Spanned::new(it, entry.span))
    }

    /// A date, or the rule of a day in quotes.
    pub(crate) fn on_day(&mut self, key: &'static str) -> Option<Spanned<OnDay>> {
        let entry = self.entry(key)?;
        self.takes(&entry, Plain::Moment);
        if let Some(Moment::Date(date)) = entry.value.as_datetime().and_then(moment_of) {
            return Some(Spanned::new(OnDay::Date(date), entry.span));
        }
        let rule = self.text_of(entry, "a date, or a day of every year in quotes")?;
        Some(rule.map(OnDay::Rule))
    }

    /// A plain value.
    pub(crate) fn literal(&mut self, key: &'static str) -> Option<Spanned<Literal>> {
        let entry = self.entry(key)?;
        self.literal_of(entry)
    }

    /// A list of plain values.
    pub(crate) fn literals(&mut self, key: &'static str) -> Vec<Spanned<Literal>> {
        let Some(entry) = self.entry(key) else {
            return Vec::new();
        };
        if !entry.value.is_array() {
            self.wrong(key, "a list", entry.value, entry.span);
        }
        let elements = self.elements(entry).into_iter();
        elements.filter_map(|it| self.literal_of(it)).collect()
    }

    /// A plain value: a text, a number, a flag, a date.
    pub(crate) fn literal_of(&mut self, entry: Entry<'t>) -> Option<Spanned<Literal>> {
        for plain in [Plain::Text, Plain::Number, Plain::Flag, Plain::Moment] {
            self.takes(&entry, plain);
        }
        let literal = match entry.value {
            DeValue::String(_) => Some(Literal::Text(self.text_of(entry, "a text")?.value)),
            DeValue::Integer(it) if it.radix() == 10 => number(it.as_str()),
            DeValue::Float(it) => number(it.as_str()),
            DeValue::Boolean(it) => Some(Literal::Flag(*it)),
            DeValue::Datetime(it) => moment_of(it).map(Literal::Moment),
            _ => None,
        };
        if literal.is_none() {
            let takes = "a text, a decimal number, `true`, `false` or a date";
            self.wrong(&shown(entry.key), takes, entry.value, entry.span);
        }
        literal.map(|it| Spanned::new(it, entry.span))
    }
}

/// A whole number that is not negative and not too large.
pub(crate) fn count_of(value: &DeValue<'_>) -> Option<u32> {
    let number = value.as_integer().filter(|it| it.radix() == 10)?;
    number.as_str().replace('_', "").parse().ok()
}

/// A number as written, unless it has an exponent or is no number at all.
fn number(digits: &str) -> Option<Literal> {
    let digits = digits.replace('_', "");
    let digits = digits.strip_prefix('+').unwrap_or(&digits);
    let is_plain = digits.chars().all(|it| it.is_ascii_digit() || matches!(it, '.' | '-'));
    is_plain.then(|| Literal::Number(digits.to_owned()))
}

/// A date, with a time and an offset if they are written; a time alone is none.
fn moment_of(written: &Datetime) -> Option<Moment> {
    let date = written.date?;
    let date =
        NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))?;
    let Some(time) = written.time else {
        return Some(Moment::Date(date));
    };
    let second = u32::from(time.second.unwrap_or(0));
    let nanosecond = time.nanosecond.unwrap_or(0);
    let (hour, minute) = (u32::from(time.hour), u32::from(time.minute));
    let civil = date.and_time(NaiveTime::from_hms_nano_opt(hour, minute, second, nanosecond)?);
    let minutes = match written.offset {
        None => return Some(Moment::Civil(civil)),
        Some(Offset::Z) => 0,
        Some(Offset::Custom { minutes }) => i32::from(minutes),
    };
    let offset = FixedOffset::east_opt(minutes.saturating_mul(60))?;
    offset.from_local_datetime(&civil).single().map(Moment::Fixed)
}
