//! Where a case belongs among those that a trend counts.

use std::collections::BTreeSet;

use crate::machine::Machine;
use crate::model::{Trend, TrendId};
use crate::runtime::across::trends::clusters::Counted;
use crate::runtime::{Case, CaseKey, Fact, FactKind, View};
use crate::script::{self, Value};
use crate::text::{Strings, Symbol};
use crate::time::Instant;

/// A trend and the values that its cases have in common, written out.
pub(crate) type Group = (TrendId, String);

/// A case in a group of a trend.
pub(crate) struct Placed {
    pub(crate) group: Group,
    /// The values that the cases of the group have in common.
    pub(crate) values: Vec<Value>,
    pub(crate) case: Counted,
}

/// A case, and what was decided about it.
#[derive(Clone, Copy)]
pub(crate) struct Looked<'a> {
    pub(crate) key: CaseKey,
    pub(crate) case: &'a Case,
    /// When the event of `after` happened in it, in order.
    pub(crate) happened: &'a dyn Fn(&Trend) -> Vec<Instant>,
    pub(crate) strings: &'a Strings,
}

/// The groups in which trends count a case. `own` gives a string its number in the table that all
/// cases share.
pub(crate) fn placed(
    machine: &Machine,
    looked: Looked<'_>,
    own: &mut dyn FnMut(Symbol) -> Symbol,
) -> Vec<Placed> {
    let trends = machine.protocol.trends.iter().enumerate();
    let each = trends.filter_map(|(place, trend)| {
        let values = values(trend, looked.case, own)?;
        let case = counted(machine, trend, looked, own)?;
        Some(Placed { group: (TrendId::at(place), written(&values)), values, case })
    });
    each.collect()
}

/// The values by which a case is grouped; nothing where one is unset.
fn values(trend: &Trend, case: &Case, own: &mut dyn FnMut(Symbol) -> Symbol) -> Option<Vec<Value>> {
    let each = trend.group_by.iter().map(|id| match case.field(*id) {
        Value::Unset => None,
        Value::Number(number) => Some(Value::Number(number.normalize())),
        Value::Text(text) => Some(Value::Text(own(text))),
        Value::Slot(slot) => Some(Value::Slot(own(slot))),
        other => Some(other),
    });
    each.collect()
}

fn written(values: &[Value]) -> String {
    let each = values.iter().map(|it| match it {
        Value::Number(number) => format!("{number};"),
        other => format!("{other:?};"),
    });
    each.collect()
}

fn counted(
    machine: &Machine,
    trend: &Trend,
    looked: Looked<'_>,
    own: &mut dyn FnMut(Symbol) -> Symbol,
) -> Option<Counted> {
    let Looked { key, case, strings, .. } = looked;
    let opened = case.opened_at?;
    let view = View { machine, case, event: None, strings };
    let holds = trend.when.as_ref().is_none_or(|when| script::truth(when, &view) == Ok(true));
    let person = case.complainant.filter(|_| trend.distinct).map(own);
    let mended = (looked.happened)(trend);
    Some(Counted {
        opened,
        key,
        person,
        mended,
        counts: holds && (person.is_some() || !trend.distinct),
    })
}

/// When an event happened in a case, as far as its facts say, in order. `is` says whether an event
/// is this one.
pub(crate) fn happened<'a>(
    facts: impl Iterator<Item = &'a Fact> + Clone,
    is: impl Fn(crate::model::EventId) -> bool,
) -> Vec<Instant> {
    let withdrawn: BTreeSet<u32> = facts
        .clone()
        .filter_map(|it| match it.kind {
            FactKind::Withdrawn { sequence } => Some(sequence),
            _ => None,
        })
        .collect();
    let reported = facts.filter(|it| {
        matches!(it.kind, FactKind::Reported { event, .. } if is(event))
            && !withdrawn.contains(&it.sequence)
    });
    let mut at: Vec<Instant> = reported.map(|it| it.at).collect();
    at.sort_unstable();
    at
}
