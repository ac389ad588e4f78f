//! The row of a case.

use anyhow::anyhow;
use engine::model::FieldId;
use engine::runtime::is_upheld;

use crate::cell::Cell;
use crate::rows::clock::{days_late, latest, state};
use crate::rows::of_case::{Rows, closed_at};
use crate::tables::{From, OfClock, Table, currency};

impl Rows<'_> {
    pub(super) fn of_case(&self, table: &Table) -> anyhow::Result<Vec<Cell>> {
        let cell = |column: &crate::tables::Column| match &column.from {
            From::Own(place) => self.own(*place),
            From::Field(name, currency) => Ok(self.field(name, currency.as_ref())),
            From::Deadline(name, what) => Ok(self.deadline(name, *what)),
        };
        table.columns.iter().map(cell).collect()
    }

    /// What every case has, in the order of its columns.
    fn own(&self, place: usize) -> anyhow::Result<Cell> {
        let (look, case, protocol) = (self.look, self.case(), &self.machine().protocol);
        Ok(match place {
            0 => self.ticket(),
            1 => self.id(),
            2 => Cell::text(&look.loaded.id),
            3 => Cell::text(&look.loaded.version),
            4 => Cell::moment(&protocol.zone, case.opened_at),
            5 => {
                let channel = case.channel.and_then(|it| protocol.channels.get(it.index()));
                channel.map_or(Cell::Empty, |it| Cell::text(&it.name))
            }
            6 => {
                let intake = protocol.intake.get(case.intake.index());
                intake.map_or(Cell::Empty, |it| Cell::text(&it.name))
            }
            7 => self.symbol(case.complainant),
            8 => self.symbol(case.respondent),
            9 => case.severity.map_or(Cell::Empty, |it| Cell::text(self.machine().level_name(it))),
            10 => {
                let stage = protocol.stages.get(case.stage.index());
                stage.map_or(Cell::Empty, |it| Cell::text(&it.name))
            }
            11 => {
                let rung = protocol.ladder.get(case.rung.index());
                rung.map_or(Cell::Empty, |it| Cell::text(&it.name))
            }
            12 => self.standing_stops(),
            13 => {
                let n_missed = case.clocks.iter().filter(|it| it.breached).count();
                Cell::count(i64::try_from(n_missed).unwrap_or(i64::MAX))
            }
            14 => {
                let upheld = is_upheld(self.machine(), &look.strings, case);
                let ticket = look.standing.ticket.as_deref().unwrap_or_default();
                let broken = |it| anyhow!("`[history] upheld` breaks on case {ticket}: {it:?}");
                upheld.map_err(broken)?.map_or(Cell::Empty, Cell::Flag)
            }
            _ => Cell::moment(&protocol.zone, closed_at(case, &look.facts)),
        })
    }

    fn field(&self, name: &str, wanted: Option<&String>) -> Cell {
        let protocol = &self.machine().protocol;
        let each = (0u16..).map(FieldId).zip(&protocol.fields);
        let Some((id, field)) = each.into_iter().find(|(_, it)| it.name == name) else {
            return Cell::Empty;
        };
        let what = engine::model::Readable::Field(id);
        let is_it = currency(field).as_ref() == wanted;
        if !is_it || !self.viewer.reads_field(self.machine(), field, what) {
            return Cell::Empty;
        }
        let value = self.case().field(id);
        Cell::value(protocol, field, value, &self.look.strings, &|slot| self.open(slot))
    }

    fn deadline(&self, name: &str, what: OfClock) -> Cell {
        let zone = &self.machine().protocol.zone;
        let Some(clock) = latest(self.machine(), self.case(), name) else { return Cell::Empty };
        match what {
            OfClock::Due => Cell::moment(zone, clock.times.due),
            OfClock::State => Cell::text(state(clock).word()),
            OfClock::Ended => Cell::moment(zone, clock.ended_at),
            OfClock::LateDays => {
                days_late(zone, clock, self.look.at).map_or(Cell::Empty, Cell::count)
            }
        }
    }
}
