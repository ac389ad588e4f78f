//! Everything an author has written in one protocol folder.

use crate::syntax::Anywhere;
use crate::syntax::Calendar;
use crate::syntax::Channel;
use crate::syntax::Condition;
use crate::syntax::Deadline;
use crate::syntax::Event;
use crate::syntax::Field;
use crate::syntax::Function;
use crate::syntax::HolidaySet;
use crate::syntax::Letter;
use crate::syntax::Protocol;
use crate::syntax::Role;
use crate::syntax::Rung;
use crate::syntax::Severity;
use crate::syntax::Stage;
use crate::syntax::Text;
use crate::syntax::TimeRules;
use crate::text::FileId;

/// A whole protocol as it was written, over all its files. Every list is in the order of writing,
/// the files in the order they are included; no list holds a name twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// `[protocol]`. `None` has been reported.
    pub protocol: Option<Protocol>,
    /// `[calendars]`.
    pub calendars: Vec<Calendar>,
    /// `[time]`.
    pub time: Option<TimeRules>,
    /// `[roles]`.
    pub roles: Vec<Role>,
    /// `[channels]`.
    pub channels: Vec<Channel>,
    /// `[fields]`.
    pub fields: Vec<Field>,
    /// `[texts]`.
    pub texts: Vec<Text>,
    /// `[severity]`.
    pub severity: Option<Severity>,
    /// `[[ladder]]`, lowest rung first.
    pub ladder: Vec<Rung>,
    /// `[events]`.
    pub events: Vec<Event>,
    /// `[conditions]`.
    pub conditions: Vec<Condition>,
    /// `[stages]`.
    pub stages: Vec<Stage>,
    /// `[anywhere.on]`.
    pub anywhere: Vec<Anywhere>,
    /// `[deadlines]`.
    pub deadlines: Vec<Deadline>,
    /// `[letters]`.
    pub letters: Vec<Letter>,
    /// `[functions]`.
    pub functions: Vec<Function>,
    /// The holiday sets of `calendars/*.toml`: the organisation's own, then those that ship with
    /// Redress under an id that the organisation has not taken.
    pub holiday_sets: Vec<HolidaySet>,
    /// The calendars of `calendars/*.ics`, still as text.
    pub ics: Vec<IcsFile>,
    /// `rules.rhai`, still as text.
    pub script: Option<ScriptFile>,
}

/// An iCalendar file of the organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IcsFile {
    /// The name of the file without folder and ending; `holidays = [...]` names it.
    pub id: String,
    /// The file.
    pub file: FileId,
    /// Its text.
    pub text: String,
}

/// The functions of a protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptFile {
    /// The file.
    pub file: FileId,
    /// Its text.
    pub text: String,
}
