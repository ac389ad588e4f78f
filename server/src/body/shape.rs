//! What a value must look like: a schema, ready to be asked.

use crate::problem::Fault;
use engine::diagnostic::nearest_or_listed;
use serde_json::Value;
use std::collections::BTreeMap;

/// The most faults that are looked for in one body.
const FAULTS_MAX: usize = 1_000;

/// What a value must look like.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Nothing.
    Null,
    /// Yes or no.
    Flag,
    /// A whole number, both ends included.
    Whole(i64, i64),
    /// A text of so many characters, both ends included.
    Text(u64, u64, Form),
    /// One of these words.
    Words(Vec<String>),
    /// A list of so many values, both ends included.
    List(Box<Self>, u64, u64),
    /// An object of which all names are known.
    Object(Vec<Member>),
    /// An object with any names; each value has this shape.
    Names(Box<Self>, u64),
    /// One of these, of which no two take the same kind of value, but for texts.
    Either(Vec<Self>),
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// Its value.
    pub shape: Shape,
}

/// What a text must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Anything.
    Any,
    /// A date: `2026-03-30`.
    Date,
    /// An instant: `2026-03-30T09:00:00+02:00`.
    Instant,
    /// The id of a case: a UUID in small letters.
    Id,
}

impl Shape {
    /// Everything that is wrong with a value.
    #[must_use]
    pub fn faults(&self, value: &Value) -> Vec<Fault> {
        let mut found = Found { faults: Vec::new(), at: String::new() };
        found.look(self, value);
        found.faults
    }

    /// Whether it takes values of this kind at all.
    fn takes_kind(&self, value: &Value) -> bool {
        match self {
            Self::Null => value.is_null(),
            Self::Flag => value.is_boolean(),
            Self::Whole(..) => value.is_number(),
            Self::Text(..) | Self::Words(_) => value.is_string(),
            Self::List(..) => value.is_array(),
            Self::Object(_) | Self::Names(..) => value.is_object(),
            Self::Either(all) => all.iter().any(|it| it.takes_kind(value)),
        }
    }

    /// What it takes, as one fragment.
    fn says(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Flag => "true or false".to_owned(),
            Self::Whole(low, high) => format!("a whole number from {low} to {high}"),
            Self::Text(_, _, Form::Any) => "a text".to_owned(),
            Self::Text(_, _, Form::Date) => "a date such as `2026-03-30`".to_owned(),
            Self::Text(_, _, Form::Instant) => {
                "an instant such as `2026-03-30T09:00:00+02:00`".to_owned()
            }
            Self::Text(_, _, Form::Id) => "the id of a case".to_owned(),
            Self::Words(words) => {
                words.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(" or ")
            }
            Self::List(..) => "a list".to_owned(),
            Self::Object(_) | Self::Names(..) => "an object".to_owned(),
            Self::Either(all) => {
                let says = all.iter().filter(|it| **it != Self::Null).map(Self::says);
                says.collect::<Vec<_>>().join(", or ")
            }
        }
    }
}

struct Found {
    faults: Vec<Fault>,
    /// The JSON pointer of the value that is looked at.
    at: String,
}

impl Found {
    fn add(&mut self, code: &'static str, detail: String) {
        if self.faults.len() < FAULTS_MAX {
            self.faults.push(Fault::new(self.at.clone(), code, detail));
        }
    }

    fn inside(&mut self, name: &str, look: impl FnOnce(&mut Self)) {
        let length = self.at.len();
        self.at.push('/');
        // RFC 6901: `~` and `/` are written as `~0` and `~1`.
        self.at.push_str(&name.replace('~', "~0").replace('/', "~1"));
        look(self);
        self.at.truncate(length);
    }

    fn look(&mut self, shape: &Shape, value: &Value) {
        match (shape, value) {
            (Shape::Null, Value::Null) | (Shape::Flag, Value::Bool(_)) => {}
            (Shape::Whole(low, high), Value::Number(number)) => {
                if !number.as_i64().is_some_and(|it| (*low..=*high).contains(&it)) {
                    self.add("out-of-range", format!("it takes {}", shape.says()));
                }
            }
            (Shape::Text(low, high, form), Value::String(text)) => {
                self.text(shape, (*low, *high, *form), text);
            }
            (Shape::Words(words), Value::String(text)) => {
                if !words.contains(text) {
                    self.add("unknown-word", format!("it takes {}", shape.says()));
                }
            }
            (Shape::List(of, low, high), Value::Array(values)) => {
                self.length("entries", values.len(), (*low, *high));
                for (place, value) in values.iter().enumerate() {
                    self.inside(&place.to_string(), |it| it.look(of, value));
                }
            }
            (Shape::Object(members), Value::Object(values)) => self.object(members, values),
            (Shape::Names(of, high), Value::Object(values)) => {
                self.length("members", values.len(), (0, *high));
                for (name, value) in values {
                    self.inside(name, |it| {
                        it.without_nul(name);
                        it.look(of, value);
                    });
                }
            }
            (Shape::Either(all), _) => self.either(shape, all, value),
            _ => self.add("wrong-kind", format!("it takes {}", shape.says())),
        }
    }

    fn text(&mut self, shape: &Shape, (low, high, form): (u64, u64, Form), text: &str) {
        self.length("characters", text.chars().count(), (low, high));
        self.without_nul(text);
        let fits = match form {
            Form::Any => true,
            Form::Date => crate::wire::date(text).is_some(),
            Form::Instant => crate::wire::instant(text).is_some(),
            Form::Id => crate::extract::CaseId::read(text).is_some(),
        };
        if !fits {
            self.add("wrong-form", format!("it takes {}", shape.says()));
        }
    }

    /// Databases differ in whether they can keep U+0000, so that no text may hold it.
    fn without_nul(&mut self, text: &str) {
        if text.contains('\0') {
            self.add("nul", "it holds the character U+0000, which no text may hold".to_owned());
        }
    }

    fn length(&mut self, of: &str, length: usize, (low, high): (u64, u64)) {
        let length = u64::try_from(length).unwrap_or(u64::MAX);
        if length < low {
            self.add("too-short", format!("it has {length} {of}, at least {low} are needed"));
        }
        if length > high {
            self.add("too-long", format!("it has {length} {of}, at most {high} are allowed"));
        }
    }

    fn object(&mut self, members: &[Member], values: &serde_json::Map<String, Value>) {
        let known: BTreeMap<&str, &Member> =
            members.iter().map(|it| (it.name.as_str(), it)).collect();
        for (name, value) in values {
            match known.get(name.as_str()) {
                Some(member) => self.inside(name, |it| it.look(&member.shape, value)),
                None => {
                    let all = members.iter().map(|it| it.name.as_str());
                    let help = nearest_or_listed(name, "member", all);
                    let help = help.map_or(String::new(), |it| format!("; {it}"));
                    self.inside(name, |it| {
                        it.add("unknown-member", format!("this member is not known{help}"));
                    });
                }
            }
        }
        for member in members.iter().filter(|it| it.required && !values.contains_key(&it.name)) {
            self.inside(&member.name, |it| it.add("missing", "it must be there".to_owned()));
        }
    }

    /// The faults in the one form that takes values of this kind, where there is one alone.
    fn either(&mut self, shape: &Shape, all: &[Shape], value: &Value) {
        let mut fitting = all.iter().filter(|it| it.takes_kind(value));
        match (fitting.next(), fitting.next()) {
            (Some(one), None) => self.look(one, value),
            (Some(_), Some(_)) if all.iter().any(|it| it.faults(value).is_empty()) => {}
            (Some(_), Some(_)) => self.add("wrong-form", format!("it takes {}", shape.says())),
            (None, _) => self.add("wrong-kind", format!("it takes {}", shape.says())),
        }
    }
}
