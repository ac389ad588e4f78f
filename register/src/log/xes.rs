//! XES 1.0: a trace for each case.

use std::io::Write;

use engine::time::Zone;
use store::keeper::Reader;

use crate::cell::Cell;
use crate::log::entry::{Entry, entries};
use crate::log::xml::escaped;
use crate::rows::Rows;
use crate::walk::{Asked, each};

/// The standard extensions that the attributes are of.
const EXTENSIONS: [(&str, &str, &str); 4] = [
    ("Concept", "concept", "http://www.xes-standard.org/concept.xesext"),
    ("Time", "time", "http://www.xes-standard.org/time.xesext"),
    ("Organizational", "org", "http://www.xes-standard.org/org.xesext"),
    ("Lifecycle", "lifecycle", "http://www.xes-standard.org/lifecycle.xesext"),
];

/// Writes the cases as an event log, while they are read. Returns how many traces it has.
///
/// # Errors
/// The store fails; time cannot act on a case; or it cannot be written.
pub fn xes(reader: &Reader, asked: &Asked, to: &mut dyn Write) -> anyhow::Result<u64> {
    writeln!(to, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        to,
        "<log xes.version=\"1.0\" xes.features=\"\" xmlns=\"http://www.xes-standard.org/\">"
    )?;
    for (name, prefix, uri) in EXTENSIONS {
        writeln!(to, "  <extension name=\"{name}\" prefix=\"{prefix}\" uri=\"{uri}\"/>")?;
    }
    writeln!(
        to,
        "  <global scope=\"trace\">\n    <string key=\"concept:name\" value=\"\"/>\n  </global>"
    )?;
    writeln!(
        to,
        "  <global scope=\"event\">\n    <string key=\"concept:name\" value=\"\"/>\n    <date key=\"time:timestamp\" value=\"1970-01-01T00:00:00.000+00:00\"/>\n  </global>"
    )?;
    writeln!(to, "  <classifier name=\"Event\" keys=\"concept:name\"/>")?;
    writeln!(to, "  <string key=\"concept:name\" value=\"{}\"/>", escaped(&asked.protocol_id))?;
    let mut n_traces = 0u64;
    each(reader, asked, &mut |rows| {
        n_traces = n_traces.saturating_add(1);
        trace(rows, to)
    })?;
    writeln!(to, "</log>")?;
    Ok(n_traces)
}

fn trace(rows: &Rows<'_>, to: &mut dyn Write) -> anyhow::Result<()> {
    let look = rows.look;
    let zone = &look.loaded.machine.protocol.zone;
    writeln!(to, "  <trace>")?;
    attribute(to, 4, "concept:name", &Cell::text(&look.standing.stream.to_string()))?;
    let ticket = look.standing.ticket.as_deref().unwrap_or_default();
    attribute(to, 4, "redress:ticket", &Cell::text(ticket))?;
    attribute(to, 4, "redress:version", &Cell::text(&look.loaded.version))?;
    for entry in entries(rows) {
        event(&entry, zone, to)?;
    }
    writeln!(to, "  </trace>")?;
    Ok(())
}

fn event(entry: &Entry, zone: &Zone, to: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(to, "    <event>")?;
    attribute(to, 6, "concept:name", &Cell::text(&entry.what))?;
    attribute(to, 6, "time:timestamp", &Cell::moment(zone, Some(entry.at)))?;
    attribute(to, 6, "lifecycle:transition", &Cell::text("complete"))?;
    if let Some(by) = &entry.by {
        let (role, person) = by.split_once(':').map_or((by.as_str(), ""), |it| it);
        attribute(to, 6, "org:role", &Cell::text(role))?;
        attribute(to, 6, "org:resource", &Cell::text(person))?;
    }
    attribute(to, 6, "redress:recorded_at", &Cell::moment(zone, Some(entry.recorded_at)))?;
    for (name, cell) in &entry.fields {
        attribute(to, 6, &format!("field:{name}"), cell)?;
    }
    writeln!(to, "    </event>")?;
    Ok(())
}

/// An attribute of the type that XES has for it. Numbers are texts, for its own would lose digits.
fn attribute(to: &mut dyn Write, indent: usize, key: &str, cell: &Cell) -> anyhow::Result<()> {
    let tag = match cell {
        Cell::Empty => return Ok(()),
        Cell::Flag(_) => "boolean",
        Cell::Moment(_) => "date",
        Cell::Text(_) | Cell::Number(_) | Cell::Date(_) => "string",
    };
    let (key, value) = (escaped(key), escaped(&cell.plain()));
    writeln!(to, "{:indent$}<{tag} key=\"{key}\" value=\"{value}\"/>", "")?;
    Ok(())
}
