//! What whoever runs a server relies on.

use crate::folder::{Folder, repository};
use crate::python::not_run;
use crate::served::{Served, between, shipped};
use serde_json::json;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// The log is written by other threads than the one that started the server.
#[test]
fn a_server_that_logs_answers() {
    let folder = Folder::new("logs");
    let mut command = Command::new(env!("CARGO_BIN_EXE_protocol"));
    command.args(["serve", "--listen", "127.0.0.1:0", &shipped("small-business")]);
    command.env("REDRESS_LOG", "info").current_dir(&*folder);
    let served = Served::spawn(command, folder.join("server.log"));
    for path in ["/healthz", "/readyz", "/v1/cases", "/v1/worklist"] {
        served.get(served.all(), path).is(200);
    }
    let lines: Vec<String> = served.log().lines().map(str::to_owned).collect();
    let answered = |path: &str| {
        let is_it = |it: &&String| it.contains("\"answered\"") && it.contains(path);
        lines.iter().filter(is_it).count()
    };
    assert_eq!((answered("/v1/worklist"), answered("/readyz")), (1, 1), "{lines:#?}");
    assert_eq!(served.stop(), Some(0));
}

#[test]
fn promtool_finds_nothing_in_the_figures() {
    let promtool = repository("target/promtool/usr/bin/promtool");
    if !promtool.exists() {
        return not_run("there is no promtool; `cargo xtask setup` fetches it");
    }
    let folder = Folder::new("figures");
    let served = Served::start(&folder, &[&shipped("small-business")]);
    let open = json!({ "protocol": "small-business", "by": "complainant", "complainant": "a",
        "data": { "category": "delivery", "received_by": "agent", "summary": "a parcel" } });
    for (key, status) in [("one", 201), ("two", 201), ("one", 201)] {
        served.post(served.all(), "/v1/cases", key, &open).is(status);
    }
    served.post(served.all(), "/v1/cases", "one", &json!({})).is(422);
    for (path, status) in [("/v1/worklist", 200), ("/v1/tokens", 403), ("/nowhere", 404)] {
        served.get(served.all(), path).is(status);
    }
    let figures = served.get("", "/metrics").is(200);
    assert!(figures.text().lines().count() > 30, "{}", figures.text());
    let mut check = Command::new(promtool);
    check.args(["check", "metrics"]).stdin(Stdio::piped());
    let mut check = check.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    check.stdin.take().unwrap().write_all(&figures.body).unwrap();
    let said = check.wait_with_output().unwrap();
    let said = (said.status.success(), [said.stdout, said.stderr].concat());
    assert_eq!(
        (said.0, String::from_utf8_lossy(&said.1).as_ref()),
        (true, ""),
        "{}",
        figures.text()
    );
    assert_eq!(served.stop(), Some(0));
}

/// The command of the unit starts a server, and systemd understands the unit.
#[test]
fn the_unit_of_systemd_starts_a_server() {
    let folder = Folder::new("unit");
    let unit = std::fs::read_to_string(repository("packaging/redress.service")).unwrap();
    let words = between(&unit, "ExecStart=/usr/local/bin/protocol ", "\n");
    let protocols = repository("protocols").to_string_lossy().into_owned();
    let words = words.replace("/etc/redress/protocols", &protocols).replace(":8080", ":0");
    let mut command = Command::new(env!("CARGO_BIN_EXE_protocol"));
    command.args(words.split(' ')).current_dir(&*folder);
    let served = Served::spawn(command, folder.join("server.log"));
    served.get("", "/readyz").is(200);
    assert_eq!(served.stop(), Some(0));
    // What is not there on this machine is no fault of the unit.
    let unit = unit.replace("/usr/local/bin/protocol", env!("CARGO_BIN_EXE_protocol"));
    let file = folder.join("redress.service");
    std::fs::write(&file, unit).unwrap();
    // Containers have no systemd; what the unit starts was shown above.
    let Ok(said) = Command::new("systemd-analyze").arg("verify").arg(&file).output() else {
        return;
    };
    let said = [said.stdout, said.stderr].concat();
    assert_eq!(String::from_utf8_lossy(&said), "");
}
