//! The whole protocol.

use crate::model::{Channel, Condition, Deadline, Event, Field, Function, Letter, Role, RoleId};
use crate::model::{DeadlineId, EventId, FieldId, RuleId, Rung, RungId, Severity, Stage, StageId};
use crate::model::{Party, Point, Rule, Variable};
use crate::script::{Library, Scope, SetId};
use crate::text::{LineIndex, SourceFile, SourceSet};
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
    /// The organisation's fixed data, by name.
    pub texts: Vec<(String, String)>,
    /// The decision table of severity.
    pub severity: Option<Severity>,
    /// The ladder, lowest rung first; may be empty.
    pub ladder: Vec<Rung>,
    /// The events; the first is the built-in `opened`.
    pub events: Vec<Event>,
    /// The conditions.
    pub conditions: Vec<Condition>,
    /// The stages.
    pub stages: Vec<Stage>,
    /// The stage in which cases begin.
    pub start: StageId,
    /// The deadlines.
    pub deadlines: Vec<Deadline>,
    /// The letters.
    pub letters: Vec<Letter>,
    /// The functions of `rules.rhai`, by the number that conditions hold.
    pub functions: Vec<Function>,
    /// The compiled `rules.rhai`.
    pub library: Library,
    /// What each variable of a condition means.
    pub variables: Vec<Variable>,
    /// The sets of names that conditions compare with.
    pub scope: Scope,
    /// The sets of names that are not declared by a field.
    pub sets: Sets,
    /// Every entry that something points back to.
    pub rules: Vec<Rule>,
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
        for rule in &mut self.rules {
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

    /// The field with this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<FieldId> {
        self.fields.iter().position(|field| field.name == name).map(FieldId::at)
    }
}
