//! What whoever runs a server relies on.

use crate::folder::Folder;
use crate::served::{Served, shipped};
use std::process::Command;

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
