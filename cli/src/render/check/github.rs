//! A diagnostic as a workflow command of GitHub Actions, which shows it beside the line.

use engine::diagnostic::{Diagnostic, Severity};
use engine::text::SourceSet;

use crate::render::check::place::place;
use crate::render::harmless;

/// `::error file=…,line=…,endLine=…,col=…,endColumn=…,title=code::message; help`, on one line.
/// Columns are left out where a fault covers several lines, for the service refuses them there.
pub(crate) fn github(diagnostic: &Diagnostic, sources: &SourceSet) -> String {
    let level = match diagnostic.code.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let at = place(diagnostic.primary.span, sources);
    let columns = match at.line == at.end_line {
        true => format!(",col={},endColumn={}", at.column, at.end_column),
        false => String::new(),
    };
    let help = diagnostic.help.as_ref().map_or_else(String::new, |help| format!("; {help}"));
    format!(
        "::{level} file={},line={},endLine={}{columns},title={}::{}\n",
        property(&at.file),
        at.line,
        at.end_line,
        property(diagnostic.code.name),
        data(&format!("{}{help}", diagnostic.message)),
    )
}

/// Text behind the second `::`.
fn data(text: &str) -> String {
    harmless(&text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A"))
}

/// The value of a property, which ends at a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use engine::diagnostic::Code;
    use engine::text::{FileId, Span};
    use proptest::prelude::*;

    use super::*;

    fn command(path: &str, message: &str, range: std::ops::Range<usize>) -> String {
        let sources = SourceSet::new("p", [(path.to_owned(), b"a = 1\nb = 2\n".to_vec())]);
        let span = Span::new(FileId(0), range);
        github(&Diagnostic::new(Code::error("unknown-stage"), message, span, ""), &sources)
    }

    #[test]
    fn a_path_and_a_message_cannot_end_their_part() {
        let path = "a,b:c%.toml";
        assert_eq!(
            command(path, "100 % of\r\n::set-output name=x::y", 4..5),
            "::error file=p/a%2Cb%3Ac%25.toml,line=1,endLine=1,col=5,endColumn=6,\
             title=unknown-stage::100 %25 of%0D%0A::set-output name=x::y\n"
        );
    }

    #[test]
    fn a_fault_of_several_lines_has_no_columns() {
        let expected = "::error file=p/a.toml,line=1,endLine=2,title=unknown-stage::m\n";
        assert_eq!(command("a.toml", "m", 4..8), expected);
    }

    proptest! {
        #[test]
        fn a_diagnostic_is_always_one_command(path in ".*", message in any::<String>()) {
            let written = command(&path, &message, 0..3);
            prop_assert_eq!(written.matches(['\n', '\r']).count(), 1, "{:?}", written);
            prop_assert!(written.starts_with("::error file=p/"));
            let head = written.trim_start_matches("::").split("::").next().unwrap();
            prop_assert_eq!(head.matches(',').count(), 5, "{:?}", written);
        }
    }
}
