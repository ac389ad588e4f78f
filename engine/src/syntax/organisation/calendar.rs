//! `[calendars.X]`: when an organisation works.

use chrono::NaiveDate;

use crate::syntax::Names;
use crate::syntax::rules;
use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// `[calendars.X]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Its name.
    pub name: Spanned<String>,
    /// The weekly hours. Required; empty has been reported.
    pub hours: Vec<OpeningHours>,
    /// The sets of holidays that are closed days.
    pub holidays: Names,
    /// Further closed days, or days with other hours.
    pub closed: Vec<ClosedOrOpen>,
    /// Days that are open although a holiday or the week closes them.
    pub open: Vec<ClosedOrOpen>,
    /// The name of the table.
    pub span: Span,
}

/// One entry of `hours`: `mon-thu = ["09:00-12:30", "13:00-17:00"]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpeningHours {
    /// A weekday or a range of weekdays: `fri`, `mon-thu`.
    pub days: Spanned<String>,
    /// The windows of these days: `09:00-17:00`, `22:00-06:00`, `00:00-24:00`.
    pub windows: Names,
}

/// One entry of `closed` or `open`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedOrOpen {
    /// The day. Required.
    pub on: Option<Spanned<OnDay>>,
    /// What the day is called. Required.
    pub name: Option<Spanned<String>>,
    /// The windows in which the organisation is open on that day; `None` was left out.
    pub hours: Option<Names>,
    /// The entry.
    pub span: Span,
}

/// A day, once or every year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnDay {
    /// One date.
    Date(NaiveDate),
    /// A rule for every year: `easter - 2 days`, `25 december`, `first monday of may`.
    Rule(String),
}

const WINDOWS: &str = "a list of windows such as `[\"09:00-17:00\"]`";

/// Reads `[calendars.X]`.
pub(crate) fn read(name: Spanned<String>, table: &mut Table<'_, '_>) -> Calendar {
    table.requires(&["hours"]);
    Calendar {
        name,
        hours: table.table("hours", read_hours).unwrap_or_default(),
        holidays: table.names("holidays"),
        closed: table.rows("closed", read_day),
        open: table.rows("open", read_day),
        span: table.span,
    }
}

fn read_hours(table: &mut Table<'_, '_>) -> Vec<OpeningHours> {
    table.is_filled();
    let rows = table.rest();
    if rows.is_empty() {
        table.out.push(rules::empty_list("hours", "the calendar", table.span));
    }
    let mut hours = Vec::new();
    for entry in rows {
        let days = entry.name();
        hours.push(OpeningHours { days, windows: table.texts_of(entry, WINDOWS) });
    }
    hours
}

fn read_day(table: &mut Table<'_, '_>) -> ClosedOrOpen {
    table.requires(&["on", "name"]);
    ClosedOrOpen {
        on: table.on_day("on"),
        name: table.text("name"),
        hours: table.texts("hours", WINDOWS),
        span: table.span,
    }
}
