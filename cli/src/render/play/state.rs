//! Where a case is.

use engine::machine::Machine;
use engine::model::{Doer, Party, Record, RecordId};
use engine::runtime::{Case, Entry, ReportedAt};
use engine::scenario::Play;
use engine::script::Value;
use engine::text::Symbol;
use engine::time::{Instant, spoken, spoken_date};

use crate::render::palette::{FAINT, STRONG, paint};
use crate::render::{harmless, one_line};

/// What is played, and from when.
pub(crate) fn begin_text(machine: &Machine, start: Option<ReportedAt>) -> String {
    let protocol = &machine.protocol;
    let title = paint(STRONG, &one_line(&protocol.title));
    let which = format!("{} {}, times of {}", protocol.id, protocol.version, protocol.zone.name());
    let begins = start.map_or_else(String::new, |at| start_text(machine, at));
    format!("{title}\n  {}\n{begins}", paint(FAINT, &harmless(&which)))
}

/// When the case is opened, where the opening does not say it.
pub(crate) fn start_text(machine: &Machine, at: ReportedAt) -> String {
    let at = match at {
        ReportedAt::Instant(at) => spoken(&machine.protocol.zone, at),
        ReportedAt::Date(on) => spoken_date(on),
    };
    format!("  the case begins on {at}\n")
}

/// One line: when it is, the stage, the rung and the severity.
pub(crate) fn now_text(machine: &Machine, case: &Case, now: Instant) -> String {
    let protocol = &machine.protocol;
    let mut parts = vec![spoken(&protocol.zone, now)];
    let stage = protocol.stages.get(case.stage.index());
    parts.extend(stage.map(|it| format!("stage {}", it.name)));
    parts.extend(protocol.ladder.get(case.rung.index()).map(|it| format!("rung {}", it.name)));
    parts.extend(case.severity.map(|it| format!("severity {}", machine.level_name(it))));
    format!("{}\n", paint(STRONG, &format!("now {}", parts.join(", "))))
}

/// The whole state: also who handles the case, what the stage says, and the fields.
pub(crate) fn state_text(machine: &Machine, play: &Play<'_>, now: Instant) -> String {
    let (protocol, case) = (&machine.protocol, play.case());
    let mut text = now_text(machine, case, now);
    let mut add =
        |name: &str, what: &str| text.push_str(&format!("  {name:<13}{}\n", set_in(what)));
    let stage = protocol.stages.get(case.stage.index());
    let handler = protocol.ladder.get(case.rung.index()).map(|it| Party::Role(it.handled_by));
    let owner = stage.and_then(|it| it.owner).and_then(|owner| match owner {
        Doer::Party(party) => Some(party),
        Doer::Handler | Doer::Owner => handler,
    });
    if let Some(owner) = owner {
        add("with", protocol.party_name(owner));
    }
    if let Some(handler) = handler.filter(|it| Some(*it) != owner) {
        add("handled by", protocol.party_name(handler));
    }
    if let Some(guide) = stage.and_then(|it| it.guide.as_ref()) {
        add("guide", guide);
    }
    let named = stage.into_iter().flat_map(|it| &it.help);
    let named = named.filter_map(|id| protocol.help.get(id.index()));
    for (place, it) in named.enumerate() {
        let kind = it.kind.as_ref().map_or_else(String::new, |kind| format!(" ({kind})"));
        let help = format!("{}{kind}: {}", it.title, it.contact);
        add(if place == 0 { "help" } else { "" }, &help);
    }
    if case.closed {
        add("closed", "yes");
    }
    let person = |id: Symbol| play.strings().get(id).to_owned();
    if let Some(complainant) = case.complainant.map(person) {
        add("complainant", &complainant);
    }
    if let Some(respondent) = case.respondent.map(person) {
        add("about", &respondent);
    }
    let fields: Vec<(&str, String)> = (protocol.fields.iter().zip(&case.fields))
        .filter(|(_, value)| **value != Value::Unset)
        .map(|(field, value)| {
            let shown = engine::scenario::value_words(machine, play.strings(), field, *value);
            (field.name.as_str(), shown)
        })
        .collect();
    let width = fields.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (place, (name, value)) in fields.iter().enumerate() {
        add(if place == 0 { "fields" } else { "" }, &format!("{name:<width$}  {value}"));
    }
    for (id, record) in (0..).map(RecordId).zip(&protocol.records) {
        for (place, line) in entries(machine, play, id, record).into_iter().enumerate() {
            add(if place == 0 { &record.name } else { "" }, &line);
        }
    }
    text
}

/// A line for each entry of a record: its id, what it holds, and whether it is done.
fn entries(machine: &Machine, play: &Play<'_>, id: RecordId, record: &Record) -> Vec<String> {
    let case = play.case();
    let line = |entry: &Entry| {
        let held = (0..).zip(&record.fields).filter_map(|(place, it)| {
            let value = case.entry_value(id, entry.number, place);
            let shown = engine::scenario::value_words(machine, play.strings(), &it.field, value);
            (value != Value::Unset).then(|| format!("{}: {shown}", it.field.name))
        });
        let mut parts: Vec<String> = held.collect();
        parts.extend(entry.done_at.is_some().then(|| "done".to_owned()));
        format!("{}  {}", play.strings().get(entry.id), parts.join(", "))
    };
    case.entries(id).iter().map(line).collect()
}

/// A text behind the names, its further lines as far to the right as the first.
fn set_in(text: &str) -> String {
    harmless(text).replace('\n', &format!("\n{:15}", ""))
}
