//! The texts that random protocols are made of.

use crate::random::Random;

/// How everything is counted, and by which days.
pub(super) fn head(random: &mut Random, is_weekly: bool) -> String {
    let first_day = random.one_of(&["next", "same"]).unwrap_or("next");
    let ends = random.one_of(&["midnight", "midnight", "close"]).unwrap_or("midnight");
    let roll = random.one_of(&["forward", "none"]).unwrap_or("none");
    let closed = match is_weekly {
        true => "",
        false => {
            "\nclosed = [{ on = \"easter + 1 day\", name = \"Easter Monday\" }, \
             { on = \"25 december\", name = \"Christmas Day\" }, \
             { on = \"26 december\", name = \"Boxing Day\" }, \
             { on = \"1 january\", name = \"New Year\" }]"
        }
    };
    format!(
        r#"[protocol]
id          = "made"
title       = "Made up"
version     = "1"
language    = "en"
zone        = "Europe/London"
calendar    = "office"
effective   = {{ from = 2026-01-01 }}
accountable = "head"
source      = "house rules"

[calendars.office]
hours = {{ mon-fri = ["09:00-17:00"] }}{closed}

[time]
first_day             = "{first_day}"
ends                  = "{ends}"
roll                  = "{roll}"
receipt_outside_hours = "as_is"
backdate              = "2 working days"

[roles]
clerk = {{ title = "Clerk" }}
head  = {{ title = "Head" }}

[channels]
post = {{ title = "Letter", written = true }}

[letters]
note   = {{ to = ["complainant"] }}
answer = {{ to = ["complainant"] }}
sorry  = {{ to = ["complainant"] }}
"#
    )
}

/// A date to which a clock is put off.
pub(super) const NEW_DATE: &str = r#"new_date = { type = "date" }"#;

/// How a clock is lengthened, and how often.
pub(super) fn extension(random: &mut Random) -> String {
    let days = amount(1 + random.below(4), "working day");
    let times = random.one_of(&["1", "1", "2", "\"any\""]).unwrap_or("1");
    let by = match random.below(6) {
        0 | 1 => format!("add = \"{days}\""),
        // Six are more than a week, holidays or none: what puts nothing off is refused.
        2 => format!("total = \"{}\"", amount(6 + random.below(4), "working day")),
        3 => "until = \"new_date\"".to_owned(),
        _ => format!("until = \"new_date\"\nup_to = \"{days}\""),
    };
    format!("{by}\ntimes = {times}")
}

/// Two levels of severity, told apart by what the opening brings, and the field by which.
pub(super) const SEVERITY: &str = r#"
urgent = { type = "flag", required = true }

[severity]
levels    = ["low", "high"]
policy    = "first"
otherwise = "low"

[[severity.rules]]
when = 'urgent'
is   = "high"
"#;

/// Two rungs.
pub(super) const LADDER: &str = r#"
[[ladder]]
rung       = "front"
handled_by = "clerk"

[[ladder]]
rung       = "upper"
handled_by = "head"
"#;

/// A term that is over within two weeks.
pub(super) fn term(random: &mut Random) -> String {
    let number = 1 + random.below(4);
    match random.below(6) {
        0 => "1 week".to_owned(),
        1 | 2 => amount(number, "calendar day"),
        _ => amount(number, "working day"),
    }
}

/// A number and its unit.
pub(super) fn amount(number: usize, unit: &str) -> String {
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}
