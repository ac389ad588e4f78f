//! The whole protocol.

use std::sync::Arc;

use crate::model::{
    BuiltIn, Channel, Condition, Deadline, Event, Field, Function, Guarantee, Intake, Letter, Role,
    RoleId,
};
use crate::model::{
    Confidential, EntryAct, Help, History, LetterText, Party, Point, Readable, Record, RecordId,
    Retention, Rule, Stop, StopId, TicketScheme, Trend, Variable, Words,
};
use crate::model::{DeadlineId, EventId, FieldId, RuleId, Rung, RungId, Severity, Stage, StageId};
use crate::script::{Library, Scope, SetId};
use crate::text::{Language, LineIndex, SourceFile, SourceSet};
use crate::time::{Calendar, NaiveDate, Rules, Term, Zone};

/// A protocol that the checker has found to be usable.
#[derive(Debug)]
pub struct Protocol {
    /// Its name.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// Its version, as its authors write it.
    pub version: String,
    /// The language of its texts (BCP 47).
    pub language: String,
    /// The zone in which civil dates and times are meant.
    pub zone: Zone,
    /// The first date of receipt, inclusive, for which it holds.
    pub effective_from: Option<NaiveDate>,
    /// The last date of receipt, inclusive.
    pub effective_to: Option<NaiveDate>,
    /// The role that answers for the protocol itself.
    pub accountable: RoleId,
    /// How cases are numbered; `None` where whoever keeps them numbers them in a way of their own.
    pub ticket: Option<TicketScheme>,
    /// The calendars, in file order; the first is that of `[protocol]`.
    pub calendars: Vec<Calendar>,
    /// How terms are counted where a deadline says nothing else.
    pub counts: Rules,
    /// How far back an event may be reported late.
    pub backdate: Option<Term>,
    /// The roles.
    pub roles: Vec<Role>,
    /// The channels.
    pub channels: Vec<Channel>,
    /// The fields.
    pub fields: Vec<Field>,
    /// The records.
    pub records: Vec<Record>,
    /// As what something is taken in; the first is meant where a report names none. May be empty.
    pub intake: Vec<Intake>,
    /// What only some roles read.
    pub confidential: Confidential,
    /// The help from outside that is on call.
    pub help: Vec<Help>,
    /// How long personal values are kept.
    pub retention: Vec<Retention>,
    /// The organisation's fixed data, by name.
    pub texts: Vec<(String, String)>,
    /// The decision table of severity.
    pub severity: Option<Severity>,
    /// The ladder, lowest rung first; may be empty.
    pub ladder: Vec<Rung>,
    /// The events; the first is the built-in `opened`, the last are those of the records.
    pub events: Vec<Event>,
    /// The conditions.
    pub conditions: Vec<Condition>,
    /// The stages.
    pub stages: Vec<Stage>,
    /// The stage in which cases begin.
    pub start: StageId,
    /// The deadlines.
    pub deadlines: Vec<Deadline>,
    /// What it promises, whatever happens; in file order.
    pub guarantees: Vec<Guarantee>,
    /// The letters.
    pub letters: Vec<Letter>,
    /// The stops.
    pub stops: Vec<Stop>,
    /// The languages of the letters, that of the protocol first; empty where no letter has a text.
    pub languages: Vec<Language>,
    /// The texts of the letters, by letter and language, each once. All letters have one in every
    /// language, or none has any.
    pub letter_texts: Vec<LetterText>,
    /// The words for choices and levels.
    pub words: Vec<Words>,
    /// What is asked about the other cases of the same person.
    pub history: History,
    /// What is watched for across all cases.
    pub trends: Vec<Trend>,
    /// The functions of `rules.rhai`, by the number that conditions hold.
    pub functions: Vec<Function>,
    /// The compiled `rules.rhai`.
    pub library: Arc<Library>,
    /// What each variable of a condition means.
    pub variables: Vec<Variable>,
    /// The sets of names that conditions compare with.
    pub scope: Scope,
    /// The sets of names that are not declared by a field.
    pub sets: Sets,
    /// Every entry that something points back to.
    pub rules: Arc<Vec<Rule>>,
}

/// The sets of names a condition knows besides those of choice fields. A set holds the names of
/// the list in its order, so that a place in the list is a value of the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sets {
    /// Levels of severity.
    pub levels: Option<SetId>,
    /// Rungs.
    pub rungs: SetId,
    /// Stages.
    pub stages: SetId,
    /// Channels.
    pub channels: SetId,
    /// Events.
    pub events: SetId,
    /// Kinds of intake.
    pub intake: Option<SetId>,
    /// Roles, then `complainant`, `respondent`, `system`.
    pub parties: SetId,
}

impl Protocol {
    /// The entry with this number.
    ///
    /// # Panics
    /// Never for a number of this protocol.
    #[must_use]
    pub fn rule(&self, id: RuleId) -> &Rule {
        &self.rules[id.index()]
    }

    /// Writes the place of every entry as path and line.
    pub(crate) fn locate(&mut self, sources: &SourceSet) {
        let lines: Vec<(&SourceFile, LineIndex)> =
            sources.files().map(|(_, file)| (file, LineIndex::new(file.readable()))).collect();
        for rule in Arc::make_mut(&mut self.rules) {
            let Some((file, index)) = lines.get(usize::from(rule.span.file.0)) else { continue };
            let line = index.line(rule.span.range().start);
            rule.place = format!("{}:{line}", file.path);
        }
    }

    /// The name of a party: that of its role, or the one it has without being declared. Empty for
    /// a role of another protocol.
    #[must_use]
    pub fn party_name(&self, party: Party) -> &str {
        match party {
            Party::Role(role) => self.roles.get(role.index()).map_or("", |it| it.name.as_str()),
            Party::Complainant => "complainant",
            Party::Respondent => "respondent",
            Party::System => "system",
        }
    }

    /// A point as authors write it.
    #[must_use]
    pub fn point_name(&self, point: Point) -> String {
        let deadline = |id: DeadlineId| self.deadlines.get(id.index()).map_or("", |it| &it.name);
        let rung = |id: RungId| self.ladder.get(id.index()).map_or("", |it| &it.name);
        match point {
            Point::Event(id) => self.events.get(id.index()).map_or("", |it| &it.name).to_owned(),
            Point::Letter(id) => {
                format!("letter:{}", self.letters.get(id.index()).map_or("", |it| &it.name))
            }
            Point::Stage(id) => {
                format!("stage:{}", self.stages.get(id.index()).map_or("", |it| &it.name))
            }
            Point::Rung(id) => format!("rung:{}", rung(id)),
            Point::Escalated => "escalated".to_owned(),
            Point::Reopened => "reopened".to_owned(),
            Point::Met(id) => format!("met:{}", deadline(id)),
            Point::Breach(id) => format!("breach:{}", deadline(id)),
            Point::Lapse(id) => format!("lapse:{}", deadline(id)),
            Point::Extended(id) => format!("extended:{}", deadline(id)),
            Point::Date(id) => self.fields.get(id.index()).map_or("", |it| &it.name).to_owned(),
        }
    }

    /// The event with this name.
    #[must_use]
    pub fn event(&self, name: &str) -> Option<EventId> {
        self.events.iter().position(|event| event.name == name).map(EventId::at)
    }

    /// The event that corrects an earlier one, where the protocol has it.
    #[must_use]
    pub fn corrected(&self) -> Option<EventId> {
        let corrects = |it: &Event| it.built_in == Some(BuiltIn::Corrected);
        self.events.iter().position(corrects).map(EventId::at)
    }

    /// The fields that an event brings, in file order, and whether it must: those of the case, or
    /// of an entry where it is of a record.
    #[must_use]
    pub fn brings(&self, event: &Event) -> Vec<(&Field, bool)> {
        let Some(of) = event.of else {
            let carried = event.carries.iter();
            let found =
                carried.filter_map(|it| Some((self.fields.get(it.field.index())?, it.required)));
            return found.collect();
        };
        let fields = self.records.get(of.record.index()).map_or(&[][..], |it| &it.fields);
        let brought = fields.iter().filter_map(|it| match of.act {
            EntryAct::Added => Some((&it.field, it.field.required)),
            EntryAct::Changed => it.changes.then_some((&it.field, false)),
            EntryAct::Done => None,
        });
        brought.collect()
    }

    /// The record with this name.
    #[must_use]
    pub fn record(&self, name: &str) -> Option<RecordId> {
        self.records.iter().position(|record| record.name == name).map(RecordId::at)
    }

    /// The stop with this name.
    #[must_use]
    pub fn stop(&self, name: &str) -> Option<StopId> {
        self.stops.iter().position(|stop| stop.name == name).map(StopId::at)
    }

    /// Something that people read, as authors name it: a field, a record, `reason:E`.
    #[must_use]
    pub fn readable_name(&self, what: Readable) -> String {
        match what {
            Readable::Field(id) => self.fields.get(id.index()).map_or("", |it| &it.name).to_owned(),
            Readable::Record(id) => {
                self.records.get(id.index()).map_or("", |it| &it.name).to_owned()
            }
            Readable::Reason(id) => {
                format!("reason:{}", self.events.get(id.index()).map_or("", |it| &it.name))
            }
        }
    }

    /// The field with this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<FieldId> {
        self.fields.iter().position(|field| field.name == name).map(FieldId::at)
    }
}
