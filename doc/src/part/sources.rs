//! What the rules rest on, and which sources nobody has read.

use crate::page::{Inline, Line, Section, Table, joined};
use crate::say::Say;

/// A source, whether it is unverified, and the entries that rest on it.
type Resting<'a> = (&'a str, bool, Vec<&'a str>);

pub(crate) fn sources(say: &Say<'_>) -> Section {
    let p = say.phrases;
    let mut section = Section::new("sources", p.sources);
    let mut found: Vec<Resting<'_>> = Vec::new();
    for rule in say.machine.protocol.rules.iter().filter(|it| !it.inherited) {
        let Some(source) = rule.source.as_deref() else { continue };
        let same = found.iter_mut().find(|it| it.0 == source && it.1 == rule.unverified);
        match same {
            Some((_, _, paths)) => paths.push(&rule.path),
            None => found.push((source, rule.unverified, vec![&rule.path])),
        }
    }
    let inherited = say.machine.protocol.rules.iter().find(|it| it.inherited);
    if let Some(rule) = inherited {
        let source = rule.source.as_ref().map_or_else(Line::default, Line::strong);
        section.paragraph(crate::page::line(p.source_of_all, &[("source", source)]));
    }
    if found.iter().any(|it| it.1) {
        let mut note = Line::default();
        note.parts.push(Inline::Mark(p.unverified.to_owned()));
        section.paragraph(note.and(p.unverified_note));
    }
    let rows = found.into_iter().map(|(source, unverified, paths)| {
        let mut name = Line::from(source);
        if unverified {
            name = name.then(" ");
            name.parts.push(Inline::Mark(p.unverified.to_owned()));
        }
        let paths = joined(paths.into_iter().map(Line::code), ", ");
        vec![vec![name], vec![paths]]
    });
    section.table(Table::new(&[p.label_source, p.rests_on_it], rows.collect()));
    section
}
