//! What `verify --format json` writes.

use analysis::{Asked, Because, Course, Outcome};
use engine::model::RuleId;
use engine::time::Zone;
use serde::Serialize;

use crate::render::check::{PlaceWire, place};
use crate::render::rule_json::{RuleWire, rule};
use crate::render::verify::course;
use crate::render::verify::verdict::{because_words, sentences};
use crate::render::{rfc3339, short};
use crate::verified::{Answered, Found, VerifiedProtocol, id_of, rule_of, says_of};

/// Raised whenever a name below changes its meaning or goes.
const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    schema_version: u32,
    engine: &'static str,
    protocols: Vec<ProtocolWire<'a>>,
    with_errors: Vec<&'a str>,
    proved: usize,
    refuted: usize,
    undecided: usize,
}

#[derive(Serialize)]
struct ProtocolWire<'a> {
    id: &'a str,
    version: &'a str,
    folder: String,
    from: String,
    to: String,
    guarantees: Vec<GuaranteeWire<'a>>,
}

#[derive(Serialize)]
struct GuaranteeWire<'a> {
    id: String,
    built_in: bool,
    says: &'a str,
    rule: Option<RuleWire<'a>>,
    place: Option<PlaceWire>,
    outcome: &'static str,
    sentences: Vec<String>,
    vacuous: bool,
    assumed: Vec<&'a str>,
    at_most_days: Option<u32>,
    at_least_days: Option<u32>,
    because: Vec<BecauseWire<'a>>,
    situations: usize,
    course: Option<CourseWire>,
    look_at: Vec<LookAtWire>,
    saved: Option<String>,
}

#[derive(Serialize)]
struct BecauseWire<'a> {
    reason: &'static str,
    sentence: String,
    rule: Option<RuleWire<'a>>,
}

#[derive(Serialize)]
struct CourseWire {
    at: String,
    until: String,
    days: Option<u32>,
    events: usize,
    moments: Vec<MomentWire>,
}

#[derive(Serialize)]
struct MomentWire {
    at: String,
    lines: Vec<String>,
}

#[derive(Serialize)]
struct LookAtWire {
    path: String,
    place: String,
}

/// One JSON object, with a line break at its end. `unusable` are the folders of protocols of
/// which nothing can be said.
///
/// # Errors
/// Never in practice: every value can be written as JSON.
pub(crate) fn verify_json(
    protocols: &[VerifiedProtocol],
    unusable: &[String],
) -> serde_json::Result<String> {
    let with = |found: Found| {
        protocols.iter().flat_map(|it| &it.list).filter(|it| it.found() == found).count()
    };
    let report = Report {
        schema_version: SCHEMA_VERSION,
        engine: env!("CARGO_PKG_VERSION"),
        protocols: protocols.iter().map(protocol).collect(),
        with_errors: unusable.iter().map(|it| short(it)).collect(),
        proved: with(Found::Proved),
        refuted: with(Found::Refuted),
        undecided: with(Found::Undecided),
    };
    serde_json::to_string_pretty(&report).map(|text| text + "\n")
}

fn protocol(it: &VerifiedProtocol) -> ProtocolWire<'_> {
    ProtocolWire {
        id: &it.machine.protocol.id,
        version: &it.machine.protocol.version,
        folder: short(&it.folder.to_string_lossy()).to_owned(),
        from: it.window.0.to_string(),
        to: it.window.1.to_string(),
        guarantees: it.list.iter().map(|answered| guarantee(it, answered)).collect(),
    }
}

fn guarantee<'a>(protocol: &'a VerifiedProtocol, it: &Answered) -> GuaranteeWire<'a> {
    let machine = &protocol.machine;
    let (asked, outcome) = (it.verdict.asked, &it.verdict.outcome);
    let stated = rule_of(machine, asked);
    let look_at = match it.found() {
        Found::Refuted => course::look_at(protocol, it),
        Found::Proved | Found::Undecided => Vec::new(),
    };
    let look_at = look_at.into_iter().map(|(path, place)| LookAtWire { path, place }).collect();
    let (at_most_days, at_least_days, because) = match outcome {
        Outcome::Proved(proved) => (proved.most_days, None, &[][..]),
        Outcome::Refuted(course) => (None, course.days, &[][..]),
        Outcome::Impossible(_) => (None, None, &[][..]),
        Outcome::Undecided(it) => (it.at_most_days, it.at_least_days, it.because.as_slice()),
    };
    let name = |id: &engine::model::DeadlineId| {
        machine.protocol.deadlines.get(id.index()).map(|it| it.name.as_str())
    };
    GuaranteeWire {
        id: id_of(machine, asked),
        built_in: matches!(asked, Asked::BuiltIn(_)),
        says: says_of(machine, asked),
        rule: stated.map(|it| rule(machine, it)),
        place: stated.map(|it| place(machine.protocol.rule(it).span, &protocol.sources)),
        outcome: it.found().word(),
        sentences: sentences(protocol, it),
        vacuous: matches!(outcome, Outcome::Proved(proved) if proved.vacuous),
        assumed: it.verdict.assumed.iter().filter_map(name).collect(),
        at_most_days,
        at_least_days,
        because: because.iter().map(|it| self::because(protocol, it)).collect(),
        situations: it.verdict.situations,
        course: it.course().map(|course| self::course(protocol, it, course)),
        look_at,
        saved: it.saved.as_ref().map(|it| short(&it.to_string_lossy()).to_owned()),
    }
}

fn course(protocol: &VerifiedProtocol, it: &Answered, course: &Course) -> CourseWire {
    let zone: &Zone = &protocol.machine.protocol.zone;
    let moment = |told: course::Told| MomentWire { at: rfc3339(zone, told.at), lines: told.lines };
    CourseWire {
        at: rfc3339(zone, course.at),
        until: rfc3339(zone, course.until),
        days: course.days,
        events: course.events.len(),
        moments: course::told(protocol, it).into_iter().map(moment).collect(),
    }
}

fn because<'a>(protocol: &'a VerifiedProtocol, it: &Because) -> BecauseWire<'a> {
    let (reason, at): (_, Option<RuleId>) = match it {
        Because::Condition(rule) => ("condition", Some(*rule)),
        Because::PauseWithoutLimit(rule) => ("pause_without_limit", Some(*rule)),
        Because::DateSet(rule) => ("date_set", Some(*rule)),
        Because::NoDates => ("no_dates", None),
        Because::Budget(_) => ("budget", None),
        Because::Time => ("time", None),
        Because::OtherCases => ("other_cases", None),
        Because::Grid(rule) => ("grid", Some(*rule)),
        Because::Entries(rule) => ("entries", Some(*rule)),
        Because::Lengthens(rule) => ("lengthens", Some(*rule)),
        Because::NotSeenMet(rule) => ("not_seen_met", Some(*rule)),
        Because::NotSeenMissed(rule) => ("not_seen_missed", Some(*rule)),
    };
    BecauseWire {
        reason,
        sentence: because_words(&protocol.machine, &protocol.sources, it),
        rule: at.map(|it| rule(&protocol.machine, it)),
    }
}
