//! A correction in words: what was believed, and what is true.

use crate::machine::Machine;
use crate::runtime::{Case, ClockId, Fact, FactKind, News};
use crate::scenario::telling::fact;
use crate::scenario::words;
use crate::text::Strings;
use crate::time::Instant;

/// The lines of one correction, the first of them its heading. `own` is what the late event did
/// itself; `recorded` is when the news came.
pub(crate) fn lines(
    machine: &Machine,
    strings: &Strings,
    case: &Case,
    news: &News,
    own: &[Fact],
    recorded: Instant,
) -> Vec<String> {
    let FactKind::Corrected { from, told, .. } = news.heading.kind else { return Vec::new() };
    let told = told.map_or_else(String::new, |it| format!("; {} told", words::party(machine, it)));
    let mut lines = vec![format!(
        "{}  what was recorded from {} on is corrected{told}",
        words::instant(machine, recorded),
        words::instant(machine, from),
    )];
    let name = |clock: ClockId| words::clock(machine, strings, case, clock);
    lines.extend(breaches(machine, &name, news, own, recorded));
    for it in &news.aside {
        let FactKind::SetAside { event } = it.kind else { continue };
        let rule = &machine.protocol.rule(it.rule).path;
        let id = strings.get(event);
        lines.push(format!("{id} has no effect any more: `{rule}` does not allow it there"));
    }
    for it in &news.restored {
        let FactKind::SetAside { event } = it.kind else { continue };
        lines.push(format!("{} has its effect again", strings.get(event)));
    }
    let moved = moved(machine, strings, case, news);
    lines.extend(spans(machine, &moved));
    let is_moved = |fact: &Fact| {
        moved.iter().any(|(old, new)| [old, new].iter().any(|it| it.sequence == fact.sequence))
    };
    for (before, facts) in [("not true: ", &news.withdrawn), ("instead:  ", &news.added)] {
        for it in facts.iter().filter(|it| !is_moved(it)) {
            let Some(text) = fact::fact(machine, strings, case, it) else { continue };
            let stays = match it.kind {
                _ if before.starts_with("instead") => "",
                FactKind::LetterDue { .. } => "; what was sent stays sent",
                FactKind::Told { .. } => "; what was said stays said",
                _ => "",
            };
            let at = words::instant(machine, it.at);
            lines.push(format!("{before}{at}  {text}{stays}"));
        }
    }
    lines
}

/// "breach of acknowledge withdrawn: met Tue 3 Mar 2026 10:00, recorded Mon 9 Mar 2026 11:00".
fn breaches(
    machine: &Machine,
    name: &dyn Fn(ClockId) -> String,
    news: &News,
    own: &[Fact],
    recorded: Instant,
) -> Vec<String> {
    let recorded = words::instant(machine, recorded);
    let met = |clock: ClockId| {
        let all = || own.iter().chain(&news.added);
        let met = all().find(|it| it.kind == FactKind::Met { clock, late: false });
        met.map_or_else(String::new, |it| format!(": met {}", words::instant(machine, it.at)))
    };
    let withdrawn = news.withdrawn.iter().filter_map(|it| match it.kind {
        FactKind::Breached { clock } => {
            Some(format!("breach of {} withdrawn{}, recorded {recorded}", name(clock), met(clock)))
        }
        _ => None,
    });
    let found = news.added.iter().filter_map(|it| match it.kind {
        FactKind::Breached { clock } => {
            let due = words::instant(machine, it.at);
            Some(format!("breach of {} found: due {due}, recorded {recorded}", name(clock)))
        }
        _ => None,
    });
    withdrawn.chain(found).collect()
}

/// The facts that say what they said, only of another instant: as they were, and as they are.
fn moved<'n>(
    machine: &Machine,
    strings: &Strings,
    case: &Case,
    news: &'n News,
) -> Vec<(&'n Fact, &'n Fact)> {
    let mut added: Vec<&Fact> = news.added.iter().collect();
    let mut moved = Vec::new();
    for old in news.withdrawn.iter().filter(|it| it.cause.is_some()) {
        let says = |it: &Fact| (it.cause, fact::fact(machine, strings, case, it));
        let same = |new: &&Fact| new.at != old.at && says(new) == says(old);
        if let Some(place) = added.iter().position(same) {
            moved.push((old, added.remove(place)));
        }
    }
    moved
}

/// "moved:    Thu 9 Apr 2026 10:00 to Thu 2 Apr 2026 11:00, 9 facts otherwise the same".
fn spans(machine: &Machine, moved: &[(&Fact, &Fact)]) -> Vec<String> {
    let mut spans: Vec<(Instant, Instant, u32)> = Vec::new();
    for (old, new) in moved {
        match spans.iter_mut().find(|(from, to, _)| (*from, *to) == (old.at, new.at)) {
            Some((_, _, n_facts)) => *n_facts = n_facts.saturating_add(1),
            None => spans.push((old.at, new.at, 1)),
        }
    }
    let line = |(from, to, n_facts): &(Instant, Instant, u32)| {
        let (from, to) = (words::instant(machine, *from), words::instant(machine, *to));
        let facts = if *n_facts == 1 { "fact" } else { "facts" };
        format!("moved:    {from} to {to}, {n_facts} {facts} otherwise the same")
    };
    spans.iter().map(line).collect()
}
