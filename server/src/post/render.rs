//! What an order is answered with. The writer calls this before anything is written; what it makes
//! is kept under the idempotency key.

use crate::access::Reader;
use crate::problem::{Fault, Kind, Problem};
use crate::wire::{self, CaseState, Fact, Opened, Reported, Shown};
use engine::machine::Machine;
use engine::runtime::{Decision, Misread, NoDecision, allowed};
use store::keeper::{Accepted, NotDecided, Outcome, Scene};

/// What was asked, as far as the answer depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Whether a case was to be opened.
    is_opening: bool,
    /// The status where it is accepted.
    status: u16,
}

impl Wanted {
    /// The opening of a case; 201 where it is made, 200 where it is only tried.
    #[must_use]
    pub const fn opened(dry_run: bool) -> Self {
        Self { is_opening: true, status: if dry_run { 200 } else { 201 } }
    }

    /// An event.
    #[must_use]
    pub const fn reported() -> Self {
        Self { is_opening: false, status: 200 }
    }
}

/// The status and the body of the answer, for somebody in these roles.
#[must_use]
pub fn render(outcome: &Outcome<'_>, wanted: &Wanted, roles: &[String]) -> (u16, Vec<u8>) {
    let problem = match outcome {
        Outcome::Accepted(accepted) => return accept(accepted, wanted, roles),
        Outcome::NotDecided(none) => not_decided(none),
        Outcome::Misread(all) => Problem::new(Kind::INVALID).with(all.iter().map(fault).collect()),
        Outcome::NoCase => Problem::new(Kind::NOT_FOUND),
        Outcome::NoProtocol => {
            let detail = "no version of the protocol is in use at the receipt";
            let fault = Fault::new("/protocol", "not-in-use", detail);
            Problem::new(Kind::INVALID).with(vec![fault])
        }
        Outcome::OtherVersion(version) => {
            Problem::new(Kind::STALE).because(format!("the case has version {version} now"))
        }
        Outcome::KeyTaken => Problem::new(Kind::KEY_REUSED),
    };
    (problem.status(), problem.body())
}

fn accept(accepted: &Accepted<'_>, wanted: &Wanted, roles: &[String]) -> (u16, Vec<u8>) {
    let scene = accepted.scene;
    let reader = Reader::of(scene.machine, roles);
    let (facts, case) = (facts(accepted, &reader), state(&scene, &reader));
    let names = allowed(scene.machine, scene.case)
        .into_iter()
        .filter_map(|id| scene.machine.protocol.events.get(id.index()).map(|it| it.name.clone()));
    let (recorded_at, allowed) = (scene.recorded_at.to_string(), names.collect());
    let body = match wanted.is_opening {
        true => serde_json::to_vec(&Opened {
            secret: accepted.secret.map(str::to_owned),
            recorded_at,
            facts,
            case,
            allowed,
        }),
        false => serde_json::to_vec(&Reported { recorded_at, facts, case, allowed }),
    };
    match body {
        Ok(body) => (wanted.status, body),
        Err(why) => {
            let problem = Problem::broken(&why);
            (problem.status(), problem.body())
        }
    }
}

/// What was concluded, as far as it may be read: of the case, of the stop that the event was of,
/// and of the stops that followed it.
fn facts(accepted: &Accepted<'_>, reader: &Reader) -> Vec<Fact> {
    let scene = accepted.scene;
    let written = |machine: &Machine, of_stop: Option<&str>, decision: &Decision| {
        let open = decision.facts.iter().filter(|it| reader.sees(machine, it));
        let reads = |what| reader.reads(machine, what);
        let told = open.map(|it| wire::fact(machine, scene.strings, (of_stop, &reads), it));
        told.collect::<Vec<_>>()
    };
    let mut all = match &accepted.why.outcome {
        Ok(decision) => match accepted.stop {
            Some(stop) => written(stop.machine, Some(stop.name), decision),
            None => written(scene.machine, None, decision),
        },
        Err(_) => Vec::new(),
    };
    for (stop, decision) in accepted.follows {
        all.extend(written(stop.machine, Some(stop.name), decision));
    }
    all
}

/// The case without its personal values: these are read with `GET`.
fn state(scene: &Scene<'_>, reader: &Reader) -> CaseState {
    let shown = Shown {
        machine: scene.machine,
        strings: scene.strings,
        case: scene.case,
        standing: scene.standing,
        at: scene.recorded_at,
        is_now: true,
        personal: &|_| None,
    };
    wire::state(&shown, reader)
}

fn not_decided(none: &NotDecided<'_>) -> Problem {
    match none.none {
        NoDecision::Refused(refusal) => {
            Problem::new(Kind::REFUSED).refusing(wire::refusal(none.machine, refusal))
        }
        NoDecision::Faulted(fault) => {
            let rule = &none.machine.protocol.rule(fault.rule).path;
            let why = format!("{rule}: {}", fault.kind.sentence(&none.machine.protocol));
            tracing::error!(%why, "a protocol broke on a case");
            Problem::new(Kind::FAULTED).because(why)
        }
    }
}

fn fault(misread: &Misread) -> Fault {
    let help = misread.help.as_ref().map_or(String::new(), |it| format!("; {it}"));
    let detail = format!("{}{help}", misread.problem);
    Fault::new(misread.pointer.clone(), "not-of-this-protocol", detail)
}
