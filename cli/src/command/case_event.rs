//! `protocol case event`: an event of a case is reported.

use std::path::Path;

use engine::diagnostic::nearest_or_listed;
use engine::machine::Machine;
use engine::runtime::Possible;
use serde::Deserialize;
use server::wire::Reported;
use store::keeper::Reading;

use crate::Exit;
use crate::args::CaseEvent;
use crate::command::case_open::{alone, ask, look};
use crate::desk::{Desk, Found, Making, WhoMay, finish, report_body, sent_body};
use crate::output::Output;
use crate::render::{self, Followed};
use crate::unusable::Unusable;

/// Reports an event, or says what would follow.
pub(crate) fn event(args: &CaseEvent, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let words = &args.reporting;
    let named = args.event.as_deref().filter(|it| words.json.is_none() && *it != "-");
    let sent = match named {
        Some(_) => None,
        None => {
            alone(words)?;
            let file = words.json.as_deref().unwrap_or(Path::new("-"));
            Some(sent_body(file, output)?)
        }
    };
    let desk = Desk::open(&words.of, Making::Never, output)?;
    let found = Found::find(&desk, &args.case)?;
    let machine = &found.loaded.machine;
    let (event, body) = match (named, sent) {
        (Some(event), _) => {
            let of_stop = args.stop.as_deref().map(|it| stop(machine, it)).transpose()?;
            let about = (event, args.stop.as_deref());
            let may = |event: &str| match args.stop {
                None => who_may(&desk, &found, event),
                Some(_) => Vec::new(),
            };
            let now = (desk.keeper.now(), &may as WhoMay<'_>);
            let body = report_body(of_stop.unwrap_or(machine), about, words, now)?;
            (event.to_owned(), body)
        }
        (None, sent) => {
            let body = sent.unwrap_or_default();
            (event_of(&body), body)
        }
    };
    let inside = desk.under(machine)?;
    let mut ask = ask(&format!("{}/events", found.path()), words, &desk)?;
    ask.if_match = args.if_match;
    let told = inside.post(&ask, body)?;
    finish(&told, words.of.format, output, |body| {
        let reported: Reported = serde_json::from_slice(body)?;
        let looked = match words.dry_run {
            true => None,
            false => Some(look(&inside, &reported.case.id)?),
        };
        let zone = &machine.protocol.zone;
        let followed = Followed { looked: looked.as_ref(), zone, is_replayed: told.is_replayed };
        Ok(render::event_text(&followed, &event, &reported))
    })
}

/// Who may report an event now; nobody where that cannot be said.
fn who_may(desk: &Desk, found: &Found, event: &str) -> Vec<String> {
    let looked = desk.keeper.look(desk.tenant, found.standing.stream, Reading::Now);
    let Ok(Some(look)) = looked else { return Vec::new() };
    let protocol = &look.loaded.machine.protocol;
    let id = protocol.event(event);
    let all = look.allowed();
    let possible = all.iter().filter(|it| Some(it.event) == id).flat_map(Possible::open_to);
    possible.map(|it| protocol.party_name(it.party).to_owned()).collect()
}

/// The machine of a stop.
fn stop<'m>(machine: &'m Machine, name: &str) -> Result<&'m Machine, Unusable> {
    let protocol = &machine.protocol;
    let found = protocol.stop(name).and_then(|id| machine.stop(id));
    found.ok_or_else(|| {
        let names = protocol.stops.iter().map(|it| it.name.as_str());
        Unusable::new(format!("`{name}` is no stop of this protocol"))
            .maybe_help(nearest_or_listed(name, "stop", names))
    })
}

/// The event that a body names. What is wrong with the body is for the route to say.
fn event_of(body: &[u8]) -> String {
    #[derive(Deserialize)]
    struct Body {
        event: String,
    }
    serde_json::from_slice::<Body>(body).map_or_else(|_| String::new(), |it| it.event)
}
