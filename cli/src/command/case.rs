//! `protocol case`: one case, or a list of them.

use crate::Exit;
use crate::args::{Case, CaseCommand};
use crate::command::case_event::event;
use crate::command::case_open::open;
use crate::command::case_read::{allowed, list, show};
use crate::output::Output;

/// Carries out what is asked about cases.
pub(crate) fn case(args: &Case, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    match &args.command {
        CaseCommand::Open(args) => open(args, output),
        CaseCommand::Event(args) => event(args, output),
        CaseCommand::Show(args) => show(args, output),
        CaseCommand::List(args) => list(args, output),
        CaseCommand::Allowed(args) => allowed(args, output),
    }
}
