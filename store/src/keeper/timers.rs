//! Time acts: a thread that sleeps until something is due, and orders what follows through the
//! same queue as everybody. It decides nothing itself, so that it may be late, and may be absent:
//! whatever is ordered next on a case lets time act on it first.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant as Moment};

use engine::time::Instant;

use crate::cases::{Failure, Others, StreamId, Tenant, Timer};
use crate::keeper::Shared;
use crate::keeper::amending;
use crate::keeper::figures::add;
use crate::keeper::writing::Job;

/// How long the timers wait before they ask a place again that has failed.
const AFTER_FAILURE: Duration = Duration::from_millis(500);

/// How often the timers ask whether others have written, where the place can tell: after so long
/// they know of what is due earlier by what others wrote.
const OTHERS_EVERY: Duration = Duration::from_secs(1);

/// How long the timers leave alone what is due and just being written by another node.
const TAKEN_NOW: Duration = Duration::from_millis(100);

/// How long the timers sleep at most while time cannot act on some streams: what another node left
/// is not seen behind them.
const WITH_STUCK: Duration = Duration::from_secs(10);

/// How often answers are forgotten that were kept long enough.
const FORGET_EVERY: Duration = Duration::from_secs(600);

/// Time acts on a stream.
pub(crate) struct Wake {
    pub(crate) tenant: Tenant,
    pub(crate) stream: StreamId,
    round: Arc<Round>,
}

impl Wake {
    /// Says that it is over, or that the place failed.
    pub(crate) fn done(self, is_over: bool) {
        let mut left = self.round.left();
        left.n = left.n.saturating_sub(1);
        left.failed = left.failed || !is_over;
        drop(left);
        self.round.done.notify_all();
    }
}

/// One round of wakes.
#[derive(Default)]
struct Round {
    left: Mutex<Left>,
    done: Condvar,
}

#[derive(Default)]
struct Left {
    n: usize,
    failed: bool,
}

impl Round {
    fn left(&self) -> MutexGuard<'_, Left> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until all is done. Whether something failed.
    fn wait(&self) -> bool {
        let mut left = self.left();
        while left.n > 0 {
            left = self.done.wait(left).unwrap_or_else(PoisonError::into_inner);
        }
        left.failed
    }
}

/// What wakes the timers before they would wake themselves.
#[derive(Debug, Default)]
pub(crate) struct Alarm {
    set: Mutex<AlarmSet>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct AlarmSet {
    /// Until when they sleep; nothing while they are awake.
    until: Option<Instant>,
    /// Whether they are to look again.
    rings: bool,
    is_stopping: bool,
}

impl Alarm {
    /// Something was written on which time acts at this instant.
    pub(crate) fn earlier(&self, acts_at: Option<Instant>) {
        let Some(acts_at) = acts_at else { return };
        let mut set = self.lock();
        if set.until.is_none_or(|until| acts_at < until) {
            set.rings = true;
            self.changed.notify_all();
        }
    }

    /// Looks again now.
    pub(crate) fn ring(&self) {
        self.lock().rings = true;
        self.changed.notify_all();
    }

    pub(crate) fn stop(&self) {
        self.lock().is_stopping = true;
        self.changed.notify_all();
    }

    fn is_stopping(&self) -> bool {
        self.lock().is_stopping
    }

    /// Sleeps for so long, or until it rings; whether it rang.
    fn sleep(&self, until: Option<Instant>, wait: Duration) -> bool {
        let (begin, mut set) = (Moment::now(), self.lock());
        set.until = Some(until.unwrap_or(Instant::MAX));
        while !set.rings && !set.is_stopping {
            let left = wait.saturating_sub(begin.elapsed());
            if left.is_zero() {
                break;
            }
            let (woken, _) =
                self.changed.wait_timeout(set, left).unwrap_or_else(PoisonError::into_inner);
            set = woken;
        }
        set.until = None;
        std::mem::take(&mut set.rings) || set.is_stopping
    }

    fn lock(&self) -> MutexGuard<'_, AlarmSet> {
        self.set.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The streams on which time should have acted and did not: when that was, and when they are
/// tried again.
type Stuck = BTreeMap<StreamId, (Instant, Moment)>;

/// Lets time act until it is told to stop. While nothing is due, answers are forgotten that were
/// kept long enough.
pub(crate) fn run(shared: &Shared) {
    let mut stuck = Stuck::new();
    let mut forgotten_at = None::<Moment>;
    while !shared.alarm.is_stopping() {
        // Before the round: what others write while it lasts is looked at after it.
        let others = shared.place.others().unwrap_or_default();
        // What is due comes first; then what was amended, some cases at a time.
        let done = match round(shared, &mut stuck) {
            Ok(Some(sleep)) => amending::round(shared).map(|more| (!more).then_some(sleep)),
            done => done,
        };
        match done {
            Ok(Some((until, wait))) => {
                if forgotten_at.is_none_or(|it| it.elapsed() >= FORGET_EVERY) {
                    forgotten_at = Some(Moment::now());
                    let forgotten = shared.place.forget_answers(shared.clock.now());
                    add(&shared.counters.failures, usize::from(forgotten.is_err()));
                }
                sleep(shared, others, until, wait);
            }
            Ok(None) => {}
            Err(_) => {
                add(&shared.counters.failures, 1);
                shared.alarm.sleep(None, AFTER_FAILURE.min(shared.options.look_every));
            }
        }
    }
}

/// Sleeps for so long, until the alarm rings, or until others have written.
fn sleep(shared: &Shared, others: Option<Others>, until: Option<Instant>, wait: Duration) {
    let begin = Moment::now();
    loop {
        let left = wait.saturating_sub(begin.elapsed());
        let nap = if others.is_some() { left.min(OTHERS_EVERY) } else { left };
        if shared.alarm.sleep(until, nap) || begin.elapsed() >= wait {
            return;
        }
        // Where the place fails, the next round says so.
        if shared.place.others() != Ok(others) {
            shared.rounds.look();
            return shared.shelf.forget_all_in_use();
        }
    }
}

/// Wakes what is due, the earliest first. Where nothing is, until when to sleep.
fn round(
    shared: &Shared,
    stuck: &mut Stuck,
) -> Result<Option<(Option<Instant>, Duration)>, Failure> {
    let now = shared.clock.now();
    let n_stuck = u32::try_from(stuck.len()).unwrap_or(u32::MAX);
    let limit = shared.options.wakes_max.saturating_add(n_stuck);
    let due = shared.place.timers(now, limit)?;
    let ready = |it: &Timer| match stuck.get(&it.stream) {
        Some((at, again)) => *at != it.at || *again <= Moment::now(),
        None => true,
    };
    let due: Vec<Timer> = due.into_iter().filter(|it| ready(it)).collect();
    let Some(first) = due.first() else {
        shared.counters.behind_ms.store(0, Ordering::Relaxed);
        return sleep_for(shared, stuck, now).map(Some);
    };
    let late_ms = u64::try_from(now.ms_since(first.at)).unwrap_or(0);
    shared.counters.late_ms.store(late_ms, Ordering::Relaxed);
    shared.counters.behind_ms.store(late_ms, Ordering::Relaxed);
    let has_failed = wake(shared, &due);
    // What time has acted on is due later than before, or not at all.
    let again = shared.place.timers(now, limit)?;
    let retry = Moment::now() + shared.options.look_every;
    for it in &due {
        match again.contains(it) {
            // The place failed: it is all tried again as soon as that is there again.
            true if has_failed => None,
            true => stuck.insert(it.stream, (it.at, retry)),
            false => stuck.remove(&it.stream),
        };
    }
    shared.counters.stuck.store(u64::try_from(stuck.len()).unwrap_or(0), Ordering::Relaxed);
    add(&shared.counters.wakes, due.len());
    match has_failed {
        true => Err(Failure::Unavailable("some timers could not be written".to_owned())),
        false => Ok(None),
    }
}

/// How long to sleep: until the next act of time, and never for longer than the clock may be
/// trusted. What another node works on is looked at again when that has had its time, so that what
/// it leaves when it dies is late by no more.
fn sleep_for(
    shared: &Shared,
    stuck: &Stuck,
    now: Instant,
) -> Result<(Option<Instant>, Duration), Failure> {
    let most = shared.options.look_every;
    if stuck.is_empty() {
        let next = shared.place.first_timer()?;
        let wait = next.map_or(most, |at| match u64::try_from(at.ms_since(now)) {
            Ok(ms) if ms > 0 => Duration::from_millis(ms),
            // It is due and was not given to us: somebody else is writing it.
            _ => TAKEN_NOW,
        });
        return Ok((next, wait.min(most)));
    }
    let limit = u32::try_from(stuck.len()).unwrap_or(u32::MAX).saturating_add(1);
    let ahead = shared.place.timers(Instant::MAX, limit)?;
    let is_stuck = |it: &&Timer| stuck.get(&it.stream).is_some_and(|(at, _)| *at == it.at);
    let next = ahead.iter().find(|it| !is_stuck(it)).map(|it| it.at);
    let wait = next.map(|at| Duration::from_millis(u64::try_from(at.ms_since(now)).unwrap_or(0)));
    let most = most.min(WITH_STUCK);
    Ok((next, wait.map_or(most, |it| it.min(most))))
}

fn wake(shared: &Shared, due: &[Timer]) -> bool {
    wake_all(shared, due.iter().map(|it| (it.tenant, it.stream)))
}

/// Orders time to act on these streams, and waits until it has. Whether something failed.
pub(crate) fn wake_all(
    shared: &Shared,
    streams: impl ExactSizeIterator<Item = (Tenant, StreamId)>,
) -> bool {
    let round = Arc::new(Round::default());
    round.left().n = streams.len();
    for (place, (tenant, stream)) in streams.enumerate() {
        let wake = Wake { tenant, stream, round: Arc::clone(&round) };
        let n = shared.queues.len().max(1);
        if let Some(queue) = shared.queues.get(place % n) {
            queue.pass_on(Job::Wake(wake));
        }
    }
    round.wait()
}
