//! What happened in a case, one thing after the other.

use engine::model::{FieldId, Readable};
use engine::runtime::FactKind;
use engine::time::Instant;

use crate::cell::Cell;
use crate::rows::{Happened, Rows};

/// Something that happened.
pub(super) struct Entry {
    /// What, as the protocol names it: an event, `breach:D`, `lapse:D`, or `broken:G`
    /// for a guarantee.
    pub(super) what: String,
    /// When.
    pub(super) at: Instant,
    /// When that was recorded; for what time did, the same.
    pub(super) recorded_at: Instant,
    /// Whose act it was, as `role` or `role:person`; nobody's where time did it.
    pub(super) by: Option<String>,
    /// The fields that it set, and their values.
    pub(super) fields: Vec<(String, Cell)>,
}

/// What happened in a case, in order, as far as the viewer reads it.
pub(super) fn entries(rows: &Rows<'_>) -> Vec<Entry> {
    let look = rows.look;
    let protocol = &look.loaded.machine.protocol;
    let deadline = |id: engine::model::DeadlineId| {
        protocol.deadlines.get(id.index()).map_or("", |it| it.name.as_str())
    };
    let mut entries: Vec<Entry> = rows.reported().iter().map(|it| reported(rows, it)).collect();
    for fact in &look.facts {
        let what = match fact.kind {
            FactKind::Breached { clock } => format!("breach:{}", deadline(clock.deadline)),
            FactKind::Lapsed { clock } => format!("lapse:{}", deadline(clock.deadline)),
            FactKind::Broken { guarantee } => {
                let guarantee = protocol.guarantees.get(guarantee.index());
                format!("broken:{}", guarantee.map_or("", |it| it.id.as_str()))
            }
            _ => continue,
        };
        let (at, recorded_at) = (fact.at, fact.at);
        entries.push(Entry { what, at, recorded_at, by: None, fields: Vec::new() });
    }
    // The sort is stable: what people did at an instant stays before what time did at it.
    entries.sort_by_key(|it| it.at);
    entries
}

fn reported(rows: &Rows<'_>, it: &Happened<'_>) -> Entry {
    let look = rows.look;
    let machine = &look.loaded.machine;
    let protocol = &machine.protocol;
    let set = look.facts.iter().filter(|fact| fact.cause == it.fact.cause);
    let fields = set.filter_map(|fact| {
        let FactKind::FieldSet { field: id, value } = fact.kind else { return None };
        let field = protocol.fields.get(FieldId::index(id))?;
        let is_open = !field.personal && rows.viewer.reads(machine, Readable::Field(id));
        let cell = Cell::value(protocol, field, value, &look.strings, &|_| None);
        (is_open && cell != Cell::Empty).then(|| (field.name.clone(), cell))
    });
    Entry {
        what: protocol.events.get(it.event.index()).map_or(String::new(), |it| it.name.clone()),
        at: it.fact.at,
        recorded_at: it.kept.recorded_at,
        by: Some(rows.actor(it.by)),
        fields: fields.collect(),
    }
}
