//! The lines of `when --batch`.

use engine::diagnostic::nearest_or_listed;
use serde::Serialize;
use serde_json::error::Category;
use serde_json::{Map, Value};

use crate::question::{Question, Way, Written};
use crate::render::due::object::Unique;

/// The keys of a line.
const KEYS: [&str; 6] = ["id", "deadline", "at", "severity", "rung", "fields"];

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
    let object = match serde_json::from_slice(line) {
        Ok(Unique(Value::Object(object))) => object,
        Ok(_) => return (Value::Null, Err("the line is no JSON object".to_owned())),
        Err(error) => return (id_at_least(line), Err(no_json(&error))),
    };
    match id(&object) {
        Some(id) => (id.clone(), question(&object)),
        None => (Value::Null, Err("the line needs an `id`, a text or a number".to_owned())),
    }
}

fn id(object: &Map<String, Value>) -> Option<&Value> {
    object.get("id").filter(|id| matches!(id, Value::String(_) | Value::Number(_)))
}

/// The id of an object in which another key is given twice; null of anything else.
fn id_at_least(line: &[u8]) -> Value {
    let all_but_id = |Unique(id): Unique| id;
    #[derive(serde::Deserialize)]
    struct Line {
        id: Unique,
    }
    let line: Option<Line> = serde_json::from_slice(line).ok();
    let id = line.map(|line| all_but_id(line.id));
    id.filter(|id| matches!(id, Value::String(_) | Value::Number(_))).unwrap_or_default()
}

fn no_json(error: &serde_json::Error) -> String {
    match error.classify() {
        Category::Data => {
            let said = error.to_string();
            let what = said.split(" at line ").next().unwrap_or_default();
            format!("{what}, in column {}", error.column())
        }
        Category::Eof => "the line is no JSON: it ends too early".to_owned(),
        _ => format!("the line is no JSON from column {} on", error.column()),
    }
}

fn question(object: &Map<String, Value>) -> Result<Question, String> {
    if let Some(unknown) = object.keys().find(|key| !KEYS.contains(&key.as_str())) {
        let help = nearest_or_listed(unknown, "key", KEYS).unwrap_or_default();
        return Err(format!("a question has no key `{unknown}`; {help}"));
    }
    let text = |key: &str| match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("`{key}` takes a text")),
    };
    let needed = |key: &str| text(key)?.ok_or_else(|| format!("the line needs `{key}`"));
    let fields = match object.get("fields") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Object(fields)) => fields.iter().map(field).collect::<Result<_, _>>()?,
        Some(_) => return Err("`fields` takes an object: `{\"region\": \"home\"}`".to_owned()),
    };
    Ok(Question {
        way: Way::Line,
        deadline: needed("deadline")?,
        at: needed("at")?,
        severity: text("severity")?,
        rung: text("rung")?,
        fields,
    })
}

fn field((name, value): (&String, &Value)) -> Result<(String, Written), String> {
    let written = match value {
        Value::String(text) => Written::Text(text.clone()),
        Value::Number(number) => Written::Number(number.to_string()),
        Value::Bool(flag) => Written::Flag(*flag),
        Value::Null | Value::Array(_) | Value::Object(_) => {
            return Err(format!("field `{name}` takes a text, a number, true or false"));
        }
    };
    Ok((name.clone(), written))
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
