//! What is said of a trend to somebody who is told of it.

use engine::machine::Machine;
use engine::model::{Readable, Trend, TrendId};
use engine::runtime::{CaseKey, Standing};
use engine::text::Strings;
use engine::time::Instant;
use store::cases::StreamId;
use store::keeper::Reader;

use crate::cell::Cell;
use crate::walk::Asked;

/// A trend and its signals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// The trend.
    pub id: TrendId,
    /// The signals that stand, the latest first.
    pub signals: Vec<Signalled>,
    /// How many stand; not all of them need be shown.
    pub signals_total: usize,
}

/// A signal that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signalled {
    /// Since when it stands: when the case was opened that made it.
    pub since: Instant,
    /// When the first of its cases was opened.
    pub from: Instant,
    /// When the latest case of the cluster was opened, whether or not it made the signal.
    pub last: Instant,
    /// The most cases of the cluster, or persons where they must be distinct, within the period.
    pub most: usize,
    /// What its cases have in common, in the order of `group_by`.
    pub common: Vec<Common>,
    /// The cases that made it, in the order in which they were opened.
    pub cases: Vec<Named>,
}

/// A field in which the cases of a signal hold the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Common {
    /// The name of the field.
    pub field: String,
    /// The value; `None` where it is kept from the viewer.
    pub value: Option<Cell>,
}

/// A case by its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its id.
    pub stream: StreamId,
    /// Its ticket, where its protocol has tickets.
    pub ticket: Option<String>,
}

/// Signals of one trend, as somebody is told of them.
///
/// # Errors
/// The store fails.
pub(super) fn watched<'a>(
    reader: &Reader,
    asked: &Asked,
    (machine, trend, strings): (&Machine, &Trend, &Strings),
    streams: &[StreamId],
    shown: impl Iterator<Item = &'a Standing>,
) -> anyhow::Result<Vec<Signalled>> {
    let named = |key: &CaseKey| -> Option<anyhow::Result<Named>> {
        let stream = *streams.get(key.index())?;
        let standing = reader.place().standing(asked.tenant, stream);
        let ticket = standing.map(|it| it.and_then(|it| it.ticket)).map_err(anyhow::Error::from);
        Some(ticket.map(|ticket| Named { stream, ticket }))
    };
    let told = |it: &Standing| -> anyhow::Result<Signalled> {
        let cases: anyhow::Result<Vec<Named>> = it.signal.cases.iter().filter_map(named).collect();
        Ok(Signalled {
            since: it.signal.at,
            from: it.from,
            last: it.last,
            most: it.most,
            common: common(asked, machine, trend, strings, it),
            cases: cases?,
        })
    };
    shown.map(told).collect()
}

fn common(
    asked: &Asked,
    machine: &Machine,
    trend: &Trend,
    strings: &Strings,
    standing: &Standing,
) -> Vec<Common> {
    let protocol = &machine.protocol;
    let each = trend.group_by.iter().zip(&standing.values).filter_map(|(id, value)| {
        let field = protocol.fields.get(id.index())?;
        let is_open = asked.viewer.reads_field(machine, field, Readable::Field(*id));
        let shown = || Cell::value(protocol, field, *value, strings, &|_| None);
        Some(Common { field: field.name.clone(), value: is_open.then(shown) })
    });
    each.collect()
}
