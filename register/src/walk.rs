//! Reads the cases of a protocol one after the other, some at a time.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use chrono::NaiveDate;
use engine::machine::Machine;
use engine::model::Covers;
use engine::time::Instant;
use store::cases::{Find, StreamId, Tenant};
use store::keeper::{Loaded, Look, Reader, Reading, Unread};

use crate::rows::Rows;
use crate::viewer::Viewer;

/// How many cases are in memory at once.
const CASES_AT_ONCE: u32 = 100;

/// Which cases a register is of, and how they are read.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Whose cases.
    pub tenant: Tenant,
    /// The id of the protocol; all its versions.
    pub protocol_id: String,
    /// How each case is read.
    pub reading: Reading,
    /// The present instant.
    pub now: Instant,
    /// The first date of receipt, inclusive, in the zone of the protocol.
    pub from: Option<NaiveDate>,
    /// The last date of receipt, inclusive.
    pub to: Option<NaiveDate>,
    /// For whom it is written.
    pub viewer: Viewer,
}

/// The versions of a protocol under which cases are or were opened, the latest first.
///
/// # Errors
/// The store fails, or keeps no version that is in use under this id.
pub fn versions(
    reader: &Reader,
    tenant: Tenant,
    protocol_id: &str,
) -> anyhow::Result<Vec<Arc<Loaded>>> {
    let all = reader.place().protocols(tenant)?;
    let of_id = all.into_iter().filter(|it| it.id == protocol_id);
    let mut used: Vec<_> = of_id.filter_map(|it| Some((it.active_from?, it.hash))).collect();
    used.sort_unstable_by(|a, b| b.cmp(a));
    let load = |(_, hash)| {
        let loaded = reader.protocol(tenant, hash)?;
        loaded.ok_or_else(|| anyhow!("the version {hash} is not kept"))
    };
    used.into_iter().map(load).collect()
}

/// The machines of these versions.
#[must_use]
pub fn machines(versions: &[Arc<Loaded>]) -> Vec<&Machine> {
    versions.iter().map(|it| &it.machine).collect()
}

/// Reads the cases, in the order of opening, and hands each on. A case that was not open in the
/// reading, was received on another day, or is not the viewer's to read, is left out. A few cases are
/// in memory at once, however many there are.
///
/// # Errors
/// The store fails; time cannot act on a case; or what is handed a case says so.
pub fn each(
    reader: &Reader,
    asked: &Asked,
    take: &mut dyn FnMut(&Rows<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    each_look(reader, asked, &mut |look| hand(reader, asked, look, take))
}

/// The same, each case alone: without its stops and without what is personal.
///
/// # Errors
/// The store fails; time cannot act on a case; or what is handed a case says so.
pub fn each_look(
    reader: &Reader,
    asked: &Asked,
    take: &mut dyn FnMut(&Look) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut find = Find {
        protocol_id: Some(asked.protocol_id.clone()),
        limit: CASES_AT_ONCE,
        ..Find::default()
    };
    loop {
        let listed = reader.place().list(asked.tenant, &find)?;
        let streams: Vec<StreamId> = listed.cases.iter().map(|it| it.stream).collect();
        find.after = streams.last().copied();
        for look in looks(reader, asked, &streams)?.iter().filter(|it| asked.wants(it)) {
            take(look)?;
        }
        if !listed.more || find.after.is_none() {
            return Ok(());
        }
    }
}

fn hand(
    reader: &Reader,
    asked: &Asked,
    look: &Look,
    take: &mut dyn FnMut(&Rows<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let protocol = &look.loaded.machine.protocol;
    let mut stops = match protocol.stops.is_empty() {
        true => Vec::new(),
        false => looks(reader, asked, &reader.stops_of(asked.tenant, &look.standing)?)?,
    };
    stops.retain(|it| it.standing.on == Some(look.standing.stream) || is_on_the_person(it));
    let personal = match asked.viewer.opens_personal() {
        true => reader.personal(asked.tenant, &look.standing)?,
        false => BTreeMap::new(),
    };
    take(&Rows { look, stops: &stops, personal: &personal, viewer: &asked.viewer })
}

/// Whether a stop reaches every case of its person.
fn is_on_the_person(stop: &Look) -> bool {
    let stops = &stop.loaded.machine.protocol.stops;
    let declared = stops.iter().find(|it| Some(it.name.as_str()) == stop.standing.stop.as_deref());
    declared.is_some_and(|it| it.covers == Covers::Complainant)
}

fn looks(reader: &Reader, asked: &Asked, streams: &[StreamId]) -> anyhow::Result<Vec<Look>> {
    let looks = reader.looks(asked.tenant, streams, asked.reading, asked.now);
    let looks = looks.map_err(|(stream, why)| match (stream, why) {
        (_, Unread::Failed(failure)) => anyhow::Error::from(failure),
        (stream, Unread::Broken(why)) => {
            let id = stream.map_or_else(String::new, |it| it.to_string());
            anyhow!("time cannot act on the case {id}: {why:?}")
        }
    });
    Ok(looks.context("a case cannot be read")?.into_iter().flatten().collect())
}

impl Asked {
    fn wants(&self, look: &Look) -> bool {
        let machine = &look.loaded.machine;
        let Some(opened) = look.case.opened_at else { return false };
        let received = machine.protocol.zone.civil(opened).date();
        self.from.is_none_or(|it| it <= received)
            && self.to.is_none_or(|it| received <= it)
            && self.viewer.reads_cases(machine)
    }
}
