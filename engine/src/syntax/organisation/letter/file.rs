//! `letters/*.md`: the text of a letter, below a few lines about it.

use crate::diagnostic::Diagnostics;
use crate::syntax::document;
use crate::syntax::rules;
use crate::text::FileId;
use crate::text::Span;
use crate::text::Spanned;

/// What stands before and after the lines about a letter.
const FENCE: &str = "+++";

/// A file of the folder `letters` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterFile {
    /// Its path inside the protocol folder.
    pub path: String,
    /// The file.
    pub file: FileId,
    /// `subject`: what the letter is about. Required; `None` has been reported.
    pub subject: Option<Spanned<String>>,
    /// `sender`: who writes.
    pub sender: Option<Spanned<String>>,
    /// The template, its lines ended by line feeds alone, and where it stands.
    pub body: Spanned<String>,
}

/// Reads a file of the folder `letters`.
pub(crate) fn read(file: FileId, path: &str, text: &str, out: &mut Diagnostics) -> LetterFile {
    let mut found = LetterFile {
        path: path.to_owned(),
        file,
        subject: None,
        sender: None,
        body: Spanned::new(String::new(), Span::whole(file)),
    };
    let Some((front, body_start)) = parts(text) else {
        out.push(rules::letter_front_matter(file));
        return found;
    };
    let read = document::read(file, &front, "the lines about the letter", out, |root| {
        root.requires(&["subject"]);
        (root.text("subject"), root.text("sender"))
    });
    (found.subject, found.sender) = read.unwrap_or_default();
    let body = text.get(body_start..).unwrap_or_default();
    let body_span = Span::new(file, body_start..text.len());
    found.body = Spanned::new(body.replace("\r\n", "\n"), body_span);
    found
}

/// The lines about the letter, in a text in which they stand where they stand in the file, and
/// where the template begins.
fn parts(text: &str) -> Option<(String, usize)> {
    let start = text.len().checked_sub(text.trim_start().len())?;
    let mut at = start;
    let mut front = " ".repeat(start);
    for (place, line) in text.get(start..)?.split_inclusive('\n').enumerate() {
        let is_fence = line.trim_end() == FENCE;
        at = at.saturating_add(line.len());
        match (place, is_fence) {
            (0, false) => return None,
            (0, true) => front.push_str(&line.replace(FENCE, "   ")),
            (_, true) => return Some((front, at)),
            (_, false) => front.push_str(line),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_about_a_letter_is_found_where_it_stands() {
        let text = "+++\nsubject = \"Hé\"\n+++\nDear\n";
        let mut out = Diagnostics::default();
        let found = read(FileId(0), "letters/a.md", text, &mut out);
        assert!(out.is_empty());
        let subject = found.subject.unwrap();
        assert_eq!(text.get(subject.span.range()), Some("\"Hé\""));
        assert_eq!(text.get(found.body.span.range()), Some("Dear\n"));
    }

    #[test]
    fn without_both_fences_there_is_nothing_about_a_letter() {
        for text in ["", "Dear\n", "+++\nsubject = 'a'\n", "+++ x\n+++\n", "+++"] {
            assert_eq!(parts(text), None, "{text}");
        }
        assert_eq!(parts("+++\n+++").unwrap().1, 7);
    }
}
