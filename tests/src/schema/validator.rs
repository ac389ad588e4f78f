//! The schemas, and TOML as a validator sees it.

use std::io::{BufReader, Cursor};

use cli::{Io, Place};
use jsonschema::Validator;
use serde_json::Value;

/// Which schema a file is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Protocol,
    Scenario,
    Calendar,
}

/// The schema that the command writes.
pub(super) fn schema(kind: Kind) -> Value {
    let words: &[&str] = match kind {
        Kind::Protocol => &["protocol", "schema"],
        Kind::Scenario => &["protocol", "schema", "--scenario"],
        Kind::Calendar => &["protocol", "schema", "--calendar"],
    };
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let mut stdin = BufReader::new(Cursor::new(Vec::new()));
    let place = Place::default();
    let mut io = Io { stdin: &mut stdin, stdout: &mut stdout, stderr: &mut stderr, place };
    assert_eq!(cli::run(words.iter().map(Into::into), &mut io).code(), 0);
    serde_json::from_slice(&stdout).unwrap()
}

/// A validator for draft 2020-12, which holds the schema itself against its draft first.
pub(super) fn validator(kind: Kind) -> Validator {
    let schema = schema(kind);
    assert!(jsonschema::draft202012::meta::is_valid(&schema), "{kind:?}");
    jsonschema::draft202012::new(&schema).unwrap()
}

/// The values of a file, dates as texts; nothing if it is no TOML.
pub(super) fn json(text: &str) -> Option<Value> {
    text.parse::<toml::Table>().ok().map(|it| of_value(&toml::Value::Table(it)))
}

fn of_value(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.as_str().into(),
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Float(number) => (*number).into(),
        toml::Value::Boolean(flag) => (*flag).into(),
        toml::Value::Datetime(at) => at.to_string().into(),
        toml::Value::Array(list) => list.iter().map(of_value).collect(),
        toml::Value::Table(table) => {
            table.iter().map(|(key, value)| (key.clone(), of_value(value))).collect()
        }
    }
}

/// What the validator has against a file, with the places.
pub(super) fn faults(validator: &Validator, text: &str) -> Vec<String> {
    let value = json(text).unwrap();
    validator.iter_errors(&value).map(|it| format!("{}: {it}", it.instance_path())).collect()
}
