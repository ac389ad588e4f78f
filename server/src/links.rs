//! What leads from one route to another: the document says which part of an answer is asked about
//! where, so that programs find their way without being told.

use serde_json::{Map, Value, json};

/// An answer, the route that can be asked next, and its parameters with where they stand in the
/// answer.
type Link = (
    (&'static str, &'static str, &'static str),
    (&'static str, &'static str),
    &'static [(&'static str, &'static str)],
);

const OPENED: (&str, &str, &str) = ("post", "/v1/cases", "201");
const LISTED: (&str, &str, &str) = ("get", "/v1/cases", "200");
const READ: (&str, &str, &str) = ("get", "/v1/cases/{id}", "200");
const OWED: (&str, &str, &str) = ("get", "/v1/worklist", "200");
const SECRET: &str = "$response.body#/secret";

const LINKS: [Link; 16] = [
    (OPENED, ("get", "/v1/cases/{id}"), &[("id", "$response.body#/case/id")]),
    (OPENED, ("get", "/v1/cases/{id}/allowed"), &[("id", "$response.body#/case/id")]),
    (OPENED, ("post", "/v1/cases/{id}/events"), &[("id", "$response.body#/case/id")]),
    (
        OPENED,
        ("get", "/v1/status/{ticket}"),
        &[("ticket", "$response.body#/case/ticket"), ("X-Status-Secret", SECRET)],
    ),
    (LISTED, ("get", "/v1/cases/{id}"), &[("id", "$response.body#/cases/0/id")]),
    (LISTED, ("get", "/v1/cases/{id}/timeline"), &[("id", "$response.body#/cases/0/id")]),
    (LISTED, ("get", "/v1/cases"), &[("cursor", "$response.body#/next")]),
    (READ, ("get", "/v1/cases/{id}/timeline"), &[("id", "$response.body#/id")]),
    (
        READ,
        ("get", "/v1/cases/{id}/deadlines/{deadline}/ledger"),
        &[("id", "$response.body#/id"), ("deadline", "$response.body#/duties/0/deadline")],
    ),
    (READ, ("post", "/v1/cases/{id}/events"), &[("id", "$response.body#/id")]),
    (OWED, ("get", "/v1/cases/{id}"), &[("id", "$response.body#/duties/0/case/id")]),
    (OWED, ("get", "/v1/worklist"), &[("cursor", "$response.body#/next")]),
    (
        ("post", "/v1/tokens", "201"),
        ("delete", "/v1/tokens/{token}"),
        &[("token", "$response.body#/token/id")],
    ),
    (
        ("post", "/v1/webhooks", "201"),
        ("put", "/v1/webhooks/{webhook}/active"),
        &[("webhook", "$response.body#/webhook/id")],
    ),
    (
        ("post", "/v1/webhooks", "201"),
        ("post", "/v1/webhooks/{webhook}/resend"),
        &[("webhook", "$response.body#/webhook/id")],
    ),
    (
        ("get", "/v1/protocols", "200"),
        ("put", "/v1/protocols/{hash}/active"),
        &[("hash", "$response.body#/protocols/0/hash")],
    ),
];

/// The name of a route: each has its own, made of its method and its address.
pub(crate) fn operation_id(method: &str, path: &str) -> String {
    let words = path.split(|it: char| !it.is_ascii_alphanumeric() && it != '_');
    let words = words.filter(|it| !it.is_empty() && *it != "v1");
    [method].into_iter().chain(words).collect::<Vec<_>>().join("_")
}

/// Adds every link to the answer that it starts from.
pub(crate) fn add(document: &mut Value) {
    for ((method, path, status), (to_method, to_path), parameters) in LINKS {
        let to = operation_id(to_method, to_path);
        let parameters: Map<String, Value> =
            parameters.iter().map(|(name, at)| ((*name).to_owned(), json!(at))).collect();
        let responses = &mut document["paths"][path][method]["responses"];
        responses[status]["links"][&to] = json!({ "operationId": to, "parameters": parameters });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn operations(document: &Value) -> impl Iterator<Item = &Value> {
        let paths = document["paths"].as_object().unwrap().values();
        paths.flat_map(|it| it.as_object().unwrap().values())
    }

    #[test]
    fn every_route_has_a_name_of_its_own() {
        let document = crate::document::document();
        let names: Vec<&str> =
            operations(&document).map(|it| it["operationId"].as_str().unwrap()).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
        assert!(names.contains(&"get_cases_id_deadlines_deadline_ledger"), "{names:?}");
    }

    /// Of which type the part of a body is that a pointer leads to.
    fn kind<'a>(document: &'a Value, body: &'a Value, at: &str) -> &'a str {
        let mut schema = body;
        for name in [at.split('/').collect(), vec![""]].concat() {
            while let Some(target) = schema["$ref"].as_str() {
                schema = document.pointer(target.strip_prefix('#').unwrap()).unwrap();
            }
            schema = match name {
                "" => schema,
                "0" => &schema["items"],
                name => &schema["properties"][name],
            };
        }
        schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or("nothing")
    }

    fn has_kind<'a>(parameters: &'a [Value], name: &str) -> &'a str {
        let parameter = parameters.iter().find(|it| it["name"] == name).unwrap();
        parameter["schema"]["type"].as_str().unwrap()
    }

    /// Each link starts from an answer that is described, and leads to a route that has its
    /// parameters.
    #[test]
    fn every_link_leads_somewhere() {
        let document = crate::document::document();
        let mut n_links = 0;
        for from in operations(&document) {
            for answer in from["responses"].as_object().unwrap().values() {
                let links = answer.get("links").and_then(Value::as_object);
                for link in links.into_iter().flat_map(|it| it.values()) {
                    n_links += 1;
                    assert!(answer["content"]["application/json"]["schema"].is_object(), "{link}");
                    let to =
                        operations(&document).find(|it| it["operationId"] == link["operationId"]);
                    let has = to.unwrap()["parameters"].as_array().unwrap();
                    for (name, at) in link["parameters"].as_object().unwrap() {
                        assert!(has.iter().any(|it| it["name"] == *name), "{link}");
                        let body = &answer["content"]["application/json"]["schema"];
                        let at = at.as_str().unwrap().strip_prefix("$response.body#/").unwrap();
                        assert_eq!(kind(&document, body, at), has_kind(has, name), "{link}");
                    }
                }
            }
        }
        assert_eq!(n_links, LINKS.len());
    }
}
