//! One file, laid out.

use toml::de::DeTable;
use toml::de::DeValue;

use crate::diagnostic::Diagnostics;
use crate::syntax::document;
use crate::syntax::encoding;
use crate::syntax::format::align;
use crate::syntax::format::lines;
use crate::text::FileId;
use crate::text::SourceSet;

/// What became of a file.
#[derive(Clone, Debug)]
pub enum Layout {
    /// It is laid out as it should be.
    Same,
    /// It is to have this text.
    Changed(String),
    /// It cannot be read, for these reasons.
    Unreadable(Diagnostics),
    /// Its new text would say something else, which is a fault of Redress.
    Unsure,
}

/// Lays a file out. Whether its keys are known does not matter.
#[must_use]
pub fn layout(sources: &SourceSet, id: FileId) -> Layout {
    let mut out = Diagnostics::default();
    let Some(file) = sources.get(id) else { return Layout::Unreadable(out) };
    let text = encoding::readable(id, file, &mut out);
    let is_read = text.as_deref().and_then(|text| {
        document::read(id, text, "the file", &mut out, |table| drop(table.rest()))
    });
    let is_whole = is_read.is_some() && !out.has_errors();
    let Some(text) = text.filter(|_| is_whole) else {
        out.sort();
        return Layout::Unreadable(out);
    };
    let laid_out = align::text(&lines::of(&text));
    if laid_out.as_bytes() == file.bytes.as_slice() {
        return Layout::Same;
    }
    let (before, after) = (DeTable::parse(&text), DeTable::parse(&laid_out));
    match (before, after) {
        (Ok(before), Ok(after)) if same(before.get_ref(), after.get_ref()) => {
            Layout::Changed(laid_out)
        }
        _ => Layout::Unsure,
    }
}

/// Whether two tables say the same, in the same order. How deep they are is bounded.
fn same(left: &DeTable<'_>, right: &DeTable<'_>) -> bool {
    let mut pairs = left.iter().zip(right.iter());
    left.len() == right.len()
        && pairs.all(|((key, left), (other, right))| {
            key.get_ref() == other.get_ref() && same_value(left.get_ref(), right.get_ref())
        })
}

fn same_value(left: &DeValue<'_>, right: &DeValue<'_>) -> bool {
    match (left, right) {
        (DeValue::String(left), DeValue::String(right)) => left == right,
        (DeValue::Integer(left), DeValue::Integer(right)) => {
            left.radix() == right.radix() && left.as_str() == right.as_str()
        }
        (DeValue::Float(left), DeValue::Float(right)) => left.as_str() == right.as_str(),
        (DeValue::Boolean(left), DeValue::Boolean(right)) => left == right,
        (DeValue::Datetime(left), DeValue::Datetime(right)) => left == right,
        (DeValue::Array(left), DeValue::Array(right)) => {
            let mut pairs = left.iter().zip(right.iter());
            left.len() == right.len()
                && pairs.all(|(left, right)| same_value(left.get_ref(), right.get_ref()))
        }
        (DeValue::Table(left), DeValue::Table(right)) => same(left, right),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid_out(text: &str) -> Layout {
        let sources = SourceSet::new("", [("a.toml".to_owned(), text.as_bytes().to_vec())]);
        layout(&sources, FileId(0))
    }

    /// Checks what becomes of a text, and that nothing more becomes of that.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        match laid_out(text) {
            Layout::Same => assert_eq!(text, expected),
            Layout::Changed(new) => assert_eq!(new, expected),
            other => panic!("{text}: {other:?}"),
        }
        assert!(matches!(laid_out(expected), Layout::Same), "{expected}");
    }

    #[test]
    fn equals_signs_of_neighbours_stand_in_one_column() {
        check("a=1\n  long  =   2\n\nb =3\n", "a    = 1\nlong = 2\n\nb = 3\n");
        check("a = 1\n# between\nlong = 2\n", "a = 1\n# between\nlong = 2\n");
        check("a . \"b c\" = 1\nd = 2", "a.\"b c\" = 1\nd       = 2\n");
        check("\"é\"=1\nab=2\n", "\"é\" = 1\nab  = 2\n");
    }

    #[test]
    fn blanks_inside_values_are_one_where_one_belongs() {
        check("a=[ 1,2 ,3, ]\n", "a = [1, 2, 3]\n");
        check("a={b=1,c = [ ],d={ }}\n", "a = { b = 1, c = [], d = {} }\n");
        check("a=[{b=1},{c=-1.5}]\n", "a = [{ b = 1 }, { c = -1.5 }]\n");
        check("a=2026-01-31 10:00:00.5\n", "a = 2026-01-31 10:00:00.5\n");
        check("a='x  y'\nb=\"# [\"\n", "a = 'x  y'\nb = \"# [\"\n");
    }

    #[test]
    fn a_list_over_several_lines_keeps_its_lines() {
        check(
            "a = [\n1, # one\n\n\n    22,# two\n # last\n]\nlong = 1\n",
            "a    = [\n  1,  # one\n\n  22,  # two\n  # last\n]\nlong = 1\n",
        );
        check("a = [{ b = 1 },\n{ b = 2 }]\n", "a = [{ b = 1 },\n  { b = 2 }]\n");
    }

    #[test]
    fn one_blank_line_stands_between_tables_and_none_at_the_ends() {
        check("\n\na = 1\n[ b . c ]\n\n\n\nd = 1\n[[e]]\n\n", "a = 1\n\n[b.c]\n\nd = 1\n\n[[e]]\n");
        check("# about b\n[b]\n", "# about b\n[b]\n");
        check("", "");
        check("\n \n", "");
    }

    #[test]
    fn comments_of_neighbours_stand_in_one_column() {
        check("a = 1 #x\nbb = 22#y\n", "a  = 1   #x\nbb = 22  #y\n");
        check("a = 1        # x\nb = 22       # y\n", "a = 1        # x\nb = 22       # y\n");
        check("[a]# x\n", "[a]  # x\n");
        check("a = 1  # x  \t\n", "a = 1  # x\n");
    }

    #[test]
    fn a_text_over_several_lines_is_not_touched() {
        check(
            "a='''\n x  \n\n  y=1'''# z\nlong=1\n",
            "a    = '''\n x  \n\n  y=1'''  # z\nlong = 1\n",
        );
        check("a = \"\"\"\r\n  x\r\n\"\"\"\r\n", "a = \"\"\"\r\n  x\r\n\"\"\"\n");
    }

    #[test]
    fn what_cannot_be_read_is_left_alone() {
        for text in ["a = ", "a = 1\na = 2\n", "[a\n", "a = 'x\n", "\u{202e}a = 1\n", "]", "="] {
            assert!(matches!(laid_out(text), Layout::Unreadable(_)), "{text}");
        }
        let deep = format!("a = {}{}\n", "[".repeat(500), "]".repeat(500));
        assert!(matches!(laid_out(&deep), Layout::Unreadable(_)));
        assert!(matches!(laid_out(&"#".repeat(2_000_000)), Layout::Unreadable(_)));
    }
}
