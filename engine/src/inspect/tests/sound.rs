//! A sound protocol, and what is found when a piece of it is another.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::text::LineIndex;
use crate::text::SourceSet;

/// A protocol in which nothing is wrong. Tests replace one piece of it.
const SOUND: &str = r#"[protocol]
id          = "small"
title       = "Complaints of a small firm"
version     = "1"
language    = "en"
zone        = "Europe/London"
calendar    = "office"
effective   = { from = 2026-01-01 }
accountable = "agent"
source      = "house rules of 2026"

[calendars.office]
hours = { mon-fri = ["09:00-17:00"] }

[time]
first_day             = "next"
ends                  = "close"
roll                  = "forward"
receipt_outside_hours = "as_is"
backdate              = "10 working days"

[roles]
agent   = { title = "Agent" }
manager = { title = "Manager" }

[channels]
email = { title = "E-mail", written = true }

[fields]
harm    = { type = "flag", default = false }
amount  = { type = "number", default = 0 }
advised = { type = "flag" }

[[ladder]]
rung       = "first"
handled_by = "agent"

[[ladder]]
rung       = "second"
handled_by = "manager"

[events]
answered = { by = ["@handler"], carries = ["advised"] }
rejected = { by = ["complainant"], entered_by = ["agent"] }

[stages.open]
start = true
owner = "@handler"
[stages.open.on.answered]
to    = "answered"
sends = ["answer"]

[stages.answered]
after = { "4 weeks" = { to = "closed" } }
owner = "@handler"
[stages.answered.on.rejected]
escalate = true
to       = "open"

[stages.closed]
end = true

[deadlines.reply]
who      = "@handler"
starts   = "opened"
restarts = ["escalated"]
within   = "10 working days"
met_by   = ["letter:answer"]
breach   = { tells = ["manager"] }
[letters]
answer = { to = ["complainant"], states = ["advised"] }
"#;

fn shown(sources: &SourceSet, out: &Diagnostics) -> String {
    let line = |fault: &Diagnostic| {
        let span = fault.primary.span;
        let text = sources.get(span.file).unwrap().readable();
        let at = LineIndex::new(text).line_column(text, span.range().start);
        format!("{} {}:{} {}", fault.code.name, at.line, at.column, fault.message)
    };
    out.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Replaces one piece of the sound protocol, adds text, and expects these faults.
#[track_caller]
pub(crate) fn check((old, new): (&str, &str), added: &str, expected: &str) {
    assert_eq!(SOUND.matches(old).count(), 1, "`{old}` stands once in the protocol");
    let text = format!("{}{added}", SOUND.replace(old, new));
    let sources = SourceSet::new("", [("protocol.toml".to_owned(), text.into_bytes())]);
    let (machine, out) = crate::load(&sources);
    assert_eq!(shown(&sources, &out), expected);
    assert_eq!(machine.is_none(), out.has_errors());
}

pub(crate) const AS_IT_IS: (&str, &str) = ("[stages.closed]", "[stages.closed]");
