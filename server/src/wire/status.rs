//! What a complainant sees of the own case.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How a complaint stands, for whoever complained. Nothing personal is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// The number that people use for it.
    pub ticket: String,
    /// The name of the procedure.
    pub procedure: String,
    /// The language of the names of procedure, stage and steps, as BCP 47 says.
    pub language: String,
    /// The time zone of the dates.
    pub zone: String,
    /// The day on which it was received, in that zone.
    #[schema(format = Date)]
    pub received_on: String,
    /// The name of the stage.
    pub stage: String,
    /// Whether it is closed.
    pub closed: bool,
    /// What the complainant can or must still do.
    pub yours: Vec<Step>,
    /// What the organisation owes the complainant.
    pub theirs: Vec<Step>,
}

/// Something that is still to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What.
    pub what: String,
    /// The last day, in the zone of the procedure.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    pub until: Option<String>,
    /// Whether that has passed.
    pub missed: bool,
}
