//! The fold over all cases of a protocol that a store keeps.

use std::sync::Arc;

use anyhow::anyhow;
use engine::model::TrendId;
use engine::runtime::{CaseKey, Gathered, Seen};
use engine::time::Instant;
use store::cases::{StreamId, Tenant};
use store::keeper::{Loaded, Reader, Reading};

use crate::trends::told::{Watched, watched};
use crate::viewer::Viewer;
use crate::walk::{Asked, each_look};

/// The trends of a protocol, as they stand over all its cases.
#[derive(Clone, Debug)]
pub struct Trends {
    /// The version whose trends these are.
    pub loaded: Arc<Loaded>,
    /// The instant at which they are read.
    pub at: Instant,
    /// The trends of which the viewer is told, in file order.
    pub trends: Vec<Watched>,
}

/// The version whose trends are watched at an instant: the one in use then. Before the first version
/// it is the first, for a case may be older than the protocol. `None` where none was ever in use.
///
/// # Errors
/// The store fails.
pub fn version_in_use(
    reader: &Reader,
    tenant: Tenant,
    protocol_id: &str,
    at: Instant,
) -> anyhow::Result<Option<Arc<Loaded>>> {
    let all = reader.place().protocols(tenant)?.into_iter();
    let mut used: Vec<_> = all
        .filter(|it| it.id == protocol_id)
        .filter_map(|it| Some((it.active_from?, it.hash)))
        .collect();
    used.sort_unstable();
    let then = used.iter().rfind(|(from, _)| *from <= at).or(used.first());
    let Some((_, hash)) = then else { return Ok(None) };
    let loaded = reader.protocol(tenant, *hash)?;
    loaded.map(Some).ok_or_else(|| anyhow!("the version {hash} is not kept"))
}

/// When a reading is.
fn instant(asked: &Asked) -> Instant {
    match asked.reading {
        Reading::Now => asked.now,
        Reading::AsKnownAt(at) | Reading::AsTrueAt(at) => at,
    }
}

/// Works out the trends of which the viewer is told. Cases of other versions count as the version in
/// use sees them. Of each trend at most `signals_max` signals are shown, the latest first; all are
/// counted. The cases are read one after the other, and of each only that is held which the trends
/// look at. `None` where no version was ever in use, or the viewer reads no case.
///
/// # Errors
/// The store fails, or time cannot act on a case.
pub fn of(reader: &Reader, asked: &Asked, signals_max: usize) -> anyhow::Result<Option<Trends>> {
    let at = instant(asked);
    let found = version_in_use(reader, asked.tenant, &asked.protocol_id, at)?;
    let Some(loaded) = found.filter(|it| asked.viewer.reads_cases(&it.machine)) else {
        return Ok(None);
    };
    let machine = &loaded.machine;
    let of_all = machine.protocol.trends.iter();
    let is_told_of_some = of_all.clone().any(|it| asked.viewer.is_told(machine, it));
    let mut gathered = Gathered::default();
    let mut streams: Vec<StreamId> = Vec::new();
    if is_told_of_some {
        // Whoever looks, every case counts.
        let all = Asked { viewer: Viewer::Anybody, ..asked.clone() };
        each_look(reader, &all, &mut |look| {
            let own = &look.loaded;
            let their = if own.hash == loaded.hash { machine } else { &own.machine };
            let seen = Seen { machine: their, strings: &look.strings, case: &look.case };
            gathered.add(machine, CaseKey::at(streams.len()), seen, &look.facts.iter());
            streams.push(look.standing.stream);
            Ok(())
        })?;
    }
    let standing = gathered.standing(machine);
    let mut trends = Vec::new();
    for (place, trend) in of_all.enumerate().filter(|(_, it)| asked.viewer.is_told(machine, it)) {
        let id = TrendId::at(place);
        let own: Vec<_> = standing.iter().filter(|it| it.signal.trend == id).collect();
        let shown = own.iter().rev().take(signals_max).copied();
        let strings = gathered.strings();
        let signals = watched(reader, asked, (machine, trend, strings), &streams, shown)?;
        trends.push(Watched { id, signals, signals_total: own.len() });
    }
    Ok(Some(Trends { loaded, at, trends }))
}
