//! Every route of the document that needs a token, with what stands in braces filled in, and a body
//! for each that takes one.

use serde_json::{Value, json};
use server::document::document;

/// What is put into the braces of an address, and into a body.
#[derive(Clone, Debug)]
pub(crate) struct Filling {
    pub(crate) case: String,
    pub(crate) token: String,
    pub(crate) webhook: String,
    pub(crate) hash: String,
}

impl Filling {
    /// Everything about this case; the rest is of nobody.
    pub(crate) fn of_case(case: &str) -> Self {
        let (token, webhook, hash) = (case.to_owned(), "1".to_owned(), "ab".repeat(32));
        Self { case: case.to_owned(), token, webhook, hash }
    }

    fn fill(&self, path: &str) -> String {
        let all = [
            ("{id}", self.case.as_str()),
            ("{deadline}", "answer"),
            ("{letter}", "answer"),
            ("{token}", &self.token),
            ("{webhook}", &self.webhook),
            ("{hash}", &self.hash),
        ];
        let filled = all.iter().fold(path.to_owned(), |path, (name, it)| path.replace(name, it));
        // A part that is not known here is of nobody.
        let mut parts = filled.split('/').map(|it| if it.starts_with('{') { "x" } else { it });
        parts.by_ref().collect::<Vec<_>>().join("/")
    }
}

/// A route as it is asked.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) method: String,
    /// As it stands in the document.
    pub(crate) template: String,
    /// Filled in.
    pub(crate) path: String,
    pub(crate) body: Value,
}

impl Route {
    /// Whether it is for administration alone.
    pub(crate) fn is_administration(&self) -> bool {
        ["/v1/tokens", "/v1/webhooks"].iter().any(|it| self.template.starts_with(it))
            || (["/v1/protocols", "/v1/calendars"].iter().any(|it| self.template.starts_with(it))
                && self.method != "GET")
    }

    /// Whether it answers with a stream that does not end.
    pub(crate) fn is_stream(&self) -> bool {
        self.template == "/v1/facts"
    }
}

/// Every route with a token.
pub(crate) fn routes(filling: &Filling) -> Vec<Route> {
    let document = document();
    let mut all = Vec::new();
    for (template, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if operation["security"][0].get("token").is_some() {
                all.push(Route {
                    method: method.to_uppercase(),
                    template: template.clone(),
                    path: filling.fill(template),
                    body: body(template, filling),
                });
            }
        }
    }
    assert!(all.len() >= 18, "{all:?}");
    all
}

/// A body for each route that takes one, as its schema wants it.
fn body(template: &str, filling: &Filling) -> Value {
    let report = json!({ "event": "answered", "by": "clerk", "data": { "outcome": "upheld" } });
    match template {
        "/v1/cases" => json!({ "protocol": "shop", "by": "clerk", "data": { "complaint": "x" } }),
        "/v1/events:batch" => {
            json!({ "events": [{ "key": "1", "case": filling.case, "report": report }] })
        }
        "/v1/tokens" => json!({ "label": "x", "roles": ["clerk"] }),
        "/v1/webhooks" => json!({ "url": "file:x" }),
        "/v1/calendars/amendments" => json!({
            "calendar": "nowhere", "add": ["2026-06-10"], "reason": "x", "source": "y"
        }),
        "/v1/protocols" => json!({ "files": [{ "path": "protocol.toml", "text": "" }] }),
        it if it.ends_with("/events") => report,
        it if it.starts_with("/v1/webhooks/") && it.ends_with("/active") => {
            json!({ "active": false })
        }
        _ => json!({}),
    }
}
