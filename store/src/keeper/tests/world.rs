//! A keeper on a file of its own, and a clock that stands still.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use engine::runtime::{Given, NoDecision, Report, ReportedAt};
use engine::text::SourceSet;
use engine::time::Instant;

use crate::cases::{Failure, Hash, Kept, Place, StreamId, Tenant};
use crate::chain;
use crate::clock::SetClock;
use crate::keeper::{Act, Ids, Keeper, Key, Mode, Options, Order, Outcome, Reply, Undone};
use crate::sqlite::Sqlite;
use crate::test_folder::Folder;

pub(crate) const SHOP: &str = include_str!("shop.toml");

/// Monday 2 March 2026, 09:00 in London.
pub(crate) const BEGIN: i64 = 1_772_442_000_000;
pub(crate) const HOUR_MS: i64 = 3_600_000;

pub(crate) fn hours(hours: i64) -> Instant {
    Instant::from_ms(BEGIN + hours * HOUR_MS)
}

/// Ids and secrets that are the same in every run.
#[derive(Debug, Default)]
pub(crate) struct Counted(AtomicU64);

impl Ids for Counted {
    fn stream(&self, _now: Instant) -> Result<StreamId, Failure> {
        let n = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        let mut id = [0; 16];
        id[8..].copy_from_slice(&n.to_be_bytes());
        Ok(StreamId(id))
    }

    fn secret(&self) -> Result<String, Failure> {
        Ok("secret".to_owned())
    }
}

/// A file, a clock, a keeper.
pub(crate) struct World {
    pub(crate) keeper: Keeper,
    pub(crate) clock: Arc<SetClock>,
    pub(crate) tenant: Tenant,
    pub(crate) protocol: Hash,
    pub(crate) folder: Arc<Folder>,
    n_restarts: u64,
}

/// Options for a test: the timers look whenever they are told, and every few milliseconds.
pub(crate) fn options() -> Options {
    let look_every = Duration::from_millis(5);
    Options { ids: Arc::new(Counted::default()), look_every, ..Options::default() }
}

pub(crate) fn sources(text: &str) -> SourceSet {
    let protocol = ("protocol.toml".to_owned(), text.as_bytes().to_vec());
    SourceSet::new("", [protocol])
}

impl World {
    pub(crate) fn new(test: &str) -> Self {
        Self::with(test, options())
    }

    pub(crate) fn with(test: &str, options: Options) -> Self {
        let folder = Arc::new(Folder::new(&format!("keeper-{test}"), &[]));
        let place: Arc<dyn Place> = Arc::new(Sqlite::open(&file(&folder)).unwrap());
        Self::on(folder, place, options)
    }

    /// A keeper on a place that may have been used before.
    pub(crate) fn on(folder: Arc<Folder>, place: Arc<dyn Place>, options: Options) -> Self {
        let clock = Arc::new(SetClock::at(hours(0)));
        let tenant = place.tenant("shop").unwrap();
        let keeper = Keeper::start(place, Arc::clone(&clock) as _, options).unwrap();
        let (loaded, faults) = keeper.add_protocol(tenant, &sources(SHOP)).unwrap();
        let faults: Vec<String> =
            faults.iter().map(|it| format!("{}: {}", it.code.name, it.message)).collect();
        let protocol = loaded.unwrap_or_else(|| panic!("{faults:?}")).hash;
        assert!(keeper.activate(tenant, protocol, hours(-24)).unwrap());
        Self { keeper, clock, tenant, protocol, folder, n_restarts: 0 }
    }

    /// A keeper on a place that knows the protocol already.
    pub(crate) fn begun(
        folder: Arc<Folder>,
        place: &Arc<dyn Place>,
        options: &Options,
        now: Instant,
    ) -> Self {
        let clock = Arc::new(SetClock::at(now));
        let (tenant, _) = place.tenants().unwrap().into_iter().next().unwrap();
        let protocol = place.protocols(tenant).unwrap().pop().unwrap().hash;
        let start = || Keeper::start(Arc::clone(place), Arc::clone(&clock) as _, options.clone());
        let keeper = (0..9).find_map(|_| start().ok()).unwrap();
        Self { keeper, clock, tenant, protocol, folder, n_restarts: 0 }
    }

    /// The same file with a new keeper, after this one has ended.
    pub(crate) fn again(self) -> Self {
        let (clock, folder) = (Arc::clone(&self.clock), Arc::clone(&self.folder));
        let n_restarts = self.n_restarts + 1;
        drop(self);
        let place: Arc<dyn Place> = Arc::new(Sqlite::open(&file(&folder)).unwrap());
        let ids = Counted::default();
        ids.0.store(n_restarts * 1_000_000, Ordering::SeqCst);
        let mut again = Self::on(folder, place, Options { ids: Arc::new(ids), ..options() });
        again.clock.set(crate::clock::Clock::now(&*clock));
        again.n_restarts = n_restarts;
        again
    }

    /// Gives an order, and waits for its answer.
    pub(crate) fn ask(&self, order: Order) -> Result<Reply, Undone> {
        self.send(order).recv().unwrap()
    }

    /// Gives an order.
    pub(crate) fn send(&self, order: Order) -> Receiver<Result<Reply, Undone>> {
        let (sender, receiver) = channel();
        let done = Box::new(move |reply| sender.send(reply).unwrap_or_default());
        self.keeper.submit(Order { done, ..order });
        receiver
    }

    /// Opens a case.
    pub(crate) fn open(&self, id: &str, person: Option<&str>) -> StreamId {
        let reply = self.ask(self.opening(id, person)).unwrap();
        assert_eq!(reply.status, 201, "{}", text(&reply));
        reply.case.unwrap().0
    }

    pub(crate) fn opening(&self, id: &str, person: Option<&str>) -> Order {
        let report = Report {
            complainant: person.map(str::to_owned),
            ..Report::new(id, "opened", Instant::MIN, "agent")
        };
        let act =
            Act::Open { protocol_id: "shop".to_owned(), report: report.into(), happened: None };
        self.order(act, id)
    }

    /// An event of a case.
    pub(crate) fn event(&self, case: StreamId, id: &str, event: &str, by: &str) -> Order {
        self.report(case, Report::new(id, event, Instant::MIN, by))
    }

    pub(crate) fn report(&self, case: StreamId, report: Report) -> Order {
        let key = report.id.clone();
        let act = Act::Report { case, report: report.into(), happened: None, if_match: None };
        self.order(act, &key)
    }

    pub(crate) fn order(&self, act: Act, key: &str) -> Order {
        let request = chain::hash(format!("{act:?}").as_bytes());
        Order {
            tenant: self.tenant,
            act,
            key: Some(Key { text: key.to_owned(), request }),
            mode: Mode::Keep,
            render: Box::new(shown),
            done: Box::new(|_| {}),
        }
    }

    /// Reports an event that is accepted; the version of the case after it.
    pub(crate) fn say(&self, case: StreamId, id: &str, event: &str, by: &str) -> u32 {
        let reply = self.ask(self.event(case, id, event, by)).unwrap();
        assert_eq!(reply.status, 200, "{}", text(&reply));
        reply.case.unwrap().1
    }

    /// Sets the clock, and waits until the timers have nothing left to do.
    pub(crate) fn wait_until(&self, at: Instant) {
        self.clock.set(at);
        self.keeper.look_at_timers();
        for _ in 0..4_000 {
            let is_done = self.keeper.place().first_timer().unwrap().is_none_or(|it| it > at);
            // The timers have counted what they did once they are behind with nothing.
            if is_done && self.keeper.figures().behind_ms == 0 {
                return;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        panic!("the timers did nothing at {at}: {:?}", self.keeper.figures());
    }

    pub(crate) fn kept(&self, stream: StreamId) -> Kept {
        let kept = self.keeper.place().load(self.tenant, &[stream]).unwrap().pop().flatten();
        kept.unwrap()
    }

    /// Everything that is kept: the bodies and hashes of each stream.
    pub(crate) fn record(&self) -> BTreeMap<StreamId, Vec<(u32, Vec<u8>, Hash)>> {
        let place = self.keeper.place();
        let ids = place.streams(self.tenant, None, 100_000).unwrap();
        let all = ids.into_iter().map(|id| {
            let decided = self.kept(id).decided.into_iter();
            (id, decided.map(|it| (it.version, it.body, it.hash)).collect())
        });
        all.collect()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.keeper.stop();
    }
}

pub(crate) fn file(folder: &Folder) -> PathBuf {
    folder.0.join("cases.db")
}

/// An answer as a test reads it.
pub(crate) fn shown(outcome: &Outcome<'_>) -> (u16, Vec<u8>) {
    let (status, text) = match outcome {
        Outcome::Accepted(it) => {
            let opened = it.scene.standing.version == 1 || it.secret.is_some();
            let ticket = it.scene.standing.ticket.as_deref().unwrap_or("-");
            let n = it.why.outcome.as_ref().map_or(0, |it| it.facts.len());
            let follows: Vec<&str> = it.follows.iter().map(|(stop, _)| stop.name).collect();
            let text = format!(
                "{ticket} {} v{} {n} facts {}",
                it.scene.standing.stage,
                it.scene.standing.version,
                follows.join(" ")
            );
            (if opened && it.secret.is_some() { 201 } else { 200 }, text)
        }
        Outcome::NotDecided(it) => {
            let text = match it.none {
                NoDecision::Refused(refusal) => format!("refused: {}", refusal.name(it.machine)),
                NoDecision::Faulted(_) => "fault".to_owned(),
            };
            (409, text)
        }
        Outcome::Misread(faults) => {
            let each = faults.iter().map(|it| format!("{}: {}", it.pointer, it.problem));
            (422, each.collect::<Vec<_>>().join("; "))
        }
        Outcome::NoCase => (404, "no case".to_owned()),
        Outcome::NoProtocol => (404, "no protocol".to_owned()),
        Outcome::OtherVersion(version) => (412, format!("v{version}")),
        Outcome::KeyTaken => (422, "key taken".to_owned()),
    };
    (status, text.into_bytes())
}

pub(crate) fn text(reply: &Reply) -> String {
    String::from_utf8(reply.body.clone()).unwrap()
}

pub(crate) fn given(name: &str, text: &str) -> (String, Given) {
    (name.to_owned(), Given::Text(text.to_owned()))
}

pub(crate) fn happened(order: Order, at: Instant) -> Order {
    let act = match order.act {
        Act::Report { case, report, if_match, .. } => {
            Act::Report { case, report, if_match, happened: Some(ReportedAt::Instant(at)) }
        }
        Act::Open { protocol_id, report, .. } => {
            Act::Open { protocol_id, report, happened: Some(ReportedAt::Instant(at)) }
        }
    };
    Order { act, ..order }
}
