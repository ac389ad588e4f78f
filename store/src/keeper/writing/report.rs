//! Reports as they are decided and stored: what the keeper fills in, and what nobody reported.

use engine::machine::Machine;
use engine::model::{Field, Protocol};
use engine::runtime::{Event, Given, Misread, REPORT_TEXT_MAX, Report, ReportedAt, read_value};
use engine::script::Value;
use engine::text::Strings;
use engine::time::Instant;

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

/// What is wrong with the texts that are sealed before the report is read: the reason and the
/// personal values, which the engine sees as references only.
pub(crate) fn check_apart(
    machine: &Machine,
    report: &Report,
    strings: &mut Strings,
) -> Vec<Misread> {
    let long = |text: &str| {
        let n_bytes = text.len();
        (n_bytes > REPORT_TEXT_MAX)
            .then(|| format!("the text has {n_bytes} bytes, at most {REPORT_TEXT_MAX} are allowed"))
    };
    let misread = |pointer: String, problem| Misread { pointer, problem, help: None };
    let reason = report.reason.as_deref().and_then(long);
    let mut faults: Vec<Misread> =
        reason.map(|problem| misread("/reason".to_owned(), problem)).into_iter().collect();
    for (name, given) in &report.data {
        let field = field(&machine.protocol, &report.event, name).filter(|it| it.personal);
        let (Some(field), Given::Text(text)) = (field, given) else { continue };
        let plain = Field { personal: false, ..field.clone() };
        let problem = long(text);
        let problem =
            problem.or_else(|| read_value(&machine.protocol, &plain, given, strings).err());
        faults.extend(problem.map(|problem| misread(format!("/data/{name}"), problem)));
    }
    faults
}

/// The texts of a report that hold U+0000: databases differ in whether they can keep it, and none is
/// asked to.
pub(crate) fn with_nul(report: &Report, key: Option<&str>) -> Vec<Misread> {
    let one = |name: &'static str, text: &str| (name, text.contains('\0'));
    let some =
        |name: &'static str, text: &Option<String>| one(name, text.as_deref().unwrap_or_default());
    let revision = report.revision.as_ref().map_or("", |it| it.of.as_str());
    let all = [
        one("key", key.unwrap_or_default()),
        one("id", &report.id),
        one("event", &report.event),
        one("by", &report.by),
        some("entered_by", &report.entered_by),
        some("channel", &report.channel),
        some("entry", &report.entry),
        some("reason", &report.reason),
        some("complainant", &report.complainant),
        some("respondent", &report.respondent),
        some("stop", &report.stop),
        some("case", &report.case),
        some("letter", &report.letter),
        some("intake", &report.intake),
        one("revision/of", revision),
    ];
    let data = report.data.iter().map(|(name, given)| {
        let holds = match given {
            Given::Text(text) | Given::Slot(text) => text.contains('\0'),
            Given::Number(_) | Given::Flag(_) | Given::Date(_) => false,
        };
        (name, holds || name.contains('\0'))
    });
    let all = all.into_iter().filter(|(_, holds)| *holds).map(|(name, _)| format!("/{name}"));
    let data = data.filter(|(_, holds)| *holds).map(|(name, _)| format!("/data/{name}"));
    let faults = all.chain(data);
    let problem = "the text holds the character U+0000, which no text may hold";
    let misread = |pointer| Misread { pointer, problem: problem.to_owned(), help: None };
    faults.map(misread).collect()
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
pub(crate) fn brought(machine: &Machine, report: Report, event: &Event) -> Report {
    let history = event.history.iter().map(|it| match it {
        Value::Number(number) => u32::try_from(*number).unwrap_or(u32::MAX),
        _ => 0,
    });
    let stops = event.stops.iter().filter_map(|it| machine.protocol.stops.get(it.index()));
    Report {
        history: history.collect(),
        stops: stops.map(|it| it.name.clone()).collect(),
        ..report
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
