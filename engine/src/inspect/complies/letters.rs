//! Letters: that they are sent, to whom, and what they say.

use crate::inspect::complies::held::{Against, Held};
use crate::inspect::rules;
use crate::syntax::Names;

/// A letter that both have goes to the same people, says as much, and leaves by the same channel.
pub(super) fn compare(held: &mut Held<'_>) {
    let (house, statute) = (held.house, held.statute);
    for theirs in &statute.written.letters {
        let name = held.name("letters", &theirs.name.value).to_owned();
        let Some(own) = house.written.letters.iter().find(|it| it.name.value == name) else {
            continue;
        };
        let span = own.states.first().map_or(own.name.span, |it| it.span);
        let both = held.against((span, &own.citation), (theirs.name.span, &theirs.citation));
        let mut faults = Vec::new();
        for lost in held.lacking(&theirs.to, &own.to, |it| held.party(it)) {
            faults.push(format!("does not go to `{}`", held.party(&lost.value)));
        }
        let readers: Names = own.to.iter().chain(&own.copy).cloned().collect();
        for lost in held.lacking(&theirs.copy, &readers, |it| held.party(it)) {
            faults.push(format!("has no copy for `{}`", held.party(&lost.value)));
        }
        for lost in held.lacking(&theirs.states, &own.states, |it| stated(held, it)) {
            faults.push(format!("does not state `{}`", stated(held, &lost.value)));
        }
        let channel = |it: &crate::syntax::Letter| it.channel.as_ref().map(|it| it.value.clone());
        if let Some(lost) = channel(theirs).filter(|it| Some(it) != channel(own).as_ref()) {
            faults.push(format!("does not leave by `{lost}`"));
        }
        for fault in faults {
            held.say(rules::letter_gone(&name, &fault, &both));
        }
    }
}

/// What stands for something that a letter states.
fn stated(held: &Held<'_>, what: &str) -> String {
    let deadline = what.strip_prefix("deadline.").and_then(|it| it.split_once('.'));
    match deadline {
        Some((name, rest)) => format!("deadline.{}.{rest}", held.name("deadlines", name)),
        None => held.name("fields", what).to_owned(),
    }
}

/// Reports each letter that the statute sends and the protocol does not.
pub(super) fn sent(held: &mut Held<'_>, own: &Names, theirs: &Names, both: &Against) {
    let map = |it: &str| held.name("letters", it).to_owned();
    let lost: Vec<String> =
        held.lacking(theirs, own, map).into_iter().map(|it| it.value.clone()).collect();
    for letter in lost {
        let letter = held.name("letters", &letter).to_owned();
        held.say(rules::letter_gone(&letter, "is not sent", both));
    }
}
