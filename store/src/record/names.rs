//! The names that a machine has, in the order of its numbers.

use engine::machine::Machine;
use engine::model::{CalendarId, Deadline, Field, FieldKind, Protocol, StopId};
use engine::time::zone_data_version;

/// The table of names of one version of a protocol. Decisions refer to its places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// The version of the IANA database that due instants were derived with.
    pub(super) zone_data: String,
    /// The calendars, each as its name, `@` and the SHA-256 of its content.
    pub(super) calendars: Vec<String>,
    /// The entries of the protocol.
    pub(super) rules: Vec<RuleName>,
    /// The roles, then the parties that are there without being declared.
    pub(super) parties: Vec<String>,
    /// What cases know, and then what each stop knows.
    pub(super) parts: Vec<Part>,
}

/// An entry of the protocol.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RuleName {
    pub(super) path: String,
    pub(super) place: String,
    pub(super) source: Option<String>,
}

/// The names that belong to one machine: that of the cases, or that of a stop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// The name of the stop; empty for cases.
    pub(super) name: String,
    pub(super) stages: Vec<String>,
    pub(super) events: Vec<EventName>,
    pub(super) fields: Vec<FieldName>,
    pub(super) records: Vec<RecordName>,
    pub(super) deadlines: Vec<DeadlineName>,
    pub(super) rungs: Vec<String>,
    pub(super) levels: Vec<String>,
    pub(super) channels: Vec<String>,
    pub(super) letters: Vec<String>,
    pub(super) stops: Vec<String>,
    pub(super) intakes: Vec<String>,
    pub(super) questions: Vec<String>,
}

/// An event, and the record to whose entries it belongs, by its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EventName {
    pub(super) name: String,
    pub(super) record: Option<u32>,
}

/// A field and what may be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FieldName {
    pub(super) name: String,
    pub(super) choices: Vec<String>,
}

/// A record and the fields of its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RecordName {
    pub(super) name: String,
    pub(super) fields: Vec<FieldName>,
}

/// A deadline, the place of its calendar and its terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DeadlineName {
    pub(super) name: String,
    pub(super) calendar: u32,
    pub(super) terms: Vec<String>,
}

impl Names {
    /// The names of a machine and of the machines of its stops.
    #[must_use]
    pub fn of(machine: &Machine) -> Self {
        let protocol = &machine.protocol;
        let rules = protocol.rules.iter().map(|rule| RuleName {
            path: rule.path.clone(),
            place: rule.place.clone(),
            source: rule.source.clone(),
        });
        let roles = protocol.roles.iter().map(|it| it.name.as_str());
        let parties = roles.chain(engine::model::Party::built_in_names());
        let calendars = (0..protocol.calendars.len()).map(CalendarId::at);
        let of_stops = protocol
            .stops
            .iter()
            .enumerate()
            .filter_map(|(at, stop)| Some(part(&stop.name, machine.stop(StopId::at(at))?)));
        Self {
            zone_data: zone_data_version().to_owned(),
            calendars: calendars.map(|it| machine.calendar_version(it).to_owned()).collect(),
            rules: rules.collect(),
            parties: parties.map(str::to_owned).collect(),
            parts: std::iter::once(part("", machine)).chain(of_stops).collect(),
        }
    }
}

fn part(name: &str, machine: &Machine) -> Part {
    let protocol = &machine.protocol;
    let levels = protocol.sets.levels.and_then(|set| protocol.scope.set(set));
    let events = protocol.events.iter().map(|it| EventName {
        name: it.name.clone(),
        record: it.of.map(|of| u32::from(of.record.0)),
    });
    let records = protocol.records.iter().map(|it| RecordName {
        name: it.name.clone(),
        fields: it.fields.iter().map(|it| field(protocol, &it.field)).collect(),
    });
    Part {
        name: name.to_owned(),
        stages: protocol.stages.iter().map(|it| it.name.clone()).collect(),
        events: events.collect(),
        fields: protocol.fields.iter().map(|it| field(protocol, it)).collect(),
        records: records.collect(),
        deadlines: protocol.deadlines.iter().map(deadline).collect(),
        rungs: protocol.ladder.iter().map(|it| it.name.clone()).collect(),
        levels: levels.map(|set| set.names.clone()).unwrap_or_default(),
        channels: protocol.channels.iter().map(|it| it.name.clone()).collect(),
        letters: protocol.letters.iter().map(|it| it.name.clone()).collect(),
        stops: protocol.stops.iter().map(|it| it.name.clone()).collect(),
        intakes: protocol.intake.iter().map(|it| it.name.clone()).collect(),
        questions: protocol.history.questions.iter().map(|it| it.name.clone()).collect(),
    }
}

fn field(protocol: &Protocol, field: &Field) -> FieldName {
    let choices = match &field.kind {
        FieldKind::Choice(set) | FieldKind::Role(set) => protocol.scope.set(*set),
        _ => None,
    };
    let choices = choices.map(|set| set.names.clone()).unwrap_or_default();
    FieldName { name: field.name.clone(), choices }
}

fn deadline(deadline: &Deadline) -> DeadlineName {
    let terms = deadline.alternatives.iter().map(|it| it.allowance.to_string());
    DeadlineName {
        name: deadline.name.clone(),
        calendar: u32::from(deadline.calendar.0),
        terms: terms.collect(),
    }
}
