//! The lines of the README, run as they stand there.

use crate::folder::{Folder, repository};
use crate::served::{Served, between};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// Where the README says that the server listens.
const AT: &str = "http://127.0.0.1:8080";

#[test]
fn the_three_lines_open_report_and_show_and_all_is_there_after_a_restart() {
    let readme = std::fs::read_to_string(repository("README.md")).unwrap();
    let block =
        between(&readme, "open a case, report an event, show what is due:\n\n```sh\n", "```");
    let lines: Vec<&str> = block.lines().collect();
    assert_eq!(lines.len(), 3, "{block}");
    let folder = Folder::new("readme");
    let protocols = repository("protocols").to_string_lossy().into_owned();
    let served = Served::start(&folder, &[&protocols]);
    // The server prints the same lines, with the address at which it is.
    let said = served.said.replace(&format!("http://{}", served.at), AT);
    for line in &lines {
        assert!(
            said.contains(line),
            "the server says another line than the README: {line}\n{said}"
        );
    }
    let token = served.all().to_owned();
    let said = sh(&folder, &served.at, &token, &format!("{block}echo \"$CASE\" > case\n"));
    let mut answers = serde_json::Deserializer::from_str(&said).into_iter::<Value>();
    let (reported, due) = (answers.next().unwrap().unwrap(), answers.next().unwrap().unwrap());
    let case = std::fs::read_to_string(folder.join("case")).unwrap();
    let case = case.trim();
    assert_eq!(reported["case"]["id"], case, "{said}");
    assert!(!reported["facts"].as_array().unwrap().is_empty(), "{said}");
    let is_due = |due: &Value| {
        let duties = due["duties"].as_array().unwrap();
        !duties.is_empty() && duties.iter().all(|it| it["case"]["id"] == case)
    };
    assert!(is_due(&due), "{said}");
    assert_eq!(served.stop(), Some(0));
    // All there after a stop and a start.
    let served = Served::start(&folder, &[&protocols]);
    let again: Value = serde_json::from_str(&sh(&folder, &served.at, &token, lines[2])).unwrap();
    assert_eq!(again, due);
    let read = served.get(&token, &format!("/v1/cases/{case}")).is(200).json();
    for what in ["id", "version", "stage", "fields", "ticket"] {
        assert_eq!(read[what], reported["case"][what], "{what}");
    }
    assert_eq!(served.stop(), Some(0));
}

/// What lines of the shell print, where the address of the README is that of this server.
fn sh(folder: &Path, at: &str, token: &str, lines: &str) -> String {
    let lines = lines.replace(AT, &format!("http://{at}"));
    let mut sh = Command::new("sh");
    sh.args(["-euc", &lines]).env("TOKEN", token).current_dir(folder);
    let done = sh.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}
