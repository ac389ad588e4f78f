//! What every hard protocol begins with.

/// How everything is counted, by whom, and on which rungs.
pub(super) const HEAD: &str = r#"
[protocol]
id          = "stress"
title       = "Twelve stages, four rungs and a desk"
version     = "1"
language    = "en"
zone        = "Europe/London"
calendar    = "office"
effective   = { from = 2026-01-01 }
accountable = "head"
source      = "house rules"

[calendars.office]
hours  = { mon-fri = ["09:00-17:00"] }
closed = [
  { on = "easter - 2 days", name = "Good Friday" },
  { on = "easter + 1 day", name = "Easter Monday" },
  { on = "25 december", name = "Christmas Day" },
  { on = "26 december", name = "Boxing Day" },
  { on = "1 january", name = "New Year" },
]

[time]
first_day             = "next"
ends                  = "midnight"
roll                  = "none"
receipt_outside_hours = "as_is"
backdate              = "1 working day"

[roles]
clerk = { title = "Clerk" }
head  = { title = "Head" }

[channels]
post = { title = "Letter", written = true }

[[ladder]]
rung       = "r0"
handled_by = "clerk"

[[ladder]]
rung       = "r1"
handled_by = "clerk"

[[ladder]]
rung       = "r2"
handled_by = "head"

[[ladder]]
rung       = "r3"
handled_by = "head"

[fields]
desk = { type = "choice", of = ["red", "green", "blue"], default = "red" }
"#;

/// The desks, in the order in which a case goes round.
pub(super) const DESKS: [&str; 3] = ["red", "green", "blue"];
