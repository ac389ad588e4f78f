//! Trends over all cases.

use crate::wire::{FieldValue, ProtocolName, Rule, rule};
use ::register::cell::Cell;
use ::register::trends::{Common, Named, Signalled, Trends, Watched};
use engine::machine::Machine;
use engine::model::{Party, Trend};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The trends of a protocol, as they stand over all its cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrendList {
    /// The version whose trends these are: the one in use at that instant.
    pub protocol: ProtocolName,
    /// The instant at which they are read.
    #[schema(format = DateTime)]
    pub at: String,
    /// The trends that tell this token, in the order of the file; administration sees all.
    pub trends: Vec<TrendState>,
}

/// A trend and its signals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrendState {
    /// The trend.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// The fields in which the cases hold the same.
    pub group_by: Vec<String>,
    /// How many are enough.
    pub count: u32,
    /// Whether so many persons are counted, and not so many cases.
    pub distinct: bool,
    /// How far apart the cases may have been opened.
    #[schema(example = "30 calendar days")]
    pub within: String,
    /// The event in another case after which a case must have been opened to count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The roles that are told.
    pub tells: Vec<String>,
    /// The rule.
    pub rule: Rule,
    /// The signals that stand, the latest first; at most `limit`.
    pub signals: Vec<TrendSignal>,
    /// How many stand, shown or not.
    pub signals_total: u64,
}

/// A signal that stands: a cluster of cases that is large enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrendSignal {
    /// Since when: when the case was opened that completed it.
    #[schema(format = DateTime)]
    pub since: String,
    /// When the first of its cases was opened.
    #[schema(format = DateTime)]
    pub from: String,
    /// When the latest case of the cluster was opened.
    #[schema(format = DateTime)]
    pub last: String,
    /// The most cases of the cluster within the period, or persons where `distinct` is true.
    pub most: u64,
    /// What the cases have in common, in the order of `group_by`.
    pub common: Vec<TrendValue>,
    /// The cases that made it, in the order in which they were opened; left out for administration,
    /// which reads no case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cases: Option<Vec<TrendCase>>,
}

/// A field in which the cases of a signal hold the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrendValue {
    /// The field.
    pub field: String,
    /// The value; left out where it is kept from this token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<FieldValue>,
}

/// A case of a signal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrendCase {
    /// Its id.
    pub id: String,
    /// The number that people use for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
}

/// The trends of a store, as the route answers them; for whoever reads cases, with the cases.
#[must_use]
pub fn trend_list(found: &Trends, with_cases: bool) -> TrendList {
    let machine = &found.loaded.machine;
    let declared = |it: &Watched| machine.protocol.trends.get(it.id.index());
    let each =
        found.trends.iter().filter_map(|it| Some(trend(machine, declared(it)?, it, with_cases)));
    TrendList {
        protocol: ProtocolName { id: found.loaded.id.clone(), hash: found.loaded.hash.to_string() },
        at: found.at.to_string(),
        trends: each.collect(),
    }
}

fn trend(machine: &Machine, trend: &Trend, watched: &Watched, with_cases: bool) -> TrendState {
    let protocol = &machine.protocol;
    let fields = trend.group_by.iter().filter_map(|id| protocol.fields.get(id.index()));
    let tells = trend.tells.iter().map(|it| protocol.party_name(Party::Role(*it)).to_owned());
    let after = trend.after.and_then(|id| protocol.events.get(id.index()));
    TrendState {
        name: trend.name.clone(),
        title: trend.title.clone(),
        group_by: fields.map(|it| it.name.clone()).collect(),
        count: trend.count,
        distinct: trend.distinct,
        within: trend.within.to_string(),
        after: after.map(|it| it.name.clone()),
        tells: tells.collect(),
        rule: rule(machine, trend.rule),
        signals: watched.signals.iter().map(|it| signal(it, with_cases)).collect(),
        signals_total: count(watched.signals_total),
    }
}

fn signal(it: &Signalled, with_cases: bool) -> TrendSignal {
    TrendSignal {
        since: it.since.to_string(),
        from: it.from.to_string(),
        last: it.last.to_string(),
        most: count(it.most),
        common: it.common.iter().map(common).collect(),
        cases: with_cases.then(|| it.cases.iter().map(case).collect()),
    }
}

fn common(it: &Common) -> TrendValue {
    let value = it.value.as_ref().map(|it| match it {
        Cell::Flag(flag) => FieldValue::Flag(*flag),
        other => FieldValue::Text(other.plain()),
    });
    TrendValue { field: it.field.clone(), value }
}

fn case(it: &Named) -> TrendCase {
    TrendCase { id: it.stream.to_string(), ticket: it.ticket.clone() }
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
