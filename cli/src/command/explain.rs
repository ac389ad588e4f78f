//! `protocol explain`: how a due instant is counted, and why an event would be refused.

use std::path::Path;

use crate::Exit;
use crate::args::{AnswerFormat, Explain};
use crate::command::{question, why_not};
use crate::load;
use crate::output::Output;
use crate::question;
use crate::render;

/// Shows the working of a deadline, or that of a decision.
pub(crate) fn explain(args: &Explain, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let (None, Some(deadline), Some(at)) = (&args.why_not, &args.deadline, &args.at) else {
        return why_not(args, output);
    };
    let (machine, _) = load::usable(Path::new(&args.subject))?;
    let question = question(deadline, at, &args.assumed)?;
    let reply = question::ask(&machine, &question)?;
    let text = match args.format {
        AnswerFormat::Human => render::ledger_text(&machine, &reply),
        AnswerFormat::Json => render::ledger_json(&machine, &reply)?,
    };
    output.data(&text)?;
    Ok(Exit::Fine)
}
