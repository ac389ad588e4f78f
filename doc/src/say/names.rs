//! What things are called.

use engine::letter::word;
use engine::machine::Machine;
use engine::model::{
    ConditionId, DeadlineId, EventId, Field, FieldId, FieldKind, LetterId, LevelId, RecordId,
    RoleId, RungId, StageId, WordsFor,
};
use engine::text::{Language, SourceSet};

use crate::page::Line;
use crate::phrases::Phrases;
use crate::say::Example;

/// Whatever is needed to say things.
pub(crate) struct Say<'a> {
    pub(crate) machine: &'a Machine,
    pub(crate) sources: &'a SourceSet,
    pub(crate) language: Language,
    pub(crate) phrases: &'a Phrases,
    /// The role whose own page it is.
    pub(crate) reader: Option<RoleId>,
    /// When clocks start in examples.
    pub(crate) example: Example,
}

impl Say<'_> {
    /// Whether the protocol is written in the language of the page.
    pub(crate) fn is_own_language(&self) -> bool {
        Language::find(&self.machine.protocol.language) == Some(self.language)
    }

    /// Whether every open stage takes an event.
    pub(crate) fn is_everywhere(&self, event: EventId) -> bool {
        let stages = self.machine.protocol.stages.iter();
        stages.filter(|it| !it.end).all(|it| it.on.iter().any(|it| it.event == event))
    }

    /// The short title of a role: what stands before a colon in it.
    pub(crate) fn role(&self, id: RoleId) -> String {
        let title = self.role_title(id);
        title.split_once(": ").map_or(title.clone(), |(short, _)| short.to_owned())
    }

    /// The whole title of a role.
    pub(crate) fn role_title(&self, id: RoleId) -> String {
        let protocol = &self.machine.protocol;
        let own = protocol.roles.get(id.index()).map_or("", |it| it.title.as_str());
        let other = || word(protocol, WordsFor::Roles, id.index(), self.language);
        // The words of letters speak to the complainant; a title does better where there is one.
        let said = if self.is_own_language() { None } else { other() };
        capital(&said.unwrap_or_else(|| phrase(own)))
    }

    pub(crate) fn event(&self, id: EventId) -> String {
        let event = self.machine.protocol.events.get(id.index());
        match id.index() {
            0 => self.phrases.complaint_comes_in.to_owned(),
            _ => event.map_or_else(String::new, |it| capital(&phrase(&it.title))),
        }
    }

    pub(crate) fn stage(&self, id: StageId) -> String {
        let stage = self.machine.protocol.stages.get(id.index());
        stage.map_or_else(String::new, |it| capital(&phrase(&it.title)))
    }

    pub(crate) fn rung(&self, id: RungId) -> String {
        let rung = self.machine.protocol.ladder.get(id.index());
        rung.map_or_else(String::new, |it| capital(&phrase(&it.title)))
    }

    pub(crate) fn deadline(&self, id: DeadlineId) -> String {
        let deadline = self.machine.protocol.deadlines.get(id.index());
        deadline.map_or_else(String::new, |it| capital(&phrase(&it.title)))
    }

    /// The title of a deadline, leading to all that is said of it.
    pub(crate) fn deadline_link(&self, id: DeadlineId) -> Line {
        let name = self.machine.protocol.deadlines.get(id.index()).map_or("", |it| &it.name);
        Line::link(self.deadline(id), format!("deadline-{name}"))
    }

    pub(crate) fn letter(&self, id: LetterId) -> String {
        let letter = self.machine.protocol.letters.get(id.index());
        letter.map_or_else(String::new, |it| capital(&phrase(&it.title)))
    }

    pub(crate) fn record(&self, id: RecordId) -> String {
        let record = self.machine.protocol.records.get(id.index());
        record.map_or_else(String::new, |it| capital(&phrase(&it.title)))
    }

    pub(crate) fn field(&self, id: FieldId) -> String {
        self.machine.protocol.fields.get(id.index()).map_or_else(String::new, field_title)
    }

    pub(crate) fn channel(&self, place: usize) -> String {
        let protocol = &self.machine.protocol;
        let own = protocol.channels.get(place).map_or("", |it| it.title.as_str());
        let said = word(protocol, WordsFor::Channels, place, self.language);
        said.unwrap_or_else(|| phrase(own))
    }

    pub(crate) fn level(&self, id: LevelId) -> String {
        let said =
            word(&self.machine.protocol, WordsFor::Severity, usize::from(id.0), self.language);
        said.unwrap_or_else(|| phrase(self.machine.level_name(id)))
    }

    /// The sentence that must hold.
    pub(crate) fn condition_says(&self, id: ConditionId) -> String {
        let condition = self.machine.protocol.conditions.get(id.index());
        condition.map_or_else(String::new, |it| it.says.clone())
    }

    /// A value of a choice field.
    pub(crate) fn choice(&self, id: FieldId, place: u16) -> String {
        let protocol = &self.machine.protocol;
        let field = protocol.fields.get(id.index());
        if let Some(FieldKind::Role(_)) = field.map(|it| &it.kind) {
            return self.role(RoleId(place));
        }
        let word = || word(protocol, WordsFor::Field(id), usize::from(place), self.language);
        // Those are words to the complainant. For people of the house the name does, where it is
        // in their language: names are English.
        let is_readable = self.language == Language::En && self.is_own_language();
        let said = if is_readable { None } else { word() };
        said.unwrap_or_else(|| {
            let set = match field.map(|it| &it.kind) {
                Some(FieldKind::Choice(set)) => protocol.scope.set(*set),
                _ => None,
            };
            set.and_then(|it| it.name(place)).map_or_else(String::new, phrase)
        })
    }
}

/// The title of a field.
pub(crate) fn field_title(field: &Field) -> String {
    capital(&phrase(&field.title))
}

/// A title as it is; a name that stands in for one with blanks between its words, and before the
/// number it ends with.
pub(crate) fn phrase(title: &str) -> String {
    if title.contains(' ') || title.contains(char::is_uppercase) {
        return title.to_owned();
    }
    let name = title.replace('_', " ");
    let letters = name.trim_end_matches(|it: char| it.is_ascii_digit());
    match name.strip_prefix(letters) {
        Some(number) if !number.is_empty() && !letters.is_empty() && !letters.ends_with(' ') => {
            format!("{letters} {number}")
        }
        _ => name,
    }
}

/// The same with a capital in front.
pub(crate) fn capital(text: &str) -> String {
    let mut rest = text.chars();
    match rest.next() {
        Some(first) => first.to_uppercase().chain(rest).collect(),
        None => String::new(),
    }
}
