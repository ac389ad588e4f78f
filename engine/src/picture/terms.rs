//! How long something may take, in few words.

use crate::machine::Machine;
use crate::model::{Agreed, Choose, Deadline, FieldKind, LevelId, RungId};
use crate::picture::saying::Sayer;
use crate::time::Allowance;

/// The term of a deadline on a rung, with the exceptions to it in brackets.
pub(crate) fn term(sayer: &Sayer<'_>, deadline: &Deadline, rung: RungId) -> String {
    if let Some(name) = deadline.due.and_then(|it| agreed_in(sayer, deadline, it)) {
        return format!("by the date in {name}");
    }
    let counted = counted(sayer, deadline, rung);
    match deadline.every {
        None => counted,
        Some(_) => format!("every {counted}"),
    }
}

/// The name of the field that holds an agreed date.
fn agreed_in<'s>(sayer: &'s Sayer<'_>, deadline: &Deadline, due: Agreed) -> Option<&'s str> {
    let protocol = &sayer.machine.protocol;
    let field = match due {
        Agreed::Field(field) => protocol.fields.get(field.index())?,
        Agreed::Entry(place) => {
            let record = protocol.records.get(deadline.for_each?.record.index())?;
            &record.fields.get(usize::from(place))?.field
        }
    };
    Some(&field.name)
}

fn counted(sayer: &Sayer<'_>, deadline: &Deadline, rung: RungId) -> String {
    let allowance =
        |place: u16| deadline.alternatives.get(usize::from(place)).map(|it| &it.allowance);
    let shown = |place: u16| allowance(place).map_or_else(String::new, ToString::to_string);
    match &deadline.choose {
        Choose::Only => shown(0),
        Choose::ByRung(places) => shown(places.get(rung.index()).copied().unwrap_or(0)),
        Choose::BySeverity(places) => {
            let named: Vec<(String, u16)> =
                (0..places.len()).map(|at| (level(sayer.machine, at), places[at])).collect();
            let usual = usual(places);
            with_exceptions(usual, &named, &allowance)
        }
        Choose::ByField(field, places) => {
            let kind = sayer.machine.protocol.fields.get(field.index()).map(|it| &it.kind);
            let set = match kind {
                Some(FieldKind::Choice(set) | FieldKind::Role(set)) => {
                    sayer.machine.protocol.scope.set(*set)
                }
                _ => None,
            };
            let names = set.map_or(&[][..], |it| &it.names);
            let named: Vec<(String, u16)> =
                names.iter().cloned().zip(places.iter().copied()).collect();
            with_exceptions(places.last().copied().unwrap_or(0), &named, &allowance)
        }
        Choose::First(list) => {
            let parts = list.iter().map(|(when, place)| match when {
                Some(when) => format!("{} if {}", shown(*place), sayer.condition(when)),
                None => format!("else {}", shown(*place)),
            });
            parts.collect::<Vec<_>>().join("; ")
        }
    }
}

fn level(machine: &Machine, at: usize) -> String {
    machine.level_name(LevelId::at(at)).to_owned()
}

/// The place that most entries have; of several, the first.
fn usual(places: &[u16]) -> u16 {
    let count = |place: &u16| places.iter().filter(|it| *it == place).count();
    let most = places.iter().map(count).max().unwrap_or(0);
    places.iter().copied().find(|place| count(place) == most).unwrap_or(0)
}

/// "10 working days (high 5, emergency 2)": the unit is said again only where it is another.
fn with_exceptions<'a>(
    usual: u16,
    named: &[(String, u16)],
    allowance: &impl Fn(u16) -> Option<&'a Allowance>,
) -> String {
    let base = allowance(usual);
    let short = |it: &Allowance| match (it, base) {
        (Allowance::Term(term), Some(Allowance::Term(base))) if term.unit == base.unit => {
            term.amount.to_string()
        }
        _ => it.to_string(),
    };
    let others = named.iter().filter(|(_, place)| *place != usual);
    let others: Vec<String> = others
        .filter_map(|(name, place)| Some(format!("{name} {}", short(allowance(*place)?))))
        .collect();
    let base = base.map_or_else(String::new, ToString::to_string);
    if others.is_empty() { base } else { format!("{base} ({})", others.join(", ")) }
}
