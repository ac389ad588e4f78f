//! Protocols that programs write.

/// The head of a protocol with one calendar and two roles.
pub(crate) const HEAD: &str = r#"
[protocol]
id = "made"
title = "Made"
version = "1"
language = "en"
zone = "Europe/London"
calendar = "office"
effective = { from = 2026-01-01 }
accountable = "boss"
source = "A source"

[calendars.office]
hours = { mon-fri = ["09:00-17:00"] }

[time]
first_day = "next"
ends = "midnight"
roll = "none"
receipt_outside_hours = "as_is"
backdate = "10 working days"

[roles.officer]
title = "Officer"

[roles.boss]
title = "Boss"

[channels.letter]
title = "Letter"
written = true

[events.answered]
by = ["officer"]
"#;

/// Two stages, to follow the head.
pub(crate) const STAGES: &str = r#"
[stages.open]
start = true
owner = "officer"

[stages.open.on.answered]
to = "closed"

[stages.closed]
end = true
"#;

/// What a checker says that finds nothing.
pub(crate) const FINE: &str = "1 protocol checked: nothing wrong";

/// The text of each number from 0 up to `n`, one after the other.
pub(crate) fn each(n: usize, text: impl Fn(usize) -> String) -> String {
    (0..n).map(text).collect()
}

/// A protocol of one file.
pub(crate) fn alone(text: impl Into<Vec<u8>>) -> Vec<(String, Vec<u8>)> {
    vec![("protocol.toml".to_owned(), text.into())]
}

/// The two stages with something after them.
pub(crate) fn with(below: &str) -> Vec<(String, Vec<u8>)> {
    alone(format!("{HEAD}{STAGES}{below}"))
}
