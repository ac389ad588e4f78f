//! `calendars/<id>.toml`: days that are closed for many organisations, with their legal sources.

use crate::syntax::Citation;
use crate::syntax::Literal;
use crate::syntax::Names;
use crate::syntax::OnDay;
use crate::syntax::name::NameFault;
use crate::syntax::rules;
use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// A set of holidays as written in a file of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolidaySet {
    /// The name that calendars use, equal to the name of the file.
    pub id: Spanned<String>,
    /// Its name for people. Required.
    pub title: Option<Spanned<String>>,
    /// The source of every holiday that names no other.
    pub citation: Citation,
    /// The dates for which the set is known to be right.
    pub valid: Option<Valid>,
    /// Whether the set lists dates one by one and so ends with its last date.
    pub enumerated: bool,
    /// The holidays in the order of the file.
    pub holidays: Vec<Holiday>,
    /// The start of the file.
    pub span: Span,
    /// Whether the set ships with Redress.
    pub shipped: bool,
}

/// `valid = { from, to }`: dates or years, both ends included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Valid {
    /// The first date or year.
    pub from: Option<Spanned<Literal>>,
    /// The last date or year.
    pub to: Option<Spanned<Literal>>,
    /// The table.
    pub span: Span,
}

/// `[[holiday]]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// What the day is called. Required.
    pub name: Option<Spanned<String>>,
    /// The day. Required.
    pub on: Option<Spanned<OnDay>>,
    /// What happens when the day falls on a weekend or on another holiday.
    pub observed: Option<Spanned<String>>,
    /// The first year or date on which it is a holiday.
    pub from: Option<Spanned<Literal>>,
    /// The last year or date on which it is a holiday.
    pub to: Option<Spanned<Literal>>,
    /// That it is a holiday in some years only.
    pub every: Option<Every>,
    /// Years or dates on which it is no holiday.
    pub except: Vec<Spanned<Literal>>,
    /// The windows that stay open on a half day; `None` was left out.
    pub hours: Option<Names>,
    /// The law that makes it a holiday.
    pub citation: Citation,
    /// The header of the entry.
    pub span: Span,
}

/// `every = { years = 5, from = 1990 }`: once in so many years, the first time in `from`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Every {
    /// The number of years between two occurrences. Required.
    pub years: Option<Spanned<u32>>,
    /// A year in which it occurs. Required.
    pub from: Option<Spanned<u32>>,
    /// The table.
    pub span: Span,
}

/// Reads a whole holiday set. `name` is what calendars call it: the name of its file.
pub(crate) fn read(name: Spanned<String>, shipped: bool, table: &mut Table<'_, '_>) -> HolidaySet {
    table.requires(&["id", "title", "holiday"]);
    if let Some(id) = table.name("id").filter(|id| id.value != name.value) {
        table.out.push(rules::bad_name(&id.value, NameFault::NotTheFile, id.span));
    }
    HolidaySet {
        id: name,
        title: table.text("title"),
        citation: table.citation(),
        valid: table.table("valid", read_valid),
        enumerated: table.flag("enumerated"),
        holidays: table.rows("holiday", read_holiday),
        span: table.span,
        shipped,
    }
}

fn read_valid(table: &mut Table<'_, '_>) -> Valid {
    Valid { from: table.literal("from"), to: table.literal("to"), span: table.span }
}

fn read_holiday(table: &mut Table<'_, '_>) -> Holiday {
    table.requires(&["name", "on"]);
    Holiday {
        name: table.text("name"),
        on: table.on_day("on"),
        observed: table.text("observed"),
        from: table.literal("from"),
        to: table.literal("to"),
        every: table.table("every", read_every),
        except: table.literals("except"),
        hours: table.texts("hours", "a list of windows such as `[\"09:00-12:00\"]`"),
        citation: table.citation(),
        span: table.span,
    }
}

fn read_every(table: &mut Table<'_, '_>) -> Every {
    table.requires(&["years", "from"]);
    Every { years: table.count("years"), from: table.count("from"), span: table.span }
}
