//! The reference of the routes, from the document that describes them. It needs nothing from
//! elsewhere.

use crate::pages::frame::{escaped, page};
use serde_json::Value;
use std::fmt::Write as _;

const METHODS: [&str; 5] = ["get", "post", "put", "delete", "patch"];

/// The page of the routes of a document.
#[must_use]
pub fn docs(document: &Value) -> String {
    let text = |value: &Value, key: &str| {
        value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let about = document.get("info").map_or(String::new(), |it| text(it, "description"));
    let mut body = format!(
        "<p>{}</p>\n<p>The same for programs: <a href=\"/openapi.json\">openapi.json</a> \
         (OpenAPI 3.1). Every problem has a page under <code>/problems/</code>.</p>\n",
        escaped(&about)
    );
    let paths = document.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        for method in METHODS {
            let Some(operation) = item.get(method) else { continue };
            let _ = write!(
                body,
                "<h2 id=\"{id}\"><code>{} {}</code></h2>\n<p>{}</p>\n<p>{}</p>\n",
                method.to_uppercase(),
                escaped(path),
                escaped(&text(operation, "summary")),
                escaped(&text(operation, "description")),
                id = escaped(&text(operation, "operationId")),
            );
            parameters(&mut body, operation);
            shapes(&mut body, operation);
        }
    }
    page("Redress over HTTP", &body)
}

fn parameters(body: &mut String, operation: &Value) {
    let Some(all) = operation.get("parameters").and_then(Value::as_array) else { return };
    body.push_str("<table>\n<thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Where</th><th scope=\"col\">What</th></tr></thead>\n<tbody>\n");
    for it in all {
        let cell = |key: &str| escaped(it.get(key).and_then(Value::as_str).unwrap_or_default());
        let _ = writeln!(
            body,
            "<tr><td><code>{}</code></td><td>{}</td><td>{}</td></tr>",
            cell("name"),
            cell("in"),
            cell("description")
        );
    }
    body.push_str("</tbody>\n</table>\n");
}

fn shapes(body: &mut String, operation: &Value) {
    let named = |at: &Value| {
        let content = at.get("content")?.as_object()?.values().next()?;
        let target = content.pointer("/schema/$ref")?.as_str()?;
        target.rsplit('/').next().map(str::to_owned)
    };
    if let Some(name) = operation.get("requestBody").and_then(named) {
        let _ = writeln!(body, "<p>Takes <code>{}</code>.</p>", escaped(&name));
    }
    let responses = operation.get("responses").and_then(Value::as_object);
    for (status, response) in responses.into_iter().flatten() {
        if let Some(name) = named(response) {
            let _ = writeln!(body, "<p>{}: <code>{}</code></p>", escaped(status), escaped(&name));
        }
    }
}
