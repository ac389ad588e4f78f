//! Differences of two texts, line by line.

use crate::render::harmless;
use crate::render::palette::{BAD, FAINT, GOOD, paint};

/// Lines around a difference that are shown with it.
pub(crate) const CONTEXT_LINES: usize = 3;

/// A unified diff with its lines in colours, and without what would steer a terminal. A carriage
/// return at the end of a line stays.
pub(crate) fn colored(difference: &str) -> String {
    let line = |line: &str| {
        let (text, end) = line.strip_suffix('\r').map_or((line, ""), |text| (text, "\r"));
        let plain = harmless(text);
        let painted = match text.chars().next() {
            Some('+') => paint(GOOD, &plain),
            Some('-') => paint(BAD, &plain),
            Some('@') => paint(FAINT, &plain),
            _ => plain,
        };
        format!("{painted}{end}\n")
    };
    difference.split_terminator('\n').map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::colored;

    #[test]
    fn a_line_keeps_its_end_and_loses_what_steers_a_terminal() {
        let plain = anstream::adapter::strip_str(&colored("+a\x1b[2J\r\n-b\rc\n d")).to_string();
        assert_eq!(plain, "+a\u{fffd}[2J\r\n-b\u{fffd}c\n d\n");
    }
}
