//! `protocol schema`: what protocols, scenarios and sets of holidays take, as a JSON Schema.

use store::file::{self, Existing};

use crate::Exit;
use crate::args::Schema;
use crate::command::scenario::spares_protocols;
use crate::output::Output;
use crate::schema::{Of, document};

/// Writes one schema.
pub(crate) fn schema(args: &Schema, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let of = match (args.scenario, args.calendar) {
        (true, _) => Of::Scenario,
        (false, true) => Of::Calendar,
        (false, false) => Of::Protocol,
    };
    let text = format!("{:#}\n", document(of)?);
    match &args.output {
        Some(file) => {
            spares_protocols(file)?;
            file::write_whole(file, &text, Existing::Replace)?;
        }
        None => output.data(&text)?,
    }
    Ok(Exit::Fine)
}
