//! Everything that can be asked of a protocol, and what is said of it.

use engine::machine::Machine;
use engine::model::{GuaranteeId, Promise};
use engine::time::NaiveDate;

use crate::Patience;
use crate::bases::{Bases, Window};
use crate::confirm::{self, Effort};
use crate::explore::Hunt;
use crate::prove::{built_in, own};
use crate::verdict::{Asked, Because, BuiltIn, Outcome, Undecided, Verdict};

/// For which cases something is asked, and how far it is looked.
#[derive(Clone, Debug)]
pub struct Options {
    /// The first date on which a case may be opened.
    pub from: NaiveDate,
    /// The last, inclusive.
    pub to: NaiveDate,
    /// How many situations are looked at, at most.
    pub situations: usize,
    /// Whether there is time for more: what is left then stays undecided.
    pub patience: Patience,
}

/// How many situations are looked at where nobody says otherwise.
const SITUATIONS_MAX: usize = 40_000;

impl Options {
    /// Cases of three years from the date from which the protocol holds, or from 2025 where it says
    /// none.
    #[must_use]
    pub fn new(machine: &Machine) -> Self {
        let Window { from, to } = Window::of(&machine.protocol);
        Self { from, to, situations: SITUATIONS_MAX, patience: Patience::endless() }
    }

    /// When the cases are opened that are asked about.
    pub(super) const fn cases(&self) -> Window {
        Window { from: self.from, to: self.to }
    }

    /// How far is looked for something.
    pub(super) fn hunt(&self, situations_max: usize, ways_max: usize) -> Hunt<'_> {
        let patience = &self.patience;
        Hunt { is_bad: &|_| false, assume: &[], situations_max, ways_max, patience }
    }

    /// How hard it is tried to find courses.
    pub(super) const fn effort(&self, calls: u32) -> Effort<'_> {
        Effort { calls, patience: &self.patience }
    }

    /// Whether so many places are enough, or there is no time for more.
    pub(super) fn is_enough(&self, n_places: usize) -> bool {
        n_places > self.situations || self.patience.is_over()
    }

    pub(super) fn window(&self) -> confirm::Window {
        confirm::Window { from: self.from, to: self.to }
    }
}

/// Everything that can be asked of a protocol: its own guarantees in file order, then those that
/// every protocol gives without saying so.
#[must_use]
pub fn asked(machine: &Machine) -> Vec<Asked> {
    let own = (0..machine.protocol.guarantees.len()).map(|at| Asked::Own(GuaranteeId::at(at)));
    let mut asked: Vec<Asked> = own.collect();
    asked.push(Asked::BuiltIn(BuiltIn::NoDeadEnd));
    asked.push(Asked::BuiltIn(BuiltIn::ClosingPossible));
    if machine.protocol.ladder.len() > 1 {
        asked.push(Asked::BuiltIn(BuiltIn::NoRungSkipped));
    }
    if built_in::has_stops(machine) {
        asked.push(Asked::BuiltIn(BuiltIn::StopsAnswerable));
        asked.push(Asked::BuiltIn(BuiltIn::AlwaysScreened));
    }
    if built_in::counts(machine) {
        asked.push(Asked::BuiltIn(BuiltIn::DeadlinesReal));
    }
    if built_in::warns(machine) {
        asked.push(Asked::BuiltIn(BuiltIn::WarningsInTime));
    }
    asked
}

/// What can be said of one of them. The same for the same questions.
#[must_use]
pub fn prove(machine: &Machine, asked: Asked, options: &Options) -> Verdict {
    let assumed = match asked {
        Asked::Own(id) => machine.protocol.guarantees.get(id.index()),
        Asked::BuiltIn(_) => None,
    };
    let assumed = assumed.map_or_else(Vec::new, |it| it.assume.clone());
    let Ok(bases) = Bases::of(machine, options.cases()) else {
        let because = vec![Because::NoDates];
        let outcome = Outcome::Undecided(Undecided { because, ..Undecided::default() });
        return Verdict { asked, outcome, assumed, situations: 0 };
    };
    let (outcome, situations) = match asked {
        Asked::BuiltIn(built_in) => built_in::prove(machine, &bases, built_in, options),
        Asked::Own(id) => match machine.protocol.guarantees.get(id.index()).map(|it| &it.promise) {
            Some(Promise::Possible { .. } | Promise::Reachable { .. }) => {
                built_in::own(machine, &bases, id, options)
            }
            _ => own::prove(machine, id, options),
        },
    };
    let outcome = match outcome {
        Outcome::Undecided(it) if options.patience.is_over() => Outcome::Undecided(out_of_time(it)),
        outcome => outcome,
    };
    Verdict { asked, outcome, assumed, situations }
}

/// What was not found need not be missing where there was no time to look.
fn out_of_time(undecided: Undecided) -> Undecided {
    let is_not_found = |it: &Because| {
        matches!(it, Because::NoDates | Because::NotSeenMet(_) | Because::NotSeenMissed(_))
    };
    let mut because = undecided.because;
    because.retain(|it| !is_not_found(it));
    because.push(Because::Time);
    because.sort_unstable();
    Undecided { because, ..undecided }
}
