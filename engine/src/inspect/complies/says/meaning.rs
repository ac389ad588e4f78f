//! That the words which conditions of the statute read mean the same here: the severity, functions, what
//! counts as upheld, and the fields.

use std::collections::BTreeSet;

use crate::inspect::complies::held::{Held, Side};
use crate::inspect::complies::says::{Tokens, tokens, translated};
use crate::inspect::rules;
use crate::syntax::{Citation, Literal, Script, Set, SetTo, Transition, Within, Written};
use crate::text::Span;

/// Reports what a condition of the statute reads and that is worked out, begins or is recorded otherwise.
pub(crate) fn compare(held: &mut Held<'_>) {
    let words = reads(held.statute.written);
    severity(held, &words);
    functions(held, &words);
    upheld(held, &words);
    fields(held, &words);
}

/// Every word that a condition of the protocol reads.
fn reads(written: &Written) -> BTreeSet<String> {
    let mut words: BTreeSet<String> =
        scripts(written).into_iter().flat_map(|it| tokens(&it.text)).collect();
    let by = written.deadlines.iter().filter_map(|it| match &it.within {
        Some(Within::By { by, .. }) => by.as_ref().map(|it| it.value.clone()),
        _ => None,
    });
    words.extend(by);
    if let Some(severity) = written.severity.as_ref().filter(|_| words.contains("severity")) {
        let rules = severity.rules.iter().filter_map(|it| it.when.as_ref());
        words.extend(rules.flat_map(|it| tokens(&it.text)));
    }
    words
}

fn scripts(written: &Written) -> Vec<&Script> {
    let mut all: Vec<&Script> = Vec::new();
    for it in &written.deadlines {
        all.extend(&it.when);
        all.extend(it.met_by.iter().filter_map(|it| it.when.as_ref()));
        all.extend(it.extend.iter().filter_map(|it| it.when.as_ref()));
        if let Some(Within::Choices(choices)) = &it.within {
            all.extend(choices.iter().filter_map(|it| it.when.as_ref()));
        }
    }
    all.extend(written.conditions.iter().filter_map(|it| it.is.as_ref()));
    all.extend(written.ladder.iter().filter_map(|it| it.start_when.as_ref()));
    all.extend(written.stops.iter().flat_map(|it| &it.refuses).filter_map(|it| it.unless.as_ref()));
    all.extend(transitions(written).filter_map(|(_, it)| it.when.as_ref()));
    all
}

/// Every transition, with the event that takes it.
fn transitions(written: &Written) -> impl Iterator<Item = (Option<&str>, &Transition)> {
    let on = written.stages.iter().flat_map(|it| &it.on);
    let on = on.flat_map(|on| on.branches.iter().map(|it| (Some(on.event.value.as_str()), it)));
    let after = written.stages.iter().flat_map(|it| &it.after).map(|it| (None, &it.transition));
    let anywhere = written.anywhere.iter().flat_map(|on| {
        on.branches.iter().map(|it| (Some(on.event.value.as_str()), &it.transition))
    });
    on.chain(after).chain(anywhere)
}

fn weaker(held: &mut Held<'_>, what: &str, house: Option<Span>, statute: Span) {
    let nothing = Citation::default();
    let both = match house {
        Some(span) => held.against((span, &nothing), (statute, &nothing)),
        None => held.absent((statute, &nothing)),
    };
    held.say(rules::duty_weaker(what, &both));
}

fn severity(held: &mut Held<'_>, words: &BTreeSet<String>) {
    let (house, statute) = (held.house.written, held.statute.written);
    let Some(theirs) = statute.severity.as_ref().filter(|_| words.contains("severity")) else {
        return;
    };
    let Some(own) = &house.severity else { return };
    let levels = |it: &crate::syntax::Severity| {
        let names = it.levels.iter().map(|it| it.value.clone()).collect::<Vec<_>>();
        let value =
            |it: &Option<crate::text::Spanned<String>>| it.as_ref().map(|it| it.value.clone());
        (
            names,
            value(&it.policy),
            value(&it.otherwise),
            it.may_fall.as_ref().is_none_or(|it| it.value),
        )
    };
    let level = |it: &crate::syntax::SeverityRule| it.is.as_ref().map(|it| it.value.clone());
    let ours: Vec<(Option<Tokens>, _)> = own
        .rules
        .iter()
        .map(|it| (it.when.as_ref().map(|it| tokens(&it.text)), level(it)))
        .collect();
    let wanted: Vec<(Option<Tokens>, _)> = theirs
        .rules
        .iter()
        .map(|it| (it.when.as_ref().map(|it| translated(held, it)), level(it)))
        .collect();
    if levels(own) != levels(theirs) || ours != wanted {
        let what = "how serious a case is, is worked out otherwise";
        weaker(held, what, Some(own.span), theirs.span);
    }
}

/// The words of a function of `rules.rhai` and of all that it calls.
fn body(side: Side<'_>, name: &str) -> Vec<Tokens> {
    let Some(script) = &side.written.script else { return Vec::new() };
    let all = tokens(&script.text);
    let mut functions: Vec<(String, Tokens)> = Vec::new();
    for part in all.split(|it| it == "fn").skip(1) {
        let name = part.first().cloned().unwrap_or_default();
        functions.push((name, part.to_vec()));
    }
    let mut wanted = vec![name.to_owned()];
    let mut found = Vec::new();
    let mut next = 0;
    while let Some(name) = wanted.get(next).cloned() {
        next = next.saturating_add(1);
        for (_, body) in functions.iter().filter(|it| it.0 == name) {
            found.push(body.clone());
            let called = functions.iter().map(|it| &it.0).filter(|it| body.contains(*it));
            let new: Vec<String> = called.filter(|it| !wanted.contains(*it)).cloned().collect();
            wanted.extend(new);
        }
    }
    found
}

fn functions(held: &mut Held<'_>, words: &BTreeSet<String>) {
    let (house, statute) = (held.house, held.statute);
    for theirs in statute.written.functions.iter().filter(|it| words.contains(&it.name.value)) {
        let name = theirs.name.value.as_str();
        let own = house.written.functions.iter().find(|it| it.name.value == name);
        let Some(own) = own else { continue };
        if body(house, name) != body(statute, name) {
            let what = format!("function `{name}` gives something else");
            weaker(held, &what, Some(own.name.span), theirs.name.span);
        }
    }
}

fn upheld(held: &mut Held<'_>, words: &BTreeSet<String>) {
    let (house, statute) = (held.house.written, held.statute.written);
    let Some(theirs) = statute.history.as_ref().filter(|_| words.contains("history")) else {
        return;
    };
    let Some(own) = &house.history else { return };
    if !held.same(own.upheld.as_ref(), theirs.upheld.as_ref()) {
        weaker(held, "another case counts as upheld otherwise", Some(own.span), theirs.span);
    }
}

/// A field that a condition of the statute reads begins with the same value, and is recorded by the same
/// events; a choice of which the organisation must say one has no further values.
fn fields(held: &mut Held<'_>, words: &BTreeSet<String>) {
    let (house, statute) = (held.house.written, held.statute.written);
    for theirs in &statute.fields {
        let name = held.name("fields", &theirs.name.value).to_owned();
        let Some(own) = house.fields.iter().find(|it| it.name.value == name) else { continue };
        let values = |it: &crate::syntax::Field| {
            let all = it.of.iter().flatten().map(|it| it.value.clone());
            all.collect::<Vec<_>>()
        };
        let known = values(theirs);
        if let Some(added) = own.of.iter().flatten().find(|it| !known.contains(&it.value)) {
            let what = format!("field `{name}` may be `{}` as well", added.value);
            weaker(held, &what, Some(added.span), theirs.name.span);
        }
        if !words.contains(&theirs.name.value) {
            continue;
        }
        let value = |it: &crate::syntax::Field| it.default.as_ref().map(|it| it.value.clone());
        if value(own) != value(theirs) {
            let what = format!("field `{name}` begins with another value");
            weaker(held, &what, Some(own.name.span), theirs.name.span);
        }
        recorded(held, &theirs.name.value, &name, theirs.name.span);
    }
}

/// The events that bring or set a field, and to what.
fn recorded(held: &mut Held<'_>, theirs: &str, name: &str, place: Span) {
    let (house, statute) = (held.house.written, held.statute.written);
    let brought = |written: &Written, field: &str| {
        let events = written.events.iter();
        let events = events.filter(|it| it.carries.iter().any(|it| it.field.value == field));
        events.map(|it| (it.name.value.clone(), it.name.span)).collect::<Vec<_>>()
    };
    let known: Vec<String> = brought(statute, theirs)
        .into_iter()
        .map(|it| held.name("events", &it.0).to_owned())
        .collect();
    for (event, span) in brought(house, name) {
        if !known.contains(&event) {
            let what =
                format!("event `{event}` may change field `{name}`, which a condition reads");
            weaker(held, &what, Some(span), place);
        }
    }
    let of = |written: &Written, field: &str, event: Option<&str>| -> Vec<(String, Span)> {
        let all = transitions(written).filter(|(by, _)| event.is_none_or(|it| *by == Some(it)));
        let set = all.flat_map(|(_, it)| &it.set).filter(|it| it.field.value == field);
        set.map(|it| (value(it), it.field.span)).collect()
    };
    for (by, transition) in transitions(house) {
        for set in transition.set.iter().filter(|it| it.field.value == name) {
            let event = statute
                .events
                .iter()
                .find(|it| by.is_some_and(|by| held.name("events", &it.name.value) == by));
            let wanted =
                event.map(|it| of(statute, theirs, Some(&it.name.value))).unwrap_or_default();
            if !wanted.iter().any(|it| it.0 == value(set)) {
                let what = format!("field `{name}`, which a condition reads, is set otherwise");
                weaker(held, &what, Some(set.field.span), place);
            }
        }
    }
}

fn value(set: &Set) -> String {
    match &set.to {
        SetTo::Literal(it) => match &it.value {
            Literal::Text(text) | Literal::Number(text) => text.clone(),
            Literal::Flag(flag) => flag.to_string(),
            Literal::Moment(moment) => format!("{moment:?}"),
        },
        SetTo::Script(script) => tokens(&script.text).join(" "),
    }
}
