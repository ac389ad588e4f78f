//! From the text of a scenario to a worked case of one machine.

use crate::diagnostic::Diagnostics;
use crate::machine::Machine;
use crate::model::Protocol;
use crate::scenario::reading::given;
use crate::scenario::reading::step;
use crate::scenario::rules;
use crate::scenario::{Movement, Scenario, Step};
use crate::syntax::{Table, read_document, readable};
use crate::text::{FileId, SourceSet};

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
        let read = |table: &mut Table<'_, '_>| scenario(&machine.protocol, &source.path, table);
        read_document(file, &text, "the scenario", &mut out, read)
    });
    out.sort();
    let is_whole = !out.has_errors();
    (scenario.flatten().filter(|_| is_whole), out)
}

fn scenario(protocol: &Protocol, path: &str, table: &mut Table<'_, '_>) -> Option<Scenario> {
    table.requires(&["title", "opened"]);
    table.later(&["complainant", "case"]);
    let title = table.text("title");
    let mut pool = table.section("given", |it| given::read(protocol, it)).unwrap_or_default();
    let opened = table.section("opened", |it| step::opened(protocol, it));
    let mut number = 0u32;
    let later: Vec<Step> = table.rows("step", |it| {
        number = number.saturating_add(1);
        step::step(protocol, number, &mut pool, it)
    });
    pool.report_unused(table.out);
    let steps: Vec<Step> = opened.into_iter().chain(later).collect();
    report_acts_at_a_due_instant(&steps, table.out);
    Some(Scenario { path: path.to_owned(), title: title?.value, steps })
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
            Movement::Until(_) => at_due = true,
            _ => at_due = false,
        }
    }
}
