//! What a writer must know before it decides some orders, asked for at once.

use crate::cases::{Answer, Failure, Key, Standing, StreamId, Tenant, Webhook};
use std::collections::{BTreeMap, BTreeSet};

/// What orders of one tenant are about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Their idempotency keys.
    pub keys: Vec<String>,
    /// The cases of which something is reported, and the streams on which time acts.
    pub streams: Vec<StreamId>,
    /// Those of them of which something is reported that may hold personal values.
    pub sealing: Vec<StreamId>,
    /// The people of the cases that are opened.
    pub people: Vec<String>,
}

/// A stream, as far as it says what it is decided with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Its id.
    pub stream: StreamId,
    /// The case on which it was proposed, for a stop.
    pub on: Option<StreamId>,
    /// The id of its protocol.
    pub protocol_id: String,
    /// Who complains.
    pub complainant: Option<String>,
    /// How many decisions there are.
    pub version: u32,
}

/// What is kept of it. Each part was true at some instant after it was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    /// The answers that were given under the keys, by key.
    pub answers: BTreeMap<String, Answer>,
    /// Where others write into the place too: the streams that were asked for, all streams of
    /// the people who are asked for or complain there, and the stops on all of these.
    pub streams: Option<BTreeMap<StreamId, Outline>>,
    /// The keys of the people who are asked for or complain where something is sealed, by person,
    /// nothing for one without a key; of a case of nobody its own, by its id.
    pub people: BTreeMap<String, Option<Key>>,
    /// The references of the personal values of each case in `sealing`.
    pub slots: BTreeMap<StreamId, BTreeSet<String>>,
    /// The receivers of the tenant, by number.
    pub receivers: Vec<Webhook>,
}

/// A place that is asked before something is decided.
pub trait Ahead {
    /// What is kept of what some orders are about.
    ///
    /// # Errors
    /// As every call.
    fn glance(&self, tenant: Tenant, asked: &Asked) -> Result<Glance, Failure>;
}

impl From<&Standing> for Outline {
    fn from(standing: &Standing) -> Self {
        Self {
            stream: standing.stream,
            on: standing.on,
            protocol_id: standing.protocol_id.clone(),
            complainant: standing.complainant.clone(),
            version: standing.version,
        }
    }
}
