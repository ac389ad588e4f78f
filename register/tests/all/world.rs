//! A store with a small protocol and a clock that is set.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;

use chrono::DateTime;
use engine::runtime::{Given, Report, ReportedAt};
use engine::time::Instant;
use register::viewer::Viewer;
use register::walk::Asked;
use store::cases::{Place, StreamId, Tenant};
use store::clock::{Clock, SetClock};
use store::keeper::{Act, Keeper, Mode, Options, Order, Outcome, Reading};
use store::sqlite::Sqlite;
use store::vault::StoreKey;

/// A counter with a clerk, a manager, and a counsellor who keeps notes to themselves.
pub(crate) const SHOP: &str = include_str!("../../../tests/suite/http/shop/protocol.toml");

pub(crate) fn at(text: &str) -> Instant {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc().into()
}

/// A store that is gone with it.
pub(crate) struct World {
    pub(crate) keeper: Keeper,
    pub(crate) clock: Arc<SetClock>,
    pub(crate) tenant: Tenant,
    pub(crate) folder: PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        self.keeper.stop();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl World {
    pub(crate) fn new(protocol: &str) -> Self {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = STARTED.fetch_add(1, Ordering::SeqCst);
        let name = format!("redress-{}-register-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let clock = Arc::new(SetClock::at(at("2026-06-01T09:00:00Z")));
        let place: Arc<dyn Place> = Arc::new(Sqlite::open(&folder.join("cases.db")).unwrap());
        let vault = Some(Arc::new(StoreKey::given([7; 32])));
        let own: Arc<dyn Clock> = Arc::<SetClock>::clone(&clock);
        let keeper = Keeper::start(place, own, Options { vault, ..Options::default() }).unwrap();
        let tenant = keeper.place().tenant("main").unwrap();
        let world = Self { keeper, clock, tenant, folder };
        world.add(protocol, Instant::from_ms(0));
        world
    }

    /// Keeps a version of a protocol and takes it into use.
    pub(crate) fn add(&self, protocol: &str, from: Instant) {
        let folder = self.folder.join(format!("shop-{}", from.ms()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("protocol.toml"), protocol).unwrap();
        let sources = store::folder::read(&folder).unwrap();
        let (loaded, faults) = self.keeper.add_protocol(self.tenant, &sources).unwrap();
        let loaded = loaded.unwrap_or_else(|| panic!("{faults:?}"));
        assert!(self.keeper.activate(self.tenant, loaded.hash, from).unwrap());
    }

    pub(crate) fn set(&self, text: &str) {
        self.clock.set(at(text));
    }

    fn submit(&self, act: Act) -> StreamId {
        self.tried(act).unwrap_or_else(|why| panic!("{why}"))
    }

    /// Hands an order in; why it was not accepted, where it was not.
    pub(crate) fn tried(&self, act: Act) -> Result<StreamId, String> {
        let (tell, told) = mpsc::channel();
        self.keeper.submit(Order {
            tenant: self.tenant,
            act,
            key: None,
            mode: Mode::Keep,
            render: Box::new(|outcome| match outcome {
                Outcome::Accepted(_) => (200, Vec::new()),
                other => (409, format!("{other:?}").into_bytes()),
            }),
            done: Box::new(move |reply| tell.send(reply).unwrap()),
        });
        let reply = told.recv().unwrap().unwrap();
        match reply.status {
            200 => Ok(reply.case.unwrap().0),
            _ => Err(String::from_utf8_lossy(&reply.body).into_owned()),
        }
    }

    /// Opens a case of a person, with these fields.
    pub(crate) fn open(&self, person: &str, data: &[(&str, Given)]) -> StreamId {
        let now = self.clock.now();
        let mut report = Report::new("opened-1", "opened", now, "complainant");
        report.complainant = Some(person.to_owned());
        report.channel = Some("email".to_owned());
        report.data =
            data.iter().map(|(name, given)| ((*name).to_owned(), given.clone())).collect();
        let report = Box::new(report);
        self.submit(Act::Open { protocol_id: "shop".to_owned(), report, happened: None })
    }

    /// Reports an event of a case.
    pub(crate) fn report(&self, case: StreamId, event: &str, by: &str, data: &[(&str, Given)]) {
        self.report_late(case, event, by, data, None);
    }

    /// Reports an event of a stop on a case.
    pub(crate) fn stop(&self, case: StreamId, stop: &str, event: &str, by: &str) {
        let mut report = Report::new(format!("{stop}-{event}"), event, self.clock.now(), by);
        report.stop = Some(stop.to_owned());
        report.reason = Some("because".to_owned());
        let report = Box::new(report);
        self.submit(Act::Report { case, report, happened: None, if_match: None });
    }

    /// Adds an entry of a record.
    pub(crate) fn entry(
        &self,
        case: StreamId,
        record: &str,
        id: &str,
        by: &str,
        data: &[(&str, Given)],
    ) {
        let mut report = Report::new(format!("{record}-{id}"), record, self.clock.now(), by);
        report.data =
            data.iter().map(|(name, given)| ((*name).to_owned(), given.clone())).collect();
        report.entry = Some(id.to_owned());
        let report = Box::new(report);
        self.submit(Act::Report { case, report, happened: None, if_match: None });
    }

    /// Reports an event that happened before.
    pub(crate) fn report_late(
        &self,
        case: StreamId,
        event: &str,
        by: &str,
        data: &[(&str, Given)],
        happened: Option<&str>,
    ) {
        let now = self.clock.now();
        let mut report = Report::new(format!("{event}-{}", now.ms()), event, now, by);
        report.data =
            data.iter().map(|(name, given)| ((*name).to_owned(), given.clone())).collect();
        report.entry = event.starts_with("talk").then(|| "t1".to_owned());
        report.reason = happened.map(|_| "found in the drawer".to_owned());
        let happened = happened.map(|it| ReportedAt::Instant(at(it)));
        self.submit(Act::Report { case, report: Box::new(report), happened, if_match: None });
    }

    /// Everything, as it is now.
    pub(crate) fn asked(&self, viewer: Viewer) -> Asked {
        Asked {
            tenant: self.tenant,
            protocol_id: "shop".to_owned(),
            reading: Reading::Now,
            now: self.clock.now(),
            from: None,
            to: None,
            viewer,
        }
    }
}

/// Compares with a file beside the tests; `UPDATE=1` writes it.
#[track_caller]
pub(crate) fn golden(name: &str, found: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, found).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(found, kept, "UPDATE=1 cargo test -p register writes {name} again");
}
