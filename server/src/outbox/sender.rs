//! The task that sends: it sleeps until something is to be sent, takes it and starts the tries.

use crate::outbox::deliver::{Ended, Job, JobKind, Shared, deliver};
use crate::outbox::figures::{Counters, Figures};
use crate::outbox::lanes::{Key, Lanes};
use crate::outbox::options::{Options, Outside};
use crate::outbox::reach::Dial;
use crate::outbox::schedule::{after, before};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use store::cases::{Failure, Place, Room, Taken, Tenant, Webhook};
use tokio::sync::{Notify, watch};
use tokio::task::{Id, JoinError, JoinHandle, JoinSet};
use tokio::time::{Instant, sleep, timeout};

/// How long the sender sleeps at most: other nodes write messages too, and do not wake it.
const SLEEP_MAX: Duration = Duration::from_secs(1);

/// The most messages of a digest.
const DIGEST_MAX: u32 = 1_000;

/// The most digests that are taken before single messages are.
const DIGESTS_MAX: usize = 8;

/// How long nothing is sent while time is still acting on what fell due long ago: what it brings
/// belongs into the same digests.
const HOLD_MAX: Duration = Duration::from_secs(600);

/// How long the tries that are under way are waited for at the end, beyond the longest try.
const GRACE: Duration = Duration::from_secs(5);

/// Wakes the sender, so that what was just written is sent at once.
#[derive(Clone, Debug)]
pub struct Wake(Arc<Notify>);

impl Wake {
    /// Wakes the sender.
    pub fn wake(&self) {
        self.0.notify_one();
    }
}

/// A sender that runs. It stops when this is dropped.
pub struct Running {
    wake: Wake,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
    shared: Arc<Shared>,
}

impl Running {
    /// What wakes it.
    #[must_use]
    pub fn wake(&self) -> Wake {
        self.wake.clone()
    }

    /// What it has done since it was started.
    #[must_use]
    pub fn figures(&self) -> Figures {
        self.shared.counters.read()
    }

    /// What tells what it has done, for as long as somebody asks.
    pub fn counted(&self) -> impl Fn() -> Figures + Send + Sync + 'static {
        let shared = self.shared.clone();
        move || shared.counters.read()
    }

    /// Takes nothing more, waits for the tries that are under way, for a little more than the
    /// longest try, and ends.
    pub async fn stop(self) {
        // Nobody listens where the task has ended already.
        let _ = self.stop.send(true);
        if let Err(why) = self.task.await {
            tracing::error!(%why, "the sender broke off");
        }
    }
}

/// Starts a sender. Several may run over one store, in one process or on many nodes.
#[must_use]
pub fn start(place: Arc<dyn Place>, options: Options, outside: Outside) -> Running {
    let dial = Dial::new(
        outside.resolve.clone(),
        outside.trust.clone(),
        options.allow_private,
        options.allow_http,
    );
    let counters = Counters::default();
    let shared = Arc::new(Shared { place, options, outside, dial, counters });
    let wake = Wake(Arc::new(Notify::new()));
    let (stop, stopping) = watch::channel(false);
    let sender = Sender {
        shared: shared.clone(),
        wake: wake.clone(),
        stopping,
        tries: JoinSet::new(),
        keys: HashMap::new(),
        lanes: Lanes::default(),
        held_since: None,
    };
    Running { wake, stop, task: tokio::spawn(sender.run()), shared }
}

struct Sender {
    shared: Arc<Shared>,
    wake: Wake,
    stopping: watch::Receiver<bool>,
    tries: JoinSet<Ended>,
    keys: HashMap<Id, Key>,
    lanes: Lanes,
    held_since: Option<Instant>,
}

/// What the store had.
struct Looked {
    /// What is to be sent now.
    jobs: Vec<Job>,
    /// How long to sleep where that is nothing.
    wait: Duration,
    /// Whether time is still acting on what fell due long ago.
    is_catching_up: bool,
}

impl Sender {
    async fn run(mut self) {
        tracing::info!(schedule = %self.shared.options.schedule, "messages are sent");
        let (wake, mut stopping) = (self.wake.clone(), self.stopping.clone());
        while !*stopping.borrow() {
            let wait = self.pass().await;
            tokio::select! {
                _ = stopping.wait_for(|it| *it) => break,
                () = wake.0.notified() => {}
                Some(ended) = self.tries.join_next_with_id() => self.ended(ended),
                () = sleep(wait) => {}
            }
            while let Some(ended) = self.tries.try_join_next_with_id() {
                self.ended(ended);
            }
        }
        self.finish().await;
        tracing::info!("no more messages are sent");
    }

    /// Takes what there is room for and starts sending it; how long to sleep.
    async fn pass(&mut self) -> Duration {
        let room = self.lanes.room(self.shared.options.in_flight_max);
        if room.limit == 0 {
            return SLEEP_MAX;
        }
        let may_hold = self.held_since.is_none_or(|since| since.elapsed() < HOLD_MAX);
        let shared = self.shared.clone();
        let looked = tokio::task::spawn_blocking(move || look(&shared, room, may_hold)).await;
        let looked = match looked {
            Ok(Ok(looked)) => looked,
            Ok(Err(why)) => {
                tracing::warn!(%why, "messages cannot be taken");
                return SLEEP_MAX;
            }
            Err(why) => {
                tracing::error!(%why, "messages cannot be taken");
                return SLEEP_MAX;
            }
        };
        self.held_since = match looked.is_catching_up {
            true => self.held_since.or_else(|| Some(Instant::now())),
            false => None,
        };
        if looked.jobs.is_empty() {
            return looked.wait;
        }
        looked.jobs.into_iter().for_each(|job| self.begin(job));
        Duration::ZERO
    }

    fn begin(&mut self, job: Job) {
        let key = (job.tenant, job.webhook.id);
        let task = self.tries.spawn(deliver(self.shared.clone(), job));
        self.keys.insert(task.id(), key);
        self.lanes.started(key);
        self.count();
    }

    fn ended(&mut self, ended: Result<(Id, Ended), JoinError>) {
        let (id, ended) = match ended {
            Ok((id, ended)) => (id, Some(ended)),
            Err(why) => {
                tracing::error!(%why, "a try broke off");
                (why.id(), None)
            }
        };
        if let Some(key) = self.keys.remove(&id) {
            self.lanes.ended(key, ended);
        }
        self.count();
    }

    fn count(&self) {
        let in_flight = u64::from(self.lanes.in_flight());
        self.shared.counters.in_flight.store(in_flight, Ordering::Relaxed);
    }

    async fn finish(&mut self) {
        let longest = self.shared.options.try_max.saturating_add(GRACE);
        let all = async {
            while let Some(ended) = self.tries.join_next_with_id().await {
                self.ended(ended);
            }
        };
        if timeout(longest, all).await.is_err() {
            tracing::warn!("some tries were broken off; they are made again");
            self.tries.shutdown().await;
        }
    }
}

/// Takes what may be sent now. Waits for the store.
fn look(shared: &Shared, room: Room, may_hold: bool) -> Result<Looked, Failure> {
    let (place, options) = (&*shared.place, &shared.options);
    let now = shared.outside.clock.now();
    let late = before(now, options.late);
    let is_catching_up = place.first_timer()?.is_some_and(|at| at <= late);
    if is_catching_up && may_hold {
        return Ok(Looked { jobs: Vec::new(), wait: SLEEP_MAX, is_catching_up });
    }
    let lease = options.lease();
    let leased_until = after(now, lease);
    let mut known = Known { shared, webhooks: BTreeMap::new() };
    let mut jobs = Vec::new();
    let room = Room { late, ..room };
    let mut digest_room = Room { limit: DIGEST_MAX, ..room.clone() };
    for _ in 0..DIGESTS_MAX.min(usize::try_from(room.limit).unwrap_or(usize::MAX)) {
        let mut taken = place.take_digest(now, lease, &digest_room)?.into_iter();
        let Some(first) = taken.next() else { break };
        digest_room.full.insert((first.tenant, first.message.webhook));
        if let Some(webhook) = known.webhook(&first)? {
            let (tenant, kind) = (first.tenant, JobKind::Digest(first, taken.collect()));
            jobs.push(Job { tenant, webhook, kind, leased_until });
        }
    }
    for taken in place.take(now, lease, &room)? {
        if let Some(webhook) = known.webhook(&taken)? {
            let (tenant, kind) = (taken.tenant, JobKind::Single(taken));
            jobs.push(Job { tenant, webhook, kind, leased_until });
        }
    }
    let wait = match place.next_send()? {
        Some(next) if next > now => {
            let ms = u64::try_from(next.ms_since(now)).unwrap_or(u64::MAX);
            Duration::from_millis(ms).min(SLEEP_MAX)
        }
        // What may be sent now is for receivers without room: the end of a try wakes the sender.
        _ => SLEEP_MAX,
    };
    Ok(Looked { jobs, wait, is_catching_up })
}

/// The receivers that were read in one pass.
struct Known<'a> {
    shared: &'a Shared,
    webhooks: BTreeMap<Tenant, BTreeMap<i32, Arc<Webhook>>>,
}

impl Known<'_> {
    fn webhook(&mut self, taken: &Taken) -> Result<Option<Arc<Webhook>>, Failure> {
        let of_tenant = match self.webhooks.get(&taken.tenant) {
            Some(of_tenant) => of_tenant,
            None => {
                let all = self.shared.place.webhooks(taken.tenant)?;
                let all = all.into_iter().map(|it| (it.id.0, Arc::new(it))).collect();
                self.webhooks.entry(taken.tenant).or_insert(all)
            }
        };
        Ok(of_tenant.get(&taken.message.webhook.0).cloned())
    }
}
