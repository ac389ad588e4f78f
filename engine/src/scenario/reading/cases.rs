//! `[[case]]`: the other cases of a scenario, and their names.

use crate::diagnostic::{Diagnostics, nearest_or_listed};
use crate::runtime::{CaseKey, ReportedAt};
use crate::scenario::rules;
use crate::scenario::{Movement, Scenario, Step};
use crate::syntax::Table;
use crate::text::{Span, Spanned};
use crate::time::{Instant, Zone};

/// The cases of a scenario as they are read.
#[derive(Debug)]
pub(crate) struct Cases {
    /// The names, by the keys of the cases.
    names: Vec<String>,
    /// Where a name was given, for a case that no step has named yet.
    unused: Vec<(CaseKey, Span)>,
}

impl Default for Cases {
    fn default() -> Self {
        Self { names: vec![Scenario::FIRST_CASE.to_owned()], unused: Vec::new() }
    }
}

impl Cases {
    /// Reads the name of a `[[case]]`. A case without one is called `case 2`, by its place.
    pub(crate) fn declare(&mut self, table: &mut Table<'_, '_>) -> CaseKey {
        let key = CaseKey::at(self.names.len());
        let written = table.name("name");
        let default = || format!("case {}", self.names.len().saturating_add(1));
        let name = written.as_ref().map_or_else(default, |it| it.value.clone());
        if let Some(written) = written {
            match self.names.contains(&name) {
                true => table.out.push(rules::scenario_case_twice(&name, written.span)),
                false => self.unused.push((key, written.span)),
            }
        }
        self.names.push(name);
        key
    }

    /// Reads which case a step is about.
    pub(crate) fn of_step(&mut self, table: &mut Table<'_, '_>) -> CaseKey {
        table.name("case").and_then(|it| self.find(&it, table.out)).unwrap_or(CaseKey::FIRST)
    }

    fn find(&mut self, written: &Spanned<String>, out: &mut Diagnostics) -> Option<CaseKey> {
        let place = self.names.iter().position(|it| *it == written.value);
        let Some(place) = place else {
            let names = self.names.iter().map(String::as_str);
            let help = nearest_or_listed(&written.value, "case", names);
            out.push(rules::scenario_unknown_case(&written.value, written.span, help));
            return None;
        };
        let key = CaseKey::at(place);
        self.unused.retain(|(unused, _)| *unused != key);
        Some(key)
    }

    pub(crate) fn name(&self, key: CaseKey) -> &str {
        self.names.get(key.index()).map_or("", |it| it)
    }

    /// Reports the names that no step uses.
    pub(crate) fn report_unused(&self, out: &mut Diagnostics) {
        for (key, span) in &self.unused {
            out.push(rules::scenario_case_unused(self.name(*key), *span));
        }
    }

    pub(crate) fn into_names(self) -> Vec<String> {
        self.names
    }
}

/// The instant to which the clock goes when a case is opened; a date alone is its first one.
pub(crate) fn opens_at(zone: &Zone, movement: Movement) -> Instant {
    match movement {
        Movement::At(ReportedAt::Instant(at)) | Movement::RecordedAt(_, at) => at,
        Movement::At(ReportedAt::Date(on)) => zone.day_start(on),
        Movement::Stay | Movement::Wait(_) | Movement::Until(_) | Movement::UntilStop(..) => {
            Instant::MIN
        }
    }
}

/// Reports the cases that would open before the first one does. One whose instant could not be
/// read has been reported already.
pub(crate) fn report_early(zone: &Zone, begins: Instant, openings: &[Step], out: &mut Diagnostics) {
    for opening in openings {
        let at = opens_at(zone, opening.movement);
        if at < begins && at != Instant::MIN {
            out.push(rules::scenario_case_early(opening.span));
        }
    }
}
