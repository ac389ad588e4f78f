//! Which of several terms stand for each other.

use crate::inspect::complies::held::Held;
use crate::inspect::complies::says::{Tokens, disjoint, implies, tokens, translated};
use crate::syntax::{Deadline, Script, Within};
use crate::text::Spanned;

type Term<'d> = &'d Spanned<String>;

/// Each term of a deadline of the protocol with those of the statute that the same case may have.
pub(super) fn pairs<'d>(
    held: &Held<'_>,
    house: &'d Deadline,
    statute: &'d Deadline,
) -> Vec<(Term<'d>, Term<'d>)> {
    let mut all = Vec::new();
    if let (Some(own), Some(theirs)) = (&house.every, &statute.every) {
        all.push((own, theirs));
    }
    let by = match (&house.within, &statute.within) {
        (Some(own @ Within::By { .. }), Some(theirs @ Within::By { .. })) => {
            of_levels(held, own, theirs)
        }
        (Some(Within::Choices(_)), Some(Within::Choices(_))) => of_choices(held, house, statute),
        _ => None,
    };
    match by {
        Some(by) => all.extend(by),
        None => {
            let (own, theirs) = (terms(house), terms(statute));
            all.extend(own.into_iter().flat_map(|it| theirs.iter().map(move |other| (it, *other))));
        }
    }
    all
}

/// The terms of `within`; those of `every` where the other has none.
fn terms(deadline: &Deadline) -> Vec<Term<'_>> {
    match &deadline.within {
        None => deadline.every.iter().collect(),
        Some(Within::Term(term)) => vec![term],
        Some(Within::By { levels, otherwise, .. }) => {
            levels.iter().map(|it| &it.term).chain(otherwise).collect()
        }
        Some(Within::Choices(choices)) => choices.iter().filter_map(|it| it.is.as_ref()).collect(),
    }
}

/// Terms by the same levels: each with that of its level, else with that of all others.
fn of_levels<'d>(
    held: &Held<'_>,
    house: &'d Within,
    statute: &'d Within,
) -> Option<Vec<(Term<'d>, Term<'d>)>> {
    let (
        Within::By { by, levels, otherwise, .. },
        Within::By { by: other, levels: others, otherwise: rest, .. },
    ) = (house, statute)
    else {
        return None;
    };
    let other = other.as_ref().map(|it| it.value.as_str());
    let wanted = other.map(|it| held.name("fields", it));
    if by.as_ref().map(|it| it.value.as_str()) != wanted {
        return None;
    }
    let mapped = |level: &str| match other {
        Some("rung") => held.name("rungs", level).to_owned(),
        _ => level.to_owned(),
    };
    let mut all = Vec::new();
    for own in levels {
        let same = others.iter().find(|it| mapped(&it.level.value) == own.level.value);
        all.extend(same.map(|it| &it.term).or(rest.as_ref()).map(|it| (&own.term, it)));
    }
    if let Some(own) = otherwise {
        let is_named = |level: &str| levels.iter().any(|it| it.level.value == level);
        let unnamed = others.iter().filter(|it| !is_named(&mapped(&it.level.value)));
        all.extend(unnamed.map(|it| &it.term).chain(rest).map(|it| (own, it)));
    }
    Some(all)
}

fn of_choices<'d>(
    held: &Held<'_>,
    house: &'d Deadline,
    statute: &'d Deadline,
) -> Option<Vec<(Term<'d>, Term<'d>)>> {
    let (Some(Within::Choices(own)), Some(Within::Choices(theirs))) =
        (&house.within, &statute.within)
    else {
        return None;
    };
    let ours: Vec<Option<&Script>> = own.iter().map(|it| it.when.as_ref()).collect();
    let wanted: Vec<Option<&Script>> = theirs.iter().map(|it| it.when.as_ref()).collect();
    let mut all = Vec::new();
    for (place, choice) in own.iter().enumerate() {
        let Some(term) = &choice.is else { continue };
        for other in counterparts(held, &ours, place, &wanted) {
            all.extend(theirs.get(other).and_then(|it| it.is.as_ref()).map(|it| (term, it)));
        }
    }
    Some(all)
}

/// Of lists of which the first that holds is taken: which of the statute may be taken where this one of the
/// protocol is.
pub(crate) fn counterparts(
    held: &Held<'_>,
    house: &[Option<&Script>],
    place: usize,
    statute: &[Option<&Script>],
) -> Vec<usize> {
    let words = |it: &Option<&Script>| it.map(|it| tokens(&it.text));
    let house: Vec<Option<Tokens>> = house.iter().map(words).collect();
    let (before, own) = (house.get(..place).unwrap_or_default(), house.get(place).cloned());
    let own = own.flatten();
    let mut all = Vec::new();
    for (other, when) in statute.iter().enumerate() {
        let Some(when) = when.map(|it| translated(held, it)) else {
            all.push(other);
            break;
        };
        let is_taken_before = before.iter().flatten().any(|it| implies(&when, it));
        let is_excluded = own.as_ref().is_some_and(|own| disjoint(own, &when));
        if is_taken_before || is_excluded {
            continue;
        }
        all.push(other);
        if own.as_ref().is_some_and(|own| implies(own, &when)) {
            break;
        }
    }
    all
}
