//! A writer: takes what waits, decides it, writes it, answers.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::cases::{Failure, Others, StreamId, Tenant, Writer as WriterId};
use crate::keeper::queue::Queue;
use crate::keeper::set::{Cache, Known, Questions, SetKey};
use crate::keeper::timers::Wake;
use crate::keeper::writing::decide::Desk;
use crate::keeper::writing::hand::{Hand, Journals};
use crate::keeper::writing::routes::owner;
use crate::keeper::writing::tickets::Tickets;
use crate::keeper::{Act, Done, Order, Reply, Shared, Stay, Undone};

/// How often a batch is decided again as a whole because somebody else wrote first.
const AGAIN_MAX: u32 = 3;

/// How often after that an order is decided alone.
const ATTEMPTS_MAX: u32 = 16;

/// The longest pause before an order that was overtaken is decided again.
const PAUSE_MAX: Duration = Duration::from_millis(20);

/// Something for a writer to do.
pub(crate) enum Job {
    /// An order.
    Order(Box<Order>),
    /// Time acts on a stream.
    Wake(Wake),
}

/// A job, and the set on which it is decided; none where there is no such case or protocol.
struct Routed {
    job: Job,
    key: Option<SetKey>,
    /// The id of the case that it opens.
    open_as: StreamId,
}

/// A writer.
pub(crate) struct Writer {
    shared: Arc<Shared>,
    /// Its place among the writers of the keeper.
    place: usize,
    id: WriterId,
    queue: Arc<Queue<Job>>,
    cache: Cache,
    journals: Journals,
    tickets: Tickets,
    /// What others had left the place at when it was looked at last.
    others: Option<Others>,
    /// What the place said of the jobs in hand.
    known: Known,
}

impl Writer {
    pub(crate) fn new(shared: &Arc<Shared>, place: usize) -> Result<Self, Failure> {
        let id = match shared.options.stay {
            Stay::Resident => shared.place.take_writer()?,
            Stay::Passing => WriterId::PASSING,
        };
        let queue = shared.queues.get(place).map(Arc::clone);
        let queue = queue.ok_or_else(|| Failure::Damaged("a writer has no queue".to_owned()))?;
        let held_max = shared.options.held_max / shared.options.writers.max(1);
        Ok(Self {
            shared: Arc::clone(shared),
            place,
            id,
            queue,
            cache: Cache::new(held_max, Arc::clone(&shared.counters)),
            journals: Journals::new(),
            tickets: Tickets::default(),
            others: None,
            known: Known::default(),
        })
    }

    /// Works until the queue is closed and empty.
    pub(crate) fn run(mut self) {
        while let Some(jobs) = self.queue.take(self.shared.options.batch_max) {
            if let Err(failure) = self.look_at_others().and_then(|()| self.ask(&jobs)) {
                self.failed(&failure);
                jobs.into_iter().for_each(|it| answer(it, Err(Undone::Failed(failure.clone()))));
                continue;
            }
            let routed = jobs.into_iter().filter_map(|job| self.route(job));
            let mut routed: Vec<Routed> = routed.collect();
            while !routed.is_empty() {
                // The same key twice in one batch: the second is a replay of the first, and comes
                // after it is written.
                let mut keys = BTreeSet::new();
                let again =
                    routed.iter().position(|it| it.key_text().is_some_and(|it| !keys.insert(it)));
                let rest = routed.split_off(again.unwrap_or(routed.len()));
                self.work(routed);
                routed = rest;
                if let Err(failure) = self.ask_again(&routed) {
                    self.failed(&failure);
                    fail(std::mem::take(&mut routed), &failure);
                }
            }
        }
    }

    /// Forgets what is held in memory if others have written since the last look.
    fn look_at_others(&mut self) -> Result<(), Failure> {
        let others = self.shared.place.others()?;
        if others != self.others {
            self.others = others;
            self.cache.clear();
            self.journals.clear();
            self.shared.routes.clear();
            self.shared.shelf.forget_all_in_use();
        }
        Ok(())
    }

    /// Asks the place what must be known of some jobs.
    fn ask<'j>(&mut self, jobs: impl IntoIterator<Item = &'j Job>) -> Result<(), Failure> {
        let mut questions = Questions::default();
        for job in jobs {
            match job {
                Job::Order(order) => questions.order(order),
                Job::Wake(wake) => questions.stream(wake.tenant, wake.stream),
            }
        }
        self.known = questions.ask(self.shared.place.as_ref())?;
        Ok(())
    }

    /// The same of jobs that have their sets.
    fn ask_again(&mut self, routed: &[Routed]) -> Result<(), Failure> {
        self.ask(routed.iter().map(|it| &it.job))
    }

    /// Finds the set of a job. Passes it on where another writer has the set, and answers at once
    /// where that cannot be known.
    fn route(&self, job: Job) -> Option<Routed> {
        let found = match &job {
            Job::Order(order) => self.shared.key_of(order, &self.known, self.place),
            Job::Wake(wake) => self.key_of_stream(wake.tenant, wake.stream),
        };
        match found {
            Ok((key, open_as)) => {
                let n = self.shared.queues.len();
                let other = key.as_ref().map(|it| owner(it, n)).filter(|it| *it != self.place);
                match other.and_then(|it| self.shared.queues.get(it)) {
                    Some(queue) => {
                        queue.pass_on(job);
                        None
                    }
                    None => Some(Routed { job, key, open_as }),
                }
            }
            Err(failure) => {
                self.failed(&failure);
                answer(job, Err(Undone::Failed(failure)));
                None
            }
        }
    }

    fn key_of_stream(
        &self,
        tenant: Tenant,
        stream: StreamId,
    ) -> Result<(Option<SetKey>, StreamId), Failure> {
        Ok((self.shared.key_of_case(tenant, stream, &self.known)?, stream))
    }

    /// Decides and writes a batch; where somebody else wrote first, anew, and at last job by job.
    fn work(&mut self, mut batch: Vec<Routed>) {
        for _ in 0..AGAIN_MAX {
            match self.attempt(&batch) {
                Ok(replies) => {
                    let each = batch.into_iter().zip(replies);
                    return each.for_each(|(routed, reply)| answer(routed.job, reply));
                }
                Err(Failure::Overtaken) => {
                    let looked = self.look_at_others().and_then(|()| self.ask_again(&batch));
                    let anew = looked.and_then(|()| {
                        batch.iter_mut().try_for_each(|routed| self.route_anew(routed))
                    });
                    if let Err(failure) = anew {
                        return fail(batch, &failure);
                    }
                }
                // Whose fault it is shows alone.
                Err(Failure::Damaged(_)) if batch.len() > 1 => break,
                Err(failure) => return fail(batch, &failure),
            }
        }
        batch.into_iter().for_each(|it| self.work_alone(it));
    }

    fn work_alone(&mut self, mut routed: Routed) {
        let mut last = Failure::Overtaken;
        for attempt in 0..ATTEMPTS_MAX {
            match self.attempt(std::slice::from_ref(&routed)) {
                Ok(replies) => {
                    let reply = replies.into_iter().next();
                    return answer(routed.job, reply.unwrap_or(Err(Undone::Failed(last))));
                }
                Err(Failure::Overtaken) => {
                    // Two writers that wait equally long would meet again.
                    let share = u32::try_from(self.id.0.rem_euclid(7)).unwrap_or(0) + 1;
                    let pause = Duration::from_micros(100) * share * (1 << attempt.min(10));
                    std::thread::sleep(pause.min(PAUSE_MAX));
                }
                Err(failure) => {
                    last = failure;
                    break;
                }
            }
            let looked = self.look_at_others();
            let asked = looked.and_then(|()| self.ask_again(std::slice::from_ref(&routed)));
            if let Err(failure) = asked.and_then(|()| self.route_anew(&mut routed)) {
                last = failure;
                break;
            }
        }
        answer(routed.job, Err(Undone::Failed(last)));
    }

    /// Finds the set of a job again: it may be another one now.
    fn route_anew(&self, routed: &mut Routed) -> Result<(), Failure> {
        (routed.key, routed.open_as) = match &routed.job {
            Job::Order(order) => self.shared.key_of(order, &self.known, self.place)?,
            Job::Wake(wake) => self.key_of_stream(wake.tenant, wake.stream)?,
        };
        Ok(())
    }

    /// Decides a batch and writes it. Where that fails, nothing is held in memory any more.
    fn attempt(&mut self, batch: &[Routed]) -> Result<Vec<Result<Reply, Undone>>, Failure> {
        let done = catch_unwind(AssertUnwindSafe(|| self.decide_and_write(batch)));
        let done = done.unwrap_or_else(|_| {
            Err(Failure::Damaged("deciding an order has failed inside".to_owned()))
        });
        if let Err(failure) = &done {
            self.failed(failure);
            self.journals.clear();
            self.shared.routes.clear();
            // What was in hand is gone; where nobody knows what was written, all else goes too.
            if *failure != Failure::Overtaken {
                self.cache.clear();
            }
        }
        done
    }

    fn decide_and_write(
        &mut self,
        batch: &[Routed],
    ) -> Result<Vec<Result<Reply, Undone>>, Failure> {
        let now = self.shared.clock.now();
        let opens = |it: &&Routed| match &it.job {
            Job::Order(order) => matches!(order.act, Act::Open { .. }),
            Job::Wake(_) => false,
        };
        let openings = u32::try_from(batch.iter().filter(opens).count()).unwrap_or(u32::MAX);
        let Self { shared, id, cache, journals, tickets, others, known, .. } = self;
        let mut hand = Hand::new(shared, (*id, *others), cache, journals, known);
        let mut desk = Desk { hand: &mut hand, tickets, openings, now };
        let mut replies = Vec::with_capacity(batch.len());
        for routed in batch {
            let key = routed.key.as_ref();
            replies.push(Ok(match &routed.job {
                Job::Order(order) => desk.decide(order, key, routed.open_as)?,
                Job::Wake(_) => {
                    desk.wake(key)?;
                    nothing()
                }
            }));
        }
        let written = hand.write(now)?;
        if written.n_decisions > 0 {
            shared.counters.written(written.n_decisions);
        }
        written.moved.into_iter().for_each(|it| shared.routes.forget(it));
        shared.alarm.earlier(written.acts_at);
        Ok(replies)
    }

    fn failed(&self, failure: &Failure) {
        let counters = &self.shared.counters;
        let counter = match failure {
            Failure::Overtaken => &counters.overtaken,
            _ => &counters.failures,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

impl Routed {
    /// Under which key the answer is kept.
    fn key_text(&self) -> Option<(Tenant, String)> {
        match &self.job {
            Job::Order(order) => order.key.as_ref().map(|key| (order.tenant, key.text.clone())),
            Job::Wake(_) => None,
        }
    }
}

/// Answers that nothing came of a batch.
fn fail(batch: Vec<Routed>, failure: &Failure) {
    for routed in batch {
        answer(routed.job, Err(Undone::Failed(failure.clone())));
    }
}

/// What a wake is answered with: nobody reads it.
const fn nothing() -> Reply {
    Reply { status: 0, body: Vec::new(), is_replayed: false, case: None }
}

/// Answers an order, or lets the timers know.
pub(crate) fn answer(job: Job, reply: Result<Reply, Undone>) {
    match job {
        Job::Order(order) => {
            let Order { done, .. } = *order;
            let done: Done = done;
            done(reply);
        }
        Job::Wake(wake) => {
            // What is damaged stays so; all else may have gone better in a moment.
            let is_over = matches!(reply, Ok(_) | Err(Undone::Failed(Failure::Damaged(_))));
            wake.done(is_over);
        }
    }
}
