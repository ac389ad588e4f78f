//! The OpenAPI document: what the routes say of themselves, and what holds for all of them.

use crate::{links, route};
use serde_json::{Value, json};

const ABOUT: &str = "Complaints protocols over HTTP: cases are opened, events are reported, \
    deadlines run. Instants are RFC 3339; numbers and amounts are texts with their exact digits. \
    Whatever is not carried out is answered as a problem (RFC 9457) whose type has a page.";

/// What every route may answer with besides what it says itself.
const PROBLEMS: [(&str, &str); 13] = [
    ("400", "Unreadable, or a parameter means nothing."),
    ("401", "No token that works."),
    ("403", "The token does not allow this."),
    ("404", "Nothing here for this token."),
    ("408", "It did not arrive in time."),
    ("409", "The protocol refuses, or cannot decide."),
    ("412", "The case has changed since it was read."),
    ("413", "Too large."),
    ("415", "Not JSON."),
    ("422", "Not what is expected: every fault."),
    ("429", "Too many requests."),
    ("500", "A fault of ours."),
    ("503", "Too much to do, or the store is away."),
];

/// The document, as it is published.
#[must_use]
pub fn document() -> Value {
    // The types of the document can always be written.
    let mut document = serde_json::to_value(route::document()).unwrap_or_default();
    document["info"] = json!({
        "title": "Redress",
        "version": "1",
        "description": ABOUT,
        "license": { "name": "MIT OR Apache-2.0" },
    });
    document["components"]["securitySchemes"] = json!({
        "token": { "type": "http", "scheme": "bearer", "description": "A token of ours: `redress_…`." }
    });
    for (status, description) in PROBLEMS {
        document["components"]["responses"][status] = json!({
            "description": description,
            "content": {
                "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } }
            }
        });
    }
    if let Some(paths) = document["paths"].as_object_mut() {
        for (path, item) in paths {
            for (method, operation) in item.as_object_mut().into_iter().flatten() {
                operation["operationId"] = json!(links::operation_id(method, path));
                complete(path, method, operation);
            }
        }
    }
    links::add(&mut document);
    written_within(&mut document["components"]["schemas"]["FactEvent"]["properties"]["data"]);
    document
}

/// The text of the document: two blanks for each level, and a line feed at the end.
#[must_use]
pub fn text(document: &Value) -> String {
    // A value that was just made can always be written.
    let text = serde_json::to_string_pretty(document).unwrap_or_default();
    text + "\n"
}

/// What reads whole cases.
const CASES: [&str; 5] =
    ["/v1/cases/", "/v1/export/", "/v1/protocols/{hash}/graph", "/v1/register.", "/v1/status/"];

/// What every route answers with besides what it says itself.
fn complete(path: &str, method: &str, operation: &mut Value) {
    let is_ours = path.starts_with("/v1/");
    if is_ours && operation.get("security").is_none() {
        operation["security"] = json!([{ "token": [] }]);
    }
    if is_ours && method == "get" && is_kept(operation) {
        may_be_unchanged(operation);
    }
    let takes_body = operation.get("requestBody").is_some();
    let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
    for parameter in parameters.into_iter().flatten() {
        never_null(&mut parameter["schema"]);
    }
    for (status, _) in PROBLEMS {
        let of_body = ["408", "409", "412", "413", "415", "422"].contains(&status);
        // Reading a case lets time act on it first.
        let of_case = status == "409" && CASES.iter().any(|it| path.starts_with(it));
        let of_token = ["401", "403", "404", "400"].contains(&status);
        if (of_body && !takes_body && !of_case) || (of_token && !is_ours) {
            continue;
        }
        let named = format!("#/components/responses/{status}");
        operation["responses"][status] = json!({ "$ref": named });
    }
}

/// Whether what an operation reads is JSON that may be kept: the status of a complaint may not.
fn is_kept(operation: &Value) -> bool {
    let is_json = operation.pointer("/responses/200/content/application~1json").is_some();
    is_json && operation["tags"][0] != "status"
}

/// What is read again and has not changed is not sent again.
fn may_be_unchanged(operation: &mut Value) {
    let header = json!({
        "name": "If-None-Match",
        "in": "header",
        "required": false,
        "description": "The `ETag` of an answer to the same request: 304 where it would be the same.",
        "schema": { "type": "string" },
    });
    match operation.get_mut("parameters").and_then(Value::as_array_mut) {
        Some(all) => all.push(header),
        None => operation["parameters"] = json!([header]),
    }
    operation["responses"]["304"] = json!({ "description": "The same as before." });
}

/// A value that is written as a text within another format, which OpenAPI has a form for.
fn written_within(schema: &mut Value) {
    let inner = schema["$ref"].take();
    *schema = json!({
        "type": "string",
        "description": schema["description"].take(),
        "contentMediaType": "application/json",
        "contentSchema": { "$ref": inner },
    });
}

/// A header that is not there is left out; no text of it means `null`.
fn never_null(schema: &mut Value) {
    let kinds = schema.get("type").and_then(Value::as_array);
    let mut kinds = kinds.into_iter().flatten().filter(|it| *it != "null");
    if let (Some(kind), None) = (kinds.next().cloned(), kinds.next()) {
        schema["type"] = kind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::Shapes;
    use serde_json::Map;
    use std::env;
    use std::fs;
    use std::path::Path;

    #[test]
    fn the_document_in_docs_is_this_one() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/openapi.json");
        let written = text(&document());
        if env::var_os("UPDATE").is_some() {
            fs::write(&file, &written).unwrap();
        }
        let kept = fs::read_to_string(&file).unwrap_or_default();
        let differs = kept.lines().zip(written.lines()).find(|(kept, written)| kept != written);
        assert_eq!(differs, None, "UPDATE=1 cargo test -p server writes docs/openapi.json again");
        assert_eq!(kept.len(), written.len());
    }

    #[test]
    fn every_schema_of_a_request_can_be_checked() {
        Shapes::of(&document()).unwrap();
    }

    /// Whoever reads an answer can rely on its schema: no object takes just anything.
    #[test]
    fn every_object_is_closed() {
        let document = document();
        let schemas = document["components"]["schemas"].as_object().unwrap();
        assert!(schemas.len() > 40);
        let mut open = Vec::new();
        for (name, schema) in schemas {
            look(name, schema, &mut open);
        }
        assert_eq!(open, Vec::<String>::new());
    }

    fn look(at: &str, schema: &Value, open: &mut Vec<String>) {
        let object = schema.get("type").is_some_and(|it| {
            it == "object" || it.as_array().is_some_and(|it| it.contains(&json!("object")))
        });
        let more = schema.get("additionalProperties");
        let of_something = |it: &Value| it.as_object().is_some_and(|it| !it.is_empty());
        if object && !more.is_some_and(|it| it == false || of_something(it)) {
            open.push(at.to_owned());
        }
        if schema.as_object().is_some_and(Map::is_empty) {
            open.push(at.to_owned());
        }
        for key in ["properties", "$defs"] {
            for (name, inner) in schema.get(key).and_then(Value::as_object).into_iter().flatten() {
                look(&format!("{at}/{name}"), inner, open);
            }
        }
        for key in ["oneOf", "anyOf", "allOf"] {
            for inner in schema.get(key).and_then(Value::as_array).into_iter().flatten() {
                look(at, inner, open);
            }
        }
        if let Some(items) = schema.get("items") {
            look(at, items, open);
        }
    }
}
