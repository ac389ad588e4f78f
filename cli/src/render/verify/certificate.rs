//! What is said of certificates, for people.

use std::path::Path;
use std::time::Duration;

use analysis::certificate::{Certificate, Flaw};
use analysis::{Reported, Taken};
use engine::machine::Machine;

use crate::render::palette::{BAD, FAINT, GOOD, STRONG, paint};
use crate::render::verify::verdict::{because_words, sentences, window};
use crate::render::verify::words::{deadline, listed};
use crate::render::{count, harmless, one_line, short};
use crate::verified::{Checking, id_of, says_of};

/// What was written, and what of that which was proved is not in it.
pub(crate) fn certified_text(path: &Path, certificate: &Certificate, without: &[String]) -> String {
    let proofs = count(certificate.proofs.len(), "proof is", "proofs are");
    let path = one_line(short(&path.to_string_lossy()));
    let mut text = format!("{proofs} certified in {path}");
    if !without.is_empty() {
        let names = named(without);
        text.push_str(&format!("; not in it, because they are proved without instants: {names}"));
    }
    text
}

/// What was found of the proofs in a certificate.
pub(crate) fn certificate_text(checking: &Checking, took: Duration) -> String {
    let Checking { protocol, engine, checked, flaws, missing } = checking;
    let machine = &protocol.machine;
    let name = &machine.protocol;
    let name = paint(STRONG, &one_line(&format!("{} {}", name.id, name.version)));
    let mut text = format!("{name}, {}\n", window(protocol.window));
    for (it, checked) in protocol.list.iter().zip(checked) {
        let says = one_line(says_of(machine, it.verdict.asked));
        let id = paint(FAINT, &format!("[{}]", one_line(&id_of(machine, it.verdict.asked))));
        text.push_str(&format!("  {} {says}  {id}\n", paint(GOOD, "✓")));
        for line in sentences(protocol, it) {
            text.push_str(&format!("      {}\n", harmless(&line)));
        }
        let situations = count(checked.n_situations, "situation", "situations");
        let steps = count(checked.n_steps, "step", "steps");
        text.push_str(&format!("      checked: {situations}, {steps}\n"));
    }
    for (id, flaw) in flaws {
        let why = harmless(&flaw_words(checking, flaw));
        text.push_str(&format!("  {} {}\n      No proof: {why}.\n", paint(BAD, "✗"), one_line(id)));
    }
    if !flaws.is_empty() && engine != env!("CARGO_PKG_VERSION") {
        let engine = one_line(engine);
        text.push_str(&format!("  It was written by version {engine} of the engine.\n"));
    }
    if !missing.is_empty() {
        text.push_str(&format!("  not in the certificate: {}\n", named(missing)));
    }
    let accepted = format!("{} accepted", count(checked.len(), "proof", "proofs"));
    let mut parts = vec![accepted];
    if !flaws.is_empty() {
        parts.insert(0, paint(BAD, &format!("{} refused", flaws.len())));
    }
    text.push_str(&format!("\n{}   in {:.2} s\n", parts.join(", "), took.as_secs_f64()));
    text
}

fn named(ids: &[String]) -> String {
    listed(ids.iter().map(|it| format!("`{}`", one_line(it))), "and")
}

/// Why something is no proof, as it is after "No proof: ".
fn flaw_words(checking: &Checking, flaw: &Flaw) -> String {
    let machine = &checking.protocol.machine;
    match flaw {
        Flaw::NoGuarantee => "the protocol states no such guarantee".to_owned(),
        Flaw::AsksForWays => "it is not proved with situations".to_owned(),
        Flaw::Window(none) => none.to_string(),
        Flaw::NoWay(number) => format!("no such step leads to situation {number}"),
        Flaw::NoInstants(number) => {
            format!("the bounds of situation {number} are not those of a set of instants")
        }
        Flaw::Begin => "it does not say where cases begin".to_owned(),
        Flaw::LeadsOut(number, taken) => format!(
            "from situation {number}, {} leads to where it says nothing",
            step_words(machine, taken)
        ),
        Flaw::Broken(number, taken) => {
            format!("in situation {number}, {} breaks the guarantee", step_words(machine, taken))
        }
        Flaw::LeftOut(because) => {
            let sources = &checking.protocol.sources;
            let because = because.iter().map(|it| because_words(machine, sources, it));
            because.collect::<Vec<_>>().join("; ")
        }
    }
}

fn step_words(machine: &Machine, taken: &Taken) -> String {
    match taken {
        Taken::Event(Reported { event, .. }) => {
            let event = machine.protocol.events.get(event.index());
            format!("`{}`", event.map_or("", |it| it.name.as_str()))
        }
        Taken::Clock(id) => format!("the end of `{}`", deadline(machine, *id)),
        Taken::Resumes(id) => format!("the end of a pause of `{}`", deadline(machine, *id)),
        Taken::Timer(_) => "a timed transition".to_owned(),
        Taken::Promise(_) => "the end of its term".to_owned(),
    }
}
