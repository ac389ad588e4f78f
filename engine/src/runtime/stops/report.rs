//! Reading a report about a stop.

use crate::diagnostic::nearest_or_listed;
use crate::machine::Machine;
use crate::model::StopEvent;
use crate::runtime::{Event, Misread, Report, read_report};
use crate::text::Strings;

/// Reads a report that names a stop: its names are those of the machine of the stop.
pub(crate) fn read(
    machine: &Machine,
    name: &str,
    report: &Report,
    strings: &mut Strings,
) -> Result<Event, Vec<Misread>> {
    let found = machine.protocol.stop(name);
    let Some((stop, own)) = found.and_then(|id| Some((id, machine.stop(id)?))) else {
        let names = machine.protocol.stops.iter().map(|it| it.name.as_str());
        let help = nearest_or_listed(name, "stop", names);
        return Err(vec![misread("/stop", format!("`{name}` is no stop of this protocol"), help)]);
    };
    if StopEvent::named(&report.event).is_none() {
        let names = StopEvent::ALL.iter().map(|it| it.name());
        let help = nearest_or_listed(&report.event, "event of a stop", names);
        let problem = format!("`{}` is no event of a stop", report.event);
        return Err(vec![misread("/event", problem, help)]);
    }
    let report = Report { stop: None, stops: Vec::new(), ..report.clone() };
    let event = read_report(own, &report, strings)?;
    Ok(Event { stop: Some(stop), ..event })
}

fn misread(pointer: &str, problem: String, help: Option<String>) -> Misread {
    Misread { pointer: pointer.to_owned(), problem, help }
}
