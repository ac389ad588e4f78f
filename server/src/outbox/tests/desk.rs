//! A store in a folder of its own, messages in it, and a sender over it.

use crate::outbox::{Options, Outside, Resolve, Running, Schedule, SystemResolve, start, trust};
use engine::time::Instant;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;
use store::cases::{
    Batch, Change, Decided, Hash, Message, MessageState, Page, Place, ProtocolText, Standing,
    StreamId, StreamKind, Taken, Tenant, Webhook, WebhookId, Writer,
};
use store::clock::{Clock, SystemClock};
use store::sqlite::Sqlite;

/// The secret of all receivers of the tests.
pub(super) const SECRET: &[u8] = b"a secret of 24 bytes, ok";

/// How long a test waits for something that must happen.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder of one test, removed when the test ends.
pub(in crate::outbox) struct Folder(pub(in crate::outbox) PathBuf);

impl Folder {
    pub(in crate::outbox) fn new(test: &str) -> Self {
        let name = format!("redress-outbox-{}-{test}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

/// A tenant in a store.
pub(super) struct Desk {
    pub(super) place: Arc<dyn Place>,
    pub(super) tenant: Tenant,
    pub(super) folder: Folder,
    writer: Writer,
    pages: AtomicU64,
    cases: AtomicU32,
}

impl Desk {
    pub(super) fn new(test: &str) -> Self {
        let folder = Folder::new(test);
        let place = Sqlite::open(&folder.0.join("cases.sqlite")).unwrap();
        Self::over(Arc::new(place), folder)
    }

    pub(super) fn over(place: Arc<dyn Place>, folder: Folder) -> Self {
        let tenant = place.tenant("one").unwrap();
        let protocol = ProtocolText {
            hash: Hash([1; 32]),
            id: "housing".to_owned(),
            version: "1".to_owned(),
            folder: Vec::new(),
            names: Vec::new(),
            active_from: None,
        };
        place.add_protocol(tenant, &protocol).unwrap();
        let writer = place.take_writer().unwrap();
        let (pages, cases) = (AtomicU64::new(0), AtomicU32::new(0));
        Self { place, tenant, folder, writer, pages, cases }
    }

    pub(super) fn receiver(&self, url: &str) -> WebhookId {
        let webhook = Webhook {
            id: WebhookId(0),
            tenant: self.tenant,
            url: url.to_owned(),
            secret: SECRET.to_vec(),
            kinds: Vec::new(),
            active: true,
        };
        self.place.add_webhook(&webhook).unwrap()
    }

    /// Opens a case whose first decision sends these messages; their stream is set here.
    pub(super) fn open(&self, messages: Vec<Message>) -> StreamId {
        self.open_acting(messages, None)
    }

    /// The same, where time acts on the case at an instant.
    pub(super) fn open_acting(
        &self,
        mut messages: Vec<Message>,
        acts_at: Option<Instant>,
    ) -> StreamId {
        let number = self.cases.fetch_add(1, Ordering::SeqCst) + 1;
        let mut bytes = [0x70; 16];
        bytes[12..].copy_from_slice(&number.to_be_bytes());
        let stream = StreamId(bytes);
        messages.iter_mut().for_each(|it| it.stream = stream);
        let sequence = self.pages.fetch_add(1, Ordering::SeqCst) + 1;
        let hash = Hash([u8::try_from(number % 251).unwrap(); 32]);
        let (tenant, writer) = (self.tenant, self.writer);
        let standing = Standing {
            stream,
            kind: StreamKind::Case,
            on: None,
            stop: None,
            protocol: Hash([1; 32]),
            protocol_id: "housing".to_owned(),
            version: 1,
            hash,
            ticket: None,
            secret: None,
            complainant: None,
            respondent: None,
            opened_at: Instant::from_ms(0),
            stage: "received".to_owned(),
            rung: None,
            severity: None,
            closed: false,
            breached: false,
            due_at: None,
            acts_at,
        };
        let body = b"body".to_vec();
        let page = (writer, sequence);
        let decided = Decided { stream, version: 1, page, place: 0, body, hash };
        let change = Change {
            tenant,
            decided,
            standing,
            duties: Vec::new(),
            sealed: Vec::new(),
            answer: None,
            messages,
        };
        let at = Instant::from_ms(0);
        let pages = vec![Page { tenant, writer, sequence, at, hash }];
        let batch = Batch { pages, changes: vec![change], ..Batch::default() };
        self.place.write(&batch).unwrap();
        stream
    }

    pub(super) fn waiting(&self) -> Vec<Taken> {
        self.place.messages(self.tenant, MessageState::Waiting, 10_000).unwrap()
    }

    pub(super) fn dead(&self) -> Vec<Taken> {
        self.place.messages(self.tenant, MessageState::Dead, 10_000).unwrap()
    }

    pub(super) fn send(&self, options: Options) -> Running {
        start(self.place.clone(), options, outside(Arc::new(SystemClock)))
    }

    /// Waits until something is so.
    pub(super) async fn until(&self, what: &str, is_so: impl Fn() -> bool) {
        until(what, is_so).await;
    }

    pub(super) async fn until_empty(&self) {
        until("nothing waits", || self.place.depth().unwrap() == 0).await;
    }
}

/// Waits until something is so.
pub(super) async fn until(what: &str, is_so: impl Fn() -> bool) {
    let started = std::time::Instant::now();
    while !is_so() {
        assert!(started.elapsed() < PATIENCE, "never: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Receivers on this machine are allowed, and what fails is soon tried again.
pub(super) fn options() -> Options {
    Options {
        allow_private: true,
        allow_http: true,
        schedule: Schedule {
            waits: vec![Duration::from_millis(30)],
            try_for: Duration::from_secs(3_600),
        },
        try_max: Duration::from_millis(1_000),
        ..Options::default()
    }
}

pub(super) fn outside(clock: Arc<dyn Clock>) -> Outside {
    outside_with(clock, Arc::new(SystemResolve))
}

pub(super) fn outside_with(clock: Arc<dyn Clock>, resolve: Arc<dyn Resolve>) -> Outside {
    Outside { clock, resolve, trust: trust([]).unwrap(), random: Arc::new(|| 100) }
}

/// A message that may be sent at once; the desk gives it its stream.
pub(super) fn message(webhook: WebhookId, sequence: u32) -> Message {
    Message {
        webhook,
        stream: StreamId([0; 16]),
        sequence,
        kind: "met".to_owned(),
        body: format!(
            r#"{{"fact":{{"at":"2026-03-02T09:00:00Z","kind":"met","sequence":{sequence}}}}}"#
        )
        .into_bytes(),
        not_before: Instant::from_utc(store::clock::now()),
        tells: None,
    }
}
