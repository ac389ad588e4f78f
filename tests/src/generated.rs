//! A made-up protocol of any size, shaped like those that people write: a way through with returns
//! and pauses, a ladder, a severity, conditions, letters, and a deadline for every other stage.

use std::fmt::Write as _;

use engine::text::SourceSet;

const ROLES: usize = 10;
const RUNGS: usize = 4;
const CATEGORIES: [&str; 6] = ["delivery", "product", "service", "billing", "conduct", "privacy"];

const HEAD: &str = r#"
[protocol]
id          = "generated"
title       = "Generated"
version     = "1"
language    = "en"
zone        = "Europe/London"
calendar    = "office"
effective   = { from = 2026-01-01 }
accountable = "role_0"
source      = "house rules"

[calendars.office]
hours  = { mon-fri = ["09:00-17:00"] }
closed = [{ on = "easter - 2 days", name = "Good Friday" }, { on = "25 december", name = "Christmas Day" }]

[time]
first_day             = "next"
ends                  = "midnight"
roll                  = "forward"
receipt_outside_hours = "as_is"
backdate              = "10 working days"

[channels]
phone = { title = "Telephone" }
email = { title = "E-mail", written = true }

[severity]
levels    = ["low", "normal", "high", "emergency"]
policy    = "highest"
otherwise = "low"

[[severity.rules]]
when = 'harm == "minor" || amount > 50'
is   = "normal"

[[severity.rules]]
when = 'harm == "serious" || amount > 1000'
is   = "high"

[[severity.rules]]
when = 'category == "conduct" && harm == "serious"'
is   = "emergency"

[fields.harm]
type    = "choice"
of      = ["none", "minor", "serious"]
default = "none"

[fields.amount]
type     = "money"
currency = "GBP"
default  = 0
"#;

/// The files of a protocol of so many stages, at least 8. It loads without an error.
#[must_use]
pub fn generated(n_stages: usize) -> SourceSet {
    let n_stages = n_stages.max(8);
    let mut text = HEAD.to_owned();
    let parts = [people, fields, happenings, way, duties];
    for part in parts {
        // Writing to a text cannot fail.
        let _ = part(&mut text, n_stages);
    }
    SourceSet::new("generated", [("protocol.toml".to_owned(), text.into_bytes())])
}

fn people(out: &mut String, _: usize) -> std::fmt::Result {
    for at in 0..ROLES {
        writeln!(out, "[roles.role_{at}]\ntitle = \"Role number {at}\"\n")?;
    }
    for at in 0..RUNGS {
        writeln!(out, "[[ladder]]\nrung = \"rung_{at}\"\nhandled_by = \"role_{}\"\n", at + 1)?;
    }
    Ok(())
}

fn fields(out: &mut String, n_stages: usize) -> std::fmt::Result {
    let of = CATEGORIES.map(|it| format!("{it:?}")).join(", ");
    writeln!(out, "[fields.category]\ntype = \"choice\"\nof = [{of}]\ndefault = \"delivery\"\n")?;
    for at in 0..n_stages / 4 {
        let kind = match at % 3 {
            0 => "type = \"flag\"\ndefault = false",
            1 => "type = \"number\"\ndefault = 0",
            _ => "type = \"text\"",
        };
        writeln!(out, "[fields.field_{at}]\n{kind}\n")?;
    }
    Ok(())
}

/// Events, the conditions they need, and the letters they send.
fn happenings(out: &mut String, n_stages: usize) -> std::fmt::Result {
    for at in 0..n_stages / 2 {
        let field = at % (n_stages / 4);
        let role = 1 + RUNGS + at % (ROLES - 1 - RUNGS);
        writeln!(out, "[events.done_{at}]\nby = [\"@handler\", \"role_{role}\"]")?;
        writeln!(out, "carries = [\"field_{field}?\", \"harm?\", \"amount?\", \"category?\"]\n")?;
    }
    writeln!(out, "[events.sent_back]\nby = [\"@handler\"]\n")?;
    writeln!(out, "[events.rejected]\nby = [\"complainant\"]\nentered_by = [\"role_1\"]\n")?;
    writeln!(out, "[events.withdrawn]\nby = [\"complainant\"]\nentered_by = [\"role_1\"]\n")?;
    writeln!(out, "[events.more_time]\nby = [\"role_0\", \"role_9\"]\nreason = true\n")?;
    for at in 0..n_stages / 4 {
        let is = match at % 3 {
            0 => format!("field_{at} || amount < 10"),
            1 => format!("field_{at} >= 2 && harm != \"serious\""),
            _ => format!("is_set(field_{at}) && (severity >= \"high\" || category == \"billing\")"),
        };
        writeln!(out, "[conditions.checked_{at}]\nsays = \"Check {at} is made\"\nis = '{is}'\n")?;
        writeln!(out, "[letters.letter_{at}]\nto = [\"complainant\"]\n")?;
    }
    Ok(())
}

fn way(out: &mut String, n_stages: usize) -> std::fmt::Result {
    let last = n_stages - 2;
    for at in 0..=last {
        let next = if at == last { "closed".to_owned() } else { format!("stage_{}", at + 1) };
        let quarter = at / 4 % (n_stages / 4);
        writeln!(out, "[stages.stage_{at}]\nowner = \"@handler\"")?;
        match at % 8 {
            _ if at == 0 => writeln!(out, "start = true")?,
            3 => writeln!(out, "pauses = {{ duty_{} = \"10 working days\" }}", at / 2)?,
            6 => writeln!(out, "after = {{ \"20 working days\" = {{ to = \"{next}\" }} }}")?,
            _ => {}
        }
        writeln!(out, "\n[stages.stage_{at}.on.done_{}]", at / 2 % (n_stages / 2))?;
        match at % 4 {
            0 => writeln!(out, "requires = [\"checked_{quarter}\"]")?,
            2 => writeln!(out, "sends = [\"letter_{quarter}\"]")?,
            _ => {}
        }
        writeln!(out, "to = \"{next}\"\n")?;
        match at % 5 {
            2 => writeln!(out, "[stages.stage_{at}.on.sent_back]\nto = \"stage_{}\"\n", at - 1)?,
            4 => writeln!(out, "[stages.stage_{at}.on.rejected]\nescalate = true\n")?,
            _ => {}
        }
    }
    writeln!(out, "[stages.closed]\nend = true\n\n[anywhere.on.withdrawn]\nto = \"closed\"\n")
}

/// Every other stage has a deadline that starts with it and is met by leaving it.
fn duties(out: &mut String, n_stages: usize) -> std::fmt::Result {
    for at in 0..(n_stages - 1) / 2 {
        let (stage, role) = (at * 2, 1 + at % (ROLES - 1));
        writeln!(
            out,
            "[deadlines.duty_{at}]\nwho = \"@handler\"\nstarts = \"stage:stage_{stage}\""
        )?;
        writeln!(
            out,
            "met_by = [\"stage:stage_{}\", \"stage:closed\"]",
            (stage + 2).min(n_stages - 2)
        )?;
        let within = match at % 3 {
            0 => {
                "{ by = \"severity\", emergency = \"1 working day\", otherwise = \"5 working days\" }"
            }
            1 => "\"10 working days\"",
            _ => "\"3 weeks\"",
        };
        writeln!(out, "within = {within}\nwarn = [\"1 working day before\"]")?;
        writeln!(out, "breach = {{ tells = [\"role_{role}\"] }}\nsource = \"rule {at}\"\n")?;
        if at % 10 == 0 {
            writeln!(
                out,
                "[[deadlines.duty_{at}.extend]]\non = \"more_time\"\nadd = \"5 working days\"\ntimes = 1\n"
            )?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant as Stopwatch};

    use super::generated;

    /// Nothing is optimised here, and the machine may be busy. It takes a tenth of a second.
    const WAIT_MAX: Duration = Duration::from_secs(4);

    #[test]
    fn five_hundred_stages_are_checked_in_time() {
        let sources = generated(500);
        let begin = Stopwatch::now();
        assert!(engine::load(&sources).0.is_some());
        assert!(begin.elapsed() < WAIT_MAX, "{:?}", begin.elapsed());
    }

    #[test]
    fn a_generated_protocol_of_any_size_has_no_fault() {
        for n_stages in [8, 50, 200] {
            let (machine, faults) = engine::load(&generated(n_stages));
            let first = faults.iter().next();
            assert!(machine.is_some() && first.is_none(), "{n_stages}: {first:?}");
            assert_eq!(machine.unwrap().protocol.stages.len(), n_stages);
        }
    }
}
