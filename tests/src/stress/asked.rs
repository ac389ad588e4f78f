//! How much there is to look at.

use analysis::Patience;
use analysis::bases::{Bases, Window};
use analysis::explore::{Hunt, Looked, look};
use analysis::steps::{About, Steps};
use engine::diagnostic::{Diagnostic, Severity};
use engine::machine::Machine;
use engine::model::{DeadlineId, GuaranteeId};
use engine::text::SourceSet;

/// Loads a protocol of one file.
///
/// # Errors
///
/// What is wrong with it, a line each.
pub fn machine(text: String) -> Result<Machine, String> {
    let sources = SourceSet::new("", [("protocol.toml".to_owned(), text.into_bytes())]);
    let (machine, faults) = engine::load(&sources);
    let is_error = |it: &&Diagnostic| it.code.severity == Severity::Error;
    let errors = faults.iter().filter(is_error);
    let said = errors.map(|it| format!("{}: {}", it.code.name, it.message));
    machine.ok_or_else(|| said.collect::<Vec<_>>().join("\n"))
}

/// All deadlines, and a guarantee beside them: nothing is left out because the guarantee does not
/// hang by it.
fn everything(machine: &Machine, id: GuaranteeId) -> About {
    let deadlines = (0..machine.protocol.deadlines.len()).map(DeadlineId::at).collect();
    About { deadlines, ..About::guarantee(machine, id) }
}

/// Looks once at everything that can become of a case, with the instants of each situation together:
/// so many situations at most. Nothing where the calendar does not know the years.
#[must_use]
pub fn cost(machine: &Machine, situations_max: usize) -> Option<Looked> {
    let mut steps = Steps::new(machine, &everything(machine, GuaranteeId::at(0)));
    let bases = Bases::of(machine, Window::of(&machine.protocol)).ok()?;
    // Nothing is looked for, so nothing is looked at twice.
    let patience = &Patience::endless();
    let hunt = Hunt { is_bad: &|_| false, assume: &[], situations_max, ways_max: 1, patience };
    Some(look(&mut steps, &bases, &hunt))
}
