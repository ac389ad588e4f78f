//! The lines of `when --batch`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::question::{Question, Written};

/// A question as a line asks it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    #[serde(rename = "id")]
    _id: Value,
    deadline: String,
    at: String,
    severity: Option<String>,
    rung: Option<String>,
    #[serde(default)]
    fields: Map<String, Value>,
}

#[derive(Serialize)]
struct Answered<'a> {
    id: &'a Value,
    due: Option<String>,
    warnings: &'a [String],
}

#[derive(Serialize)]
struct Failed<'a> {
    id: &'a Value,
    error: &'a str,
}

/// Reads a line: its id, null where it has none, and the question or what is wrong with it.
pub(crate) fn read_line(line: &[u8]) -> (Value, Result<Question, String>) {
    let value: Value = match serde_json::from_slice(line) {
        Ok(value) => value,
        Err(error) => return (Value::Null, Err(format!("the line is no JSON: {error}"))),
    };
    let id = match value.get("id") {
        Some(id @ (Value::String(_) | Value::Number(_))) => id.clone(),
        _ => {
            let error = "the line needs an `id`, a text or a number, and is a JSON object";
            return (Value::Null, Err(error.to_owned()));
        }
    };
    let question = serde_json::from_value::<Asked>(value).map_err(|error| error.to_string());
    (id, question.and_then(question_of))
}

fn question_of(asked: Asked) -> Result<Question, String> {
    let mut fields = Vec::new();
    for (name, value) in asked.fields {
        let written = match value {
            Value::String(text) => Written::Text(text),
            Value::Number(number) => Written::Number(number.to_string()),
            Value::Bool(flag) => Written::Flag(flag),
            Value::Null | Value::Array(_) | Value::Object(_) => {
                return Err(format!("field `{name}` takes a text, a number, true or false"));
            }
        };
        fields.push((name, written));
    }
    let Asked { deadline, at, severity, rung, .. } = asked;
    Ok(Question { deadline, at, severity, rung, fields })
}

/// The line that answers.
///
/// # Errors
/// Never in practice: every value can be written as JSON.
pub(crate) fn due_line(
    id: &Value,
    due: Option<String>,
    warnings: &[String],
) -> serde_json::Result<String> {
    serde_json::to_string(&Answered { id, due, warnings }).map(|text| text + "\n")
}

/// The line that says why there is no answer.
///
/// # Errors
/// Never in practice: every value can be written as JSON.
pub(crate) fn error_line(id: &Value, error: &str) -> serde_json::Result<String> {
    serde_json::to_string(&Failed { id, error }).map(|text| text + "\n")
}
