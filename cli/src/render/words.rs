//! Numbers and places as people say them.

/// "1 error", "2 errors", "no errors".
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}

/// Text of somebody else without the characters that would steer a terminal.
pub(crate) fn harmless(text: &str) -> String {
    let is_harmful = |c: char| c.is_control() && c != '\n' && c != '\t';
    text.chars().map(|c| if is_harmful(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// The same on one line: what follows a line break could pass for something that we say.
pub(crate) fn one_line(text: &str) -> String {
    harmless(text).replace(['\n', '\t'], " ")
}

/// XML without the two characters that it does not allow and that what writes it lets pass.
pub(crate) fn xml(text: &str) -> String {
    text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

/// A path as the caller would write it.
pub(crate) fn short(path: &str) -> &str {
    path.strip_prefix("./").unwrap_or(path)
}
