//! It starts on nothing, says what to do next, and stops when told.

use std::io::Read as _;
use std::path::Path;

use crate::process::{Served, between, folder, get, post};

#[test]
fn an_empty_folder_is_enough() {
    let folder = folder("serve-empty");
    let mut served = Served::start(&folder, &[]);
    let said = served.until("token for administration");
    assert!(said.contains("no protocol yet: `protocol new NAME`"), "{said}");
    let at = between(&said, "http://", " ").to_owned();
    assert!(get(&at, "/readyz", "").starts_with("HTTP/1.1 200"));
    let token = between(&said, "shown once: ", "\n");
    assert!(get(&at, "/v1/tokens", token).starts_with("HTTP/1.1 200"));
    let (code, rest) = served.stop();
    assert_eq!((code, rest.as_str()), (Some(0), "stopped: everything that was answered is kept\n"));
    // The second start has nothing to show.
    let mut again = Served::start(&folder, &[]);
    let said = again.until("status page");
    assert_eq!(again.stop().0, Some(0));
    assert!(!said.contains("token"), "{said}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_lines_that_are_shown_open_a_case_under_every_protocol_that_ships() {
    for name in ["small-business", "uk-housing-code", "nl-awb"] {
        let folder = folder(&format!("serve-{name}"));
        let protocol = Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocols").join(name);
        let mut served = Served::start(&folder, &[&protocol.to_string_lossy()]);
        let said = served.until("/v1/worklist");
        let at = between(&said, "http://", " ").to_owned();
        let token = between(&said, "TOKEN=", "\n");
        for (line, key) in [("CASE=$(", "first-1"), ("/events", "first-2")] {
            assert!(said.contains(line) && said.contains(key), "{said}");
        }
        let body = between(&said, "/v1/cases -d '", "'");
        let answer = post(&at, "/v1/cases", token, body);
        assert!(answer.starts_with("HTTP/1.1 201"), "{name}: {answer}");
        assert_eq!(served.stop().0, Some(0));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}

#[test]
fn a_server_that_logs_much_answers_all_the_same() {
    let folder = folder("serve-logs");
    std::fs::write(folder.join("c.toml"), "webhooks.allow_http = true\n").unwrap();
    let mut served = Served::run(&folder, &["--config", "c.toml"], &[("REDRESS_LOG", "debug")]);
    let said = served.until("token for administration");
    let at = between(&said, "http://", " ").to_owned();
    for _ in 0..20 {
        assert!(get(&at, "/v1/cases", "none").starts_with("HTTP/1.1 401"));
    }
    let (code, rest) = served.stop();
    assert_eq!(code, Some(0), "{rest}");
    assert!(rest.contains("no more messages are sent"), "{rest}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn what_is_kept_is_sent_to_whoever_asked_for_it() {
    let folder = folder("serve-sends");
    std::fs::write(folder.join("c.toml"), "webhooks.folder = 'sent'\n").unwrap();
    let protocol = Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocols/small-business");
    let words = ["--config", "c.toml", &protocol.to_string_lossy()];
    let mut served = Served::start(&folder, &words);
    let said = served.until("/v1/worklist");
    let at = between(&said, "http://", " ").to_owned();
    let admin = between(&said, "for administration, shown once: ", "\n");
    let kinds = r#"{"url":"file:facts","kinds":["opened","deadline-started"]}"#;
    let answer = post(&at, "/v1/webhooks", admin, kinds);
    assert!(answer.starts_with("HTTP/1.1 201") && answer.contains("whsec_"), "{answer}");
    let (token, body) = (between(&said, "TOKEN=", "\n"), between(&said, "/v1/cases -d '", "'"));
    let answer = post(&at, "/v1/cases", token, body);
    let case = between(&answer, "\"case\":{\"id\":\"", "\"").to_owned();
    let sent = folder.join("sent/facts");
    let is_there = |text: &str| text.lines().count() >= 3;
    let found = (0..300).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        std::fs::read_to_string(&sent).ok().filter(|it| is_there(it))
    });
    let found = found.unwrap();
    assert_eq!(served.stop().0, Some(0));
    let first: serde_json::Value = serde_json::from_str(found.lines().next().unwrap()).unwrap();
    assert_eq!(first["type"], "redress.fact.opened", "{first}");
    assert_eq!(first["source"], format!("/v1/cases/{case}"));
    assert_eq!(first["time"], first["data"]["fact"]["at"]);
    assert!(found.lines().skip(1).all(|it| it.contains("redress.fact.deadline-started")));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn what_cannot_be_used_is_said() {
    let folder = folder("serve-wrong");
    let check = |words: &[&str], says: &str| {
        let (code, said) = {
            let mut served = Served::start(&folder, words);
            let mut all = String::new();
            served.said.read_to_string(&mut all).unwrap();
            (served.child.wait().unwrap().code(), all)
        };
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(says), "{said}");
    };
    check(&["--store", "oracle:x"], "`oracle` is no kind of store");
    check(&["--store", "postgres://ann:secret@127.0.0.1:1/x"], "no key for personal values");
    check(&["nowhere"], "nowhere");
    check(&["--config", "none.toml"], "cannot read none.toml");
    std::fs::write(folder.join("wrong.toml"), "lissten = 'x'\n").unwrap();
    check(&["--config", "wrong.toml"], "lissten");
    std::fs::remove_dir_all(&folder).unwrap();
}
