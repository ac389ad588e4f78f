//! Whether the server does what its OpenAPI document says, as schemathesis sees it: what it makes up
//! from the document is sent to a server, and every answer is held against the document.

use crate::folder::{Folder, repository};
use crate::python::tool;
use crate::served::{Served, bearer, shipped};
use serde_json::json;

/// The seed where nobody gives one: `SCHEMATHESIS_SEED`.
const SEED: &str = "5";

/// How many requests are made up for each route and phase where nobody says: `SCHEMATHESIS_EXAMPLES`.
const EXAMPLES: &str = "15";

#[test]
fn what_the_document_says_holds_for_every_role() {
    check("all", |served| served.all().to_owned());
}

#[test]
fn what_the_document_says_holds_for_one_role() {
    check("agent", |served| {
        let new = json!({ "label": "agent", "roles": ["agent"] });
        let made = served.post(served.admin(), "/v1/tokens", "agent", &new).is(201).json();
        made["secret"].as_str().unwrap().to_owned()
    });
}

#[test]
fn what_the_document_says_holds_for_administration() {
    check("admin", |served| served.admin().to_owned());
}

#[track_caller]
fn check(name: &str, token: impl FnOnce(&Served) -> String) {
    let Some(mut schemathesis) = tool("schemathesis") else { return };
    let folder = Folder::new(&format!("contract-{name}"));
    let served = Served::start(&folder, &[&shipped("small-business")]);
    // The stream of facts says something at once.
    let open = json!({ "protocol": "small-business", "by": "complainant", "complainant": "person-1",
        "data": { "category": "delivery", "received_by": "agent", "summary": "a parcel" } });
    served.post(served.all(), "/v1/cases", "first", &open).is(201);
    let given = |name: &str, or: &str| std::env::var(name).unwrap_or_else(|_| or.to_owned());
    let (seed, examples) =
        (given("SCHEMATHESIS_SEED", SEED), given("SCHEMATHESIS_EXAMPLES", EXAMPLES));
    let token = format!("Authorization: {}", bearer(&token(&served)));
    let run = schemathesis
        .arg("--config-file")
        .arg(repository("tests/python/schemathesis.toml"))
        .args(["run", "--no-color", "--url", &format!("http://{}", served.at), "-H", &token])
        .args(["--seed", &seed, "--max-examples", &examples])
        .arg(repository("docs/openapi.json"))
        .env("PYTHONPATH", repository("tests/python"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .current_dir(&*folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success(), "seed {seed}, as {name}:\n{said}\n{}", served.log());
    // Nothing was left out, and no request was turned away at the door.
    for phase in ["Coverage", "Fuzzing", "Stateful"] {
        assert!(said.contains(&format!("✅  {phase}")), "{said}");
    }
    assert!(!said.contains("Unauthorized"), "{said}");
    served.get("", "/readyz").is(200);
    assert_eq!(served.stop(), Some(0));
}
