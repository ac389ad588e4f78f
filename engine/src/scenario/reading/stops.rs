//! Stops in a scenario.

use crate::diagnostic::{Diagnostics, listed, nearest_or_listed};
use crate::machine::Machine;
use crate::model::{Protocol, StopClock, StopId, StopStage};
use crate::runtime::ReportedAt;
use crate::scenario::reading::expect::each;
use crate::scenario::reading::value;
use crate::scenario::rules;
use crate::scenario::{Movement, Step, StopBefore, StopExpect, StopPoint, When};
use crate::syntax::{Entry, Table};
use crate::text::Spanned;

/// The stop with a name.
pub(crate) fn stop(
    protocol: &Protocol,
    name: &Spanned<String>,
    out: &mut Diagnostics,
) -> Option<StopId> {
    let found = protocol.stop(&name.value);
    if found.is_none() {
        let names = protocol.stops.iter().map(|it| it.name.as_str());
        let help = nearest_or_listed(&name.value, "stop", names);
        out.push(rules::scenario_unknown_name("stop", &name.value, name.span, help));
    }
    found
}

/// The machine whose names a step uses: that of its stop, else that of the case.
pub(crate) fn spoken(machine: &Machine, stop: Option<StopId>) -> &Protocol {
    &stop.and_then(|it| machine.stop(it)).unwrap_or(machine).protocol
}

/// `stops` of `[complainant]`: what was imposed before the scenario begins.
pub(crate) fn before(protocol: &Protocol, table: &mut Table<'_, '_>) -> Vec<StopBefore> {
    let rows = table.rows("stops", |row| {
        row.requires(&["stop", "from"]);
        let name = row.name("stop");
        let stop = name.and_then(|it| stop(protocol, &it, row.out));
        let from = row.moment("from").and_then(|it| value::moment(protocol, &it, row.out));
        Some(StopBefore { stop: stop?, from: from? })
    });
    rows.into_iter().flatten().collect()
}

/// Reports a stop that begins when the case is open already.
pub(crate) fn report_late(
    protocol: &Protocol,
    stops: &[StopBefore],
    opened: Option<&Step>,
    out: &mut Diagnostics,
) {
    let zone = &protocol.zone;
    let at = |at: ReportedAt| match at {
        ReportedAt::Instant(at) => at,
        ReportedAt::Date(date) => zone.day_start(date),
    };
    let Some(opened) = opened else { return };
    let (Movement::At(first) | Movement::RecordedAt(first, _)) = opened.movement else { return };
    if stops.iter().any(|it| at(it.from) >= at(first)) {
        let problem = "a stop of `[complainant]` begins when the case is open already";
        let help = "give it an earlier `from`, or report `stop_decided` in a step";
        out.push(rules::scenario_step_unclear(problem, opened.span, help));
    }
}

/// `stop:X:P`: something that time alone brings about in the life of a stop.
pub(crate) fn awaited(
    protocol: &Protocol,
    written: &Spanned<String>,
    out: &mut Diagnostics,
) -> Option<Movement> {
    let rest = written.value.strip_prefix("stop:")?;
    let (name, point) = rest.split_once(':').unwrap_or((rest, ""));
    let name = Spanned::new(name.to_owned(), written.span);
    let stop = stop(protocol, &name, out)?;
    let found = StopPoint::ALL.into_iter().find(|it| it.name() == point);
    if found.is_none() {
        let problem = format!("time alone does not bring about `{}`", written.value);
        let names = listed(StopPoint::ALL.iter().map(|it| it.name()));
        let help = format!("after the name of the stop comes one of {names}");
        out.push(rules::scenario_bad_value(problem, written.span, &help));
    }
    found.map(|point| Movement::UntilStop(stop, point))
}

/// `expect.stop`: what is true of stops, by their names.
pub(crate) fn expected(
    protocol: &Protocol,
    table: &mut Table<'_, '_>,
) -> Vec<(StopId, StopExpect)> {
    each(table, "stop", |entry, name, table| {
        let stop = stop(protocol, name, table.out);
        let what = format!("what is expected of stop `{}`", name.value);
        stop.zip(table.table_of(entry, what, entry.span, |it| one(protocol, it)))
    })
}

fn one(protocol: &Protocol, table: &mut Table<'_, '_>) -> StopExpect {
    let stage = table.name("stage").and_then(|name| {
        let found = StopStage::ALL.into_iter().find(|it| it.name() == name.value);
        if found.is_none() {
            let names = StopStage::ALL.iter().map(|it| it.name());
            let help = nearest_or_listed(&name.value, "stage of a stop", names);
            let fault =
                rules::scenario_unknown_name("stage of a stop", &name.value, name.span, help);
            table.out.push(fault);
        }
        found.map(|it| Spanned::new(it, name.span))
    });
    let until = table.entry("until").and_then(|entry| when(protocol, entry, table));
    let clocks = [
        ("review", StopClock::Review),
        ("appeal", StopClock::Appeal),
        ("appeal_answer", StopClock::Answer),
    ];
    let mut due = Vec::new();
    for (key, clock) in clocks {
        let entry = table.entry(key);
        let when = entry.and_then(|entry| when(protocol, entry, table));
        due.extend(when.map(|when| (clock, when)));
    }
    StopExpect { stage, until, due, missed: missed(table) }
}

fn missed(table: &mut Table<'_, '_>) -> Option<Spanned<Vec<StopClock>>> {
    let span = table.entry("missed")?.span;
    let duties = [StopClock::Review, StopClock::Answer];
    let mut found = Vec::new();
    for name in table.names("missed") {
        let clock = duties.into_iter().find(|it| it.name() == name.value);
        if clock.is_none() {
            let names = duties.iter().map(|it| it.name());
            let help = nearest_or_listed(&name.value, "duty of a stop", names);
            let fault =
                rules::scenario_unknown_name("duty of a stop", &name.value, name.span, help);
            table.out.push(fault);
        }
        found.extend(clock);
    }
    Some(Spanned::new(found, span))
}

fn when<'t>(
    protocol: &Protocol,
    entry: Entry<'t>,
    table: &mut Table<'t, '_>,
) -> Option<Spanned<When>> {
    let literal = table.literal_of(entry)?;
    let due = value::due(protocol, literal, table.out)?;
    match due.value {
        crate::scenario::Due::When(when) => Some(Spanned::new(when, due.span)),
        crate::scenario::Due::Paused => {
            let problem = "a clock of a stop never stands still";
            let help = "write the date or the instant at which it is due";
            table.out.push(rules::scenario_bad_value(problem.to_owned(), due.span, help));
            None
        }
    }
}
