//! A case as it stands.

use crate::access::Reader;
use crate::wire::FieldValue;
use crate::wire::duty::{Duty, SelfActing, ahead};
use crate::wire::written::written;
use engine::machine::Machine;
use engine::model::{Readable, RecordId};
use engine::runtime::Case;
use engine::text::Strings;
use engine::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::cases::{Hash, Standing};
use utoipa::ToSchema;

/// Which version of a protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProtocolName {
    /// Its id.
    #[schema(example = "small-business")]
    pub id: String,
    /// The SHA-256 of its folder, as 64 hexadecimal digits: one version for ever.
    pub hash: String,
}

/// A case as it stands, as far as the token may read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseState {
    /// Its id.
    pub id: String,
    /// How many decisions were recorded: the `ETag` begins with this number. Left out in a reading
    /// of the past.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// The number that people use for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
    /// The version of the protocol that it runs under.
    pub protocol: ProtocolName,
    /// When it was received; left out in a reading from before then.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub opened_at: Option<String>,
    /// The name of its stage.
    pub stage: String,
    /// The name of its rung, where there is a ladder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rung: Option<String>,
    /// The name of its severity, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<String>,
    /// As what it was taken in, or what it has become.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intake: Option<String>,
    /// How it came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// The person who complains, as an opaque id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complainant: Option<String>,
    /// The person complained about, as an opaque id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub respondent: Option<String>,
    /// Whether it is in an end stage.
    pub closed: bool,
    /// Whether a deadline was missed, ever.
    pub breached: bool,
    /// What its fields hold; left out what is unset, kept from this token, or erased.
    pub fields: BTreeMap<String, FieldValue>,
    /// Its entries, by record and number.
    pub entries: Vec<EntryState>,
    /// What is owed, the soonest due first.
    pub duties: Vec<Duty>,
    /// What time does by itself, the soonest first.
    pub by_itself: Vec<SelfActing>,
}

/// An entry of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryState {
    /// The record.
    pub record: String,
    /// Its number within the record, from 1.
    pub number: u32,
    /// Its id; left out where what it holds is kept from this token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// When it was added.
    #[schema(format = DateTime)]
    pub added_at: String,
    /// When it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub done_at: Option<String>,
    /// What its fields hold; empty where this is kept from this token.
    pub fields: BTreeMap<String, FieldValue>,
}

/// A line of a list of cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseRow {
    /// Its id.
    pub id: String,
    /// How many decisions were recorded.
    pub version: u32,
    /// The number that people use for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
    /// The version of the protocol that it runs under.
    pub protocol: ProtocolName,
    /// When it was received.
    #[schema(format = DateTime)]
    pub opened_at: String,
    /// The name of its stage.
    pub stage: String,
    /// The name of its rung.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rung: Option<String>,
    /// The name of its severity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<String>,
    /// The person who complains, as an opaque id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complainant: Option<String>,
    /// The person complained about, as an opaque id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub respondent: Option<String>,
    /// Whether it is in an end stage.
    pub closed: bool,
    /// Whether a deadline was missed, ever.
    pub breached: bool,
    /// The soonest due instant of what is owed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub due_at: Option<String>,
}

/// A page of a list of cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseList {
    /// The cases, in the order in which they were opened.
    pub cases: Vec<CaseRow>,
    /// Give this as `cursor` to read on; left out at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A line of a list.
#[must_use]
pub fn row(standing: &Standing) -> CaseRow {
    CaseRow {
        id: standing.stream.to_string(),
        version: standing.version,
        ticket: standing.ticket.clone(),
        protocol: protocol_name(&standing.protocol_id, standing.protocol),
        opened_at: standing.opened_at.to_string(),
        stage: standing.stage.clone(),
        rung: standing.rung.clone(),
        severity: standing.severity.clone(),
        complainant: standing.complainant.clone(),
        respondent: standing.respondent.clone(),
        closed: standing.closed,
        breached: standing.breached,
        due_at: standing.due_at.map(|it| it.to_string()),
    }
}

/// The name of a version.
#[must_use]
pub fn protocol_name(id: &str, hash: Hash) -> ProtocolName {
    ProtocolName { id: id.to_owned(), hash: hash.to_string() }
}

/// A case, and what is needed to read it.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The machine that it belongs to.
    pub machine: &'a Machine,
    /// Its strings.
    pub strings: &'a Strings,
    /// The case as it is read.
    pub case: &'a Case,
    /// How it stands now.
    pub standing: &'a Standing,
    /// When it is read.
    pub at: Instant,
    /// Whether that is now.
    pub is_now: bool,
    /// The personal values, by their references.
    pub personal: &'a dyn Fn(&str) -> Option<String>,
}

/// A case as a reader may see it.
#[must_use]
pub fn state(shown: &Shown<'_>, reader: &Reader) -> CaseState {
    let Shown { machine, strings, case, standing, .. } = *shown;
    let protocol = &machine.protocol;
    let person = |id: Option<engine::text::Symbol>| id.map(|id| strings.get(id).to_owned());
    let rung = protocol.ladder.get(case.rung.index()).map(|it| it.name.clone());
    let stage = protocol.stages.get(case.stage.index()).map(|it| it.name.clone());
    let intake = protocol.intake.get(case.intake.index()).map(|it| it.name.clone());
    let (duties, by_itself) = ahead(shown, reader);
    let channel = case.channel.and_then(|id| protocol.channels.get(id.index()));
    CaseState {
        id: standing.stream.to_string(),
        version: shown.is_now.then_some(standing.version),
        ticket: standing.ticket.clone(),
        protocol: protocol_name(&standing.protocol_id, standing.protocol),
        opened_at: case.opened_at.map(|it| it.to_string()),
        stage: stage.unwrap_or_default(),
        rung,
        severity: case.severity.map(|level| machine.level_name(level).to_owned()),
        intake,
        channel: channel.map(|it| it.name.clone()),
        complainant: person(case.complainant),
        respondent: person(case.respondent),
        closed: case.closed,
        breached: case.clocks.iter().any(|it| it.breached),
        fields: fields(shown, reader),
        entries: entries(shown, reader),
        duties,
        by_itself,
    }
}

fn fields(shown: &Shown<'_>, reader: &Reader) -> BTreeMap<String, FieldValue> {
    let protocol = &shown.machine.protocol;
    let each = (0u16..).map(engine::model::FieldId).zip(&protocol.fields);
    let knows = reader.knows_the_person(shown.machine);
    let open = each.filter(|(_, field)| knows || !field.personal);
    let open = open.filter(|(id, _)| reader.reads(shown.machine, Readable::Field(*id)));
    let values = open.filter_map(|(id, field)| {
        let value = shown.case.field(id);
        let value = written(protocol, field, value, shown.strings, shown.personal)?;
        Some((field.name.clone(), value))
    });
    values.collect()
}

fn entries(shown: &Shown<'_>, reader: &Reader) -> Vec<EntryState> {
    let mut all = Vec::new();
    for (id, record) in (0u16..).map(RecordId).zip(&shown.machine.protocol.records) {
        let is_open = reader.reads(shown.machine, Readable::Record(id));
        let knows = reader.knows_the_person(shown.machine);
        for (number, entry) in (1u16..).zip(shown.case.entries(id)) {
            let value = |(place, field): (u16, &engine::model::EntryField)| {
                let value = shown.case.entry_value(id, number, place);
                let protocol = &shown.machine.protocol;
                let field = Some(&field.field).filter(|it| knows || !it.personal)?;
                let value = written(protocol, field, value, shown.strings, shown.personal)?;
                Some((field.name.clone(), value))
            };
            let fields = (0u16..).zip(&record.fields).filter(|_| is_open).filter_map(value);
            all.push(EntryState {
                record: record.name.clone(),
                number: u32::from(number),
                id: is_open.then(|| shown.strings.get(entry.id).to_owned()),
                added_at: entry.at.to_string(),
                done_at: entry.done_at.map(|it| it.to_string()),
                fields: fields.collect(),
            });
        }
    }
    all
}
