//! `protocol calendar`: calendars that are amended after the protocols were written.

use serde_json::json;
use server::running::Ask;
use server::wire::{Amendment, AmendmentList};

use crate::Exit;
use crate::args::{Calendar, CalendarAmend, CalendarCommand, CalendarList};
use crate::desk::{Desk, Making, finish};
use crate::output::Output;
use crate::render;

const ROUTE: &str = "/v1/calendars/amendments";

/// Carries out what is asked about calendars.
pub(crate) fn calendar(args: &Calendar, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    match &args.command {
        CalendarCommand::Amend(args) => amend(args, output),
        CalendarCommand::List(args) => list(args, output),
    }
}

fn amend(args: &CalendarAmend, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let desk = Desk::open(&args.of, Making::Never, output)?;
    let dates = |all: &[engine::time::NaiveDate]| {
        all.iter().map(ToString::to_string).collect::<Vec<String>>()
    };
    let body = json!({
        "calendar": args.calendar,
        "add": dates(&args.add),
        "remove": dates(&args.remove),
        "reason": args.reason,
        "source": args.source,
    });
    let ask = Ask { path: ROUTE.to_owned(), ..Ask::default() };
    let told = desk.administration()?.post(&ask, serde_json::to_vec(&body)?)?;
    finish(&told, args.of.format, output, |body| {
        let made: Amendment = serde_json::from_slice(body)?;
        Ok(render::amended_text(&made))
    })
}

fn list(args: &CalendarList, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let desk = Desk::open(&args.of, Making::Never, output)?;
    let told = desk.administration()?.get(ROUTE)?;
    finish(&told, args.of.format, output, |body| {
        let list: AmendmentList = serde_json::from_slice(body)?;
        Ok(render::amendments_text(&list))
    })
}
