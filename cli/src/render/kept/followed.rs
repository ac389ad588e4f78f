//! What followed from an opening or an event.

use engine::runtime::outlook;
use engine::scenario::fact_words;
use engine::time::{Zone, spoken};
use server::reading::Looked;
use server::wire::{CaseState, Duty, Fact, FieldValue, Opened, Reported, instant};

use crate::render::kept::state_line;
use crate::render::palette::{DOUBT, FAINT, STRONG, paint};
use crate::render::{ahead_text, one_line};

/// Facts that only remember something.
const SILENT: [&str; 5] =
    ["opened", "event-reported", "deadline-waiting", "deadline-forgotten", "timer-ran"];

/// What was answered, and what is known of the case.
pub(crate) struct Followed<'a> {
    /// The case after it; nothing where it was only tried.
    pub looked: Option<&'a Looked>,
    pub zone: &'a Zone,
    /// Whether it was answered before, under the same key.
    pub is_replayed: bool,
}

/// A case that was opened, or would be.
pub(crate) fn opened_text(it: &Followed<'_>, opened: &Opened) -> String {
    let Opened { secret, facts, case, .. } = opened;
    let name = case.ticket.as_deref().unwrap_or("the case");
    let Some(looked) = it.looked else { return tried(it, "the case would be opened", facts, case) };
    let first = format!("{} is open: {}", one_line(name), state_line(looked));
    let mut text = format!("{}\n  id    {}\n", paint(STRONG, &first), case.id);
    if let Some(secret) = secret {
        text.push_str(&format!(
            "  code  {}  {}\n",
            one_line(secret),
            paint(
                FAINT,
                "for the complainant: with the ticket it shows how the case stands; not shown again"
            )
        ));
    }
    text.push_str(&after(it, looked, facts));
    text
}

/// An event that was recorded, or would be.
pub(crate) fn event_text(it: &Followed<'_>, event: &str, reported: &Reported) -> String {
    let Reported { facts, case, .. } = reported;
    let Some(looked) = it.looked else {
        return tried(it, &format!("`{event}` would be accepted"), facts, case);
    };
    let name = case.ticket.as_deref().unwrap_or(&case.id);
    let line = format!("{}: {event} is recorded, {}", one_line(name), state_line(looked));
    format!("{}\n{}", paint(STRONG, &line), after(it, looked, facts))
}

fn after(it: &Followed<'_>, looked: &Looked, facts: &[Fact]) -> String {
    let look = &looked.look;
    let machine = &look.loaded.machine;
    let mut text = String::new();
    if it.is_replayed {
        let says = "this was reported before under the same key: nothing was done again";
        text.push_str(&format!("  {}\n", paint(DOUBT, says)));
    }
    text.push_str(&lines(it, facts));
    text.push_str(&ahead_text(machine, &look.strings, &outlook(machine, &look.case, look.at)));
    text
}

fn tried(it: &Followed<'_>, what: &str, facts: &[Fact], case: &CaseState) -> String {
    let rung = case.rung.iter().map(|it| format!("rung {it}"));
    let severity = case.severity.iter().map(|it| format!("severity {it}"));
    let state: Vec<String> =
        std::iter::once(format!("stage {}", case.stage)).chain(rung).chain(severity).collect();
    let first = one_line(&format!("{what}: {}", state.join(", ")));
    let mut text = format!(
        "{}\n  {}\n{}{}\n",
        paint(STRONG, &first),
        paint(DOUBT, "it was only tried: nothing is kept"),
        lines(it, facts),
        paint(STRONG, "due")
    );
    case.duties.iter().for_each(|duty| text.push_str(&owed(it.zone, duty)));
    if case.duties.is_empty() {
        text.push_str("  nothing\n");
    }
    text
}

fn owed(zone: &Zone, duty: &Duty) -> String {
    let when = match (duty.due.as_deref().and_then(instant), &duty.paused_in) {
        (_, Some(stage)) => format!("stands still in stage {stage}"),
        (None, None) => "promptly: no date is counted".to_owned(),
        (Some(due), None) => spoken(zone, due),
    };
    let who = duty.party.as_deref().unwrap_or_default();
    let who = format!("{} {who}", if duty.window { "right of" } else { "by" });
    let entry = duty.entry.as_ref().map_or_else(String::new, |it| format!("#{it}"));
    one_line(&format!("  {:<18} {who:<17} {when}", format!("{}{entry}", duty.deadline))) + "\n"
}

/// A line for each fact that says something.
fn lines(it: &Followed<'_>, facts: &[Fact]) -> String {
    let told = facts.iter().filter_map(|fact| line(it, fact));
    told.map(|it| format!("  {}\n", one_line(&it))).collect()
}

fn line(it: &Followed<'_>, fact: &Fact) -> Option<String> {
    let of_case = it.looked.filter(|_| fact.of_stop.is_none()).and_then(|looked| {
        let look = &looked.look;
        let all = look.kept.iter().flat_map(|it| &it.facts);
        let kept = all.into_iter().find(|it| it.sequence == fact.sequence)?;
        Some(fact_words(&look.loaded.machine, &look.strings, &look.case, kept))
    });
    of_case.unwrap_or_else(|| plain(it.zone, fact))
}

/// A fact of which only the names are known: of a case that is not kept, or of a stop.
fn plain(zone: &Zone, fact: &Fact) -> Option<String> {
    if SILENT.contains(&fact.kind.as_str()) {
        return None;
    }
    let value = fact.value.as_ref().map(|it| match it {
        FieldValue::Flag(true) => "yes".to_owned(),
        FieldValue::Flag(false) => "no".to_owned(),
        FieldValue::Text(text) => text.clone(),
    });
    if let (Some(field), Some(value)) = (&fact.field, &value) {
        return Some(format!("{field}: {value}"));
    }
    let due = fact.due.as_deref().and_then(instant);
    let names = [
        &fact.stage,
        &fact.rung,
        &fact.level,
        &fact.record,
        &fact.entry,
        &fact.deadline,
        &fact.letter,
        &fact.party,
        &due.map(|it| format!("due {}", spoken(zone, it))),
    ];
    let said: Vec<&str> = names.into_iter().filter_map(|it| it.as_deref()).collect();
    let stop = fact.of_stop.as_ref().map_or_else(String::new, |it| format!("{it}: "));
    let colon = if said.is_empty() { "" } else { ": " };
    Some(format!("{stop}{}{colon}{}", fact.kind.replace('-', " "), said.join(", ")))
}
