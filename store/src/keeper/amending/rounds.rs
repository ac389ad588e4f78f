//! Every open case takes what was amended, some at a time, so that orders come in between. Each
//! round notes how far it came; what was done twice after a crash changes nothing the second time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant as Moment};

use crate::cases::{Failure, Reached, StreamId, Tenant};
use crate::keeper::Shared;
use crate::keeper::timers::wake_all;

/// How long it may take until what another node recorded is taken up here.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// What the rounds know.
#[derive(Debug, Default)]
pub(crate) struct Rounds {
    /// Somebody recorded something here.
    is_new: AtomicBool,
    looked: Mutex<Option<Moment>>,
}

impl Rounds {
    /// Something was recorded.
    pub(crate) fn look(&self) {
        self.is_new.store(true, Ordering::SeqCst);
    }

    fn is_time(&self) -> bool {
        let is_new = self.is_new.swap(false, Ordering::SeqCst);
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        if !is_new && looked.is_some_and(|it| it.elapsed() < LOOK_EVERY) {
            return false;
        }
        *looked = Some(Moment::now());
        true
    }
}

/// Does one round, if there is anything to do; whether there may be more.
pub(crate) fn round(shared: &Shared) -> Result<bool, Failure> {
    if !shared.rounds.is_time() {
        return Ok(false);
    }
    for (tenant, _) in shared.place.tenants()? {
        let kept = shared.place.amendments(tenant)?;
        let first = kept.iter().find_map(|it| match it.reached {
            Reached::UpTo(after) => Some((it.number, after)),
            Reached::All => None,
        });
        if let Some((number, after)) = first {
            let done = some(shared, tenant, number, after);
            // Whatever came of it, it goes on from what was noted.
            shared.rounds.look();
            return done.map(|()| true);
        }
    }
    Ok(false)
}

/// Counts some streams again.
fn some(
    shared: &Shared,
    tenant: Tenant,
    number: u32,
    after: Option<StreamId>,
) -> Result<(), Failure> {
    let limit = shared.options.wakes_max.max(1);
    let streams = shared.place.open_streams(tenant, after, limit)?;
    if wake_all(shared, streams.iter().map(|it| (tenant, *it))) {
        return Err(Failure::Unavailable("some cases could not be counted again".to_owned()));
    }
    let is_last = u32::try_from(streams.len()).unwrap_or(u32::MAX) < limit;
    let reached = match streams.last().filter(|_| !is_last) {
        Some(last) => Reached::UpTo(Some(*last)),
        None => Reached::All,
    };
    shared.place.set_reached(tenant, number, reached)
}
