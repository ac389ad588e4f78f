//! How a term is put off.

use crate::inspect::complies::duty::outcome::{early, untold};
use crate::inspect::complies::duty::terms::{Clock, later};
use crate::inspect::complies::held::Held;
use crate::inspect::complies::letters;
use crate::inspect::rules;
use crate::syntax::{Deadline, Extension, Times};

/// Each extension goes no further than one of the statute by the same event, and none of those serves twice.
pub(super) fn compare(held: &mut Held<'_>, own: &Deadline, theirs: &Deadline) {
    let (clock, other) = (Clock::of(held.house, own), Clock::of(held.statute, theirs));
    let name = own.name.value.as_str();
    let mut used = vec![false; theirs.extend.len()];
    for extension in &own.extend {
        let on = extension.on.as_ref().map(|it| it.value.as_str());
        let span = extension.on.as_ref().map_or(extension.span, |it| it.span);
        let of_event =
            |it: &Extension| it.on.as_ref().map(|it| held.point(&it.value)).as_deref() == on;
        let free: Vec<(usize, &Extension, Option<String>)> = theirs
            .extend
            .iter()
            .enumerate()
            .filter(|(place, it)| of_event(it) && used.get(*place) == Some(&false))
            .map(|(place, it)| (place, it, longer(held, extension, it, clock, other)))
            .collect();
        let best = free.iter().find(|it| it.2.is_none()).or(free.first());
        let Some((place, same, why)) = best else {
            let both =
                held.against((span, &extension.citation), (theirs.name.span, &theirs.citation));
            let why = "the statute has no such extension";
            held.say(rules::extended_further(name, why, &both));
            continue;
        };
        if let Some(used) = used.get_mut(*place) {
            *used = true;
        }
        let both = held.against((span, &extension.citation), (same.span, &same.citation));
        if let Some(why) = why {
            held.say(rules::extended_further(name, why, &both));
        }
        letters::sent(held, &extension.sends, &same.sends, &both);
        let what = on.unwrap_or_default();
        untold(held, what, &extension.tells, &same.tells, &both);
        early(held, what, &extension.sends, &same.sends, &both);
    }
}

/// An extension of a right of the complainant is there, and gives as much.
pub(super) fn of_right(held: &mut Held<'_>, own: &Deadline, theirs: &Deadline) {
    let (clock, other) = (Clock::of(held.house, own), Clock::of(held.statute, theirs));
    for wanted in &theirs.extend {
        let on = wanted.on.as_ref().map(|it| held.point(&it.value));
        let is_as_long = |it: &Extension| {
            let not_less =
                |own: &Option<crate::text::Spanned<String>>,
                 theirs: &Option<crate::text::Spanned<String>>| {
                    match (own, theirs) {
                        (Some(own), Some(theirs)) => {
                            later((other, &theirs.value), (clock, &own.value)).is_none()
                        }
                        (None, None) => true,
                        _ => false,
                    }
                };
            it.on.as_ref().map(|it| it.value.clone()) == on
                && not_less(&it.add, &wanted.add)
                && not_less(&it.total, &wanted.total)
                && (it.up_to.is_none() || not_less(&it.up_to, &wanted.up_to))
                && it.until.is_some() == wanted.until.is_some()
                && times(it) >= times(wanted)
                && held.covers(it.when.as_ref(), wanted.when.as_ref())
                && (it.late || !wanted.late)
        };
        if !own.extend.iter().any(is_as_long) {
            let both =
                held.against((own.name.span, &own.citation), (wanted.span, &wanted.citation));
            let on = on.unwrap_or_default();
            let why = format!("`{on}` does not put its end off as far");
            held.say(rules::window_shorter(&own.name.value, &why, &both));
        }
    }
}

fn times(extension: &Extension) -> u32 {
    match extension.times.as_ref().map(|it| &it.value) {
        Some(Times::AtMost(times)) => *times,
        Some(Times::Any) => u32::MAX,
        None => 1,
    }
}

/// Why an extension goes further than that of the statute.
fn longer(
    held: &Held<'_>,
    own: &Extension,
    theirs: &Extension,
    clock: Clock<'_>,
    other: Clock<'_>,
) -> Option<String> {
    let of = |it: &Extension| [it.add.clone(), it.total.clone(), it.up_to.clone()];
    for (term, limit) in of(own).iter().zip(of(theirs)) {
        match (term, limit) {
            (Some(term), Some(limit)) => {
                if let Some(example) = later((clock, &term.value), (other, &limit.value)) {
                    return Some(format!(
                        "`{}` is more than `{}`: {example}",
                        term.value, limit.value
                    ));
                }
            }
            (None, Some(limit)) => return Some(format!("it is not limited to `{}`", limit.value)),
            (_, None) => {}
        }
    }
    let is_of_its_kind =
        |it: &Extension| (it.add.is_some(), it.total.is_some(), it.until.is_some());
    if is_of_its_kind(own) != is_of_its_kind(theirs) {
        return Some("it is counted in another way".to_owned());
    }
    if times(own) > times(theirs) {
        return Some("it may happen more often".to_owned());
    }
    if !held.only_where(own.when.as_ref(), theirs.when.as_ref()) {
        return Some("it may happen in other cases".to_owned());
    }
    (own.late && !theirs.late).then(|| "it may come after the due instant".to_owned())
}
