//! Every place of a protocol that may say where it comes from.

use crate::syntax::{Citation, Deadline, Transition, Within, Written};
use crate::text::{Span, Spanned};

/// An entry that takes `source` and `unverified`.
pub(crate) struct Cited<'w> {
    /// What it is, for messages: ``deadline `answer` ``.
    pub(crate) what: String,
    /// Where it is.
    pub(crate) span: Span,
    /// What it says of its source.
    pub(crate) citation: &'w Citation,
    /// Whether what it stands in has a source that it takes over, `[protocol]` aside.
    pub(crate) inherits: bool,
}

/// All of them, those of shipped sets of holidays left out, in order of place.
pub(crate) fn citations(written: &Written) -> Vec<Cited<'_>> {
    let mut all = Vec::new();
    let mut add = |what: String, span: Span, citation, inherits: bool| {
        all.push(Cited { what, span, citation, inherits });
    };
    let named = |kind: &str, name: &Spanned<String>| format!("{kind} `{}`", name.value);
    if let Some(it) = &written.protocol {
        add("the protocol".to_owned(), it.span, &it.citation, false);
    }
    for set in written.holiday_sets.iter().filter(|it| !it.shipped) {
        let has_source = set.citation.source.is_some();
        add(named("the set of holidays", &set.id), set.id.span, &set.citation, false);
        for day in &set.holidays {
            add("a holiday".to_owned(), day.span, &day.citation, has_source);
        }
    }
    for rule in written.severity.iter().flat_map(|it| &it.rules) {
        add("a rule of severity".to_owned(), rule.span, &rule.citation, false);
    }
    if let Some(it) = &written.history {
        add("`[history]`".to_owned(), it.span, &it.citation, false);
    }
    for (what, name, span, citation) in entries(written) {
        add(named(what, name), span, citation, false);
    }
    for it in transitions(written) {
        add("a transition".to_owned(), it.span, &it.citation, false);
    }
    for it in &written.deadlines {
        add(named("deadline", &it.name), it.span, &it.citation, false);
        let has_source = it.citation.source.is_some();
        for (what, span, citation) in inside(it) {
            add(format!("{what} of deadline `{}`", it.name.value), span, citation, has_source);
        }
    }
    for it in &written.stops {
        add(named("stop", &it.name), it.span, &it.citation, false);
        let has_source = it.citation.source.is_some();
        let review = it.review.as_ref().map(|it| ("review", it.span, &it.citation));
        let appeal = it.appeal.as_ref().map(|it| ("appeal", it.span, &it.citation));
        for (what, span, citation) in review.into_iter().chain(appeal) {
            add(format!("{what} of stop `{}`", it.name.value), span, citation, has_source);
        }
        for row in &it.refuses {
            let what = format!("what stop `{}` refuses", it.name.value);
            add(what, row.span, &row.citation, has_source);
        }
    }
    all.sort_by_key(|it| it.span);
    all
}

/// Every entry that has a name and nothing inside with a source of its own.
fn entries(written: &Written) -> Vec<(&'static str, &Spanned<String>, Span, &Citation)> {
    let mut all = Vec::new();
    all.extend(written.ladder.iter().map(|it| ("rung", &it.name, it.name.span, &it.citation)));
    let guarantees = written.guarantees.iter();
    all.extend(guarantees.map(|it| ("guarantee", &it.name, it.span, &it.citation)));
    all.extend(written.trends.iter().map(|it| ("trend", &it.name, it.span, &it.citation)));
    all.extend(written.events.iter().map(|it| ("event", &it.name, it.span, &it.citation)));
    all.extend(written.records.iter().map(|it| ("record", &it.name, it.span, &it.citation)));
    all.extend(written.help.iter().map(|it| ("help", &it.name, it.span, &it.citation)));
    all.extend(written.retention.iter().map(|it| ("retention", &it.name, it.span, &it.citation)));
    all.extend(written.conditions.iter().map(|it| ("condition", &it.name, it.span, &it.citation)));
    all.extend(written.stages.iter().map(|it| ("stage", &it.name, it.span, &it.citation)));
    all.extend(written.letters.iter().map(|it| ("letter", &it.name, it.span, &it.citation)));
    all
}

fn transitions(written: &Written) -> Vec<&Transition> {
    let in_stages = written.stages.iter().flat_map(|stage| {
        let by_events = stage.on.iter().flat_map(|it| &it.branches);
        by_events.chain(stage.after.iter().map(|it| &it.transition))
    });
    let anywhere = written.anywhere.iter().flat_map(|it| &it.branches).map(|it| &it.transition);
    in_stages.chain(anywhere).collect()
}

fn inside(deadline: &Deadline) -> Vec<(&'static str, Span, &Citation)> {
    let mut parts = Vec::new();
    if let Some(Within::Choices(choices)) = &deadline.within {
        parts.extend(choices.iter().map(|it| ("a term", it.span, &it.citation)));
    }
    parts.extend(deadline.extend.iter().map(|it| ("an extension", it.span, &it.citation)));
    parts.extend(deadline.breach.iter().map(|it| ("the breach", it.span, &it.citation)));
    parts.extend(deadline.lapse.iter().map(|it| ("the lapse", it.span, &it.citation)));
    parts
}
