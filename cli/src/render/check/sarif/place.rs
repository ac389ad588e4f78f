//! Files and places as SARIF writes them.

use std::fmt::Write as _;

use engine::diagnostic::Label;
use engine::text::{SourceSet, Span};
use serde_sarif::sarif::{ArtifactLocation, Location, Message, PhysicalLocation, Region};

use crate::render::check::place::place;
use crate::render::harmless;

/// A place with what it is.
pub(crate) fn location(label: &Label, id: Option<i64>, sources: &SourceSet) -> Location {
    let mut location = Location::builder().physical_location(physical(label.span, sources)).build();
    location.id = id;
    if !label.text.is_empty() {
        location.message = Some(message(&label.text));
    }
    location
}

fn physical(span: Span, sources: &SourceSet) -> PhysicalLocation {
    PhysicalLocation::builder()
        .artifact_location(artifact(span, sources))
        .region(region(span, sources))
        .build()
}

/// The file of a span.
pub(crate) fn artifact(span: Span, sources: &SourceSet) -> ArtifactLocation {
    ArtifactLocation::builder().uri(uri(&place(span, sources).file)).build()
}

/// The lines and columns of a span; columns in characters, the end after the last one.
pub(crate) fn region(span: Span, sources: &SourceSet) -> Region {
    let at = place(span, sources);
    Region::builder()
        .start_line(at.line)
        .start_column(at.column)
        .end_line(at.end_line)
        .end_column(at.end_column)
        .build()
}

/// A text for people. A single brace would begin a placeholder, so each is written twice.
pub(crate) fn message(text: &str) -> Message {
    Message::builder().text(harmless(text).replace('{', "{{").replace('}', "}}")).build()
}

/// A path as a reference: relative as it was named, or with `file://` where it was named whole.
fn uri(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let mut uri = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            // Writing to a text cannot fail.
            _ => drop(write!(uri, "%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::{message, uri};

    #[test]
    fn a_brace_in_a_message_is_no_placeholder() {
        let said = message("write `{ to = \"x\" }`, not {0}").text;
        assert_eq!(said.as_deref(), Some("write `{{ to = \"x\" }}`, not {{0}}"));
    }

    #[test]
    fn a_path_is_a_reference_whatever_is_in_it() {
        assert_eq!(uri("p/a b.toml"), "p/a%20b.toml");
        assert_eq!(uri("a:b/é#?.toml"), "a%3Ab/%C3%A9%23%3F.toml");
        assert_eq!(uri("/srv/p.toml"), "file:///srv/p.toml");
    }
}
