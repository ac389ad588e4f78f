//! What is due, and what time does by itself.

use engine::machine::Machine;
use engine::runtime::{Left, Outlook, Owed};
use engine::text::Strings;
use engine::time::{spoken, spoken_length};

use crate::render::palette::{BAD, DOUBT, FAINT, STRONG, paint};
use crate::render::{count, one_line};

/// Everything that lies ahead.
pub(crate) fn ahead_text(machine: &Machine, strings: &Strings, ahead: &Outlook) -> String {
    let protocol = &machine.protocol;
    let mut text = format!("{}\n", paint(STRONG, "due"));
    if ahead.owed.is_empty() {
        text.push_str("  nothing\n");
    }
    for owed in &ahead.owed {
        text.push_str(&owed_text(machine, strings, owed));
    }
    if !ahead.by_itself.is_empty() {
        text.push_str(&format!("{}\n", paint(STRONG, "by itself")));
    }
    for it in &ahead.by_itself {
        let at = spoken(&protocol.zone, it.at);
        let stage = it.to.and_then(|id| protocol.stages.get(id.index()));
        let what = stage.map_or_else(
            || protocol.rule(it.rule).path.clone(),
            |stage| format!("stage {}", stage.name),
        );
        text.push_str(&format!("  {at}  {what}, unless something happens before\n"));
    }
    text
}

fn owed_text(machine: &Machine, strings: &Strings, owed: &Owed) -> String {
    let protocol = &machine.protocol;
    let Some(deadline) = protocol.deadlines.get(owed.deadline.index()) else {
        return String::new();
    };
    let zone = &protocol.zone;
    let alarm = owed.alarm.map(|at| spoken(zone, at));
    let when = match (owed.paused_in, owed.due) {
        (Some(stage), _) => {
            let stage = protocol.stages.get(stage.index()).map_or("", |it| it.name.as_str());
            let until = alarm.map_or_else(String::new, |at| format!(", until {at} at most"));
            paint(DOUBT, &format!("stands still in stage {stage}{until}"))
        }
        (None, None) => "promptly: no date is counted".to_owned(),
        (None, Some(due)) if owed.is_missed => {
            paint(BAD, &format!("MISSED on {}, and owed still", spoken(zone, due)))
        }
        (None, Some(due)) => {
            let warned = alarm.map_or_else(String::new, |at| format!(", warned {at}"));
            format!("{}{}{warned}", spoken(zone, due), left(owed.left))
        }
    };
    let who = owed.who.map_or("", |who| protocol.party_name(who));
    let who = format!("{} {who}", if deadline.window { "right of" } else { "by" });
    let title = match deadline.title == deadline.name {
        true => String::new(),
        false => format!("  {}", paint(FAINT, &one_line(&deadline.title))),
    };
    let entry = owed.entry.map_or_else(String::new, |id| format!("#{}", one_line(strings.get(id))));
    let name = format!("{}{entry}", deadline.name);
    format!("  {name:<18} {who:<17} {when}{title}\n")
}

fn left(left: Option<Left>) -> String {
    let days = |number: u32, one: &str, many: &str| {
        let number = usize::try_from(number).unwrap_or(usize::MAX);
        format!(" ({} left)", count(number, one, many))
    };
    match left {
        None => String::new(),
        Some(Left::Ms(ms)) => format!(" (today, {} left)", spoken_length(ms)),
        Some(Left::WorkingDays(number)) => days(number, "working day", "working days"),
        Some(Left::Days(number)) => days(number, "day", "days"),
    }
}
