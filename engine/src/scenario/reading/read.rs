//! From the text of a scenario to a worked case of one machine.

use crate::diagnostic::Diagnostics;
use crate::machine::Machine;
use crate::runtime::CaseKey;
use crate::scenario::reading::cases::{self, Cases};
use crate::scenario::reading::complainant;
use crate::scenario::reading::given;
use crate::scenario::reading::revision;
use crate::scenario::reading::step;
use crate::scenario::reading::stops;
use crate::scenario::rules;
use crate::scenario::{Movement, Scenario, Step};
use crate::syntax::{Table, read_document, readable};
use crate::text::{FileId, SourceSet};
use crate::time::Instant;

/// Reads one file of a set as a scenario of a machine, and reports every fault in it. The set
/// need not be that of the protocol: the places of the scenario are places in `sources`, the
/// places of rules are places in the files that the machine was loaded from.
///
/// There is no scenario where anything is wrong with it.
#[must_use]
pub fn read(
    sources: &SourceSet,
    file: FileId,
    machine: &Machine,
) -> (Option<Scenario>, Diagnostics) {
    let mut out = Diagnostics::default();
    let scenario = sources.get(file).and_then(|source| {
        let text = readable(file, source, &mut out)?;
        let read = |table: &mut Table<'_, '_>| scenario(machine, &source.path, table);
        read_document(file, &text, "the scenario", &mut out, read)
    });
    out.sort();
    let is_whole = !out.has_errors();
    (scenario.flatten().filter(|_| is_whole), out)
}

/// Reads the top of a scenario.
pub(crate) fn scenario(
    machine: &Machine,
    path: &str,
    table: &mut Table<'_, '_>,
) -> Option<Scenario> {
    let protocol = &machine.protocol;
    table.requires(&["title", "opened"]);
    let complainant = table.section("complainant", |it| complainant::read(protocol, it));
    let title = table.text("title");
    let mut pool = table.section("given", |it| given::read(protocol, it)).unwrap_or_default();
    let opened = table.section("opened", |it| step::opened(protocol, CaseKey::FIRST, it));
    let mut cases = Cases::default();
    let mut openings = table.rows("case", |it| {
        let key = cases.declare(it);
        let mut opening = step::opened(protocol, key, it);
        opening.what = format!("{} opened", cases.name(key));
        opening
    });
    let mut number = 0u32;
    let mut revisions = Vec::new();
    let later: Vec<Step> = table.rows("step", |it| {
        number = number.saturating_add(1);
        let case = cases.of_step(it);
        let (step, revision) = step::step(machine, case, number, &mut pool, it);
        revisions.extend(revision.map(|it| (number, it)));
        step
    });
    pool.report_unused(table.out);
    cases.report_unused(table.out);
    let steps: Vec<Step> = opened.into_iter().chain(later).collect();
    report_acts_at_a_due_instant(&steps, table.out);
    revision::report_unknown(&steps, &revisions, table.out);
    revision::report_no_reason(&protocol.zone, &steps, table.out);
    revision::report_ahead(&protocol.zone, &steps, table.out);
    let opened_at = steps.first().map(|it| cases::opens_at(&protocol.zone, it.movement));
    if let Some(begins) = opened_at {
        cases::report_early(&protocol.zone, begins, &openings, table.out);
    }
    let begins = opened_at.unwrap_or(Instant::MIN);
    let stops = complainant.as_ref().map_or_else(Vec::new, |it| it.stops.clone());
    stops::report_late(protocol, &stops, steps.first(), table.out);
    let history = complainant.map(|it| it.checked(steps.first(), begins, table));
    let history = history.unwrap_or_default();
    openings.sort_by_key(|it| cases::opens_at(&protocol.zone, it.movement));
    let (path, title) = (path.to_owned(), title?.value);
    let cases = cases.into_names();
    Some(Scenario { path, title, cases, steps, openings, stops, history })
}

/// After `until` the clock stands at an instant that is still in time, while time has acted
/// already: what happens next happens later, and the author says how much.
fn report_acts_at_a_due_instant(steps: &[Step], out: &mut Diagnostics) {
    let mut at_due = false;
    for step in steps {
        match step.movement {
            Movement::Stay if at_due && !step.acts.is_empty() => {
                let problem = "a step after `until` does not say when it happens";
                let help = "add `wait = \"1 hour\"`, or `at`";
                out.push(rules::scenario_step_unclear(problem, step.span, help));
            }
            Movement::Stay => {}
            Movement::Until(_) | Movement::UntilStop(..) => at_due = true,
            _ => at_due = false,
        }
    }
}
