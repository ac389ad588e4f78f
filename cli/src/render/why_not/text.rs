//! Why an event is refused, for people.

use engine::model::RuleId;
use engine::runtime::RefusalKind;
use engine::time::spoken;

use crate::render::palette::{BAD, FAINT, GOOD, STRONG, paint};
use crate::render::why_not::said::{CameTo, ConditionSaid, Said};
use crate::render::{WhyNot, cited, harmless};

/// The whole answer.
pub(crate) fn why_not_text(it: &WhyNot<'_>) -> String {
    let zone = &it.machine.protocol.zone;
    let after = match it.step {
        0 => "right after the case was opened".to_owned(),
        step => format!("after step {step}"),
    };
    let at = spoken(zone, it.event.at);
    let mut text = format!("{}, {after}, on {at}\n", paint(STRONG, &harmless(&it.scenario.title)));
    let who = format!("`{}` by {}", it.event_name(), harmless(&it.actor()));
    match it.came_to() {
        CameTo::Refused(refusal) => {
            let why = match refusal.kind {
                RefusalKind::Conditions(_) => ", for this is not so",
                _ => "",
            };
            text.push_str(&format!("  {who} would be {}{why}:\n", paint(BAD, "refused")));
            for sentence in refusal.sentences(it.machine) {
                text.push_str(&format!("    {}\n", harmless(&sentence)));
            }
            text.push_str(&cited(it.machine, refusal.rule));
            text.push_str(&considered(it));
            let allowed = it.allowed(refusal);
            let allowed =
                if allowed.is_empty() { "nothing".to_owned() } else { allowed.join(", ") };
            text.push_str(&format!("  possible at this stage: {allowed}\n"));
        }
        CameTo::Allowed(follows) => {
            text.push_str(&format!("  {who} would be {}\n", paint(GOOD, "allowed")));
            text.push_str(&considered(it));
            text.push_str("  what would follow\n");
            for fact in follows {
                text.push_str(&format!("    {}\n", harmless(&fact)));
            }
        }
        CameTo::Broken(rule, why) => {
            text.push_str(&format!("  {who} could {}: {why}\n", paint(BAD, "not be decided")));
            text.push_str(&cited(it.machine, rule));
            text.push_str(&considered(it));
        }
    }
    text
}

fn considered(it: &WhyNot<'_>) -> String {
    let lines: String = it.considered().iter().map(|said| line(it, said)).collect();
    match lines.is_empty() {
        true => lines,
        false => format!("  looked at\n{lines}"),
    }
}

fn line(it: &WhyNot<'_>, said: &Said) -> String {
    match said {
        Said::Condition(said) => of_condition(it, said),
        Said::TimeActed(rule, at) => {
            format!("    time acts first, on {at}: {}\n", entry(it, *rule))
        }
        Said::Required(rule, says, holds) => {
            let says = harmless(says);
            format!("    {} required: {says}  {}\n", sign(*holds), entry(it, *rule))
        }
        Said::Chosen(rule) => format!("    the way taken: {}\n", entry(it, *rule)),
        Said::Clock(rule) => format!("    a clock acts: {}\n", entry(it, *rule)),
    }
}

fn of_condition(it: &WhyNot<'_>, said: &ConditionSaid) -> String {
    let read: Vec<String> =
        said.read.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let read = match read.is_empty() {
        true => String::new(),
        false => harmless(&format!("  ({})", read.join(", "))),
    };
    let condition = harmless(&said.condition);
    format!("    {} {condition}{read}  {}\n", sign(said.holds), entry(it, said.rule))
}

fn sign(holds: bool) -> String {
    if holds { paint(GOOD, "✓ yes") } else { paint(BAD, "✗ no ") }
}

fn entry(it: &WhyNot<'_>, id: RuleId) -> String {
    let rule = it.machine.protocol.rule(id);
    paint(FAINT, &format!("{}  {}", rule.path, rule.place))
}
