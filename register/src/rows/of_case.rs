//! The rows of one case in all tables.

use std::collections::BTreeMap;

use anyhow::bail;
use engine::machine::Machine;
use engine::model::{Readable, RecordId, StopStage};
use engine::runtime::{Case, Fact, FactKind};
use engine::text::Symbol;
use engine::time::Instant;
use store::keeper::Look;

use crate::cell::Cell;
use crate::tables::{self, Table};
use crate::viewer::Viewer;

/// A case, and what is needed to write its rows.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    /// The case.
    pub look: &'a Look,
    /// The stops that concern it.
    pub stops: &'a [Look],
    /// The personal values, by their references; empty where they are not to be read.
    pub personal: &'a BTreeMap<String, String>,
    /// For whom they are written.
    pub viewer: &'a Viewer,
}

/// The rows of a case in a table, each as long as the table has columns.
///
/// # Errors
/// The table is of another register; a condition of the protocol breaks on the case.
pub fn rows(rows: &Rows<'_>, table: &Table) -> anyhow::Result<Vec<Vec<Cell>>> {
    match table.name.as_str() {
        tables::CASES => Ok(vec![rows.of_case(table)?]),
        tables::DEADLINES => Ok(rows.clocks()),
        tables::EVENTS => Ok(rows.events()),
        tables::STOPS => Ok(rows.of_stops()),
        name => match rows.entries(table) {
            Some(entries) => Ok(entries),
            // A record that only other versions have.
            None if table.columns.iter().any(|it| it.name == "number") => Ok(Vec::new()),
            None => bail!("there is no table `{name}`"),
        },
    }
}

/// When a case was closed, in the reading it comes from; nothing while it is open.
#[must_use]
pub fn closed_at(case: &Case, facts: &[Fact]) -> Option<Instant> {
    let closes = |it: &&Fact| matches!(it.kind, FactKind::Closed | FactKind::Merged { .. });
    facts.iter().rev().find(closes).map(|it| it.at).filter(|_| case.closed)
}

impl Rows<'_> {
    pub(super) fn machine(&self) -> &Machine {
        &self.look.loaded.machine
    }

    pub(super) const fn case(&self) -> &Case {
        &self.look.case
    }

    pub(super) fn ticket(&self) -> Cell {
        self.look.standing.ticket.as_deref().map_or(Cell::Empty, Cell::text)
    }

    pub(super) fn id(&self) -> Cell {
        Cell::text(&self.look.standing.stream.to_string())
    }

    pub(super) fn symbol(&self, symbol: Option<Symbol>) -> Cell {
        symbol.map_or(Cell::Empty, |it| Cell::text(self.look.strings.get(it)))
    }

    pub(super) fn open(&self, slot: &str) -> Option<String> {
        self.personal.get(slot).cloned()
    }

    pub(super) fn reads_record(&self, record: RecordId) -> bool {
        self.viewer.reads(self.machine(), Readable::Record(record))
    }

    /// The stops that were ever proposed, by name.
    fn of_stops(&self) -> Vec<Vec<Cell>> {
        let zone = &self.machine().protocol.zone;
        let row = |stop: &Look| {
            stop.case.opened_at?;
            Some(vec![
                self.ticket(),
                self.id(),
                Cell::text(stop.standing.stop.as_deref().unwrap_or_default()),
                Cell::text(&stop.standing.stream.to_string()),
                Cell::text(StopStage::of(stop.case.stage).map_or("", StopStage::name)),
                Cell::moment(zone, Some(stop.case.last_at)),
            ])
        };
        self.stops.iter().filter_map(row).collect()
    }

    /// The names of the stops in force, in order.
    pub(super) fn standing_stops(&self) -> Cell {
        let stands = |it: &&Look| StopStage::of(it.case.stage) == Some(StopStage::Standing);
        let in_force = self.stops.iter().filter(stands);
        let mut names: Vec<&str> = in_force.filter_map(|it| it.standing.stop.as_deref()).collect();
        names.sort_unstable();
        names.dedup();
        Cell::text(&names.join(", "))
    }
}
