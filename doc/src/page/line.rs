//! A stretch of text on one line, with little in it.

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// Text that stands out.
    Strong(String),
    /// Text that stands back.
    Aside(String),
    /// Something as it is written in the files of the protocol.
    Code(String),
    /// Text that leads to the part of this page with this id.
    Link(String, String),
    /// A warning of few words: a source that nobody has read.
    Mark(String),
}

impl Inline {
    /// The text itself.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text)
            | Self::Strong(text)
            | Self::Aside(text)
            | Self::Code(text)
            | Self::Link(text, _)
            | Self::Mark(text) => text,
        }
    }
}

/// A line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its parts, in order.
    pub parts: Vec<Inline>,
}

impl Line {
    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(|it| it.text().is_empty())
    }

    /// The text without anything that stands out.
    #[must_use]
    pub fn plain(&self) -> String {
        self.parts.iter().map(Inline::text).collect()
    }

    /// The same with a capital in front, unless it begins with something as it is written.
    pub(crate) fn capital(mut self) -> Self {
        let is_said = |it: &&mut Inline| !it.text().is_empty();
        if let Some(
            Inline::Text(text) | Inline::Strong(text) | Inline::Aside(text) | Inline::Link(text, _),
        ) = self.parts.iter_mut().find(is_said)
        {
            *text = crate::say::capital(text);
        }
        self
    }

    /// Makes plain text of links that lead to no id for which `is_there` holds.
    pub(crate) fn settle(&mut self, is_there: &dyn Fn(&str) -> bool) {
        for part in &mut self.parts {
            if let Inline::Link(text, to) = part
                && !is_there(to)
            {
                *part = Inline::Text(std::mem::take(text));
            }
        }
    }

    pub(crate) fn strong(text: impl Into<String>) -> Self {
        Self { parts: vec![Inline::Strong(text.into())] }
    }

    pub(crate) fn aside(text: impl Into<String>) -> Self {
        Self { parts: vec![Inline::Aside(text.into())] }
    }

    pub(crate) fn code(text: impl Into<String>) -> Self {
        Self { parts: vec![Inline::Code(text.into())] }
    }

    pub(crate) fn link(text: impl Into<String>, to: impl Into<String>) -> Self {
        Self { parts: vec![Inline::Link(text.into(), to.into())] }
    }

    /// This line, then that one.
    pub(crate) fn then(mut self, more: impl Into<Self>) -> Self {
        self.parts.extend(more.into().parts);
        self
    }

    /// This line, then that one, with a blank between them where both say something.
    pub(crate) fn and(self, more: impl Into<Self>) -> Self {
        let more = more.into();
        match (self.is_empty(), more.is_empty()) {
            (_, true) => self,
            (true, false) => more,
            (false, false) => self.then(" ").then(more),
        }
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<&String> for Line {
    fn from(text: &String) -> Self {
        text.clone().into()
    }
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        Self { parts: vec![Inline::Text(text)] }
    }
}

/// A phrase with its `{names}` replaced.
pub(crate) fn line(phrase: &str, parts: &[(&str, Line)]) -> Line {
    let mut made = Line::default();
    let mut rest = phrase;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        made = made.then(before);
        if let Some((_, part)) = parts.iter().find(|(own, _)| *own == name) {
            made = made.then(part.clone());
        }
        rest = after;
    }
    made.then(rest)
}

/// Lines with the same text between any two.
pub(crate) fn joined(lines: impl IntoIterator<Item = Line>, between: &str) -> Line {
    let mut made = Line::default();
    for (place, it) in lines.into_iter().enumerate() {
        let before = if place == 0 { "" } else { between };
        made = made.then(before).then(it);
    }
    made
}

/// "a, b or c", where `last` is the word for "or" or "and".
pub(crate) fn listed(mut lines: Vec<Line>, last: &str) -> Line {
    match lines.pop() {
        None => Line::default(),
        Some(end) if lines.is_empty() => end,
        Some(end) => joined(lines, ", ").then(format!(" {last} ")).then(end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(phrase: &str, parts: &[(&str, Line)], expected: &str) {
        assert_eq!(line(phrase, parts).plain(), expected);
    }

    #[test]
    fn a_phrase_takes_its_parts_wherever_its_language_puts_them() {
        let parts = [("who", "Anna".into()), ("when", "today {who}".into())];
        check("{when}, {who} answers.", &parts, "today {who}, Anna answers.");
        check("nothing to replace", &parts, "nothing to replace");
        check("{open", &parts, "{open");
    }

    #[test]
    fn a_list_has_its_word_before_the_last() {
        let list = |names: &[&str]| names.iter().map(|it| Line::from(*it)).collect::<Vec<_>>();
        assert_eq!(listed(list(&[]), "or").plain(), "");
        assert_eq!(listed(list(&["a"]), "or").plain(), "a");
        assert_eq!(listed(list(&["a", "b", "c"]), "or").plain(), "a, b or c");
    }
}
