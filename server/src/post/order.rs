//! Orders for the keeper.

use crate::access::{Caller, Capacity, Reader};
use crate::extract::IdempotencyKey;
use crate::post::{Wanted, render, undone};
use crate::problem::{Fault, Kind, Problem};
use crate::running::{App, Shared};
use crate::wire::{Moment, OpenCase, Report};
use store::cases::{Hash, StreamId};
use store::keeper::{Act, Key, Loaded, Mode, Order, Reply};
use tokio::sync::oneshot;

/// Who asks, and how.
pub struct Asking {
    /// Who.
    pub caller: Caller,
    /// The key, and the hash over the request; nothing for a dry run.
    pub key: Option<(IdempotencyKey, Hash)>,
    /// Whether it is only tried.
    pub dry_run: bool,
}

/// The id of a report that has none and comes without a key.
const OF_DRY_RUN: &str = "dry-run";

impl Asking {
    /// The id of a report that has none of its own.
    fn id(&self) -> &str {
        self.key.as_ref().map_or(OF_DRY_RUN, |(key, _)| &key.0)
    }

    fn order(&self, act: Act, wanted: Wanted) -> Result<Unsent, Problem> {
        let capacity = self.caller.capacity()?.clone();
        let mode = if self.dry_run { Mode::DryRun } else { Mode::Keep };
        let key = self.key.as_ref().filter(|_| !self.dry_run);
        let key = key.map(|(key, request)| Key { text: key.0.clone(), request: *request });
        Ok(Unsent { act, key, mode, caller: self.caller.clone(), capacity, wanted })
    }
}

/// An order that nobody waits for yet.
pub struct Unsent {
    act: Act,
    key: Option<Key>,
    mode: Mode,
    caller: Caller,
    capacity: Capacity,
    wanted: Wanted,
}

/// The order to open a case. May wait for the store.
///
/// # Errors
/// The token may not report this; or the store failed.
pub fn opening(app: &Shared, asking: &Asking, open: &OpenCase) -> Result<Unsent, Problem> {
    let capacity = asking.caller.capacity()?;
    let by = open.by.0.as_str();
    let (by, entered_by) = capacity.acting(by, open.entered_by.as_ref().map(|it| it.0.as_str()))?;
    let id = &open.protocol.0;
    let loaded = app.keeper.in_use(asking.caller.tenant, id, app.now());
    let loaded = loaded.map_err(|it| Problem::of_store(&it))?;
    let unknown = || {
        let detail = "no version of a protocol with this id is in use";
        let fault = Fault::new("/protocol", "unknown-protocol", detail);
        Problem::new(Kind::INVALID).with(vec![fault])
    };
    let loaded = loaded.ok_or_else(unknown)?;
    let mut report = open.report(&loaded.machine, asking.id());
    (report.by, report.entered_by) = (by, entered_by);
    let is_others = !Reader::of(&loaded.machine, &capacity.roles).reads_all_cases();
    if is_others && capacity.person.is_some() && report.complainant != capacity.person {
        let why = "the token is of one complainant, and the case would be of somebody else";
        return Err(Problem::new(Kind::FORBIDDEN).because(why));
    }
    let happened = open.at.as_ref().and_then(Moment::reported);
    let act = Act::Open { protocol_id: id.clone(), report: Box::new(report), happened };
    asking.order(act, Wanted::opened(asking.dry_run))
}

/// The order to report an event of a case. Waits for the store only where it must: for a case that
/// was not heard of lately, and for a caller whose own case it has to be.
///
/// # Errors
/// The token may not report this; there is no such case; or the store failed.
pub async fn reporting(
    app: &App,
    asking: Asking,
    case: StreamId,
    sent: Report,
    if_match: Option<u32>,
) -> Result<Unsent, Problem> {
    let (tenant, by) = (asking.caller.tenant, sent.by.0.as_str());
    let entered_by = sent.entered_by.as_ref().map(|it| it.0.as_str());
    let acting = asking.caller.capacity()?.acting(by, entered_by)?;
    if let Some(loaded) = app.versions.known(&app.keeper, tenant, case)
        && asking.caller.may_report_all(&loaded.machine)?
    {
        return order(&asking, &loaded, (case, if_match), &sent, acting);
    }
    let order = move |app: &Shared| {
        let loaded = app.versions.of(&app.keeper, tenant, case)?;
        let own = acting.1.as_deref().unwrap_or(&acting.0);
        asking.caller.may_report(app, &loaded.machine, case, own)?;
        order(&asking, &loaded, (case, if_match), &sent, acting)
    };
    app.wait(order).await
}

/// The order of somebody who may report events of this case: who acts, and who enters it.
fn order(
    asking: &Asking,
    loaded: &Loaded,
    (case, if_match): (StreamId, Option<u32>),
    sent: &Report,
    (by, entered_by): (String, Option<String>),
) -> Result<Unsent, Problem> {
    let mut report = sent.report(&loaded.machine, asking.id());
    (report.by, report.entered_by) = (by, entered_by);
    let happened = sent.at.as_ref().and_then(Moment::reported);
    let act = Act::Report { case, report: Box::new(report), happened, if_match };
    asking.order(act, Wanted::reported())
}

/// Hands an order to the keeper and waits for its answer.
///
/// # Errors
/// There is none: too much waits, or the store failed.
pub async fn submit(app: &App, unsent: Unsent) -> Result<Reply, Problem> {
    let (tell, told) = oneshot::channel();
    let Unsent { act, key, mode, caller, capacity, wanted } = unsent;
    app.keeper.submit(Order {
        tenant: caller.tenant,
        act,
        key,
        mode,
        render: Box::new(move |outcome| render(outcome, &wanted, &capacity.roles)),
        // Whoever asked may have gone; the order is carried out all the same.
        done: Box::new(move |reply| {
            let _ = tell.send(reply);
        }),
    });
    let reply = told.await.map_err(|why| Problem::broken(&why))?;
    reply.map_err(|why| undone(&why))
}
