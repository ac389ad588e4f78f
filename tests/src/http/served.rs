//! A server with a small protocol, a clock that is set, and tokens for everybody.

use crate::http::client::{Answer, send};
use engine::text::SourceSet;
use engine::time::Instant;
use serde_json::{Value, json};
use server::post::Announcing;
use server::running::{First, Limits, Server, Stopper, first};
use std::cell::Cell;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;
use store::cases::{Place, Scope, Tenant, Token, TokenId};
use store::clock::{Clock, SetClock};
use store::keeper::{Announce, Keeper, Options};
use store::sqlite::Sqlite;
use store::vault::StoreKey;

/// The day on which every test begins: Monday, 1 June 2026, 10:00 in London.
pub(crate) const START: &str = "2026-06-01T09:00:00Z";

/// A counter with a clerk, a manager, and a counsellor who keeps notes to themselves.
pub(crate) const PROTOCOL: &str = include_str!("../../suite/http/shop/protocol.toml");

/// A server that runs until it is dropped.
pub(crate) struct Served {
    pub(crate) at: SocketAddr,
    pub(crate) clock: Arc<SetClock>,
    pub(crate) keeper: Keeper,
    pub(crate) tenant: Tenant,
    pub(crate) admin: String,
    /// With every role.
    pub(crate) all: String,
    stopper: Stopper,
    thread: Option<JoinHandle<()>>,
    folder: PathBuf,
    keys: Cell<u32>,
}

impl Served {
    pub(crate) fn start() -> Self {
        Self::with(Limits::default())
    }

    pub(crate) fn with(limits: Limits) -> Self {
        Self::of(&sources(PROTOCOL), limits)
    }

    /// A server for one protocol.
    pub(crate) fn of(protocol: &SourceSet, limits: Limits) -> Self {
        Self::looking(protocol, limits, Options::default().look_every)
    }

    /// The same, whose timers look at the clock by themselves so often.
    pub(crate) fn looking(protocol: &SourceSet, limits: Limits, look_every: Duration) -> Self {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = STARTED.fetch_add(1, Ordering::SeqCst);
        let name = format!("redress-{}-http-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let at = server::wire::instant(START).unwrap();
        let clock = Arc::new(SetClock::at(at));
        let place: Arc<dyn Place> = Arc::new(Sqlite::open(&folder.join("cases.db")).unwrap());
        let own: Arc<dyn Clock> = Arc::<SetClock>::clone(&clock);
        let vault = Some(Arc::new(StoreKey::given([7; 32])));
        let announce: Option<Arc<dyn Announce>> = Some(Arc::new(Announcing));
        let options = Options { vault, announce, look_every, ..Options::default() };
        let keeper = Keeper::start(place, Arc::clone(&own), options).unwrap();
        let tenant = keeper.place().tenant("main").unwrap();
        add_sources(&keeper, tenant, protocol);
        let First { admin, trying } = first(&keeper, tenant, at).unwrap().unwrap();
        let server = Server::new(keeper.clone(), own, limits).unwrap();
        let stopper = server.stopper();
        let (tell, told) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                tell.send(listener.local_addr().unwrap()).unwrap();
                server.serve(listener).await.unwrap();
            });
        });
        Self {
            at: told.recv().unwrap(),
            clock,
            keeper,
            tenant,
            admin: admin.shown().to_owned(),
            all: trying.unwrap().shown().to_owned(),
            stopper,
            thread: Some(thread),
            folder,
            keys: Cell::new(0),
        }
    }

    /// A token with these roles, made without the server.
    pub(crate) fn token(&self, tenant: Tenant, roles: &[&str], person: Option<&str>) -> String {
        let roles = roles.iter().map(|it| (*it).to_owned()).collect();
        self.token_of(tenant, Scope::Roles(roles), person)
    }

    /// A token for what is said, made without the server.
    pub(crate) fn token_of(&self, tenant: Tenant, scope: Scope, person: Option<&str>) -> String {
        let secret = server::access::Secret::new().unwrap();
        let token = Token {
            id: TokenId(secret.hash().to_string()),
            tenant,
            hash: secret.hash(),
            scope,
            person: person.map(str::to_owned),
            label: "test".to_owned(),
            made_at: self.clock.now(),
            expires: None,
            revoked_at: None,
        };
        self.keeper.place().add_token(&token).unwrap();
        secret.shown().to_owned()
    }

    pub(crate) fn as_role(&self, role: &str) -> String {
        self.token(self.tenant, &[role], None)
    }

    pub(crate) fn get(&self, token: &str, path: &str) -> Answer {
        send(self.at, "GET", path, &[("Authorization", &bearer(token))], b"")
    }

    /// Sends JSON with a key that was not used before.
    pub(crate) fn post(&self, token: &str, path: &str, body: &Value) -> Answer {
        self.keys.set(self.keys.get() + 1);
        let key = format!("key-{}", self.keys.get());
        self.send(token, "POST", path, &[("Idempotency-Key", &key)], body)
    }

    pub(crate) fn send(
        &self,
        token: &str,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Answer {
        let bearer = bearer(token);
        let mut all =
            vec![("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
        all.extend_from_slice(headers);
        send(self.at, method, path, &all, body.to_string().as_bytes())
    }

    /// Opens a case of a complainant and returns its id, ticket and code.
    pub(crate) fn open(&self, complainant: &str) -> (String, String, String) {
        let body = json!({ "protocol": "shop", "by": "complainant", "entered_by": null,
            "complainant": complainant, "data": { "complaint": "The drill smokes" } });
        let opened = self.post(&self.all, "/v1/cases", &body).is(201).json();
        let text = |at: &str| opened.pointer(at).and_then(Value::as_str).unwrap().to_owned();
        (text("/case/id"), text("/case/ticket"), text("/secret"))
    }

    pub(crate) fn set(&self, at: &str) {
        self.clock.set(server::wire::instant(at).unwrap());
        self.keeper.look_at_timers();
    }

    /// Waits until the timers have nothing left to do by the clock.
    pub(crate) fn settle(&self) {
        let now = self.clock.now();
        for _ in 0..20_000 {
            let first = self.keeper.place().first_timer().unwrap();
            if first.is_none_or(|it| it > now) && self.keeper.figures().behind_ms == 0 {
                return;
            }
            self.keeper.look_at_timers();
            std::thread::sleep(Duration::from_millis(1));
        }
        panic!("the timers do not come to an end: {:?}", self.keeper.figures());
    }

    /// Stops the server and waits for its end.
    pub(crate) fn stop(&mut self) {
        self.stopper.stop();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stopper.stop();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Keeps a protocol and takes it into use from the beginning.
pub(crate) fn add(keeper: &Keeper, tenant: Tenant, text: &str) {
    add_sources(keeper, tenant, &sources(text));
}

fn add_sources(keeper: &Keeper, tenant: Tenant, sources: &SourceSet) {
    let (loaded, faults) = keeper.add_protocol(tenant, sources).unwrap();
    let said: Vec<&str> = faults.iter().map(|it| it.message.as_str()).collect();
    let loaded = loaded.unwrap_or_else(|| panic!("{said:?}"));
    assert!(keeper.activate(tenant, loaded.hash, Instant::from_ms(0)).unwrap());
}

pub(crate) fn sources(text: &str) -> SourceSet {
    let file = ("protocol.toml".to_owned(), text.as_bytes().to_vec());
    store::folder::sent("shop", [file]).unwrap()
}

pub(crate) fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}
