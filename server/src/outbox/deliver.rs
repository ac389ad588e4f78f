//! One try: what was taken is sent, and what came of it is written down.

use crate::outbox::envelope::{Parcel, digest, signature, single};
use crate::outbox::figures::{Counters, add};
use crate::outbox::options::{Options, Outside};
use crate::outbox::reach::{Dial, Sending, Target, Web, post};
use crate::outbox::reply::{Reply, asked};
use crate::outbox::schedule::after;
use crate::outbox::sink;
use engine::time::Instant;
use std::sync::Arc;
use std::time::Duration;
use store::cases::{Attempt, Failure, Message, Place, Taken, Tenant, Webhook};
use tokio::time::{sleep, timeout};

/// How often it is written down what became of a message, where the store is away.
const WRITES_MAX: u32 = 5;

/// How long the store is left alone in between.
const WRITE_AGAIN: Duration = Duration::from_millis(500);

/// The longest reason that is kept, in characters.
const WHY_MAX: usize = 200;

/// What all tries share.
pub(super) struct Shared {
    pub(super) place: Arc<dyn Place>,
    pub(super) options: Options,
    pub(super) outside: Outside,
    pub(super) dial: Dial,
    pub(super) counters: Counters,
}

/// What was taken to be sent at once: one message, or those of a digest.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) tenant: Tenant,
    pub(super) webhook: Arc<Webhook>,
    pub(super) kind: JobKind,
    /// When somebody else may take it.
    pub(super) leased_until: Instant,
}

/// What is sent.
#[derive(Debug)]
pub(super) enum JobKind {
    /// One message.
    Single(Taken),
    /// The digest of these and the first of them.
    Digest(Taken, Vec<Taken>),
}

/// What came of a try, as far as it says something of the receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// It arrived.
    Arrived,
    /// It did not.
    Failed,
    /// It was not tried: the lease was over.
    Left,
}

impl Job {
    fn first(&self) -> &Taken {
        match &self.kind {
            JobKind::Single(taken) | JobKind::Digest(taken, _) => taken,
        }
    }

    fn n_messages(&self) -> usize {
        match &self.kind {
            JobKind::Single(_) => 1,
            JobKind::Digest(_, others) => 1 + others.len(),
        }
    }

    fn parcel(&self) -> Result<Parcel, serde_json::Error> {
        match &self.kind {
            JobKind::Single(taken) => single(&taken.message),
            JobKind::Digest(first, others) => {
                let messages: Vec<&Message> =
                    [first].into_iter().chain(others).map(|it| &it.message).collect();
                digest(self.webhook.id, &messages)
            }
        }
    }
}

/// Sends what was taken, once, and writes down what came of it.
pub(super) async fn deliver(shared: Arc<Shared>, job: Job) -> Ended {
    let options = &shared.options;
    let now = shared.outside.clock.now();
    if after(now, options.try_max) > job.leased_until {
        // The process stood still for so long that somebody else may be sending it.
        return Ended::Left;
    }
    let (id, sent) = match job.parcel() {
        Ok(parcel) => {
            let id = parcel.id.clone();
            let sent = timeout(options.try_max, send(&shared, &job.webhook, parcel, now)).await;
            let late = || Err(format!("no answer within {} s", options.try_max.as_secs()));
            (id, sent.unwrap_or_else(|_| late()))
        }
        Err(why) => (String::new(), Err(format!("it cannot be written as JSON: {why}"))),
    };
    let now = shared.outside.clock.now();
    let (asked, why) = match sent {
        Ok(reply) if (200..300).contains(&reply.status) => {
            return arrived(&shared, job, &id, now).await;
        }
        Ok(reply) => {
            if reply.status == 410 {
                turn_off(&shared, &job).await;
            }
            (asked(&reply, now), format!("status {}", reply.status))
        }
        Err(why) => (None, why.chars().take(WHY_MAX).collect()),
    };
    failed(&shared, job, &id, now, asked, why).await;
    Ended::Failed
}

async fn arrived(shared: &Arc<Shared>, job: Job, id: &str, now: Instant) -> Ended {
    let (tenant, webhook) = (job.tenant.0, job.webhook.id.0);
    tracing::debug!(tenant, webhook, id, "delivered");
    add(&shared.counters.arrived, job.n_messages());
    add(&shared.counters.digests, usize::from(matches!(job.kind, JobKind::Digest(..))));
    write_down(shared, job, now, Attempt::Arrived).await;
    Ended::Arrived
}

async fn failed(
    shared: &Arc<Shared>,
    job: Job,
    id: &str,
    now: Instant,
    asked: Option<Duration>,
    why: String,
) {
    let (tenant, webhook, tries) = (job.tenant.0, job.webhook.id.0, job.first().attempts);
    let first = job.first();
    let random = (shared.outside.random)();
    let next = shared.options.schedule.next(tries, first.first_tried, now, asked, random);
    add(&shared.counters.failed, 1);
    let attempt = match next {
        Some(at) => {
            tracing::warn!(tenant, webhook, id, tries, why, next = %at, "not delivered");
            Attempt::Again(at, why)
        }
        None => {
            tracing::error!(tenant, webhook, id, tries, why, "not delivered and given up");
            add(&shared.counters.dead, job.n_messages());
            Attempt::Dead(why)
        }
    };
    write_down(shared, job, now, attempt).await;
}

async fn send(
    shared: &Arc<Shared>,
    webhook: &Webhook,
    parcel: Parcel,
    now: Instant,
) -> Result<Reply, String> {
    match Target::read(&webhook.url)? {
        Target::File(name) => {
            let folder = shared.options.sink.clone();
            let folder = folder.ok_or("refused: no folder for files is configured")?;
            let written =
                tokio::task::spawn_blocking(move || sink::append(&folder, &name, &parcel.body));
            let written = written.await.map_err(|_| "writing broke off")?;
            written.map_err(|why| format!("the file cannot be written: {why}"))?;
            Ok(Reply { status: 200, retry_after: None })
        }
        Target::Web { secure, host, port, authority, path } => {
            let sent_at_s = now.ms().div_euclid(1_000);
            let signature = signature(&webhook.secret, &parcel.id, sent_at_s, &parcel.body)
                .map_err(|why| format!("it cannot be signed: {why}"))?;
            let body = parcel.body.into();
            let sending = Sending { id: parcel.id, sent_at_s, signature, body };
            let web = Web { secure, host: &host, port, authority: &authority, path: &path };
            post(&shared.dial, &web, sending).await
        }
    }
}

/// The receiver said that it is gone: nothing is sent to it until somebody turns it on again.
async fn turn_off(shared: &Arc<Shared>, job: &Job) {
    let (tenant, webhook) = (job.tenant, job.webhook.id);
    add(&shared.counters.gone, 1);
    tracing::warn!(tenant = tenant.0, webhook = webhook.0, "the receiver is gone: turned off");
    let off = move |place: &dyn Place| place.set_active(tenant, webhook, false).map(|_| ());
    write(shared, off).await;
}

async fn write_down(shared: &Arc<Shared>, job: Job, now: Instant, attempt: Attempt) {
    let job = Arc::new(job);
    let tried =
        move |place: &dyn Place| place.tried(job.tenant, &job.first().message, now, &attempt);
    write(shared, tried).await;
}

/// Writes something. Where the store stays away, the lease of the message ends by itself and it is
/// sent again under the same id.
async fn write(
    shared: &Arc<Shared>,
    write: impl Fn(&dyn Place) -> Result<(), Failure> + Clone + Send + 'static,
) {
    for _ in 0..WRITES_MAX {
        let (place, write) = (shared.place.clone(), write.clone());
        match tokio::task::spawn_blocking(move || write(&*place)).await {
            Ok(Ok(())) => return,
            Ok(Err(Failure::Unavailable(why))) => {
                tracing::warn!(why, "the store is away: what became of a message is not kept yet");
                sleep(WRITE_AGAIN).await;
            }
            Ok(Err(why)) => {
                tracing::error!(%why, "what became of a message is not kept");
                return;
            }
            Err(why) => {
                tracing::error!(%why, "what became of a message is not kept");
                return;
            }
        }
    }
}
