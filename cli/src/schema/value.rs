//! The parts of a schema: tables, lists and plain values.

use engine::syntax::form::{Form, Plain, RestForm, TableForm};
use engine::syntax::limit::{ENTRIES_MAX, MENTION_BYTES_MAX, NAME_BYTES_MAX};
use serde_json::{Map, Value, json};

/// A date, with a time and an offset or without, as TOML writes it and as converters show it.
const MOMENT: &str =
    r"^\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})?)?$";

/// The schema of a table. `name` is the one that it has itself, where that matters.
pub(crate) fn table(form: &TableForm, name: Option<&str>) -> Value {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    let mut properties = Map::new();
    for (key, form) in &form.keys {
        properties.insert((*key).to_owned(), value(form, None));
    }
    let of_name =
        |names: &std::collections::BTreeSet<&str>| name.is_some_and(|it| names.contains(it));
    let unless = form.required_unless.iter().filter(|(_, names)| !of_name(names));
    let required: Vec<&String> = form.required.iter().chain(unless.map(|(key, _)| key)).collect();
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    let others = match &form.rest {
        None => json!(false),
        Some(rest) => {
            schema.insert("propertyNames".to_owned(), names(rest));
            for name in special(&rest.of) {
                properties.insert(name.to_owned(), value(&rest.of, Some(name)));
            }
            value(&rest.of, None)
        }
    };
    if !properties.is_empty() {
        schema.insert("properties".to_owned(), Value::Object(properties));
    }
    schema.insert("additionalProperties".to_owned(), others);
    if form.is_filled {
        schema.insert("minProperties".to_owned(), json!(1));
    }
    schema.insert("maxProperties".to_owned(), json!(ENTRIES_MAX));
    Value::Object(schema)
}

/// The keys that an author chooses.
fn names(rest: &RestForm) -> Value {
    match rest.is_declared {
        true => {
            let more = NAME_BYTES_MAX.saturating_sub(1);
            json!({ "pattern": format!("^[A-Za-z][A-Za-z0-9_-]{{0,{more}}}$") })
        }
        false => json!({ "maxLength": NAME_BYTES_MAX }),
    }
}

/// The names under which a table must have less than under any other.
fn special(form: &Form) -> Vec<&'static str> {
    let unless = form.table.iter().flat_map(|it| it.required_unless.values());
    unless.flatten().copied().collect()
}

/// The schema of a value.
fn value(form: &Form, name: Option<&str>) -> Value {
    let mut ways: Vec<Value> = form.plain.iter().map(|it| plain(*it)).collect();
    if let Some(list) = &form.list {
        let mut schema = Map::new();
        schema.insert("type".to_owned(), json!("array"));
        schema.insert("items".to_owned(), value(&list.of, None));
        if list.is_filled {
            schema.insert("minItems".to_owned(), json!(1));
        }
        schema.insert("maxItems".to_owned(), json!(ENTRIES_MAX));
        ways.push(Value::Object(schema));
    }
    ways.extend(form.table.as_ref().map(|it| table(it, name)));
    match ways.len() {
        1 => ways.remove(0),
        _ => json!({ "anyOf": ways }),
    }
}

/// The schema of a value that is neither a list nor a table. A date is a text in JSON.
fn plain(plain: Plain) -> Value {
    match plain {
        Plain::Text => json!({ "type": "string" }),
        Plain::NotBlank => json!({ "type": "string", "pattern": r"\S" }),
        Plain::Name => json!({
            "type": "string",
            "pattern": r"^[\u0000-\u007F]*$",
            "minLength": 1,
            "maxLength": MENTION_BYTES_MAX,
        }),
        Plain::Word(word) => json!({ "const": word }),
        Plain::Flag => json!({ "type": "boolean" }),
        Plain::Count => json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
        Plain::Number => json!({ "type": "number" }),
        Plain::Moment => json!({ "type": "string", "pattern": MOMENT }),
    }
}
