//! The rungs of the statute, in their order.

use crate::inspect::complies::held::Held;
use crate::inspect::rules;

/// Compares the ladders.
pub(super) fn compare(held: &mut Held<'_>) {
    let (house, statute) = (held.house, held.statute);
    let mut before = None;
    for theirs in &statute.written.ladder {
        let name = held.name("rungs", &theirs.name.value).to_owned();
        let place = house.written.ladder.iter().position(|it| it.name.value == name);
        let Some((place, own)) = place.and_then(|it| Some((it, house.written.ladder.get(it)?)))
        else {
            let absent = held.absent((theirs.name.span, &theirs.citation));
            held.say(rules::step_skipped(&format!("there is no rung `{name}`"), &absent));
            continue;
        };
        let both =
            held.against((own.name.span, &own.citation), (theirs.name.span, &theirs.citation));
        let first_new = house
            .written
            .ladder
            .iter()
            .take(place)
            .skip(before.map_or(0, |it: usize| it.saturating_add(1)));
        let known = |rung: &str| {
            let mut rungs = statute.written.ladder.iter();
            rungs.any(|it| held.name("rungs", &it.name.value) == rung)
        };
        let added = first_new.clone().find(|it| !known(&it.name.value));
        if let Some(added) = added {
            let what = format!("rung `{}` comes before rung `{name}`", added.name.value);
            let both = held
                .against((added.name.span, &added.citation), (theirs.name.span, &theirs.citation));
            held.say(rules::duty_weaker(&what, &both));
        }
        if before.is_some_and(|it| place < it) {
            let what = format!("rung `{name}` comes before one that it should come after");
            held.say(rules::step_skipped(&what, &both));
        }
        before = Some(place);
        // Without a condition no case begins on a rung, but for the lowest.
        let (ours, wanted) = (own.start_when.as_ref(), theirs.start_when.as_ref());
        if ours.is_some() && !(wanted.is_some() && held.only_where(ours, wanted)) {
            let what = format!("a case may begin on rung `{name}`");
            held.say(rules::step_skipped(&what, &both));
        } else if wanted.is_some() && !(ours.is_some() && held.covers(ours, wanted)) {
            let what = format!("a case does not begin on rung `{name}`");
            held.say(rules::step_skipped(&what, &both));
        }
        let stage = theirs.enter_at.as_ref().map(|it| held.name("stages", &it.value).to_owned());
        if stage.is_some() && own.enter_at.as_ref().map(|it| it.value.clone()) != stage {
            let what = format!("rung `{name}` is entered at another stage");
            held.say(rules::step_skipped(&what, &both));
        }
        let lost: Vec<String> = held
            .lacking(&theirs.not_by, &own.not_by, |it| held.party(it))
            .into_iter()
            .map(|it| held.party(&it.value))
            .collect();
        for lost in lost {
            let what = format!("`{lost}` may act on rung `{name}`");
            held.say(rules::duty_weaker(&what, &both));
        }
    }
}
