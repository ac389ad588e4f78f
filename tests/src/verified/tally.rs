//! What a run over many protocols comes to.

use std::collections::BTreeMap;
use std::fmt;

/// Figures of a run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// Protocols.
    pub(crate) protocols: usize,
    /// Guarantees that were proved, and those of them that nothing ever asks anything of.
    pub(crate) proved: usize,
    pub(crate) vacuous: usize,
    /// Refuted.
    pub(crate) refuted: usize,
    /// Neither, by the reason.
    pub(crate) undecided: BTreeMap<String, usize>,
    /// Those of them that were seen to be broken.
    pub(crate) undecided_broken: usize,
    /// Proved with a number of days, where following cases found one as well.
    pub(crate) with_days: usize,
    /// Those of them where both numbers are the same.
    pub(crate) exact: usize,
    /// By how many days the proved number is larger, all together.
    pub(crate) excess_days: u64,
    /// What is wrong.
    pub(crate) wrong: Vec<String>,
}

impl Tally {
    /// Adds another one.
    pub(crate) fn add(&mut self, other: Self) {
        self.protocols += other.protocols;
        self.proved += other.proved;
        self.vacuous += other.vacuous;
        self.refuted += other.refuted;
        self.undecided_broken += other.undecided_broken;
        self.with_days += other.with_days;
        self.exact += other.exact;
        self.excess_days += other.excess_days;
        self.wrong.extend(other.wrong);
        for (why, n) in other.undecided {
            *self.undecided.entry(why).or_default() += n;
        }
    }

    /// How many guarantees were asked for.
    pub(crate) fn guarantees(&self) -> usize {
        self.proved + self.refuted + self.undecided.values().sum::<usize>()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = self.with_days.max(1);
        let mean = self.excess_days * 100 / u64::try_from(of).unwrap_or(1);
        writeln!(
            out,
            "{} protocols, {} guarantees: {} proved ({} vacuously), {} refuted, {} undecided ({} of them seen broken)",
            self.protocols,
            self.guarantees(),
            self.proved,
            self.vacuous,
            self.refuted,
            self.undecided.values().sum::<usize>(),
            self.undecided_broken,
        )?;
        for (why, n) in &self.undecided {
            writeln!(out, "  undecided because of {why}: {n}")?;
        }
        write!(
            out,
            "{} with a number of days, {} of them as seen, on average {}.{:02} days more than seen",
            self.with_days,
            self.exact,
            mean / 100,
            mean % 100
        )
    }
}
