//! A calendar is amended at the command line while a server runs on the store.

use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use crate::process::{Served, between, folder, get, post};

fn calendar(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_protocol"));
    command.arg("calendar").args(words).current_dir(folder).output().unwrap()
}

/// The first due instant that the case tells of.
fn due(at: &str, case: &str, token: &str) -> String {
    let answer = get(at, &format!("/v1/cases/{case}"), token);
    between(&answer, "\"due\":\"", "\"").to_owned()
}

#[test]
fn a_server_takes_up_what_was_amended_beside_it() {
    let folder = folder("serve-calendar");
    let protocol = Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocols/uk-housing-code");
    let mut served = Served::start(&folder, &[&protocol.to_string_lossy()]);
    let said = served.until("/v1/worklist");
    let at = between(&said, "http://", " ").to_owned();
    let (token, body) = (between(&said, "TOKEN=", "\n"), between(&said, "/v1/cases -d '", "'"));
    let answer = post(&at, "/v1/cases", token, body);
    let case = between(&answer, "\"case\":{\"id\":\"", "\"").to_owned();
    let before = due(&at, &case, token);
    // The day on which it is due is closed now.
    let day = before.split('T').next().unwrap();
    let words =
        ["amend", "england-and-wales", "--add", day, "--reason", "Mourning", "--source", "Gazette"];
    let amended = calendar(&folder, &words);
    let told = String::from_utf8_lossy(&amended.stdout).into_owned();
    assert_eq!(amended.status.code(), Some(0), "{amended:?}");
    assert!(told.contains(&format!("england-and-wales: closed on {day}, Mourning")), "{told}");
    let moved = (0..600).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        due(&at, &case, token) > before
    });
    assert!(moved, "{before} stayed");
    let again = calendar(&folder, &words);
    assert_eq!(again.status.code(), Some(2), "{again:?}");
    assert!(String::from_utf8_lossy(&again.stderr).contains("is closed already"), "{again:?}");
    let listed = calendar(&folder, &["list"]);
    assert!(String::from_utf8_lossy(&listed.stdout).contains("1 amendment"), "{listed:?}");
    assert_eq!(served.stop().0, Some(0));
    std::fs::remove_dir_all(&folder).unwrap();
}
