//! The words of `calendar`.

use clap::{Args as Words, Subcommand, ValueHint};
use engine::time::NaiveDate;

use crate::args::CaseWords;

const OF_CALENDARS: &str = "Exit codes: 0 fine, 2 could not run: there is no such store or calendar, \
                            or a date would change nothing, 70 a fault of Redress, 130 interrupted.";

#[derive(Words)]
#[command(after_help = OF_CALENDARS, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Calendar {
    #[command(subcommand)]
    pub command: CalendarCommand,
}

#[derive(Subcommand)]
pub(crate) enum CalendarCommand {
    /// Amends a calendar: what is owed on open cases is counted again.
    Amend(CalendarAmend),
    /// Lists the amendments of calendars: what, by whom, why, since when.
    List(CalendarList),
}

#[derive(Words)]
#[command(after_help = OF_CALENDARS)]
pub(crate) struct CalendarAmend {
    /// The set of holidays, as `england-and-wales`; or a protocol and its calendar, as `shop/office`.
    #[arg(value_hint = ValueHint::Other)]
    pub calendar: String,
    /// A date that is closed, as 2026-06-10; may be given several times.
    #[arg(long, value_name = "DATE", required_unless_present = "remove", value_hint = ValueHint::Other)]
    pub add: Vec<NaiveDate>,
    /// A date that is no holiday any more; may be given several times.
    #[arg(long, value_name = "DATE", value_hint = ValueHint::Other)]
    pub remove: Vec<NaiveDate>,
    /// Why: what those days are. The working of a due date shows it.
    #[arg(long, value_name = "TEXT", value_hint = ValueHint::Other)]
    pub reason: String,
    /// Where that is written.
    #[arg(long, value_name = "TEXT", value_hint = ValueHint::Other)]
    pub source: String,
    #[command(flatten)]
    pub of: CaseWords,
}

#[derive(Words)]
#[command(after_help = OF_CALENDARS)]
pub(crate) struct CalendarList {
    #[command(flatten)]
    pub of: CaseWords,
}
