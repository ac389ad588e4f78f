//! A whole audit.

use crate::audit::{Anchor, Finding, OfTenant, Where, cases, journals};
use crate::cases::{Failure, Hash, Place, Tenant, Writer};
use crate::chain;
use crate::keeper::{Company, Shelf};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many of one kind of what hangs in the air are told.
const STRAYS: u32 = 100;

/// What an audit read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// What the journals of each tenant hold, by name of the tenant.
    pub tenants: Vec<OfTenant>,
    /// How many versions of protocols are kept.
    pub n_protocols: u64,
    /// How much was found.
    pub n_findings: u64,
    /// Pages, and cases and stops, that were read.
    pub n_read: (u64, u64),
}

/// How far an audit has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// So many pages more.
    Pages(u64),
    /// So many cases and stops more.
    Streams(u64),
}

/// An audit while it runs.
pub(super) struct Run<'r> {
    pub(super) place: &'r Arc<dyn Place>,
    pub(super) shelf: &'r Shelf,
    pub(super) tenant: String,
    pub(super) audit: Audit,
    pub(super) found: &'r mut dyn FnMut(&Finding),
}

impl Run<'_> {
    pub(super) fn find(&mut self, at: Where, what: impl Into<String>) {
        self.audit.n_findings = self.audit.n_findings.saturating_add(1);
        let finding = Finding { tenant: self.tenant.clone(), at, what: what.into() };
        (self.found)(&finding);
    }

    pub(super) fn tell(&mut self, step: Step) {
        let (pages, streams) = &mut self.audit.n_read;
        match step {
            Step::Pages(n) => *pages = pages.saturating_add(n),
            Step::Streams(n) => *streams = streams.saturating_add(n),
        }
    }
}

/// Checks everything that is kept, against these anchors as well. What is wrong is told one by one,
/// as it is found. The place may be written to meanwhile.
///
/// # Errors
/// The place cannot be read.
pub fn audit(
    place: &Arc<dyn Place>,
    anchors: &[Anchor],
    found: &mut dyn FnMut(&Finding),
) -> Result<Audit, Failure> {
    audit_with(place, &Shelf::new(Arc::clone(place), Company::Others), anchors, found)
}

/// The same with versions of protocols that were loaded before.
pub(super) fn audit_with(
    place: &Arc<dyn Place>,
    shelf: &Shelf,
    anchors: &[Anchor],
    found: &mut dyn FnMut(&Finding),
) -> Result<Audit, Failure> {
    let audit = Audit::default();
    let mut run = Run { place, shelf, tenant: String::new(), audit, found };
    let mut tenants = place.tenants()?;
    tenants.sort_by(|one, other| one.1.cmp(&other.1));
    for (tenant, name) in &tenants {
        run.tenant.clone_from(name);
        protocols(&mut run, *tenant)?;
        amendments(&mut run, (*tenant, name))?;
        cases::walk(&mut run, (*tenant, name))?;
        let held = journals::walk(&mut run, (*tenant, name), &heads(anchors, name))?;
        for stray in place.strays(*tenant, STRAYS)? {
            let at = match stray.stream {
                Some(stream) => {
                    let ticket = place.standing(*tenant, stream).ok().flatten();
                    let ticket = ticket.and_then(|it| it.ticket);
                    Where::Stream { stream, ticket, version: stray.version }
                }
                None => Where::Store,
            };
            let what = match at {
                Where::Store => format!("is not sound: {}", stray.what),
                _ => stray.what,
            };
            run.find(at, what);
        }
        run.audit.tenants.push(held);
    }
    for nameless in place.nameless()? {
        run.tenant.clear();
        let what = format!("has cases of tenant {}, of which no name is kept", nameless.0);
        run.find(Where::Store, what);
    }
    for gone in anchors.iter().flat_map(|it| &it.tenants) {
        let is_there = tenants.iter().any(|(_, name)| *name == gone.name);
        if !is_there && !gone.journals.is_empty() {
            run.tenant.clone_from(&gone.name);
            let what = "has no such tenant any more: the anchor says that it had cases";
            run.find(Where::Store, what);
        }
    }
    Ok(run.audit)
}

/// What anchors know of the journals of a tenant.
fn heads(anchors: &[Anchor], name: &str) -> BTreeMap<Writer, BTreeMap<u64, Hash>> {
    let mut heads: BTreeMap<Writer, BTreeMap<u64, Hash>> = BTreeMap::new();
    let of_tenant = anchors.iter().flat_map(|it| &it.tenants).filter(|it| it.name == name);
    for head in of_tenant.flat_map(|it| &it.journals) {
        heads.entry(head.writer).or_default().insert(head.pages, head.hash);
    }
    heads
}

/// Versions of protocols are what their hashes say, and say of themselves what their rows say.
/// The amendments of calendars are those that were recorded. That the last ones were taken out shows
/// in the cases that count by them.
fn amendments(run: &mut Run<'_>, (tenant, name): (Tenant, &str)) -> Result<(), Failure> {
    let kept = run.place.amendments(tenant)?;
    match crate::amendments::check(name, &kept) {
        Ok(_) => {}
        Err(Failure::Damaged(why)) => run.find(Where::Store, format!("is not sound: {why}")),
        Err(other) => return Err(other),
    }
    Ok(())
}

fn protocols(run: &mut Run<'_>, tenant: Tenant) -> Result<(), Failure> {
    for text in run.place.protocols(tenant)? {
        run.audit.n_protocols = run.audit.n_protocols.saturating_add(1);
        let at = Where::Protocol(text.id.clone(), text.hash);
        if chain::hash(&text.folder) != text.hash {
            run.find(at, "is another one: its folder has another hash");
            continue;
        }
        match run.shelf.get(tenant, text.hash) {
            Ok(None) => run.find(at, "is not kept"),
            Ok(Some(loaded)) => {
                let said = &loaded.machine.protocol;
                if (&said.id, &said.version) != (&text.id, &text.version) {
                    let what = format!("calls itself `{}`, version {}", said.id, said.version);
                    run.find(at, what);
                }
            }
            Err(Failure::Damaged(why)) => run.find(at, format!("cannot be used: {why}")),
            Err(other) => return Err(other),
        }
    }
    Ok(())
}
