//! Where servers run: a folder, a store, a configuration, and tokens.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde_json::json;
use store::cases::Place;
use store::postgres::test_cluster::{self, Cluster, Database, Disk};
use store::postgres::{Options, Postgres};
use store::sqlite::Sqlite;

use crate::world::{Node, Request, between};

/// The protocol of every site.
const DESK: &str = include_str!("../desk/protocol.toml");

/// What is said to servers that test how they send: a try ends after a second, so that what a dead
/// server took is free after four.
const SENDING: &str = "\
    [webhooks]\nallow_private = true\nallow_http = true\nfolder = 'sent'\n\
    try_s = 1\nwaits_s = [1]\ntry_for_s = 600\n";

/// How long it may take after a fault until all is done.
const SETTLED_WITHIN: Duration = Duration::from_secs(30);

/// Where cases are kept.
pub(crate) enum Store {
    /// In a file of the folder.
    Sqlite,
    /// On the server that tests share.
    Shared(Database),
    /// On a server of this site alone.
    Own(Cluster),
    /// On a server that somebody else keeps, at this URL.
    At(String),
}

impl Store {
    /// A database on the shared server; none, said so, where there is no PostgreSQL.
    pub(crate) fn shared() -> Option<Self> {
        test_cluster::binaries().map_err(|why| test_cluster::not_run(&why)).ok()?;
        Some(Self::Shared(test_cluster::database().unwrap()))
    }

    /// A server that is stopped and started; none, said so, where there is no PostgreSQL.
    pub(crate) fn own() -> Option<Self> {
        test_cluster::binaries().map_err(|why| test_cluster::not_run(&why)).ok()?;
        Some(Self::Own(test_cluster::own(Disk::Sync).unwrap()))
    }
}

/// A folder with a store, a configuration and a protocol.
pub(crate) struct Site {
    pub(crate) folder: PathBuf,
    pub(crate) store: Store,
    /// The tokens of the first start.
    pub(crate) admin: String,
    pub(crate) token: String,
}

impl Site {
    /// A site, and the first server on it.
    pub(crate) fn new(store: Store) -> (Self, Node) {
        Self::with(store, SENDING)
    }

    /// The same with other lines in the configuration.
    pub(crate) fn with(store: Store, lines: &str) -> (Self, Node) {
        let mut site = Self::empty(store, lines);
        let node = site.node();
        site.admin = between(&node.said, "for administration, shown once: ", "\n").to_owned();
        site.token = between(&node.said, "for a day, shown once: ", "\n").to_owned();
        (site, node)
    }

    /// A site on which no server has run.
    pub(crate) fn empty(store: Store, lines: &str) -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::SeqCst);
        let name = format!("redress-{}-faults-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(folder.join("desk")).unwrap();
        std::fs::write(folder.join("desk/protocol.toml"), DESK).unwrap();
        let url = match &store {
            Store::Sqlite => "sqlite:cases.db".to_owned(),
            Store::Shared(database) => database.url.clone(),
            Store::Own(cluster) => cluster.url("postgres"),
            Store::At(url) => url.clone(),
        };
        let config = format!("store = '{url}'\nkey = 'store.key'\n{lines}");
        std::fs::write(folder.join("c.toml"), config).unwrap();
        Self { folder, store, admin: String::new(), token: String::new() }
    }

    /// One more server.
    pub(crate) fn node(&self) -> Node {
        Node::start(&self.folder, &["--config", "c.toml", "desk"])
    }

    /// Opens the store, to look at what is in it.
    pub(crate) fn place(&self) -> Arc<dyn Place> {
        let postgres = |url: &str| Arc::new(Postgres::connect(url, &Options::default()).unwrap());
        match &self.store {
            Store::Sqlite => Arc::new(Sqlite::open(&self.folder.join("cases.db")).unwrap()),
            Store::Shared(database) => postgres(&database.url),
            Store::Own(cluster) => postgres(&cluster.url("postgres")),
            Store::At(url) => postgres(url),
        }
    }

    /// Has facts of these kinds sent to an address; the number of the receiver.
    pub(crate) fn receiver(&self, node: &Node, url: &str, kinds: &[&str]) -> i64 {
        let body = json!({ "url": url, "kinds": kinds });
        let request = Request::post("/v1/webhooks", &self.admin, &format!("to {url}"), &body);
        let made = node.ask(&request);
        assert_eq!(made.status, 201, "{}", made.body);
        made.json()["webhook"]["id"].as_i64().unwrap()
    }

    /// Waits until time has acted on all that was due by now and nothing waits to be sent; when
    /// that was asked, in milliseconds since 1970. What a dead server has taken is free again after
    /// a few seconds.
    pub(crate) fn settle(&self, node: &Node) -> i64 {
        let now_ms = store::clock::now().timestamp_millis();
        let place = self.place();
        node.until("time acts", SETTLED_WITHIN, |_| overdue(place.as_ref(), now_ms) == 0);
        node.until("all is sent", SETTLED_WITHIN, |it| {
            it.figure::<u64>("redress_outbox_depth") == 0
        });
        now_ms
    }

    pub(crate) fn sent(&self) -> PathBuf {
        Path::new(&self.folder).join("sent")
    }
}

/// On how many cases time should have acted by an instant and has not.
fn overdue(place: &dyn Place, now_ms: i64) -> usize {
    let tenant = place.tenant("main").unwrap();
    let streams = place.streams(tenant, None, u32::MAX >> 1).unwrap();
    let standings = streams.into_iter().map(|it| place.standing(tenant, it).unwrap().unwrap());
    standings.filter(|it| it.acts_at.is_some_and(|at| at.ms() <= now_ms)).count()
}

impl Drop for Site {
    fn drop(&mut self) {
        // What a failed test leaves is worth a look.
        if !std::thread::panicking() {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}
