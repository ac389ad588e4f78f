//! Everything an author has written in one protocol folder.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::syntax::Anywhere;
use crate::syntax::Calendar;
use crate::syntax::Channel;
use crate::syntax::Condition;
use crate::syntax::Deadline;
use crate::syntax::Event;
use crate::syntax::Field;
use crate::syntax::Function;
use crate::syntax::Guarantee;
use crate::syntax::Help;
use crate::syntax::History;
use crate::syntax::HolidaySet;
use crate::syntax::Intake;
use crate::syntax::Letter;
use crate::syntax::LetterFile;
use crate::syntax::Names;
use crate::syntax::Protocol;
use crate::syntax::Role;
use crate::syntax::Rung;
use crate::syntax::Severity;
use crate::syntax::Stage;
use crate::syntax::Stop;
use crate::syntax::Text;
use crate::syntax::TimeRules;
use crate::syntax::Trend;
use crate::syntax::Words;
use crate::syntax::across::history;
use crate::syntax::across::trend;
use crate::syntax::layer::Map;
use crate::syntax::layer::maps;
use crate::syntax::limit::ENTRIES_MAX;
use crate::syntax::organisation::calendar;
use crate::syntax::organisation::channel;
use crate::syntax::organisation::field;
use crate::syntax::organisation::function;
use crate::syntax::organisation::help;
use crate::syntax::organisation::intake;
use crate::syntax::organisation::letter::entry;
use crate::syntax::organisation::letter::words;
use crate::syntax::organisation::protocol;
use crate::syntax::organisation::retention;
use crate::syntax::organisation::role;
use crate::syntax::organisation::text;
use crate::syntax::organisation::time_rules;
use crate::syntax::procedure::condition;
use crate::syntax::procedure::deadline;
use crate::syntax::procedure::event;
use crate::syntax::procedure::guarantee;
use crate::syntax::procedure::ladder;
use crate::syntax::procedure::record;
use crate::syntax::procedure::severity;
use crate::syntax::procedure::stage;
use crate::syntax::procedure::stop;
use crate::syntax::rules;
use crate::syntax::table::Table;
use crate::syntax::{Record, Retention};
use crate::text::FileId;
use crate::text::Span;
use crate::text::Spanned;

/// Parts of the language that this version does not carry out: refused, never ignored.
const LATER: [&str; 1] = ["simulation"];

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
    /// `[records]`.
    pub records: Vec<Record>,
    /// `[intake]`.
    pub intake: Vec<Intake>,
    /// `[help]`.
    pub help: Vec<Help>,
    /// `[retention]`.
    pub retention: Vec<Retention>,
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
    /// `[[guarantees]]`.
    pub guarantees: Vec<Guarantee>,
    /// `[stops]`.
    pub stops: Vec<Stop>,
    /// `[letters]`.
    pub letters: Vec<Letter>,
    /// `[words]`.
    pub words: Vec<Words>,
    /// The files of the folder `letters`, in order of their paths.
    pub letter_files: Vec<LetterFile>,
    /// The texts of letters of the protocols that this one extends, those of the nearest first. Their
    /// paths all name their language.
    pub base_letters: Vec<LetterFile>,
    /// The texts of letters that ship beside an included part, in order of their paths.
    pub shipped_letters: Vec<LetterFile>,
    /// `[functions]`.
    pub functions: Vec<Function>,
    /// `[history]`.
    pub history: Option<History>,
    /// `[trends]`.
    pub trends: Vec<Trend>,
    /// The protocols that this one is held against.
    pub complies_with: Names,
    /// `[maps]`: which names stand for those of a statute.
    pub maps: Vec<Map>,
    /// Every text in which something is asked of `history`, in the order of writing.
    pub asks_history: Vec<String>,
    /// The holiday sets of `calendars/*.toml`: the organisation's own, then those that ship with
    /// Redress under an id that the organisation has not taken.
    pub holiday_sets: Vec<HolidaySet>,
    /// The names of all sets that ship with Redress, read or not.
    pub offered_sets: Vec<String>,
    /// The calendars of `calendars/*.ics`, still as text.
    pub ics: Vec<IcsFile>,
    /// `rules.rhai`, still as text.
    pub script: Option<ScriptFile>,
}

impl Written {
    /// Reads the top of one file, except what it includes.
    pub(crate) fn read(root: &mut Table<'_, '_>) -> Self {
        root.later(&LATER);
        Self {
            asks_history: root.texts_with("history"),
            complies_with: root.names("complies_with"),
            maps: root.section("maps", maps::read).unwrap_or_default(),
            history: root.section("history", history::read),
            trends: root.named("trends", "trend", trend::read),
            protocol: root.section("protocol", protocol::read),
            calendars: root.named("calendars", "calendar", calendar::read),
            time: root.section("time", time_rules::read),
            roles: root.named("roles", "role", role::read),
            channels: root.named("channels", "channel", channel::read),
            fields: root.named("fields", "field", field::read),
            records: root.named("records", "record", record::read),
            intake: root.named("intake", "kind of intake", intake::read),
            help: root.named("help", "help", help::read),
            retention: root.named("retention", "retention", retention::read),
            texts: root.section("texts", text::read).unwrap_or_default(),
            severity: root.section("severity", severity::read),
            ladder: ladder::read(root),
            events: root.named("events", "event", event::read),
            conditions: root.named("conditions", "condition", condition::read),
            stages: root.named("stages", "stage", stage::read),
            anywhere: root.section("anywhere", stage::read_anywhere).unwrap_or_default(),
            deadlines: root.named("deadlines", "deadline", deadline::read),
            guarantees: guarantee::read(root),
            stops: root.named("stops", "stop", stop::read),
            letters: root.named("letters", "letter", entry::read),
            words: root.named("words", "the words of", words::read).into_iter().flatten().collect(),
            functions: root.named("functions", "function", function::read),
            ..Self::default()
        }
    }

    /// Adds what another file says. A name that is already there is reported and left out.
    pub(crate) fn append(&mut self, file: Self, out: &mut Diagnostics) {
        once(&mut self.protocol, file.protocol, "protocol", |it| it.span, out);
        once(&mut self.time, file.time, "time", |it| it.span, out);
        once(&mut self.history, file.history, "history", |it| it.span, out);
        self.asks_history.extend(file.asks_history);
        self.complies_with.extend(file.complies_with);
        self.maps.extend(file.maps);
        add(&mut self.trends, file.trends, "trend", |it| &it.name, out);
        once(&mut self.severity, file.severity, "severity", |it| it.span, out);
        add(&mut self.calendars, file.calendars, "calendar", |it| &it.name, out);
        add(&mut self.roles, file.roles, "role", |it| &it.name, out);
        add(&mut self.channels, file.channels, "channel", |it| &it.name, out);
        add(&mut self.fields, file.fields, "field", |it| &it.name, out);
        add(&mut self.records, file.records, "record", |it| &it.name, out);
        add(&mut self.intake, file.intake, "kind of intake", |it| &it.name, out);
        add(&mut self.help, file.help, "help", |it| &it.name, out);
        add(&mut self.retention, file.retention, "retention", |it| &it.name, out);
        add(&mut self.texts, file.texts, "text", |it| &it.name, out);
        add(&mut self.ladder, file.ladder, "rung", |it| &it.name, out);
        add(&mut self.events, file.events, "event", |it| &it.name, out);
        add(&mut self.conditions, file.conditions, "condition", |it| &it.name, out);
        add(&mut self.stages, file.stages, "stage", |it| &it.name, out);
        add(&mut self.anywhere, file.anywhere, "event", |it| &it.event, out);
        add(&mut self.deadlines, file.deadlines, "deadline", |it| &it.name, out);
        add(&mut self.guarantees, file.guarantees, "guarantee", |it| &it.name, out);
        add(&mut self.stops, file.stops, "stop", |it| &it.name, out);
        add(&mut self.letters, file.letters, "letter", |it| &it.name, out);
        add(&mut self.words, file.words, "table of words", |it| &it.name, out);
        add(&mut self.functions, file.functions, "function", |it| &it.name, out);
    }
}

/// Keeps the first of two tables that can only be there once.
fn once<T>(
    whole: &mut Option<T>,
    part: Option<T>,
    name: &str,
    place: impl Fn(&T) -> Span,
    out: &mut Diagnostics,
) {
    match (&*whole, part) {
        (Some(first), Some(second)) => {
            let first = Some(place(first));
            out.push(rules::duplicate_name("table", name, place(&second), first));
        }
        (None, part) => *whole = part,
        (Some(_), None) => {}
    }
}

/// Adds the entries whose names are new, as long as the whole stays within measure: the places
/// of entries become small numbers later.
fn add<T>(
    whole: &mut Vec<T>,
    part: Vec<T>,
    kind: &str,
    name: impl Fn(&T) -> &Spanned<String>,
    out: &mut Diagnostics,
) {
    let place = |it: &T| (name(it).value.clone(), name(it).span);
    let mut places: BTreeMap<String, Span> = whole.iter().map(place).collect();
    for it in part {
        let (text, span) = place(&it);
        if let Some(first) = places.get(&text) {
            out.push(rules::duplicate_name(kind, &text, span, Some(*first)));
            continue;
        }
        places.insert(text, span);
        if places.len() == ENTRIES_MAX.saturating_add(1) {
            let holder = format!("the list of all {kind}s");
            out.push(rules::too_many_entries(&holder, places.len(), ENTRIES_MAX, span));
        }
        if whole.len() < ENTRIES_MAX {
            whole.push(it);
        }
    }
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
