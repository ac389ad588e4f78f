//! Amendments of calendars.

use server::wire::{Amendment, AmendmentList};

use crate::render::palette::{FAINT, STRONG, paint};
use crate::render::{count, one_line};

/// What is told of an amendment that was recorded.
pub(crate) fn amended_text(made: &Amendment) -> String {
    let mut text = one(made);
    text.push_str(
        "open cases are counted again by the server that runs on this store; a case that was not \
         yet is, before anything else happens to it\n",
    );
    text
}

/// The amendments, one after the other.
pub(crate) fn amendments_text(list: &AmendmentList) -> String {
    let mut text: String = list.amendments.iter().map(one).collect();
    let n = count(list.amendments.len(), "amendment", "amendments");
    text.push_str(&format!("{}\n", paint(STRONG, &n)));
    text
}

fn one(made: &Amendment) -> String {
    let Amendment { number, calendar, reason, source, recorded_at, by, person, .. } = made;
    let days = |what: &str, dates: &[String]| match dates {
        [] => None,
        dates => Some(format!("{what} {}", dates.join(", "))),
    };
    let changes = [days("closed on", &made.add), days("open on", &made.remove)];
    let changes: Vec<String> = changes.into_iter().flatten().collect();
    let person = person.as_ref().map_or_else(String::new, |it| format!(" ({it})"));
    let line = format!("{number}  {calendar}: {}, {reason}", changes.join("; "));
    let state = if made.done {
        "all open cases counted again"
    } else {
        "not every open case counted again yet"
    };
    let more = format!("{source}; recorded {recorded_at} by {by}{person}; {state}");
    format!("{}\n   {}\n", one_line(&line), paint(FAINT, &one_line(&more)))
}
