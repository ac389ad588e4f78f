//! Reports as they are decided and stored: what the keeper fills in, and what nobody reported.

use engine::machine::Machine;
use engine::model::{Field, Protocol};
use engine::runtime::{Event, Given, Misread, REPORT_TEXT_MAX, Report, ReportedAt, read_value};
use engine::script::Value;
use engine::text::Strings;
use engine::time::Instant;

/// A personal value that a report brought, and the reference that stands for it now.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Personal {
    pub(crate) slot: String,
    pub(crate) value: Given,
}

/// A report with the instants at which it is decided. An instant a little in the future is now.
pub(crate) fn timed(
    report: &Report,
    happened: Option<ReportedAt>,
    recorded_at: Instant,
    skew_ms: i64,
) -> Report {
    let at = match happened {
        Some(ReportedAt::Instant(at))
            if at <= recorded_at || at.ms_since(recorded_at) > skew_ms =>
        {
            ReportedAt::Instant(at)
        }
        Some(ReportedAt::Date(date)) => ReportedAt::Date(date),
        _ => ReportedAt::Instant(recorded_at),
    };
    let (history, stops) = (Vec::new(), Vec::new());
    Report { at, recorded_at, history, stops, ..report.clone() }
}

/// Puts references into a report in place of the personal values that it brings. The reference
/// follows from the event and the field, so that the same report brings the same one again.
pub(crate) fn put_apart(
    machine: &Machine,
    report: &mut Report,
    strings: &mut Strings,
) -> Result<Vec<Personal>, Vec<Misread>> {
    let protocol = &machine.protocol;
    let (mut apart, mut faults) = (Vec::new(), Vec::new());
    for (name, given) in &mut report.data {
        let Some(field) = field(protocol, &report.event, name).filter(|it| it.personal) else {
            continue;
        };
        if matches!(given, Given::Slot(_)) {
            continue;
        }
        let plain = Field { personal: false, ..field.clone() };
        let long = match given {
            Given::Text(text) => Some(text.len()).filter(|n_bytes| *n_bytes > REPORT_TEXT_MAX),
            _ => None,
        };
        let long = long.map(|n_bytes| {
            format!("the text has {n_bytes} bytes, at most {REPORT_TEXT_MAX} are allowed")
        });
        let problem = long.or_else(|| read_value(protocol, &plain, given, strings).err());
        faults.extend(problem.map(|problem| {
            let pointer = format!("/data/{name}");
            Misread { pointer, problem, help: None }
        }));
        let slot = format!("{}/{name}", report.id);
        let value = std::mem::replace(given, Given::Slot(slot.clone()));
        apart.push(Personal { slot, value });
    }
    if faults.is_empty() { Ok(apart) } else { Err(faults) }
}

/// The field that an event brings under a name: of the entry, for an event of a record.
fn field<'p>(protocol: &'p Protocol, event: &str, name: &str) -> Option<&'p Field> {
    let declared = protocol.event(event).and_then(|it| protocol.events.get(it.index()));
    match declared.and_then(|it| it.of) {
        Some(of) => {
            let record = protocol.records.get(of.record.index())?;
            let place = usize::from(record.field(name)?);
            record.fields.get(place).map(|it| &it.field)
        }
        None => protocol.field(name).and_then(|it| protocol.fields.get(it.index())),
    }
}

/// A report with what was brought to its event, as it is stored.
pub(crate) fn brought(machine: &Machine, report: &Report, event: &Event) -> Report {
    let history = event.history.iter().map(|it| match it {
        Value::Number(number) => u32::try_from(*number).unwrap_or(u32::MAX),
        _ => 0,
    });
    let stops = event.stops.iter().filter_map(|it| machine.protocol.stops.get(it.index()));
    Report {
        history: history.collect(),
        stops: stops.map(|it| it.name.clone()).collect(),
        ..report.clone()
    }
}

/// The report of an event that nobody reported: a condition proposed a stop, or a stop ended with
/// its case.
pub(crate) fn by_itself(machine: &Machine, strings: &Strings, event: &Event) -> Option<Report> {
    let stop = event.stop?;
    let (own, declared) = (machine.stop(stop)?, machine.protocol.stops.get(stop.index())?);
    let name = own.protocol.events.get(event.kind.index()).map(|it| it.name.as_str())?;
    let by = machine.protocol.party_name(event.actor.party);
    Some(Report {
        recorded_at: event.recorded_at,
        stop: Some(declared.name.clone()),
        ..Report::new(strings.get(event.id), name, event.at, by)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_a_little_ahead_is_now_and_one_further_ahead_stays() {
        let now = Instant::from_ms(10_000);
        let at = |ahead: i64| {
            let report = Report::new("e", "asked", now, "agent");
            let happened = ReportedAt::Instant(Instant::from_ms(10_000 + ahead));
            timed(&report, Some(happened), now, 5_000).at
        };
        let instant = |ms| ReportedAt::Instant(Instant::from_ms(ms));
        assert_eq!(at(-1), instant(9_999));
        assert_eq!((at(0), at(1), at(5_000)), (instant(10_000), instant(10_000), instant(10_000)));
        assert_eq!(at(5_001), instant(15_001));
        let report = Report::new("e", "asked", Instant::from_ms(3), "agent");
        let timed = timed(&report, None, now, 5_000);
        assert_eq!((timed.at, timed.recorded_at), (instant(10_000), now));
    }
}
