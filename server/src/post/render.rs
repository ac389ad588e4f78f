//! What an order is answered with. The writer calls this before anything is written; what it makes
//! is kept under the idempotency key.

use crate::access::Reader;
use crate::problem::{Fault, Kind, Problem};
use crate::wire::{self, CaseState, Shown};
use engine::model::Readable;
use engine::runtime::{Misread, NoDecision, allowed};
use serde::ser::SerializeSeq as _;
use serde::{Serialize, Serializer};
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

/// The body of an answer: [`wire::Opened`], or without the secret [`wire::Reported`].
#[derive(Serialize)]
struct Told<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<&'a str>,
    recorded_at: String,
    facts: Facts<'a>,
    case: CaseState,
    allowed: Vec<&'a str>,
}

/// How much room an answer is given at first, in bytes: few are longer.
const ANSWER_BYTES: usize = 8 * 1024;

fn accept(accepted: &Accepted<'_>, wanted: &Wanted, roles: &[String]) -> (u16, Vec<u8>) {
    let scene = accepted.scene;
    let reader = Reader::of(scene.machine, roles);
    let names = allowed(scene.machine, scene.case)
        .into_iter()
        .filter_map(|id| scene.machine.protocol.events.get(id.index()).map(|it| it.name.as_str()));
    let told = Told {
        secret: accepted.secret.filter(|_| wanted.is_opening),
        recorded_at: scene.recorded_at.to_string(),
        facts: Facts { accepted, reader: &reader },
        case: state(&scene, &reader),
        allowed: names.collect(),
    };
    let mut body = Vec::with_capacity(ANSWER_BYTES);
    match serde_json::to_writer(&mut body, &told) {
        Ok(()) => (wanted.status, body),
        Err(why) => {
            let problem = Problem::broken(&why);
            (problem.status(), problem.body())
        }
    }
}

/// What was concluded, as far as it may be read: of the case, of the stop that the event was of,
/// and of the stops that followed it. Each fact is written and dropped before the next one: they
/// are large.
struct Facts<'a> {
    accepted: &'a Accepted<'a>,
    reader: &'a Reader,
}

impl Serialize for Facts<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let Self { accepted, reader } = self;
        let scene = accepted.scene;
        let own = accepted.why.outcome.as_ref().ok().map(|decision| match accepted.stop {
            Some(stop) => (stop.machine, Some(stop.name), decision),
            None => (scene.machine, None, decision),
        });
        let follows = accepted.follows.iter();
        let follows = follows.map(|(stop, decision)| (stop.machine, Some(stop.name), *decision));
        let mut all = out.serialize_seq(None)?;
        for (machine, of_stop, decision) in own.into_iter().chain(follows) {
            let reads = |what| reader.reads(machine, what);
            for fact in decision.facts.iter().filter(|it| reader.sees(machine, it)) {
                let whose = (of_stop, &reads as &dyn Fn(Readable) -> bool);
                all.serialize_element(&wire::fact(machine, scene.strings, whose, fact))?;
            }
        }
        all.end()
    }
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
