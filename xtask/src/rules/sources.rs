//! Every `source` of a protocol says something.

use crate::finding::Finding;
use crate::tree::Tree;

/// What people write when they have nothing to write.
const EMPTY_WORDS: [&str; 6] = ["", "?", "-", "tbd", "unknown", "none"];

pub(crate) fn findings(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.under("protocols/").filter(|it| it.ending() == "toml") {
        for (line_index, line) in file.text.lines().enumerate() {
            if sources(line).iter().any(|it| is_empty(it)) {
                let what = "`source` says nothing; name the rule the number comes from";
                found.push(Finding::at(&file.path, line_index + 1, what));
            }
        }
    }
    found
}

fn is_empty(source: &str) -> bool {
    EMPTY_WORDS.contains(&source.trim().to_lowercase().as_str())
}

/// The values of the keys called `source` that start on this line.
fn sources(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut before = String::new();
    for piece in line.split_inclusive("source") {
        let is_key = before.ends_with("source") && !before.contains('#') && ends_as_key(&before);
        if is_key && let Some(value) = value_of(line.get(before.len()..).unwrap_or_default()) {
            found.push(value);
        }
        before.push_str(piece);
    }
    found
}

fn ends_as_key(before: &str) -> bool {
    let rest = before.strip_suffix("source").unwrap_or_default().trim_end();
    rest.is_empty() || rest.ends_with(['{', ','])
}

fn value_of(after_key: &str) -> Option<&str> {
    let value = after_key.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|it| ['"', '\''].contains(it))?;
    if value.starts_with("\"\"\"") || value.starts_with("'''") {
        return None;
    }
    value.strip_prefix(quote)?.split(quote).next()
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::tree::made_up;

    #[track_caller]
    fn check(line: &str, is_found: bool) {
        let text = format!("[deadlines.answer]\n{line}\n");
        let what = "protocols/a/protocol.toml:2: `source` says nothing; \
                    name the rule the number comes from";
        let expected: &[&str] = if is_found { &[what] } else { &[] };
        made_up::check(findings, &[("protocols/a/protocol.toml", &text)], expected);
    }

    #[test]
    fn a_filled_source_is_fine() {
        check("source = \"DISP 1.6.2R\"", false);
        check("on = { a = 1, source = 'Code 6.2' }", false);
    }

    #[test]
    fn an_empty_source_is_found() {
        check("source     = \"\"", true);
        check("within = [{ is = \"8 weeks\", source = \" \" }]", true);
        check("source = \"tbd\" # later", true);
    }

    #[test]
    fn a_comment_or_another_key_is_not_read() {
        check("# source = \"\"", false);
        check("resource = \"\"", false);
    }
}
