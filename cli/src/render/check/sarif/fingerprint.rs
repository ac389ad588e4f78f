//! What stays the same about a fault while lines above it come and go, so that a service can tell
//! a known finding from a new one.

use std::collections::BTreeMap;

use engine::diagnostic::Diagnostic;
use engine::text::{SourceSet, sha256};

/// The name under which fingerprints are written. Raised when they are made in another way.
pub(crate) const NAME: &str = "namesInProtocol/v1";

/// The fingerprints of one report. Faults that look alike are counted, in their order.
#[derive(Default)]
pub(crate) struct Fingerprints {
    seen: BTreeMap<String, u32>,
}

impl Fingerprints {
    /// The fingerprint of a fault: of its code, its file, the table it stands in and the names in
    /// its message. The words of the message may change, and lines count for nothing.
    pub(crate) fn of(&mut self, it: &Diagnostic, sources: &SourceSet) -> String {
        let file = sources.get(it.primary.span.file);
        let path = file.map_or("", |file| file.path.as_str());
        let text = file.map_or("", |file| file.readable());
        let table = table(text, it.primary.span.range().start);
        let mut parts = vec![it.code.name, path, table];
        parts.extend(it.message.split('`').skip(1).step_by(2));
        let alike = parts.join("\0");
        let number = self.seen.entry(alike.clone()).or_insert(0);
        *number = number.saturating_add(1);
        sha256(format!("{alike}\0{number}").as_bytes())
    }
}

/// The last header of a table before a place: `[stages.received]`.
fn table(text: &str, offset: usize) -> &str {
    let before = text.get(..text.floor_char_boundary(offset)).unwrap_or_default();
    let header = before.lines().rev().find(|line| line.starts_with('['));
    header.map_or("", |line| line.split('#').next().unwrap_or_default().trim())
}

#[cfg(test)]
mod tests {
    use engine::diagnostic::Code;
    use engine::text::{FileId, Span};

    use super::*;

    fn of(text: &str, messages: &[&str]) -> Vec<String> {
        let sources = SourceSet::new("", [("protocol.toml".to_owned(), text.as_bytes().to_vec())]);
        let at = text.find("to =").unwrap();
        let fault = |message: &&str| {
            let span = Span::new(FileId(0), at..at + 2);
            Diagnostic::new(Code::error("unknown-stage"), *message, span, "")
        };
        let mut fingerprints = Fingerprints::default();
        messages.iter().map(|it| fingerprints.of(&fault(it), &sources)).collect()
    }

    #[test]
    fn lines_and_words_do_not_count_but_names_and_tables_do() {
        let one = of("[a] # first\nto = 1", &["no stage `x`"]);
        assert_eq!(one, of("\n\n[a]\nn = 2\nto = 1", &["there is no stage `x`"]));
        assert_ne!(one, of("[a]\nto = 1", &["no stage `y`"]));
        assert_ne!(one, of("[b]\nto = 1", &["no stage `x`"]));
    }

    #[test]
    fn faults_that_look_alike_are_told_apart() {
        let both = of("[a]\nto = 1", &["no stage `x`", "no stage `x`"]);
        assert_ne!(both[0], both[1]);
    }
}
