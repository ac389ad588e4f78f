//! A verdict as a sentence or two.

use analysis::{Because, Impossible, Outcome, Proved, Undecided};
use engine::machine::Machine;
use engine::model::{Guarantee, Promise};
use engine::text::SourceSet;
use engine::time::NaiveDate;

use crate::render::verify::built_in::never;
use crate::render::verify::words::{
    date, days, deadlines, either, place_of, term, text_of, times, whole_date,
};
use crate::verified::{Answered, VerifiedProtocol};

/// What was found, in words that can be read aloud: the first line begins with "Proved", "Not
/// true" or "Undecided".
pub(super) fn sentences(protocol: &VerifiedProtocol, it: &Answered) -> Vec<String> {
    let said = Said { machine: &protocol.machine, sources: &protocol.sources, it };
    match &it.verdict.outcome {
        Outcome::Proved(proved) => vec![said.proved(proved)],
        Outcome::Refuted(_) => vec![said.refuted()],
        Outcome::Impossible(impossible) => said.impossible(impossible),
        Outcome::Undecided(undecided) => said.undecided(undecided),
    }
}

/// The sentence for cases that begin within some dates.
pub(super) fn window((from, to): (NaiveDate, NaiveDate)) -> String {
    format!("for cases that begin from {} to {}", date(from), date(to))
}

struct Said<'a> {
    machine: &'a Machine,
    sources: &'a SourceSet,
    it: &'a Answered,
}

impl Said<'_> {
    fn own(&self) -> Option<&Guarantee> {
        match self.it.verdict.asked {
            analysis::Asked::Own(id) => self.machine.protocol.guarantees.get(id.index()),
            analysis::Asked::BuiltIn(_) => None,
        }
    }

    /// ", if `review` is always met in time".
    fn assumed(&self) -> String {
        let assumed = &self.it.verdict.assumed;
        let are = if assumed.len() == 1 { "is" } else { "are" };
        match assumed.is_empty() {
            true => String::new(),
            false => format!(", if {} {are} always met in time", deadlines(self.machine, assumed)),
        }
    }

    fn proved(&self, proved: &Proved) -> String {
        let assumed = self.assumed();
        if proved.vacuous {
            return format!("Proved{assumed}, but {}.", self.never_asked());
        }
        let Some(own) = self.own() else { return format!("Proved{assumed}.") };
        let promised = self.promised(&own.promise);
        let unless = match own.unless.as_slice() {
            [] => String::new(),
            unless => format!(", unless {} happens", either(self.machine, unless)),
        };
        let at_most = match own.promise {
            Promise::Within { .. } => self.at_most(proved),
            _ => String::new(),
        };
        format!("Proved{assumed}: {promised}{at_most}{unless}.")
    }

    /// What is promised, as it is after "Proved: ".
    fn promised(&self, promise: &Promise) -> String {
        let either = |points| either(self.machine, points);
        match promise {
            Promise::Within { within, .. } => format!("never later than {}", term(within)),
            Promise::Before { never, before } => {
                format!("on no course does {} come before {}", either(never), either(before))
            }
            Promise::While { never, holds } => {
                let holds = text_of(self.sources, holds.span);
                format!("on no course does {} happen while `{holds}`", either(never))
            }
            Promise::TooSoon { from, within, .. } => {
                format!("never sooner than {} after {}", term(within), either(from))
            }
            Promise::AtMost { times: 0, never } => format!("{} never happens", either(never)),
            Promise::AtMost { times, never } => {
                format!("{} never happens more than {}", either(never), self::times(*times))
            }
            Promise::Possible { event, holds } => {
                let event = self.machine.protocol.events.get(event.index());
                let event = event.map_or("", |it| it.name.as_str());
                let holds = holds.as_ref().map_or_else(String::new, |it| {
                    format!(" while `{}`", text_of(self.sources, it.span))
                });
                format!("`{event}` can be reported by somebody wherever a case stands{holds}")
            }
            Promise::Reachable { points } => {
                format!("wherever a case stands, there is a way to {}", either(points))
            }
        }
    }

    /// " (at most 12 calendar days, counted from Wednesday 24 December 2025)".
    fn at_most(&self, proved: &Proved) -> String {
        let Some(most) = proved.most_days else { return String::new() };
        let from = proved.worst.as_ref().filter(|it| it.days == Some(most)).and_then(|worst| {
            let ends = self.machine.protocol.zone.civil(worst.at).date();
            ends.checked_sub_days(chrono::Days::new(u64::from(most)))
        });
        let from = from.map_or_else(String::new, |on| format!(", counted from {}", whole_date(on)));
        format!(" (at most {}{from})", days(most))
    }

    /// "nothing ever asks for it: `stage:stopped` cannot be reached".
    fn never_asked(&self) -> String {
        let points = match self.own().map(|it| &it.promise) {
            Some(Promise::Within { from, .. } | Promise::TooSoon { from, .. }) => from.as_slice(),
            Some(
                Promise::Before { never, .. }
                | Promise::While { never, .. }
                | Promise::AtMost { never, .. },
            ) => never.as_slice(),
            Some(Promise::Possible { holds: Some(holds), .. }) => {
                let holds = text_of(self.sources, holds.span);
                return format!("nothing ever asks for it: no case comes to where `{holds}`");
            }
            Some(Promise::Possible { .. } | Promise::Reachable { .. }) | None => &[],
        };
        match points.is_empty() {
            true => "nothing ever asks for it".to_owned(),
            false => {
                let points = either(self.machine, points);
                format!("nothing ever asks for it: no case comes to {points}")
            }
        }
    }

    fn refuted(&self) -> String {
        match self.it.verdict.assumed.is_empty() {
            true => "Not true. The shortest course on which it fails:".to_owned(),
            false => {
                let assumed = self.assumed();
                let assumed = assumed.strip_prefix(", if ").unwrap_or_default();
                format!("Not true, even if {assumed}. The shortest course on which it fails:")
            }
        }
    }

    fn impossible(&self, impossible: &[Impossible]) -> Vec<String> {
        let first = "Not true: on no course that a case can take".to_owned();
        let each = impossible.iter().map(|it| never(self.machine, *it));
        std::iter::once(first).chain(each).collect()
    }

    fn undecided(&self, undecided: &Undecided) -> Vec<String> {
        let assumed = self.assumed();
        let first = match (undecided.at_most_days, undecided.at_least_days) {
            (Some(most), Some(least)) => {
                format!("at most {} (proved), at least {} (shown)", days(most), days(least))
            }
            (Some(most), None) => format!("at most {} (proved)", days(most)),
            (None, Some(least)) => {
                format!("at least {} (shown), with no limit that could be proved", days(least))
            }
            (None, None) => "neither proved nor shown to fail".to_owned(),
        };
        let first = format!("Undecided{assumed}: {first}.");
        let because = undecided.because.iter().map(|it| format!("because {}", self.because(it)));
        std::iter::once(first).chain(because).collect()
    }

    /// A reason, as it is after "because ".
    pub(super) fn because(&self, because: &Because) -> String {
        because_words(self.machine, self.sources, because)
    }
}

/// A reason why nothing was shown, as it is after "because ".
pub(super) fn because_words(machine: &Machine, sources: &SourceSet, because: &Because) -> String {
    let at = |rule| {
        let path = &machine.protocol.rule(rule).path;
        format!("`{path}` at {}", place_of(machine, sources, rule))
    };
    match because {
        Because::Condition(rule) => format!(
            "the condition of {} does more than compare with what is written out, so that it was \
             taken to be true or false at any time",
            at(*rule)
        ),
        Because::PauseWithoutLimit(rule) => {
            format!("the pause of {} has no limit: a clock may stand still for ever", at(*rule))
        }
        Because::DateSet(rule) => format!(
            "the clock of {} counts from or to a date that somebody enters, which may be any",
            at(*rule)
        ),
        Because::NoDates => "a course was found on which it would fail, but no dates on which \
                             that course is possible"
            .to_owned(),
        Because::Budget(situations) => format!(
            "{situations} situations were looked at and there are more; `--budget` allows more"
        ),
        Because::Time => "the time of `--budget` was over before all was looked at".to_owned(),
        Because::OtherCases => {
            "a way hangs by the person's other cases, which may be any".to_owned()
        }
        Because::Grid(rule) => {
            format!("the deadline of {} counts by periods of the calendar", at(*rule))
        }
        Because::Entries(rule) => {
            format!("more entries of the record of {} could matter than were looked at", at(*rule))
        }
        Because::NotSeenMet(rule) => {
            format!(
                "no course was found on which {} is met in time, and none is excluded",
                at(*rule)
            )
        }
        Because::NotSeenMissed(rule) => {
            format!("no course was found on which {} is missed, and none is excluded", at(*rule))
        }
        Because::Lengthens(rule) => format!(
            "the extension of {} makes a deadline later on some dates only, and is refused on others",
            at(*rule)
        ),
    }
}
