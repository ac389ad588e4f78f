//! Where a case stands.

use engine::model::{Doer, Field, Party, Readable, RecordId};
use engine::runtime::outlook;
use engine::scenario::value_words;
use engine::script::Value;
use engine::text::Symbol;
use engine::time::spoken_date;
use server::reading::Looked;

use crate::render::kept::timeline::{decision_text, unrecorded_text};
use crate::render::palette::{FAINT, STRONG, paint};
use crate::render::{ahead_text, harmless, may_text, one_line, spoken_minute};

/// The names on the left have so many columns.
const NAME_WIDTH: usize = 13;

/// The whole case: where it stands, what is owed, what happened.
pub(crate) fn show_text(looked: &Looked, name: &str) -> String {
    let look = &looked.look;
    let machine = &look.loaded.machine;
    let mut text = head(looked, name);
    text.push_str(&standing(looked));
    text.push_str(&ahead_text(machine, &look.strings, &outlook(machine, &look.case, look.at)));
    text.push_str(&format!("{}\n", paint(STRONG, "what happened")));
    look.kept.iter().for_each(|it| text.push_str(&decision_text(looked, it)));
    text.push_str(&unrecorded_text(looked));
    text
}

/// What may happen now, and why not what may not.
pub(crate) fn allowed_text(looked: &Looked, name: &str) -> String {
    let look = &looked.look;
    let machine = &look.loaded.machine;
    let mut text = head(looked, name);
    text.push_str(&format!("  {}\n", state_line(looked)));
    text.push_str(&may_text(machine, look.case.stage, &look.allowed()));
    text
}

/// "stage received, rung front, severity low".
pub(crate) fn state_line(looked: &Looked) -> String {
    let (look, case) = (&looked.look, &looked.look.case);
    let (machine, protocol) = (&look.loaded.machine, &look.loaded.machine.protocol);
    let stage = protocol.stages.get(case.stage.index());
    let mut parts: Vec<String> = stage.map(|it| format!("stage {}", it.name)).into_iter().collect();
    parts.extend(protocol.ladder.get(case.rung.index()).map(|it| format!("rung {}", it.name)));
    parts.extend(case.severity.map(|it| format!("severity {}", machine.level_name(it))));
    parts.extend(case.closed.then(|| "closed".to_owned()));
    parts.join(", ")
}

fn head(looked: &Looked, name: &str) -> String {
    let look = &looked.look;
    let protocol = &look.loaded.machine.protocol;
    let title = paint(STRONG, &format!("{name}  {}", one_line(&protocol.title)));
    let which = format!(
        "{} {}, times of {}, read on {}",
        protocol.id,
        protocol.version,
        protocol.zone.name(),
        spoken_minute(&protocol.zone, look.at)
    );
    format!("{title}\n  {}\n", paint(FAINT, &harmless(&which)))
}

/// The stage, who has it, who complains, the fields and the entries.
fn standing(looked: &Looked) -> String {
    let (look, case) = (&looked.look, &looked.look.case);
    let (machine, protocol) = (&look.loaded.machine, &look.loaded.machine.protocol);
    let mut text = String::new();
    let mut add =
        |name: &str, what: &str| text.push_str(&format!("  {name:<NAME_WIDTH$}{}\n", set_in(what)));
    add("id", &look.standing.stream.to_string());
    if let Some(at) = case.opened_at {
        let opened = look.kept.first().and_then(|it| it.event.as_ref());
        let is_day = opened.is_some_and(|it| it.date_only);
        let day = || spoken_date(protocol.zone.civil(at).date());
        add("received", &if is_day { day() } else { spoken_minute(&protocol.zone, at) });
    }
    let stage = protocol.stages.get(case.stage.index());
    if let Some(stage) = stage {
        let title = if stage.title == stage.name { "" } else { &stage.title };
        let gap = if title.is_empty() { "" } else { "  " };
        add("stage", &format!("{}{gap}{}", stage.name, one_line(title)));
    }
    let handler = protocol.ladder.get(case.rung.index()).map(|it| Party::Role(it.handled_by));
    let owner = stage.and_then(|it| it.owner).and_then(|it| match it {
        Doer::Party(party) => Some(party),
        Doer::Handler | Doer::Owner => handler,
    });
    if let Some(owner) = owner.filter(|_| !case.closed) {
        add("with", protocol.party_name(owner));
    }
    if let Some(rung) = protocol.ladder.get(case.rung.index()) {
        add("rung", &rung.name);
    }
    if let Some(handler) = handler.filter(|it| Some(*it) != owner && !case.closed) {
        add("handled by", protocol.party_name(handler));
    }
    if let Some(level) = case.severity {
        add("severity", machine.level_name(level));
    }
    if case.closed {
        add("closed", "yes");
    }
    if case.clocks.iter().any(|it| it.breached) {
        add("breached", "yes: a deadline was missed");
    }
    let person = |id: Symbol| look.strings.get(id).to_owned();
    if let Some(complainant) = case.complainant.map(person) {
        add("complainant", &complainant);
    }
    if let Some(respondent) = case.respondent.map(person) {
        add("about", &respondent);
    }
    let fields = fields(looked);
    let width = fields.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    for (place, (name, value)) in fields.iter().enumerate() {
        add(if place == 0 { "fields" } else { "" }, &format!("{name:<width$}  {value}"));
    }
    for (id, record) in (0..).map(RecordId).zip(&protocol.records) {
        for (place, line) in entries(looked, id).into_iter().enumerate() {
            add(if place == 0 { &record.name } else { "" }, &line);
        }
    }
    text
}

/// The fields that are set, as far as the reader may see them.
fn fields(looked: &Looked) -> Vec<(String, String)> {
    let machine = &looked.look.loaded.machine;
    let each = (0u16..).map(engine::model::FieldId).zip(&machine.protocol.fields);
    let open = each.filter(|(id, _)| looked.reader.reads(machine, Readable::Field(*id)));
    let set = open.filter_map(|(id, field)| {
        Some((field.name.clone(), value(looked, field, looked.look.case.field(id))?))
    });
    set.collect()
}

/// A value in words; a personal one as it was given, unless it was erased.
fn value(looked: &Looked, field: &Field, value: Value) -> Option<String> {
    let look = &looked.look;
    match value {
        Value::Unset => None,
        Value::Slot(slot) => {
            let kept = looked.personal.get(look.strings.get(slot));
            Some(kept.map_or_else(|| "(erased)".to_owned(), Clone::clone))
        }
        _ => Some(value_words(&look.loaded.machine, &look.strings, field, value)),
    }
}

/// A line for each entry of a record: its id, what it holds, and whether it is done.
fn entries(looked: &Looked, id: RecordId) -> Vec<String> {
    let look = &looked.look;
    let machine = &look.loaded.machine;
    let Some(record) = machine.protocol.records.get(id.index()) else { return Vec::new() };
    if !looked.reader.reads(machine, Readable::Record(id)) {
        return Vec::new();
    }
    let line = |(number, entry): (u16, &engine::runtime::Entry)| {
        let held = (0..).zip(&record.fields).filter_map(|(place, it)| {
            let held = look.case.entry_value(id, number, place);
            Some(format!("{}: {}", it.field.name, value(looked, &it.field, held)?))
        });
        let mut parts: Vec<String> = held.collect();
        parts.extend(entry.done_at.is_some().then(|| "done".to_owned()));
        format!("{}  {}", look.strings.get(entry.id), parts.join(", "))
    };
    (1u16..).zip(look.case.entries(id)).map(line).collect()
}

/// A text behind the names, its further lines as far to the right as the first.
fn set_in(text: &str) -> String {
    let indent = format!("\n{:width$}", "", width = NAME_WIDTH.saturating_add(2));
    harmless(text).replace('\n', &indent)
}
