//! Events, the conditions they need, and the letters they send.

use std::ops::Range;

use crate::model::{
    Barred, BuiltIn, ChannelId, ConditionId, DeadlineId, Doer, FieldId, LetterId, OfRecord,
    RecordId, RuleId,
};
use crate::script::Expr;
use crate::text::{Language, Span, Spanned};

/// A kind of event that people report.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// Whose act it may be. The first is meant where a scenario names nobody.
    pub by: Vec<Doer>,
    /// Who may enter it for them.
    pub entered_by: Vec<Doer>,
    /// Of which record it is, and what it does to an entry.
    pub of: Option<OfRecord>,
    /// The fields of the case that it brings; none where it is of a record.
    pub carries: Vec<Carried>,
    /// Whether it must state a reason.
    pub reason: bool,
    /// Whether it must come by a channel that is in writing.
    pub written: bool,
    /// Conditions that must hold, in every stage.
    pub requires: Vec<ConditionId>,
    /// Who may not do it.
    pub not_by: Vec<Barred>,
    /// Advice for whoever does it; no rule.
    pub guide: Option<String>,
    /// What it does by itself, for an event that is part of the language.
    pub built_in: Option<BuiltIn>,
    /// The entry.
    pub rule: RuleId,
}

/// A field that an event brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The field.
    pub field: FieldId,
    /// Whether the event must bring it.
    pub required: bool,
}

/// A named condition with the sentence that a refusal says.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Its name in the file.
    pub name: String,
    /// The sentence that must hold.
    pub says: String,
    /// What must be true.
    pub is: Expr,
    /// The entry.
    pub rule: RuleId,
}

/// A document to a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// To whom.
    pub to: Vec<Doer>,
    /// Who receives a copy.
    pub copy: Vec<Doer>,
    /// What its text must state.
    pub states: Vec<Statement>,
    /// How it is set out, where the protocol says so.
    pub form: Option<Form>,
    /// The channel that it leaves by, where the protocol says one.
    pub channel: Option<ChannelId>,
    /// Advice for whoever writes it; no rule.
    pub guide: Option<String>,
    /// The phrases that its text must not contain, by language.
    pub avoid: Vec<(Language, Vec<Spanned<String>>)>,
    /// The entry.
    pub rule: RuleId,
}

/// How a letter is set out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Everything begins at the left margin.
    Block,
    /// Date and closing stand to the right, and paragraphs begin indented.
    SemiBlock,
    /// As `Block`, with a window for the address, a salutation and a closing.
    Formal,
}

impl Form {
    /// All forms, by the word that a protocol says.
    pub const ALL: [(&'static str, Self); 3] =
        [("block", Self::Block), ("semi-block", Self::SemiBlock), ("formal", Self::Formal)];
}

/// The text of a letter in one language: a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterText {
    /// The letter.
    pub letter: LetterId,
    /// The language.
    pub language: Language,
    /// What it is about; a template as well.
    pub subject: Spanned<String>,
    /// Who writes, as the head of the letter says it; a template as well.
    pub sender: Option<Spanned<String>>,
    /// The template below the front matter, its lines ended by line feeds alone.
    pub body: String,
    /// Where the template stands.
    pub span: Span,
}

impl LetterText {
    /// Where a part of the template, in bytes, stands in its file. The whole template, where only
    /// some of the lines of the file end as those of Windows do.
    #[must_use]
    pub fn place(&self, part: Range<usize>) -> Span {
        let whole = self.span.range();
        let n_left_out = whole.len().saturating_sub(self.body.len());
        let feeds = |text: &str| text.bytes().filter(|it| *it == b'\n').count();
        let at = match n_left_out {
            0 => part,
            _ if n_left_out == feeds(&self.body) => {
                let before = |end: usize| feeds(self.body.get(..end).unwrap_or_default());
                let moved = |at: usize| at.saturating_add(before(at));
                moved(part.start)..moved(part.end)
            }
            _ => return self.span,
        };
        let moved = |it: usize| whole.start.saturating_add(it);
        Span::new(self.span.file, moved(at.start)..moved(at.end))
    }
}

/// What letters have words for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordsFor {
    /// The values of a choice field.
    Field(FieldId),
    /// The values of a choice in the entries of a record.
    Entry(RecordId, u16),
    /// The levels of severity.
    Severity,
    /// The titles of the roles, in languages other than that of the protocol.
    Roles,
    /// The titles of the channels, likewise.
    Channels,
    /// The texts of `[texts]`, likewise.
    Texts,
    /// What the stops say, likewise.
    Stops,
}

/// The words of letters for the names of one list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The list.
    pub of: WordsFor,
    /// For each name, in order of the list: its word in each language that has one.
    pub by_value: Vec<Vec<(Language, String)>>,
}

/// Something that the text of a letter must state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// The value of a field.
    Field(FieldId),
    /// The ticket number.
    Ticket,
    /// The reason given with the event.
    Reason,
    /// The due instant of a deadline.
    Due(DeadlineId),
    /// The title of the handler's role.
    HandlerTitle,
    /// A text of `[texts]`, by name.
    Text(String),
    /// `stop.until`: when the stop ends by itself.
    StopUntil,
    /// `stop.review_on`: when the stop is looked at again.
    StopReviewOn,
    /// `stop.appeal_until`: until when an appeal is possible.
    StopAppealUntil,
    /// `stop.says`: where to turn instead.
    StopSays,
    /// When the case was opened.
    Opened,
    /// When the letter became due.
    Today,
    /// When a deadline began.
    Started(DeadlineId),
    /// The title of the role that owns the stage.
    OwnerTitle,
    /// The title of the channel by which the complaint came.
    ChannelTitle,
    /// The level of severity.
    Severity,
    /// A field of each entry of a record, by its place there.
    Entry(RecordId, u16),
    /// A part of the text, by the name of its block.
    Block(String),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FileId;

    /// Checks which text of a file is found where `word` stands in the template.
    #[track_caller]
    fn check(file: &str, word: &str, expected: &str) {
        let body = file.replace("\r\n", "\n");
        let at = body.find(word).unwrap();
        let text = LetterText {
            letter: LetterId::at(0),
            language: Language::En,
            subject: Spanned::new(String::new(), Span::whole(FileId(0))),
            sender: None,
            body,
            span: Span::new(FileId(0), 0..file.len()),
        };
        let found = text.place(at..at + word.len()).range();
        assert_eq!(file.get(found), Some(expected));
    }

    #[test]
    fn a_part_of_a_template_stands_where_the_file_has_it() {
        check("Dear\nHé {{ x }}\n", "{{ x }}", "{{ x }}");
        check("Dear\r\n\r\nHé {{ x }}\r\n", "{{ x }}", "{{ x }}");
        check("Dear\r\nyou {{ x }}\n", "{{ x }}", "Dear\r\nyou {{ x }}\n");
    }
}
