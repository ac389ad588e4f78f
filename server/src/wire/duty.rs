//! What somebody owes, and what time does by itself.

use crate::access::Reader;
use crate::wire::case::{CaseRow, Shown};
use crate::wire::{Rule, row, rule};
use engine::model::{Protocol, Readable};
use engine::runtime::{Left, outlook};
use serde::{Deserialize, Serialize};
use store::cases;
use utoipa::ToSchema;

/// Something that somebody owes on a case, or may still do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// The deadline.
    pub deadline: String,
    /// Its name for people.
    pub title: String,
    /// The entry that it is for, where each entry has a clock of its own; left out where what it
    /// holds is kept from this token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// Who owes it: a role, `complainant`, `respondent` or `system`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// Whether it is a right rather than a duty.
    pub window: bool,
    /// When it is due, inclusive; left out while its clock stands still.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub due: Option<String>,
    /// What is left until then; left out where it is not due or was missed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<TimeLeft>,
    /// Whether it was missed and is owed still.
    pub missed: bool,
    /// The stage in which it stands still.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paused_in: Option<String>,
    /// The rule that says so.
    pub rule: Rule,
}

/// How much time is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeLeft {
    /// In what.
    pub unit: Unit,
    /// How many, the last day included.
    pub count: i64,
}

/// In what time that is left is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// It is due today: milliseconds.
    Milliseconds,
    /// Working days after today.
    WorkingDays,
    /// Days after today.
    Days,
}

/// Something that happens by itself unless something else happens before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SelfActing {
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// The stage that it leads to, where it leads to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The rule that says so.
    pub rule: Rule,
}

/// A page of what is to be done, the soonest due first, then what has no due instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Worklist {
    /// What is owed.
    pub duties: Vec<WorklistRow>,
    /// Give this as `cursor` to read on; left out at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// One thing that is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorklistRow {
    /// The deadline.
    pub deadline: String,
    /// Which instance of it, from 1.
    pub occurrence: u32,
    /// Who owes it.
    pub party: String,
    /// When it is due, inclusive; left out while its clock stands still.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub due: Option<String>,
    /// Whether it was missed and is owed still.
    pub missed: bool,
    /// The stop that it is about, by its name; left out for a deadline of the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop: Option<String>,
    /// On which case; of a stop, that on which it was proposed.
    pub case: CaseRow,
}

/// A line of a worklist; `stop` names the stop that owes it, if one does.
#[must_use]
pub fn worklist_row(case: &cases::Standing, stop: Option<&str>, duty: &cases::Duty) -> WorklistRow {
    WorklistRow {
        deadline: duty.deadline.clone(),
        occurrence: u32::from(duty.occurrence),
        party: duty.party.clone(),
        due: duty.due.map(|it| it.to_string()),
        missed: duty.missed,
        stop: stop.map(str::to_owned),
        case: row(case),
    }
}

/// What is owed on a case, and what time does by itself.
pub(super) fn ahead(shown: &Shown<'_>, reader: &Reader) -> (Vec<Duty>, Vec<SelfActing>) {
    let machine = shown.machine;
    let protocol = &machine.protocol;
    let ahead = outlook(machine, shown.case, shown.at);
    let owed = ahead.owed.into_iter().filter_map(|owed| {
        let deadline = protocol.deadlines.get(owed.deadline.index())?;
        let record = deadline.for_each.map(|it| Readable::Record(it.record));
        let is_open = record.is_none_or(|it| reader.reads(machine, it));
        Some(Duty {
            deadline: deadline.name.clone(),
            title: deadline.title.clone(),
            entry: owed.entry.filter(|_| is_open).map(|id| shown.strings.get(id).to_owned()),
            party: owed.who.map(|party| protocol.party_name(party).to_owned()),
            window: deadline.window,
            due: owed.due.map(|it| it.to_string()),
            left: owed.left.map(left),
            missed: owed.is_missed,
            paused_in: owed.paused_in.and_then(|id| stage(protocol, id)),
            rule: rule(machine, deadline.rule),
        })
    });
    let acts = ahead.by_itself.into_iter().map(|it| SelfActing {
        at: it.at.to_string(),
        to: it.to.and_then(|id| stage(protocol, id)),
        rule: rule(machine, it.rule),
    });
    (owed.collect(), acts.collect())
}

fn stage(protocol: &Protocol, id: engine::model::StageId) -> Option<String> {
    protocol.stages.get(id.index()).map(|it| it.name.clone())
}

fn left(left: Left) -> TimeLeft {
    match left {
        Left::Ms(count) => TimeLeft { unit: Unit::Milliseconds, count },
        Left::WorkingDays(days) => TimeLeft { unit: Unit::WorkingDays, count: i64::from(days) },
        Left::Days(days) => TimeLeft { unit: Unit::Days, count: i64::from(days) },
    }
}
