//! The disk is full. The server runs in a mount namespace of its own, with its store in a file
//! system of a few megabytes in memory: it ends with the server, however the test ends.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use store::cases::Place;
use store::sqlite::Sqlite;

use crate::small::fill;
use crate::world::{
    Audit, Figures, Load, Node, Request, Settings, Site, Store, User, audit, between,
};

const WITHIN: Duration = Duration::from_secs(20);

/// Mounts the small disk over the folder `disk`, and becomes the server. `$0` is the server.
const SCRIPT: &str = "mount -t tmpfs -o size=32m,mode=700 none disk && \
                      exec \"$0\" serve --listen 127.0.0.1:0 --config c.toml desk";

#[test]
fn a_full_disk_is_said_and_nothing_is_half() {
    let seed = Settings::read().seed;
    let mut site = Site::empty(Store::Sqlite, "");
    fs::create_dir(site.folder.join("disk")).unwrap();
    fs::write(site.folder.join("c.toml"), "store = 'sqlite:disk/cases.db'\nkey = 'store.key'\n")
        .unwrap();
    let Some(node) = small(&site) else { return };
    site.admin = between(&node.said, "for administration, shown once: ", "\n").to_owned();
    site.token = between(&node.said, "for a day, shown once: ", "\n").to_owned();
    // The disk as the server sees it.
    let disk = PathBuf::from(format!("/proc/{}/cwd/disk", node.id()));
    let ballast = disk.join("ballast");
    let ready = Request::get("/readyz", "");
    let load = Load::new(&site.token);
    let mut users = User::some(4, seed);
    let mut figures = Figures::default();
    for round in 0..3 {
        load.during(&mut users, &[&node.at], || {
            load.until_promised(20);
            fill(&ballast);
            node.until("it is not ready", WITHIN, |it| it.ask(&ready).status == 503);
            let body = json!({ "protocol": "desk", "by": "clerk" });
            let request = Request::post("/v1/cases", &site.token, &format!("hand-{round}"), &body);
            let answer = node.ask(&request);
            assert_eq!((answer.status, answer.problem()), (503, "away".to_owned()), "{answer:?}");
            assert!(answer.headers.contains_key("retry-after"));
            // What is there can be read.
            let read = node.ask(&Request::get("/v1/cases?limit=1", &site.token));
            assert_eq!(read.status, 200, "{}", read.body);
            fs::remove_file(&ballast).unwrap();
            node.until("it is ready again", WITHIN, |it| it.ask(&ready).status == 200);
            load.until_promised(20);
        });
        load.repeat(&mut users, &node.at);
        figures.add("full", 1);
    }
    std::thread::sleep(Duration::from_millis(1_600));
    node.until("time acts", WITHIN, |it| it.figure::<f64>("redress_timer_behind_seconds") == 0.0);
    let settled_ms = store::clock::now().timestamp_millis() - 1_000;
    // The disk ends with the server. What is on it is looked at elsewhere, as after a crash.
    node.pause();
    let copy = site.folder.join("copy");
    fs::create_dir(&copy).unwrap();
    for name in ["cases.db", "cases.db-wal"] {
        fs::copy(disk.join(name), copy.join(name)).unwrap();
    }
    node.go_on();
    let place: Arc<dyn Place> = Arc::new(Sqlite::open(&copy.join("cases.db")).unwrap());
    let expected =
        Audit { users: &users, load: &load, acted_until_ms: Some(settled_ms), others: &["hand-"] };
    let seen = audit(&place, &expected);
    node.stop();
    let away: u64 = users.iter().map(|it| it.n_away).sum();
    figures.add("acknowledged", users.iter().map(|it| it.said.len() as u64).sum());
    figures.add("away", away);
    figures.add("timers", seen.n_timers);
    figures.tell("full");
    assert!(away > 0 && seen.n_decisions > 30, "there was no load: {figures:?}");
}

/// A server on a small disk; none, said so, where this user may not mount one.
fn small(site: &Site) -> Option<Node> {
    let may = Command::new("unshare").args(["--mount", "--map-root-user", "true"]).status();
    if !may.is_ok_and(|it| it.success()) {
        let why = anyhow::anyhow!("no file system may be mounted in a namespace here");
        store::postgres::test_cluster::not_run(&why);
        return None;
    }
    let server = env!("CARGO_BIN_EXE_protocol");
    let words = ["unshare", "--mount", "--map-root-user", "sh", "-c", SCRIPT, server];
    Some(Node::run(&site.folder, &words))
}
