//! The working as one line for people.

use crate::time::calendar::Calendar;
use crate::time::instant::Instant;
use crate::time::ledger::entry::DayWhat;
use crate::time::ledger::entry::Entry;
use crate::time::ledger::entry::Ledger;
use crate::time::spoken::spoken_length;
use crate::time::spoken::time_of_day;
use crate::time::zone::CivilNote;
use chrono::Datelike;
use chrono::NaiveDate;

/// The longest run of counted days that is written out day by day.
const RUN_DAYS_MAX: usize = 7;
/// The longest working that is written out in full, in pieces between dots.
const PIECES_MAX: usize = 16;
/// Pieces at each end of a longer working that are always written out.
const PIECES_KEPT: usize = 4;

/// A part of the sentence, and whether it may be left out of a long one.
struct Piece {
    text: String,
    is_plain: bool,
}

/// The working in one line: "10 working days after Mon 30 Mar: 31 Mar (1) 1 Apr (2) 2 (3) · 3 Apr
/// Good Friday · 4–5 Apr weekend · …". Dates and times are those of the calendar's zone.
#[must_use]
pub fn sentence(ledger: &Ledger, calendar: &Calendar) -> String {
    let mut shown = Shown { calendar, month: None };
    let mut text = String::new();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut rest = ledger.entries.as_slice();
    while let Some((entry, after)) = rest.split_first() {
        rest = after;
        match entry {
            Entry::Counting { .. } => {
                finish(&mut text, &mut pieces);
                separate(&mut text);
                text.push_str(&shown.heading(entry));
                text.push_str(": ");
            }
            Entry::Day { on, what } => {
                let n_more = alike(what, after);
                let (run, later) = after.split_at(n_more);
                rest = later;
                pieces.extend(shown.days(*on, what, run));
            }
            other => pieces.extend(shown.piece(other)),
        }
    }
    finish(&mut text, &mut pieces);
    text
}

fn separate(text: &mut String) {
    if !text.is_empty() {
        text.push_str(" · ");
    }
}

/// Appends the pieces, the plain ones in the middle of a long row left out.
fn finish(text: &mut String, pieces: &mut Vec<Piece>) {
    let is_long = pieces.len() > PIECES_MAX;
    let n_pieces = pieces.len();
    let is_end =
        |index: usize| index < PIECES_KEPT || index.saturating_add(PIECES_KEPT) >= n_pieces;
    let mut kept: Vec<&str> = Vec::with_capacity(n_pieces);
    for (index, piece) in pieces.iter().enumerate() {
        if !is_long || is_end(index) || !piece.is_plain {
            kept.push(&piece.text);
        } else if kept.last() != Some(&"…") {
            kept.push("…");
        }
    }
    if !kept.is_empty() && !text.ends_with(": ") {
        separate(text);
    }
    text.push_str(&kept.join(" · "));
    pieces.clear();
}

/// How many of the next entries belong to the same run of days.
fn alike(what: &DayWhat, after: &[Entry]) -> usize {
    let same = |entry: &&Entry| match (what, entry) {
        (_, Entry::Day { what: other, .. }) => match (what, other) {
            (DayWhat::Counted(_), DayWhat::Counted(_)) | (DayWhat::Paused, DayWhat::Paused) => true,
            (DayWhat::Closed(name), DayWhat::Closed(other)) => {
                name == other || (is_weekend(name) && is_weekend(other))
            }
            _ => false,
        },
        _ => false,
    };
    after.iter().take_while(same).count()
}

fn is_weekend(name: &str) -> bool {
    name == "Saturday" || name == "Sunday"
}

/// A day on which most offices are open, closed every week in this calendar.
fn is_working_weekday(name: &str) -> bool {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"].contains(&name)
}

/// What was already said, so that a month is not said again for each day.
struct Shown<'a> {
    calendar: &'a Calendar,
    month: Option<(i32, u32)>,
}

impl Shown<'_> {
    fn heading(&mut self, entry: &Entry) -> String {
        let Entry::Counting { term, from, on, added } = entry else {
            return String::new();
        };
        let extended = if *added { "extended by " } else { "" };
        if term.unit.is_counted_in_days() {
            self.month = Some((on.year(), 0));
            return format!("{extended}{term} after {}", on.format("%a %-d %b"));
        }
        format!("{extended}{term} from {}", self.time(*from))
    }

    fn days(&mut self, first: NaiveDate, what: &DayWhat, run: &[Entry]) -> Option<Piece> {
        let last = run.iter().rev().find_map(|entry| match entry {
            Entry::Day { on, .. } => Some(*on),
            _ => None,
        });
        let name = match what {
            DayWhat::Counted(number) => return Some(self.counted(first, *number, run)),
            // The heading says "after".
            DayWhat::FirstDayNotCounted => return None,
            DayWhat::EndedBeforeStart => "had ended at the start".to_owned(),
            DayWhat::Paused => "paused".to_owned(),
            DayWhat::Closed(name) if last.is_some() && is_weekend(name) => "weekend".to_owned(),
            // "9 Mar Monday" would say which day it is, not that it is closed.
            DayWhat::Closed(name) if is_working_weekday(name) => format!("{name} closed"),
            DayWhat::Closed(name) => name.clone(),
        };
        self.month = None;
        let is_plain = match what {
            DayWhat::Closed(name) => is_weekend(name) || is_working_weekday(name),
            _ => false,
        };
        let dates = self.span(first, last.unwrap_or(first));
        Some(Piece { text: format!("{dates} {name}"), is_plain })
    }

    fn counted(&mut self, first: NaiveDate, number: u32, run: &[Entry]) -> Piece {
        let others = run.iter().filter_map(|entry| match entry {
            Entry::Day { on, what: DayWhat::Counted(number) } => Some((*on, *number)),
            _ => None,
        });
        let all: Vec<(NaiveDate, u32)> = std::iter::once((first, number)).chain(others).collect();
        let is_long = all.len() > RUN_DAYS_MAX;
        let mut words = Vec::with_capacity(all.len());
        for (index, (on, number)) in all.iter().enumerate() {
            if !is_long || index < 2 || index.saturating_add(2) > all.len() {
                words.push(format!("{} ({number})", self.date(*on)));
            } else if index == 2 {
                words.push("…".to_owned());
            }
        }
        Piece { text: words.join(" "), is_plain: true }
    }

    fn piece(&self, entry: &Entry) -> Option<Piece> {
        let text = match entry {
            Entry::Counting { .. } | Entry::Day { .. } => return None,
            Entry::MovedToOpening { from, to } => {
                format!("{} is outside the hours, counts from {}", self.time(*from), self.time(*to))
            }
            Entry::Chosen { term } => format!("{term} decides"),
            Entry::Agreed { on } => format!("agreed date {}", long(*on)),
            Entry::DueAtChange { counted, at } => {
                let (counted, at) = (self.time(*counted), self.time(*at));
                format!("{counted} had passed already, so due at once: {at}")
            }
            Entry::Promptly => "promptly, without a counted term".to_owned(),
            Entry::Stretch { from, to, counted_ms } => {
                let until = match self.day(*from) == self.day(*to) {
                    true => self.clock(*to),
                    false => self.time(*to),
                };
                let text = format!("{}–{until} ({})", self.time(*from), spoken_length(*counted_ms));
                return Some(Piece { text, is_plain: true });
            }
            Entry::PausedStretch { from, to: Some(to) } => {
                format!("paused {}–{}", self.time(*from), self.time(*to))
            }
            Entry::PausedStretch { from, to: None } => format!("paused since {}", self.time(*from)),
            Entry::Clamped { to } => format!("the month ends on {}", long(*to)),
            Entry::Rolled { from, to } => {
                let why = self.calendar.closed_why(*from).unwrap_or("closed");
                format!("{} is closed ({why}), moved to {}", long(*from), long(*to))
            }
            Entry::Moved { note: CivilNote::Plain, .. } => return None,
            Entry::Moved { note: CivilNote::Skipped, at, .. } => {
                format!("that time does not exist on this date, moved to {}", self.time(*at))
            }
            Entry::Moved { note: CivilNote::Repeated, at, .. } => {
                format!("that time occurs twice on this date, taken is {at}")
            }
            Entry::Due { at: None, .. } => "paused: no due instant".to_owned(),
            Entry::Due { at: Some(at), .. } => format!("due {}", self.time(*at)),
        };
        Some(Piece { text, is_plain: false })
    }

    /// "31 Mar", "1", with the year where it is not that of the start.
    fn date(&mut self, on: NaiveDate) -> String {
        let said = self.month;
        self.month = Some((on.year(), on.month()));
        match said {
            Some((year, month)) if (year, month) == (on.year(), on.month()) => on.day().to_string(),
            Some((year, _)) if year != on.year() => on.format("%-d %b %Y").to_string(),
            _ => on.format("%-d %b").to_string(),
        }
    }

    /// "3 Apr", "4–5 Apr", "28 Feb – 1 Mar".
    fn span(&self, first: NaiveDate, last: NaiveDate) -> String {
        let month = |on: NaiveDate| on.format("%-d %b").to_string();
        if first == last {
            return month(first);
        }
        if first.month() == last.month() && first.year() == last.year() {
            return format!("{}–{}", first.day(), month(last));
        }
        format!("{} – {}", month(first), month(last))
    }

    fn time(&self, at: Instant) -> String {
        format!("{} {}", self.calendar.zone().civil(at).format("%a %-d %b"), self.clock(at))
    }

    fn clock(&self, at: Instant) -> String {
        time_of_day(self.calendar.zone().civil(at))
    }

    fn day(&self, at: Instant) -> NaiveDate {
        self.calendar.zone().civil(at).date()
    }
}

fn long(on: NaiveDate) -> String {
    on.format("%a %-d %b").to_string()
}
