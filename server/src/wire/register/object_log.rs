//! What an event log of OCEL 2.0 looks like: it is written as it is read, so that these types are for
//! whoever reads it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An object-centric event log (OCEL 2.0, JSON).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ObjectLog {
    /// The types of objects.
    pub object_types: Vec<LogType>,
    /// The types of events.
    pub event_types: Vec<LogType>,
    /// The objects.
    pub objects: Vec<LogObject>,
    /// The events, case by case.
    pub events: Vec<LogEvent>,
}

/// A type of objects or events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogType {
    /// Its name.
    pub name: String,
    /// What is said of each.
    pub attributes: Vec<LogAttributeType>,
}

/// What is said of each object or event of a type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogAttributeType {
    /// Its name.
    pub name: String,
    /// `string` or `time`.
    #[serde(rename = "type")]
    pub kind: String,
}

/// An object: a case, a person, an entry of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogObject {
    /// Its id.
    pub id: String,
    /// The name of its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// What is said of it.
    pub attributes: Vec<LogObjectValue>,
    /// What it is related to.
    pub relationships: Vec<LogRelation>,
}

/// Something that is said of an object from an instant on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogObjectValue {
    /// What.
    pub name: String,
    /// From when.
    #[schema(format = DateTime)]
    pub time: String,
    /// The value.
    pub value: String,
}

/// An event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogEvent {
    /// Its id.
    pub id: String,
    /// The name of its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// When it happened.
    #[schema(format = DateTime)]
    pub time: String,
    /// What is said of it.
    pub attributes: Vec<LogEventValue>,
    /// The objects that it concerns.
    pub relationships: Vec<LogRelation>,
}

/// Something that is said of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogEventValue {
    /// What.
    pub name: String,
    /// The value.
    pub value: String,
}

/// An object that an object or an event is related to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct LogRelation {
    /// The id of the object.
    pub object_id: String,
    /// As what.
    pub qualifier: String,
}
