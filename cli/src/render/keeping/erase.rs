//! What is kept of a person, and what went.

use store::erasing::{Found, OfCase, OfEntry};

use crate::render::palette::{BAD, DOUBT, GOOD, STRONG, paint};
use crate::render::{count, one_line};

/// The sentences for people. `erased` is how many values went, where something was to go.
pub(crate) fn erased_text(person: &str, found: &Found, erased: Option<u64>) -> String {
    let n_cases = count(found.cases.len(), "case", "cases");
    let n_values = count(found.n_kept(), "personal value", "personal values");
    let who = one_line(person);
    let before = if erased.is_some() { "had" } else { "has" };
    let mut text = format!("{} {before} {n_cases} with {n_values}\n", paint(STRONG, &who));
    for case in &found.cases {
        text.push_str(&of_case(case, erased.is_some()));
    }
    text.push('\n');
    text.push_str(&end(found, erased));
    text
}

fn of_case(case: &OfCase, is_done: bool) -> String {
    let standing = &case.standing;
    let name = standing.ticket.clone().unwrap_or_else(|| standing.stream.to_string());
    let state = if standing.closed { "closed" } else { "open" };
    let stops = match case.n_stops {
        0 => String::new(),
        n => format!(", {} on it", count(n, "stop", "stops")),
    };
    let (protocol, stage) = (&standing.protocol_id, &standing.stage);
    let mut text = format!("\n{name}  {protocol}, {state} in `{stage}`{stops}\n");
    let verb = if is_done { "went" } else { "may go" };
    text.push_str(&match (case.n_kept, case.n_going) {
        (0, _) => "  nothing personal is kept\n".to_owned(),
        (kept, going) => format!("  {going} of {} {verb}\n", count(kept, "value", "values")),
    });
    if case.n_kept == 0 {
        return text;
    }
    if case.entries.is_empty() {
        text.push_str("  its protocol has no `[retention]`: nothing of it may ever be erased\n");
    }
    for OfEntry { name, why, .. } in &case.entries {
        match why {
            Some(why) => text.push_str(&format!("  {name}: {why}\n")),
            None => text.push_str(&format!("  {name}: its time is over\n")),
        }
    }
    if case.is_stopped && case.n_going < case.n_kept {
        text.push_str("  a stop on the person has not ended: what was said in reasons stays\n");
    }
    text
}

fn end(found: &Found, erased: Option<u64>) -> String {
    let (kept, going) = (found.n_kept(), found.n_going());
    let next = found.next().map(|on| format!(": more may go from {on} on")).unwrap_or_default();
    let before = found.next().map_or_else(|| "yet".to_owned(), |on| format!("before {on}"));
    match erased {
        None if going == 0 && kept > 0 => {
            format!("{} nothing may be erased {before}\n", paint(BAD, "refused:"))
        }
        None if kept == 0 => "nothing is left to erase\n".to_owned(),
        None => {
            let rest = match kept.saturating_sub(going) {
                0 => ", and the key with them".to_owned(),
                stays => format!("; {} would stay{next}", count(stays, "value", "values")),
            };
            let going = count(going, "value", "values");
            format!("nothing was changed: with `--yes` {going} would go{rest}\n")
        }
        Some(0) if kept > 0 => {
            format!("{} nothing was erased, and nothing may be {before}\n", paint(BAD, "refused:"))
        }
        Some(n) => {
            let n = usize::try_from(n).unwrap_or(usize::MAX);
            match kept.saturating_sub(going) {
                0 => format!(
                    "{} {}, and the key with them: no copy of them opens any more.\n\
                     Dates, outcomes and facts are what they were. Older backups hold the key: \
                     delete them in time\n",
                    paint(GOOD, "erased"),
                    count(n, "value", "values")
                ),
                stays => format!(
                    "{} {}; {} stay{next}\n",
                    paint(DOUBT, "erased"),
                    count(n, "value", "values"),
                    count(stays, "value", "values")
                ),
            }
        }
    }
}
