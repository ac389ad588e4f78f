//! The questions to the analysis, and its answers.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use analysis::bases::{Bases, Window};
use analysis::{Asked, Because, Options, Outcome, Patience, Verdict};
use engine::diagnostic::nearest_or_listed;
use engine::machine::Machine;
use engine::text::SourceSet;
use engine::time::NaiveDate;

use crate::args::{Budget, Verify};
use crate::unusable::Unusable;
use crate::verified::without_prefix;
use crate::verified::{Answered, VerifiedProtocol, id_of, in_parallel, is_called, retold};

/// The situations that are looked at first where there is a time for it.
const SITUATIONS_FIRST: usize = 20_000;

/// By how much that grows each time.
const GROWTH: u32 = 4;

/// A protocol with what is asked of it.
pub(crate) struct Asking {
    folder: PathBuf,
    machine: Machine,
    sources: SourceSet,
    window: (NaiveDate, NaiveDate),
    asked: Vec<Asked>,
}

impl Asking {
    /// All guarantees of a protocol, for cases that begin within the dates that the words say.
    ///
    /// # Errors
    /// There are no such dates.
    pub(crate) fn new(
        folder: PathBuf,
        machine: Machine,
        sources: SourceSet,
        args: &Verify,
    ) -> Result<Self, Unusable> {
        let usual = Options::new(&machine);
        let from = args.from.unwrap_or(usual.from);
        let to = args.to.unwrap_or_else(|| usual.to.max(from));
        if let Err(none) = Bases::of(&machine, Window { from, to }) {
            let help = "`--from` and `--to` say on which dates cases begin";
            return Err(Unusable::new(none.to_string()).help(help));
        }
        let asked = analysis::asked(&machine);
        Ok(Self { folder, machine, sources, window: (from, to), asked })
    }

    fn ids(&self) -> impl Iterator<Item = String> {
        self.asked.iter().map(|it| id_of(&self.machine, *it))
    }
}

/// Leaves out what is not named, if anything is.
///
/// # Errors
/// No protocol has a guarantee of some name.
pub(crate) fn only_named(names: &[String], asking: &mut [Asking]) -> Result<(), Unusable> {
    if names.is_empty() || asking.is_empty() {
        return Ok(());
    }
    let known: Vec<String> = asking.iter().flat_map(Asking::ids).collect();
    let unknown = |name: &&String| !known.iter().any(|id| is_called(id, name));
    if let Some(unknown) = names.iter().find(unknown) {
        let what = format!("no guarantee is called `{unknown}`");
        let known: BTreeSet<&str> = known.iter().map(|it| without_prefix(it)).collect();
        let help = nearest_or_listed(unknown, "guarantee", known);
        return Err(Unusable::new(what).maybe_help(help));
    }
    for it in asking {
        let machine = &it.machine;
        let is_named = |asked: Asked| {
            let id = id_of(machine, asked);
            names.iter().any(|name| is_called(&id, name))
        };
        it.asked.retain(|asked| is_named(*asked));
    }
    Ok(())
}

/// Asks everything, on so many threads. The answers are the same for any number of them.
///
/// # Errors
/// The engine does not go through a course that was found: a fault of the analysis.
pub(crate) fn answers(
    asking: Vec<Asking>,
    budget: Option<Budget>,
    n_threads: usize,
) -> anyhow::Result<Vec<VerifiedProtocol>> {
    let questions: Vec<(&Asking, Asked)> =
        asking.iter().flat_map(|it| it.asked.iter().map(move |asked| (it, *asked))).collect();
    let mut verdicts = in_parallel(questions.len(), n_threads, |place| {
        questions.get(place).map(|(asking, asked)| verdict(asking, *asked, budget))
    })
    .into_iter()
    .flatten();
    let counts: Vec<usize> = asking.iter().map(|it| it.asked.len()).collect();
    let of_each: Vec<Vec<(Verdict, usize)>> =
        counts.into_iter().map(|count| verdicts.by_ref().take(count).collect()).collect();
    asking.into_iter().zip(of_each).map(|(it, verdicts)| answered(it, verdicts)).collect()
}

fn answered(it: Asking, verdicts: Vec<(Verdict, usize)>) -> anyhow::Result<VerifiedProtocol> {
    let Asking { folder, machine, sources, window, .. } = it;
    let list = verdicts.into_iter().map(|(verdict, situations_max)| {
        let mut it = Answered { verdict, situations_max, retold: None, saved: None };
        it.retold = it.course().map(|course| retold(&machine, course)).transpose()?;
        anyhow::Ok(it)
    });
    let list = list.collect::<anyhow::Result<Vec<Answered>>>()?;
    Ok(VerifiedProtocol { folder, machine, sources, window, list })
}

/// The verdict, and within how many situations it was found.
fn verdict(asking: &Asking, asked: Asked, budget: Option<Budget>) -> (Verdict, usize) {
    let (from, to) = asking.window;
    let usual = Options { from, to, ..Options::new(&asking.machine) };
    let within = |situations: usize, patience: Patience| {
        let options = Options { situations, patience, ..usual.clone() };
        analysis::prove(&asking.machine, asked, &options)
    };
    match budget {
        None => (within(usual.situations, Patience::endless()), usual.situations),
        Some(Budget::Situations(situations)) => {
            (within(situations, Patience::endless()), situations)
        }
        Some(Budget::Time(time)) => {
            let begun = Instant::now();
            let patience = Patience::until(move || begun.elapsed() >= time);
            longer_and_longer(time, |situations| within(situations, patience.clone()))
        }
    }
}

/// Looks at more and more, until it is decided or there is no time for more.
fn longer_and_longer(time: Duration, within: impl Fn(usize) -> Verdict) -> (Verdict, usize) {
    let begun = Instant::now();
    let mut situations = SITUATIONS_FIRST;
    loop {
        let verdict = within(situations);
        let next = situations.saturating_mul(GROWTH as usize);
        // What is looked at next takes so many times as long as all before.
        let would_take = begun.elapsed().saturating_mul(GROWTH);
        if !has_run_out(&verdict) || would_take > time || next == situations {
            return (verdict, situations);
        }
        situations = next;
    }
}

fn has_run_out(verdict: &Verdict) -> bool {
    match &verdict.outcome {
        Outcome::Undecided(it) => it.because.iter().any(|it| matches!(it, Because::Budget(_))),
        Outcome::Proved(_) | Outcome::Refuted(_) | Outcome::Impossible(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use analysis::{BuiltIn, Proved, Undecided};

    use super::*;

    fn found(enough: usize, situations: usize) -> Verdict {
        let outcome = match situations >= enough {
            true => Outcome::Proved(Proved::default()),
            false => Outcome::Undecided(Undecided {
                because: vec![Because::NoDates, Because::Budget(situations)],
                ..Undecided::default()
            }),
        };
        let asked = Asked::BuiltIn(BuiltIn::NoDeadEnd);
        Verdict { asked, outcome, assumed: Vec::new(), situations }
    }

    /// What is looked at for so many seconds, where this many situations would do.
    fn tried(seconds: u64, enough: usize) -> Vec<usize> {
        let tried = RefCell::new(Vec::new());
        longer_and_longer(Duration::from_secs(seconds), |situations| {
            tried.borrow_mut().push(situations);
            found(enough, situations)
        });
        tried.into_inner()
    }

    #[test]
    fn more_is_looked_at_until_it_is_decided_or_the_time_is_over() {
        assert_eq!(tried(60, 1), [20_000]);
        assert_eq!(tried(60, 100_000), [20_000, 80_000, 320_000]);
        assert_eq!(tried(0, 100_000), [20_000]);
    }

    #[test]
    fn what_more_time_would_not_decide_is_looked_at_once() {
        let looked = RefCell::new(0);
        longer_and_longer(Duration::from_secs(60), |situations| {
            *looked.borrow_mut() += 1;
            let mut verdict = found(usize::MAX, situations);
            verdict.outcome = Outcome::Undecided(Undecided::default());
            verdict
        });
        assert_eq!(looked.into_inner(), 1);
    }
}
