//! How a due instant is counted, for people.

use engine::machine::Machine;
use engine::model::RuleId;
use engine::time::{self, CivilNote, DayWhat, Entry, Zone, spoken, spoken_date, spoken_length};

use crate::question::Reply;
use crate::render::palette::{DOUBT, FAINT, STRONG, paint};
use crate::render::{harmless, offset_text};

/// The answer of `when`: when it is due, why, and by which rule.
pub(crate) fn due_text(machine: &Machine, reply: &Reply<'_>) -> String {
    let zone = &machine.protocol.zone;
    let mut text = format!("{}\n", paint(STRONG, &harmless(&reply.deadline.title)));
    text.push_str(&line("due", &due(zone, reply)));
    for at in &reply.answer.warnings {
        text.push_str(&line("warned", &spoken(zone, *at)));
    }
    let calendar = &machine.protocol.calendars[reply.deadline.calendar.index()];
    text.push_str(&line("because", &harmless(&time::sentence(&reply.answer.ledger, calendar))));
    text.push_str(&cited(machine, reply.rule));
    text.push_str(&warned(reply));
    text
}

/// The answer of `explain`: the working day by day.
pub(crate) fn ledger_text(machine: &Machine, reply: &Reply<'_>) -> String {
    let zone = &machine.protocol.zone;
    let calendar = &machine.protocol.calendars[reply.deadline.calendar.index()];
    let mut text = format!("{}\n", paint(STRONG, &harmless(&reply.deadline.title)));
    for entry in &reply.answer.ledger.entries {
        if let Some((place, what)) = entry_words(zone, entry) {
            text.push_str(&format!("  {place:<24}{what}\n"));
        }
    }
    text.push_str(&format!("  {:<24}{}\n\n", "", paint(STRONG, &due_words(zone, reply))));
    text.push_str(&line("in short", &harmless(&time::sentence(&reply.answer.ledger, calendar))));
    text.push_str(&cited(machine, reply.rule));
    text.push_str(&warned(reply));
    text
}

fn line(name: &str, what: &str) -> String {
    format!("  {name:<10}{what}\n")
}

fn due_words(zone: &Zone, reply: &Reply<'_>) -> String {
    match reply.answer.due.and_then(|due| due.at) {
        None => "no date is due".to_owned(),
        Some(_) => format!("due {}", due(zone, reply)),
    }
}

fn due(zone: &Zone, reply: &Reply<'_>) -> String {
    let Some(at) = reply.answer.due.and_then(|due| due.at) else {
        return "no date".to_owned();
    };
    let place = format!("({}, UTC{})", zone.name(), offset_text(zone.offset_seconds(at)));
    format!("{} {}", spoken(zone, at), paint(FAINT, &place))
}

/// The rule, its place in the files and its source.
pub(crate) fn cited(machine: &Machine, id: RuleId) -> String {
    let rule = machine.protocol.rule(id);
    let mut text = line("rule", &format!("{}  {}", rule.path, paint(FAINT, &rule.place)));
    let source = match (&rule.source, rule.inherited) {
        (None, _) => "none is stated".to_owned(),
        (Some(source), false) => harmless(source),
        (Some(source), true) => format!("{} (that of the protocol)", harmless(source)),
    };
    let doubt = match rule.unverified {
        true => format!("  {}", paint(DOUBT, "unverified: nobody has read this source yet")),
        false => String::new(),
    };
    text.push_str(&line("source", &format!("{source}{doubt}")));
    text
}

fn warned(reply: &Reply<'_>) -> String {
    let sentence = |it: &String| line(&paint(DOUBT, "note      "), &harmless(it));
    reply.warnings.iter().map(sentence).collect()
}

/// A line of the working: the day or time, and what became of it.
fn entry_words(zone: &Zone, entry: &Entry) -> Option<(String, String)> {
    Some(match entry {
        Entry::MovedToOpening { from, to } => {
            (spoken(zone, *from), format!("outside the hours, counts from {}", spoken(zone, *to)))
        }
        Entry::Counting { term, from, on, added } => {
            let what = if *added { "extended by" } else { "counting" };
            let place = match term.unit.is_counted_in_days() {
                true => spoken_date(*on),
                false => spoken(zone, *from),
            };
            (place, format!("{what} {term}"))
        }
        Entry::Chosen { term } => (String::new(), format!("{term} decides")),
        Entry::Agreed { on } => (spoken_date(*on), "the date that was agreed".to_owned()),
        Entry::DueAtChange { counted, at } => (
            spoken(zone, *at),
            format!(
                "the term changed when {} was past, so due at the change",
                spoken(zone, *counted)
            ),
        ),
        Entry::Promptly => (String::new(), "promptly: no term is counted".to_owned()),
        Entry::Day { on, what } => (spoken_date(*on), day_words(what)),
        Entry::Stretch { from, to, counted_ms } => (
            spoken(zone, *from),
            format!("to {}: {}", spoken(zone, *to), spoken_length(*counted_ms)),
        ),
        Entry::PausedStretch { from, to } => {
            let to = to.map_or_else(String::new, |to| format!(" until {}", spoken(zone, to)));
            (spoken(zone, *from), format!("paused{to}"))
        }
        Entry::Clamped { to } => (spoken_date(*to), "the month ends on this day".to_owned()),
        Entry::Rolled { from, to } => {
            (spoken_date(*from), format!("closed, so moved to {}", spoken_date(*to)))
        }
        Entry::Moved { note: CivilNote::Plain, .. } | Entry::Due { .. } => return None,
        Entry::Moved { note: CivilNote::Skipped, on, at } => (
            spoken_date(*on),
            format!("the clocks go forward over that time, so {}", spoken(zone, *at)),
        ),
        Entry::Moved { note: CivilNote::Repeated, on, at } => {
            let offset = offset_text(zone.offset_seconds(*at));
            (spoken_date(*on), format!("that time occurs twice, taken is the one at {offset}"))
        }
    })
}

fn day_words(what: &DayWhat) -> String {
    match what {
        DayWhat::Counted(number) => format!("day {number}"),
        DayWhat::FirstDayNotCounted => "the day of the event, not counted".to_owned(),
        DayWhat::EndedBeforeStart => "had ended at the start, not counted".to_owned(),
        DayWhat::Closed(name) => format!("closed: {}", harmless(name)),
        DayWhat::Paused => "paused, not counted".to_owned(),
    }
}
