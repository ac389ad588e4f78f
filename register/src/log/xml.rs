//! Texts in XML.

/// A text as it stands in an attribute. Characters that no XML can hold, such as most control
/// characters, become U+FFFD: the place is seen, and the file is read.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // Otherwise a reader takes them for blanks.
            '\t' => escaped.push_str("&#9;"),
            '\n' => escaped.push_str("&#10;"),
            '\r' => escaped.push_str("&#13;"),
            it if it.is_control() && it < '\u{7f}' => escaped.push('\u{fffd}'),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            it => escaped.push(it),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_stands_in_xml() {
        assert_eq!(escaped("a<b> & \"c\"\r\n\t"), "a&lt;b&gt; &amp; &quot;c&quot;&#13;&#10;&#9;");
        assert_eq!(escaped("\0\u{1b}[2J\u{8}\u{fffe}"), "\u{fffd}\u{fffd}[2J\u{fffd}\u{fffd}");
        assert_eq!(escaped("Åse 🪚"), "Åse 🪚");
    }
}
