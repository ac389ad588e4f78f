//! From a machine to a page.

use engine::machine::Machine;
use engine::model::RoleId;
use engine::picture;
use engine::text::{Language, SourceSet, folder_bytes, sha256};

use crate::page::{Block, Inline, Line, Page, Section, line};
use crate::phrases;
use crate::rank::{roles, sheet};
use crate::say::{Example, Say};
use crate::{part, say};

/// Handbooks have no headings and connecting words in this language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoPhrases(
    /// The language.
    pub Language,
);

/// The handbook of a protocol: everything, in the order in which a newcomer needs it. `sources` are
/// the files the machine was made from.
///
/// # Errors
/// There are no phrases in the language.
pub fn handbook(
    machine: &Machine,
    sources: &SourceSet,
    language: Language,
) -> Result<Page, NoPhrases> {
    let say = say_in(machine, sources, language, None)?;
    let p = say.phrases;
    let mut sections = vec![
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
    sections.push(edition(&say));
    let title = machine.protocol.title.clone();
    let hint = Line::aside(p.page_of_rank_hint);
    let under_title = under_title(&say).into_iter().chain([hint]).collect();
    let contents = p.contents.to_owned();
    Ok(Page { language, title, under_title, contents, sections }.settled())
}

/// The page for one role: only its own steps and deadlines, and whom it turns to next.
///
/// # Errors
/// There are no phrases in the language.
pub fn rank_page(
    machine: &Machine,
    sources: &SourceSet,
    language: Language,
    role: RoleId,
) -> Result<Page, NoPhrases> {
    let say = say_in(machine, sources, language, Some(role))?;
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
    Ok(Page { language, title, under_title: under, contents, sections }.settled())
}

fn say_in<'a>(
    machine: &'a Machine,
    sources: &'a SourceSet,
    language: Language,
    reader: Option<RoleId>,
) -> Result<Say<'a>, NoPhrases> {
    let phrases = phrases::of(language).ok_or(NoPhrases(language))?;
    let example = Example::of(machine);
    Ok(Say { machine, sources, language, phrases, reader, example })
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

/// The picture, and the same as a text that many wikis draw.
fn drawn(say: &Say<'_>) -> Section {
    let p = say.phrases;
    let mut section = Section::new("picture", p.picture);
    let picture = picture::of(say.machine, say.sources, &picture::Wanted::default());
    match draw::svg(&picture) {
        Ok(svg) => {
            section.paragraph(p.picture_note);
            section.blocks.push(Block::Picture(svg, draw::mermaid(&picture)));
        }
        Err(too_large) => section.paragraph(too_large.to_string()),
    }
    section
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
