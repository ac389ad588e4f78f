//! Protocols to play with, and one case under the engine and the referee at once.

use std::path::Path;

use engine::machine::Machine;
use engine::model::RoleId;
use engine::runtime::{
    Case, Context, Decision, Event, NoDecision, Report, apply, decide, read_report, wake,
};
use engine::text::{SourceSet, Strings, Symbol};
use engine::time::Instant;

use super::compare::state;
use super::told::line;
use crate::reference::{RefCase, RefStep, pass, step};

/// The protocols: those that are only for histories, and those that ship.
pub(crate) const PROTOCOLS: [&str; 13] = [
    "pauses",
    "extensions",
    "recurring",
    "ladder",
    "conditions",
    "chains",
    "entries",
    "taken_in",
    "front-desk",
    "small-business",
    "uk-housing-code",
    "uk-fca-disp",
    "nl-awb",
];

/// The files of a protocol by its name.
pub(crate) fn sources(name: &str) -> SourceSet {
    // Fuzzing is started in another folder than the tests.
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = here.join(format!("suite/histories/{name}.toml"));
    if file.exists() {
        let bytes = std::fs::read(&file).unwrap();
        let own = SourceSet::new("suite/histories", [("protocol.toml".to_owned(), bytes)]);
        // Every set of holidays that ships lies in the protocols.
        let shipped = engine::syntax::shipped_wanted(&own).into_iter().map(|path| {
            let inside = path.trim_start_matches("shipped:");
            let bytes = std::fs::read(here.join("../protocols").join(inside)).unwrap();
            (path, bytes)
        });
        own.with(shipped)
    } else {
        store::folder::read(&here.join(format!("../protocols/{name}"))).unwrap()
    }
}

/// Loads a protocol by its name, without its guarantees, of which the referee knows nothing; what
/// becomes of them, `guaranteed` tries.
pub(crate) fn machine(name: &str) -> Machine {
    let (machine, faults) = engine::load(&sources(name));
    let faults: Vec<String> = faults
        .iter()
        .filter(|it| it.code.severity == engine::diagnostic::Severity::Error)
        .map(|it| format!("{} at byte {}: {}", it.code.name, it.primary.span.start, it.message))
        .collect();
    let mut machine = machine.unwrap_or_else(|| panic!("{name}:\n{}", faults.join("\n")));
    if machine.protocol.guarantees.is_empty() {
        return machine;
    }
    machine.protocol.guarantees.clear();
    Machine::from_model(machine.protocol)
}

/// One thing that is done with a case.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    /// Time is let act, until this instant, exclusive.
    Wake(Instant),
    /// An event is reported.
    Report(Box<Report>),
}

/// A history: who is absent, and what is done.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct History {
    pub(crate) absent: Vec<RoleId>,
    pub(crate) steps: Vec<Step>,
}

/// A case as the engine has it and as the referee has it.
pub(crate) struct World<'m> {
    pub(crate) machine: &'m Machine,
    pub(crate) strings: Strings,
    pub(crate) absent: Vec<RoleId>,
    /// The numbers that entries have already, by the event that added each.
    pub(crate) numbers: Vec<(Symbol, u16)>,
    pub(crate) case: Case,
    pub(crate) referee: RefCase,
    /// All facts so far.
    pub(crate) facts: Vec<engine::runtime::Fact>,
}

/// What a step led to: what happened, or the name of the refusal.
pub(crate) type Told = Result<Vec<String>, String>;

impl<'m> World<'m> {
    pub(crate) fn new(machine: &'m Machine, absent: &[RoleId]) -> Self {
        World {
            machine,
            strings: machine.strings(),
            absent: absent.to_vec(),
            numbers: Vec::new(),
            case: Case::new(machine),
            referee: RefCase::default(),
            facts: Vec::new(),
        }
    }

    pub(crate) fn context(&self) -> Context<'_> {
        Context {
            strings: &self.strings,
            absent: &self.absent,
            numbers: &self.numbers,
            amended: None,
        }
    }

    /// Reads a report. What the generator makes can be read.
    pub(crate) fn read(&mut self, report: &Report) -> Event {
        read_report(self.machine, report, &mut self.strings).unwrap()
    }

    /// What the engine decides. Nothing is applied yet.
    pub(crate) fn decide(&self, event: &Event) -> Result<Decision, NoDecision> {
        decide(self.machine, &self.case, event, &self.context())
    }

    pub(crate) fn apply(&mut self, decision: &Decision) {
        for fact in &decision.facts {
            apply(&mut self.case, fact);
        }
        self.facts.extend(&decision.facts);
    }

    /// Lets time act on the engine's case alone.
    pub(crate) fn wake(&mut self, until: Instant) {
        if let Ok(decision) = wake(self.machine, &self.case, until, &self.context()) {
            self.apply(&decision);
        }
    }

    /// Plays one step on the engine's case alone: the name of the refusal, which changes nothing.
    pub(crate) fn go(&mut self, step: &Step) -> Option<String> {
        match step {
            Step::Wake(until) => self.wake(*until),
            Step::Report(report) => {
                let event = self.read(report);
                let decided = self.decide(&event);
                decided.iter().for_each(|it| self.apply(it));
                return self.told(&decided).err();
            }
        }
        None
    }

    fn told(&self, outcome: &Result<Decision, NoDecision>) -> Told {
        match outcome {
            Ok(decision) => Ok(decision
                .facts
                .iter()
                .filter_map(|fact| line(self.machine, &self.strings, fact))
                .collect()),
            Err(NoDecision::Refused(refusal)) => Err(refusal.name(self.machine).to_owned()),
            Err(NoDecision::Faulted(_)) => Err("fault".to_owned()),
        }
    }

    /// Plays one step on both sides: whether it was accepted, or what differs.
    pub(crate) fn play(&mut self, next: &Step) -> Result<bool, String> {
        let event = match next {
            Step::Report(report) => Some(self.read(report)),
            Step::Wake(_) => None,
        };
        let outcome = match (&event, next) {
            (Some(event), _) => self.decide(event),
            (None, Step::Wake(until)) => wake(self.machine, &self.case, *until, &self.context()),
            (None, Step::Report(_)) => unreachable!(),
        };
        let engine = self.told(&outcome);
        let outside = RefStep {
            protocol: &self.machine.protocol,
            strings: &self.strings,
            absent: &self.absent,
        };
        let referee = match (&event, next) {
            (None, Step::Wake(until)) => pass(&mut self.referee, &outside, *until),
            (Some(event), _) => step(&mut self.referee, &outside, event),
            (None, Step::Report(_)) => unreachable!(),
        };
        if let Ok(decision) = &outcome {
            self.apply(decision);
        }
        if engine != referee {
            return Err(difference(&engine, &referee));
        }
        let (engine_state, referee_state) = state(self);
        if engine_state != referee_state {
            return Err(difference(&Ok(engine_state), &Ok(referee_state)));
        }
        Ok(engine.is_ok())
    }

    /// Whether the case is open.
    pub(crate) fn is_open(&self) -> bool {
        self.case.opened_at.is_some()
    }
}

fn difference(engine: &Told, referee: &Told) -> String {
    let lines = |told: &Told| match told {
        Ok(lines) => lines.clone(),
        Err(name) => vec![format!("refused: {name}")],
    };
    let (engine, referee) = (lines(engine), lines(referee));
    let mut out = String::new();
    let n_lines = engine.len().max(referee.len());
    for place in 0..n_lines {
        let (one, other) = (engine.get(place), referee.get(place));
        if one == other {
            out.push_str(&format!("          {}\n", one.unwrap()));
        } else {
            for (who, line) in [("engine ", one), ("referee", other)] {
                if let Some(line) = line {
                    out.push_str(&format!("  {who} {line}\n"));
                }
            }
        }
    }
    out
}
