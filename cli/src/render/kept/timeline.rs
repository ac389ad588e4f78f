//! The history of a case: what was reported, and what followed.

use engine::machine::Machine;
use engine::runtime::{Actor, Event, Kept};
use engine::scenario::fact_words;
use engine::text::Strings;
use engine::time::spoken_date;
use server::reading::Looked;

use crate::render::palette::{FAINT, paint};
use crate::render::{one_line, spoken_minute};

/// How late something may be recorded without this being said, in milliseconds: people type.
const AT_ONCE_MS: i64 = 60_000;

/// A line for what was reported, or for time that passed, and what followed from it.
pub(super) fn decision_text(looked: &Looked, kept: &Kept) -> String {
    let look = &looked.look;
    let machine = &look.loaded.machine;
    let zone = &machine.protocol.zone;
    let mut text = match &kept.event {
        Some(event) => format!("  {}\n", heading(looked, event, kept)),
        None => format!("  {}  time acts\n", spoken_minute(zone, kept.recorded_at)),
    };
    if let Some(reason) = kept.event.as_ref().and_then(|it| it.reason) {
        let reason = looked.reason(look.strings.get(reason));
        let reason =
            reason.map_or_else(|| "(erased)".to_owned(), |it| format!("\"{}\"", one_line(&it)));
        text.push_str(&format!("      because {reason}\n"));
    }
    for fact in kept.facts.iter().filter(|it| looked.reader.sees(machine, it)) {
        let told = fact_words(machine, &look.strings, &look.case, fact);
        text.extend(told.map(|it| format!("      {}\n", one_line(&it))));
    }
    text
}

/// What time has done since and nobody has recorded yet: whoever acts on the case next records it.
pub(super) fn unrecorded_text(looked: &Looked) -> String {
    let look = &looked.look;
    let machine = &look.loaded.machine;
    let recorded = look.kept.iter().flat_map(|it| &it.facts).map(|it| it.sequence).max();
    let open = look.facts.iter().filter(|it| Some(it.sequence) > recorded);
    let mut text = String::new();
    let mut told_at = None;
    for fact in open.filter(|it| looked.reader.sees(machine, it)) {
        let told = fact_words(machine, &look.strings, &look.case, fact);
        let Some(told) = told else { continue };
        if told_at != Some(fact.at) {
            told_at = Some(fact.at);
            let at = spoken_minute(&machine.protocol.zone, fact.at);
            let note = paint(FAINT, ", not recorded yet");
            text.push_str(&format!("  {at}  time acts{note}\n"));
        }
        text.push_str(&format!("      {}\n", one_line(&told)));
    }
    text
}

/// "Mon 30 Mar 2026 16:20  answer_sent by agent:anna, by post".
fn heading(looked: &Looked, event: &Event, kept: &Kept) -> String {
    let look = &looked.look;
    let (machine, strings) = (&look.loaded.machine, &look.strings);
    let protocol = &machine.protocol;
    let at = match event.date_only {
        true => spoken_date(protocol.zone.civil(event.at).date()),
        false => spoken_minute(&protocol.zone, event.at),
    };
    let name = match event.stop.and_then(|it| protocol.stops.get(it.index())) {
        Some(stop) => {
            let own = event.stop.and_then(|it| machine.stop(it)).unwrap_or(machine);
            let kind = own.protocol.events.get(event.kind.index());
            format!("{} of {}", kind.map_or("", |it| it.name.as_str()), stop.name)
        }
        None => protocol.events.get(event.kind.index()).map_or("", |it| &it.name).to_owned(),
    };
    let mut line = format!("{at}  {name} by {}", actor(machine, strings, event.actor));
    if let Some(entered_by) = event.entered_by {
        line.push_str(&format!(", entered by {}", actor(machine, strings, entered_by)));
    }
    let channel = event.channel.and_then(|id| protocol.channels.get(id.index()));
    line.extend(channel.map(|it| format!(", by {}", it.name)));
    let is_late = kept.recorded_at.ms_since(event.at) > AT_ONCE_MS;
    if is_late {
        let recorded = format!(", recorded {}", spoken_minute(&protocol.zone, kept.recorded_at));
        line.push_str(&paint(FAINT, &recorded));
    }
    line
}

fn actor(machine: &Machine, strings: &Strings, actor: Actor) -> String {
    let party = machine.protocol.party_name(actor.party);
    match actor.person {
        None => party.to_owned(),
        Some(id) => format!("{party}:{}", one_line(strings.get(id))),
    }
}
