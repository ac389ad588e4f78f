//! From a machine to a page.

use engine::machine::Machine;
use engine::model::{RoleId, RungId};
use engine::picture;
use engine::text::{Language, SourceSet, folder_bytes, sha256};

use crate::page::{Block, Inline, Line, Page, Section, line};
use crate::phrases;
use crate::rank::{roles, sheet};
use crate::say::{Example, Say};
use crate::{part, say};

/// The languages in which there is a handbook: those of the protocol, its own first, and English,
/// in which every protocol can be read.
#[must_use]
pub fn languages(machine: &Machine) -> Vec<Language> {
    let protocol = &machine.protocol;
    let own = Language::find(&protocol.language);
    let all = own.into_iter().chain(protocol.languages.iter().copied()).chain([Language::En]);
    let mut found: Vec<Language> = Vec::new();
    all.for_each(|it| {
        if !found.contains(&it) {
            found.push(it);
        }
    });
    found
}

/// The handbook of a protocol: everything, in the order in which a newcomer needs it. `sources` are
/// the files the machine was made from.
#[must_use]
pub fn handbook(machine: &Machine, sources: &SourceSet, language: Language) -> Page {
    let say = say_in(machine, sources, language, None);
    let p = say.phrases;
    let mut sections = vec![
        part::in_short(&say),
        part::answers(&say, |_| true),
        part::ladder(&say),
        part::events(&say),
        roles(&say),
        part::severity(&say),
        part::stages(&say),
        part::outside(&say),
        part::letters(&say),
        part::stops(&say),
        part::deadlines(&say),
        part::promises(&say),
        part::keeping(&say),
        drawn(&say),
        part::sources(&say),
    ];
    sections.retain(|it| !it.is_empty());
    let mut edition = edition(&say);
    edition.paragraph(Line::aside(p.page_of_rank_hint));
    sections.push(edition);
    let title = machine.protocol.title.clone();
    let under_title = under_title(&say);
    let contents = p.contents.to_owned();
    Page { language, title, under_title, contents, sections }.settled()
}

/// The page for one role: only its own steps and deadlines, and whom it turns to next.
#[must_use]
pub fn rank_page(machine: &Machine, sources: &SourceSet, language: Language, role: RoleId) -> Page {
    let say = say_in(machine, sources, language, Some(role));
    let p = say.phrases;
    let mut sections = sheet(&say, role);
    sections.push(edition(&say));
    let title = say.role(role);
    let does = say.role_title(role).split_once(": ").map(|(_, does)| say::capital(does));
    let mut under = vec![Line::from(does.unwrap_or_default())];
    under.push(line(p.page_for, &[("title", Line::strong(&machine.protocol.title))]));
    under.extend(under_title(&say));
    under.retain(|it| !it.is_empty());
    let contents = p.contents.to_owned();
    Page { language, title, under_title: under, contents, sections }.settled()
}

fn say_in<'a>(
    machine: &'a Machine,
    sources: &'a SourceSet,
    language: Language,
    reader: Option<RoleId>,
) -> Say<'a> {
    let phrases = phrases::of(language);
    let example = Example::of(machine);
    Say { machine, sources, language, phrases, reader, example }
}

/// Which version it is, from when to when it holds, and what it rests on.
fn under_title(say: &Say<'_>) -> Vec<Line> {
    let p = say.phrases;
    let protocol = &say.machine.protocol;
    let mut holds = line(p.version, &[("version", (&protocol.version).into())]);
    if let Some(from) = protocol.effective_from {
        holds = holds.and(line(p.received_from, &[("date", say.date(from).into())]));
    }
    if let Some(to) = protocol.effective_to {
        holds = holds.and(line(p.received_to, &[("date", say.date(to).into())]));
    }
    let mut lines = vec![holds.then(".")];
    if !say.is_own_language() {
        lines.push(Line::aside(p.titles_in_own_language));
    }
    if protocol.rules.iter().any(|it| it.unverified) {
        let mut note = Line::default();
        note.parts.push(Inline::Mark(p.unverified.to_owned()));
        lines.push(note.and(p.unverified_note));
    }
    lines
}

/// A picture for each rung, and the same as a text that many wikis draw.
fn drawn(say: &Say<'_>) -> Section {
    let p = say.phrases;
    let mut section = Section::new("picture", p.picture);
    section.paragraph(p.picture_note);
    let ladder = &say.machine.protocol.ladder;
    if ladder.len() < 2 {
        section.blocks.push(drawing(say, None));
        return section;
    }
    section.parts = (0..ladder.len())
        .map(RungId::at)
        .map(|rung| {
            let name = format!("picture-{}", rung.index() + 1);
            let mut part = Section::new(name, say.rung(rung));
            part.blocks.push(drawing(say, Some(rung)));
            part
        })
        .collect();
    section
}

/// The drawing of one rung, or of all. What happens in many places stands in sentences elsewhere.
fn drawing(say: &Say<'_>, rung: Option<RungId>) -> Block {
    let wanted = picture::Wanted { rung, path: None };
    let mut picture = picture::of(say.machine, say.sources, &wanted);
    picture.notes.clear();
    match draw::svg(&picture) {
        Ok(svg) => Block::Picture(svg, draw::mermaid(&picture)),
        Err(too_large) => Block::Paragraph(too_large.to_string().into()),
    }
}

/// Which text this page was made of.
fn edition(say: &Say<'_>) -> Section {
    let p = say.phrases;
    let mut section = Section::new("this-edition", p.this_edition);
    let hash = Line::code(sha256(&folder_bytes(say.sources)));
    let protocol = &say.machine.protocol;
    let name = Line::code(format!("{} {}", protocol.id, protocol.version));
    section.paragraph(line(p.edition, &[("protocol", name), ("hash", hash)]));
    section
}
