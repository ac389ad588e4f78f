//! Asks a person at the terminal for what an event must bring and does not.

use engine::machine::Machine;
use engine::model::EventId;

use crate::output::Output;
use crate::play::Lines;
use crate::play::lines::Read;
use crate::play::report::{Reported, takes, value};

/// What came of asking.
pub(crate) enum Asked {
    /// It is all there now.
    Complete,
    /// An empty answer: the person does not want to report it.
    Dropped,
    /// The input ended, or the person stopped the program.
    Ended(Read),
}

/// Asks for each field that the event must bring, and for the reason where it must state one.
pub(crate) fn ask(
    machine: &Machine,
    event: EventId,
    reported: &mut Reported,
    lines: &mut Lines,
    output: &mut Output<'_, '_>,
) -> anyhow::Result<Asked> {
    let declared = &machine.protocol.events[event.index()];
    for (field, _) in machine.protocol.brings(declared).into_iter().filter(|(_, must)| *must) {
        while !reported.told.data.iter().any(|(name, _)| *name == field.name) {
            let question = format!("  {} ({})? ", field.name, takes(machine, field));
            let answer = match lines.answer(&question, output)? {
                Read::Line(answer) => answer,
                ended => return Ok(Asked::Ended(ended)),
            };
            if answer.is_empty() {
                return Ok(Asked::Dropped);
            }
            match value(machine, field, &answer) {
                Ok(given) => reported.told.data.push((field.name.clone(), given)),
                Err(error) => output.note(&format!("  {error}\n"))?,
            }
        }
    }
    if declared.reason && reported.told.reason.is_none() {
        match lines.answer("  because (the reason, a text)? ", output)? {
            Read::Line(reason) if reason.is_empty() => return Ok(Asked::Dropped),
            Read::Line(reason) => reported.told.reason = Some(reason),
            ended => return Ok(Asked::Ended(ended)),
        }
    }
    Ok(Asked::Complete)
}
