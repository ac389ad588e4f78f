//! A server that sends what happens to a file, over a place that may fail, with a clock that is set.

use crate::http::client::{Answer, send};
use crate::http::served::{PROTOCOL, START, add, bearer};
use serde_json::Value;
use server::outbox::{self, Outside, SystemResolve};
use server::post::Announcing;
use server::running::{First, Limits, Server, Stopper, first};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use store::cases::{Place, Scope, Tenant, Token, TokenId, Webhook, WebhookId};
use store::clock::{Clock, SetClock};
use store::keeper::{Keeper, Options};
use store::sqlite::Sqlite;
use store::vault::StoreKey;

/// How often a server that cannot start is started again.
const STARTS_MAX: u32 = 10;

/// How long something may take that happens by itself.
const WITHIN: Duration = Duration::from_secs(30);

/// A server that runs until it is dropped.
pub(crate) struct Sending {
    pub(crate) at: SocketAddr,
    pub(crate) clock: Arc<SetClock>,
    pub(crate) keeper: Keeper,
    pub(crate) tenant: Tenant,
    pub(crate) admin: String,
    /// With every role.
    pub(crate) all: String,
    wake: outbox::Wake,
    stopper: Stopper,
    thread: Option<JoinHandle<()>>,
    folder: PathBuf,
}

impl Sending {
    /// A server over a store with a protocol, tokens and a receiver, which is wrapped afterwards.
    pub(crate) fn over<P: Place + 'static>(wrap: impl FnOnce(Sqlite) -> P) -> (Self, Arc<P>) {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = STARTED.fetch_add(1, Ordering::SeqCst);
        let name = format!("redress-{}-sending-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let at = server::wire::instant(START).unwrap();
        let clock = Arc::new(SetClock::at(at));
        let (tenant, admin, all) = begun(&folder, &clock);
        let place = Arc::new(wrap(open(&folder)));
        let shared: Arc<dyn Place> = Arc::<P>::clone(&place);
        let keeper = keeper(&shared, &clock);
        let own: Arc<dyn Clock> = Arc::<SetClock>::clone(&clock);
        let server = Server::new(keeper.clone(), Arc::clone(&own), Limits::default()).unwrap();
        let stopper = server.stopper();
        let options = outbox::Options { sink: Some(folder.join("sent")), ..<_>::default() };
        let outside = Outside {
            clock: own,
            resolve: Arc::new(SystemResolve),
            trust: outbox::system_trust().unwrap(),
            random: Arc::new(|| 0),
        };
        let (tell, told) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let mut runtime = tokio::runtime::Builder::new_multi_thread();
            let runtime = runtime.worker_threads(2).enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                let sender = outbox::start(shared, options, outside);
                tell.send((listener.local_addr().unwrap(), sender.wake())).unwrap();
                server.serve(listener).await.unwrap();
                sender.stop().await;
            });
        });
        let (at, wake) = told.recv().unwrap();
        let thread = Some(thread);
        let served = Self { at, clock, keeper, tenant, admin, all, wake, stopper, thread, folder };
        (served, place)
    }

    pub(crate) fn send(
        &self,
        token: &str,
        method: &str,
        path: &str,
        key: &str,
        body: &Value,
    ) -> Answer {
        let bearer = bearer(token);
        let headers = [
            ("Authorization", bearer.as_str()),
            ("Content-Type", "application/json"),
            ("Idempotency-Key", key),
        ];
        let body = if method == "GET" { String::new() } else { body.to_string() };
        send(self.at, method, path, &headers, body.as_bytes())
    }

    /// Sets the clock, and wakes whatever waits for it.
    pub(crate) fn set(&self, at: engine::time::Instant) {
        self.clock.set(at);
        self.keeper.look_at_timers();
        self.wake.wake();
    }

    /// Waits until something holds.
    #[track_caller]
    pub(crate) fn until(&self, what: &str, holds: impl Fn() -> bool) {
        let begun = Instant::now();
        while !holds() {
            assert!(begun.elapsed() < WITHIN, "{what}: {:?}", self.keeper.figures());
            self.keeper.look_at_timers();
            self.wake.wake();
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// What was sent: the events of the file, in order.
    pub(crate) fn sent(&self) -> Vec<Value> {
        let text = std::fs::read_to_string(self.folder.join("sent/facts")).unwrap_or_default();
        text.lines().map(|it| serde_json::from_str(it).unwrap()).collect()
    }

    /// The decisions of a case, as the server tells them.
    pub(crate) fn timeline(&self, case: &str) -> Vec<Value> {
        let path = format!("/v1/cases/{case}/timeline");
        let told = self.send(&self.all, "GET", &path, "-", &Value::Null).is(200).json();
        told["decisions"].as_array().unwrap().clone()
    }

    /// How often each report stands in a timeline, by its id.
    pub(crate) fn reports(&self, case: &str) -> BTreeMap<String, u32> {
        let mut reports = BTreeMap::new();
        for it in self.timeline(case) {
            if let Some(id) = it["event"]["id"].as_str() {
                *reports.entry(id.to_owned()).or_insert(0) += 1;
            }
        }
        reports
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        self.stopper.stop();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn open(folder: &Path) -> Sqlite {
    Sqlite::open(&folder.join("cases.db")).unwrap()
}

/// A keeper, which is started until it starts.
fn keeper(place: &Arc<dyn Place>, clock: &Arc<SetClock>) -> Keeper {
    let start = |_| {
        let options = Options {
            vault: Some(Arc::new(StoreKey::given([7; 32]))),
            announce: Some(Arc::new(Announcing)),
            look_every: Duration::from_millis(50),
            ..Options::default()
        };
        let clock: Arc<dyn Clock> = Arc::<SetClock>::clone(clock);
        let keeper = Keeper::start(Arc::clone(place), clock, options).ok()?;
        // Whoever starts a server asks for its tenant.
        let _ = keeper.place().tenant("main");
        Some(keeper)
    };
    (0..STARTS_MAX).find_map(start).unwrap()
}

/// A store in which there is what every test needs.
fn begun(folder: &Path, clock: &Arc<SetClock>) -> (Tenant, String, String) {
    let place: Arc<dyn Place> = Arc::new(open(folder));
    let keeper = keeper(&place, clock);
    let tenant = place.tenant("main").unwrap();
    add(&keeper, tenant, PROTOCOL);
    let First { admin, .. } = first(&keeper, tenant, clock.now()).unwrap().unwrap();
    // That of the first start works for a day, which is short where clocks jump.
    let secret = server::access::Secret::new().unwrap();
    let roles = ["clerk", "manager", "counsellor", "complainant"].map(str::to_owned).into();
    let token = Token {
        id: TokenId(secret.hash().to_string()),
        tenant,
        hash: secret.hash(),
        scope: Scope::Roles(roles),
        person: None,
        label: "test".to_owned(),
        made_at: clock.now(),
        expires: None,
        revoked_at: None,
    };
    place.add_token(&token).unwrap();
    let webhook = Webhook {
        id: WebhookId(0),
        tenant,
        url: "file:facts".to_owned(),
        secret: vec![7; 24],
        kinds: ["opened", "deadline-breached", "told"].map(str::to_owned).to_vec(),
        active: true,
    };
    place.add_webhook(&webhook).unwrap();
    keeper.stop();
    (tenant, admin.shown().to_owned(), secret.shown().to_owned())
}
