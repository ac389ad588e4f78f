//! What `verify` found out, for people.

use std::time::Duration;

use analysis::{Asked, BuiltIn, Outcome};
use engine::model::Rule;
use engine::time::{Instant, Zone, spoken};

use crate::render::palette::{BAD, DOUBT, FAINT, GOOD, STRONG, paint};
use crate::render::verify::course;
use crate::render::verify::verdict::{sentences, window};
use crate::render::verify::words::{line_of, listed, place_of, text_of};
use crate::render::{count, harmless, one_line, short};
use crate::verified::{Answered, Conditions, Found, VerifiedProtocol};
use crate::verified::{conditions, id_of, rule_of, says_of, short_of};

/// The whole report. Protocols with errors are counted, for nothing can be said of them.
pub(crate) fn verify_text(
    protocols: &[VerifiedProtocol],
    n_unusable: usize,
    explains: bool,
    took: Duration,
) -> String {
    let mut text = String::new();
    for protocol in protocols {
        let it = &protocol.machine.protocol;
        let name = paint(STRONG, &one_line(&format!("{} {}", it.id, it.version)));
        text.push_str(&format!("{name}, {}\n", window(protocol.window)));
        for answered in own_or_not_given(protocol) {
            text.push_str(&of_one(protocol, answered, explains));
        }
        text.push_str(&given(protocol));
        if !it_promises(protocol) {
            text.push_str(
                "  It promises nothing of its own: `[[guarantees]]` is where it would.\n",
            );
        }
        if explains {
            text.push_str(&explained(protocol));
        }
        text.push('\n');
    }
    text.push_str(&summary(protocols, n_unusable, took));
    text
}

/// A course, a moment a line, each set in by this much.
pub(crate) fn course_lines(protocol: &VerifiedProtocol, it: &Answered, indent: &str) -> String {
    let zone = &protocol.machine.protocol.zone;
    let told = course::told(protocol, it);
    let width = told.iter().map(|it| said_at(zone, it.at).len()).max().unwrap_or(0);
    let mut text = String::new();
    for moment in &told {
        let at = said_at(zone, moment.at);
        let heads = std::iter::once(at.as_str()).chain(std::iter::repeat(""));
        for (head, line) in heads.zip(&moment.lines) {
            text.push_str(&format!("{indent}{head:<width$}  {}\n", aloud(&harmless(line))));
        }
    }
    text
}

fn said_at(zone: &Zone, at: Instant) -> String {
    aloud(&spoken(zone, at))
}

/// The last instant of a day, as people say it.
fn aloud(text: &str) -> String {
    text.replace(" 23:59:59.999", ", end of the day")
}

/// The guarantees of the protocol, and of the others those that do not hold.
fn own_or_not_given(protocol: &VerifiedProtocol) -> impl Iterator<Item = &Answered> {
    protocol.list.iter().filter(|it| match it.verdict.asked {
        Asked::Own(_) => true,
        Asked::BuiltIn(_) => it.found() != Found::Proved,
    })
}

fn it_promises(protocol: &VerifiedProtocol) -> bool {
    !protocol.machine.protocol.guarantees.is_empty()
}

fn of_one(protocol: &VerifiedProtocol, it: &Answered, explains: bool) -> String {
    let machine = &protocol.machine;
    let sign = match it.found() {
        Found::Proved => paint(GOOD, "✓"),
        Found::Refuted => paint(BAD, "✗"),
        Found::Undecided => paint(DOUBT, "?"),
    };
    let says = one_line(says_of(machine, it.verdict.asked));
    let id = paint(FAINT, &format!("[{}]", one_line(&id_of(machine, it.verdict.asked))));
    let mut text = format!("  {sign} {says}  {id}\n");
    for line in sentences(protocol, it) {
        text.push_str(&format!("      {}\n", harmless(&line)));
    }
    if it.found() == Found::Refuted {
        text.push_str(&course_lines(protocol, it, "        "));
        text.push_str(&places(protocol, it));
    }
    if explains {
        let situations = count(it.verdict.situations, "situation", "situations");
        text.push_str(&format!("      looked at: {situations}\n"));
    }
    if let Some(path) = &it.saved {
        let path = one_line(short(&path.to_string_lossy()));
        text.push_str(&format!("      saved as {path}\n"));
    }
    text
}

/// Where the guarantee stands, and what made the course what it is.
fn places(protocol: &VerifiedProtocol, it: &Answered) -> String {
    let machine = &protocol.machine;
    let mut rows: Vec<(&str, String, String)> = Vec::new();
    if let Some(rule) = rule_of(machine, it.verdict.asked) {
        let place = place_of(machine, &protocol.sources, rule);
        rows.push(("promised in", place, source(machine.protocol.rule(rule))));
    }
    let looked = course::look_at(protocol, it);
    let heads = std::iter::once("look at").chain(std::iter::repeat(""));
    rows.extend(heads.zip(looked).map(|(head, (path, place))| (head, place, path)));
    let width = rows.iter().map(|(_, place, _)| place.chars().count()).max().unwrap_or(0);
    let row = |(head, place, what): &(&str, String, String)| {
        format!("      {head:<11}  {place:<width$}  {}\n", one_line(what))
    };
    rows.iter().map(row).map(|it| it.replace("  \n", "\n")).collect()
}

fn source(rule: &Rule) -> String {
    match (&rule.source, rule.unverified) {
        (None, _) => String::new(),
        (Some(source), false) => source.clone(),
        (Some(source), true) => format!("{source} (unverified)"),
    }
}

/// One line for what every protocol is asked for and this one gives.
fn given(protocol: &VerifiedProtocol) -> String {
    let held: Vec<BuiltIn> = (protocol.list.iter())
        .filter(|it| it.found() == Found::Proved)
        .filter_map(|it| match it.verdict.asked {
            Asked::BuiltIn(built_in) => Some(built_in),
            Asked::Own(_) => None,
        })
        .collect();
    if held.is_empty() {
        return String::new();
    }
    let words = listed(held.iter().map(|it| short_of(*it).to_owned()), "and");
    format!("  {} As every protocol should: {words}.\n", paint(GOOD, "✓"))
}

/// How exactly the conditions of the protocol were looked at.
fn explained(protocol: &VerifiedProtocol) -> String {
    let Conditions { n_exact, either_way } = conditions(&protocol.machine);
    if either_way.is_empty() {
        return match n_exact {
            0 => "  there are no conditions.\n".to_owned(),
            _ => format!("  every condition was looked at exactly ({n_exact}).\n"),
        };
    }
    let exactly = count(n_exact, "condition was", "conditions were");
    let others = count(either_way.len(), "was", "were");
    let mut text =
        format!("  {exactly} looked at exactly; {others} taken to be true or false at any time:\n");
    for span in either_way {
        let (place, what) = (line_of(&protocol.sources, span), text_of(&protocol.sources, span));
        text.push_str(&format!("      {place}  {what}\n"));
    }
    text
}

/// "5 proved (1 under an assumption), 1 not true   in 0.42 s".
fn summary(protocols: &[VerifiedProtocol], n_unusable: usize, took: Duration) -> String {
    let all = || protocols.iter().flat_map(|it| &it.list);
    let with = |found: Found| all().filter(|it| it.found() == found).count();
    let n_assumed = all()
        .filter(|it| matches!(it.verdict.outcome, Outcome::Proved(_)))
        .filter(|it| !it.verdict.assumed.is_empty())
        .count();
    let n_idle =
        all().filter(|it| matches!(&it.verdict.outcome, Outcome::Proved(it) if it.vacuous)).count();
    let aside = [(n_assumed, "under an assumption"), (n_idle, "never asked for")];
    let aside = aside.iter().filter(|(number, _)| *number > 0);
    let aside: Vec<String> = aside.map(|(number, what)| format!("{number} {what}")).collect();
    let aside = if aside.is_empty() { String::new() } else { format!(" ({})", aside.join(", ")) };
    let mut parts = Vec::new();
    if n_unusable > 0 {
        let with_errors = count(n_unusable, "protocol", "protocols");
        parts.push(paint(BAD, &format!("{with_errors} with errors")));
    }
    let (n_refuted, n_undecided) = (with(Found::Refuted), with(Found::Undecided));
    if n_refuted > 0 {
        parts.push(paint(BAD, &format!("{n_refuted} not true")));
    }
    if n_undecided > 0 {
        parts.push(paint(DOUBT, &format!("{n_undecided} undecided")));
    }
    let n_proved = with(Found::Proved);
    let proved = format!("{n_proved} proved{aside}");
    parts.push(if n_refuted + n_undecided == 0 { paint(GOOD, &proved) } else { proved });
    format!("{}   in {:.2} s\n", parts.join(", "), took.as_secs_f64())
}
