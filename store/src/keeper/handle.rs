//! The keeper itself: what it holds, how it begins and ends, how orders come in.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

use engine::diagnostic::Diagnostics;
use engine::text::SourceSet;
use engine::time::Instant;

use crate::cases::{Failure, Hash, Place, StreamId, Tenant};
use crate::clock::Clock;
use crate::keeper::amending::Rounds;
use crate::keeper::figures::Counters;
use crate::keeper::protocols::{Shelf, text};
use crate::keeper::queue::{NotTaken, Queue};
use crate::keeper::set::{Known, SetKey, Whose, whose};
use crate::keeper::timers::{self, Alarm};
use crate::keeper::writing::{Job, Routes, Writer, answer, owner};
use crate::keeper::{Act, Company, Figures, Loaded, Options, Order, Reader, Stay, Undone};

/// Decides what is ordered, keeps it in a place, and lets time act. Cheap to clone; all clones are
/// one keeper.
#[derive(Clone)]
pub struct Keeper {
    shared: Arc<Shared>,
    threads: Arc<Mutex<Threads>>,
}

#[derive(Default)]
struct Threads {
    timers: Option<JoinHandle<()>>,
    writers: Vec<JoinHandle<()>>,
}

/// What the threads of a keeper share.
pub(crate) struct Shared {
    pub(crate) place: Arc<dyn Place>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) options: Options,
    pub(crate) shelf: Arc<Shelf>,
    pub(crate) routes: Routes,
    pub(crate) queues: Vec<Arc<Queue<Job>>>,
    pub(crate) counters: Arc<Counters>,
    pub(crate) alarm: Alarm,
    pub(crate) rounds: Rounds,
}

impl Keeper {
    /// Starts the writers and the timers.
    ///
    /// # Errors
    /// The place gives no number to a writer, or the machine no thread.
    pub fn start(
        place: Arc<dyn Place>,
        clock: Arc<dyn Clock>,
        options: Options,
    ) -> Result<Self, Failure> {
        // Those who share a journal would only overtake themselves.
        let n = if options.stay == Stay::Passing { 1 } else { options.writers.max(1) };
        let queue_max = (options.queue_max / n).max(1);
        let shared = Arc::new(Shared {
            shelf: Arc::new(Shelf::new(Arc::clone(&place), options.company)),
            queues: (0..n).map(|_| Arc::new(Queue::new(queue_max))).collect(),
            place,
            clock,
            options,
            routes: Routes::default(),
            counters: Arc::default(),
            alarm: Alarm::default(),
            rounds: Rounds::default(),
        });
        let writers: Result<Vec<Writer>, Failure> =
            (0..n).map(|at| Writer::new(&shared, at)).collect();
        let keeper = Self { shared: Arc::clone(&shared), threads: Arc::default() };
        let spawn = |name: &str, work: Box<dyn FnOnce() + Send>| {
            let thread = Builder::new().name(name.to_owned()).spawn(work);
            thread.map_err(|error| Failure::Unavailable(format!("no thread: {error}")))
        };
        for writer in writers? {
            let thread = spawn("writer", Box::new(move || writer.run()))?;
            keeper.threads().writers.push(thread);
        }
        if shared.options.stay == Stay::Resident {
            let timers = spawn("timers", Box::new(move || timers::run(&shared)))?;
            keeper.threads().timers = Some(timers);
        }
        Ok(keeper)
    }

    /// Takes an order. Never waits: the answer comes through `order.done`, also that too much
    /// waits already.
    pub fn submit(&self, order: Order) {
        let place = self.shared.queue_of(&order);
        let Some(queue) = self.shared.queues.get(place) else { return };
        match queue.put(Job::Order(Box::new(order))) {
            Ok(()) => {}
            Err(NotTaken::Full(job)) => answer(job, Err(Undone::Busy)),
            Err(NotTaken::Closed(job)) => answer(job, Err(Undone::Stopping)),
        }
    }

    /// Takes no more orders, waits until those that wait are written and answered, and ends the
    /// threads. Once is enough; reading goes on.
    pub fn stop(&self) {
        self.shared.alarm.stop();
        let timers = self.threads().timers.take();
        timers.map(JoinHandle::join);
        self.shared.queues.iter().for_each(|it| it.close());
        let writers = std::mem::take(&mut self.threads().writers);
        for writer in writers {
            // A writer that broke has answered nobody; its callers see that they are forgotten.
            let _broke = writer.join();
        }
        for queue in &self.shared.queues {
            let left = queue.take_more(usize::MAX).into_iter();
            left.for_each(|job| answer(job, Err(Undone::Stopping)));
        }
    }

    /// What it tells of itself.
    #[must_use]
    pub fn figures(&self) -> Figures {
        self.shared.counters.read(self.shared.queues.iter().map(|it| it.len()).sum())
    }

    /// The place in which it keeps what it decides.
    #[must_use]
    pub fn place(&self) -> &Arc<dyn Place> {
        &self.shared.place
    }

    /// Reads many cases at once, with the protocols that are loaded here.
    #[must_use]
    pub fn reader(&self) -> Reader {
        let Shared { place, shelf, options, .. } = self.shared.as_ref();
        Reader::sharing(place, shelf, options.vault.as_ref())
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    pub(crate) fn vault(&self) -> Option<&crate::vault::StoreKey> {
        self.shared.options.vault.as_deref()
    }

    pub(crate) fn tenant_name(&self, tenant: Tenant) -> Result<Arc<str>, Failure> {
        self.shared.shelf.tenant_name(tenant)
    }

    /// The present instant, by its clock.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.shared.clock.now()
    }

    /// Lets the timers look at the clock and the place now.
    pub fn look_at_timers(&self) {
        self.shared.alarm.ring();
    }

    /// Keeps a version of a protocol; it is not in use before it is activated. Nothing is kept of
    /// one that has an error. The diagnostics come in any case.
    ///
    /// # Errors
    /// The place fails.
    pub fn add_protocol(
        &self,
        tenant: Tenant,
        sources: &SourceSet,
    ) -> Result<(Option<Arc<Loaded>>, Diagnostics), Failure> {
        let (text, faults) = text(sources);
        let Some(text) = text else { return Ok((None, faults)) };
        self.shared.place.add_protocol(tenant, &text)?;
        self.shared.shelf.forget_in_use(tenant);
        Ok((self.shared.shelf.get(tenant, text.hash)?, faults))
    }

    /// Opens new cases that are received from an instant on under a version; whether it is kept.
    ///
    /// # Errors
    /// The place fails.
    pub fn activate(&self, tenant: Tenant, hash: Hash, from: Instant) -> Result<bool, Failure> {
        let is_kept = self.shared.place.activate(tenant, hash, from)?;
        self.shared.shelf.forget_in_use(tenant);
        Ok(is_kept)
    }

    /// A version by its hash.
    ///
    /// # Errors
    /// The place fails, or what it keeps cannot be loaded.
    pub fn protocol(&self, tenant: Tenant, hash: Hash) -> Result<Option<Arc<Loaded>>, Failure> {
        self.shared.shelf.get(tenant, hash)
    }

    /// A version by its hash, where it was asked for before; never asks the place.
    #[must_use]
    pub fn protocol_in_memory(&self, tenant: Tenant, hash: Hash) -> Option<Arc<Loaded>> {
        self.shared.shelf.held(tenant, hash)
    }

    /// The version under which cases received at an instant are opened.
    ///
    /// # Errors
    /// As [`Keeper::protocol`].
    pub fn in_use(
        &self,
        tenant: Tenant,
        protocol_id: &str,
        at: Instant,
    ) -> Result<Option<Arc<Loaded>>, Failure> {
        self.shared.shelf.in_use(tenant, protocol_id, at)
    }

    fn threads(&self) -> std::sync::MutexGuard<'_, Threads> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shared {
    /// The set of an order, and the id of the case that it opens; for a new case of nobody an id
    /// that belongs to this writer.
    pub(crate) fn key_of(
        &self,
        order: &Order,
        known: &Known,
        writer: usize,
    ) -> Result<(Option<SetKey>, StreamId), Failure> {
        match &order.act {
            Act::Report { case, .. } => Ok((self.key_of_case(order.tenant, *case, known)?, *case)),
            Act::Open { protocol_id, report, .. } => loop {
                let id = self.options.ids.stream(self.clock.now())?;
                let Some(person) = report.complainant.clone() else {
                    let key = (order.tenant, Whose::Nobody(id));
                    if owner(&key, self.queues.len()) == writer {
                        return Ok((Some(key), id));
                    }
                    continue;
                };
                let whose = Whose::Person { protocol_id: protocol_id.clone(), person };
                return Ok((Some((order.tenant, whose)), id));
            },
        }
    }

    /// The set of a case or of a stop on it.
    pub(crate) fn key_of_case(
        &self,
        tenant: Tenant,
        stream: StreamId,
        known: &Known,
    ) -> Result<Option<SetKey>, Failure> {
        let route = match self.options.company {
            Company::Alone => self.routes.get(tenant, stream),
            Company::Others => None,
        };
        if let Some(whose) = route {
            return Ok(Some((tenant, whose)));
        }
        let outline = match known.stream(tenant, stream) {
            Some(outline) => outline.cloned(),
            None => self.place.standing(tenant, stream)?.map(|it| (&it).into()),
        };
        let Some(outline) = outline else { return Ok(None) };
        let whose = match (outline.on, &outline.complainant) {
            // A stop goes with its case, whoever complains there now.
            (Some(on), None) => {
                let case = self.place.standing(tenant, on)?;
                case.map_or(Whose::Nobody(on), |it| whose(&(&it).into()))
            }
            _ => whose(&outline),
        };
        self.routes.add(tenant, stream, whose.clone());
        Ok(Some((tenant, whose)))
    }

    /// The queue for an order, as far as that is known without asking the place.
    fn queue_of(&self, order: &Order) -> usize {
        let n = self.queues.len();
        let whose = match &order.act {
            Act::Open { protocol_id, report, .. } => report
                .complainant
                .clone()
                .map(|person| Whose::Person { protocol_id: protocol_id.clone(), person }),
            Act::Report { case, .. } => self.routes.get(order.tenant, *case),
        };
        match (whose, &order.act) {
            (Some(whose), _) => owner(&(order.tenant, whose), n),
            (None, Act::Report { case, .. }) => owner(&(order.tenant, Whose::Nobody(*case)), n),
            // Spread by what is at hand: how much waits.
            (None, Act::Open { .. }) => {
                (0..n).min_by_key(|at| self.queues.get(*at).map(|it| it.len())).unwrap_or(0)
            }
        }
    }
}
