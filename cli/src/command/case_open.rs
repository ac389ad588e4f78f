//! `protocol case open`: a case is opened.

use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use server::extract::CaseId;
use server::running::{Ask, Inside};
use server::wire::Opened;
use store::keeper::Loaded;

use crate::Exit;
use crate::args::{CaseOpen, Reporting};
use crate::desk::{
    Desk, Making, Opening, finish, opening_body, protocol_in_use, sent_body, use_folder,
};
use crate::output::Output;
use crate::render::{self, Followed};
use crate::unusable::Unusable;

/// Opens a case, or says what would follow.
pub(crate) fn open(args: &CaseOpen, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let words = &args.reporting;
    let folder = args.protocol.as_deref().map(Path::new);
    let folder = folder.filter(|it| it.join("protocol.toml").is_file());
    let making = if folder.is_some() { Making::Store } else { Making::Never };
    let (loaded, body, desk) = match (&words.json, args.protocol.as_deref()) {
        (None, Some(name)) if name != "-" => {
            let desk = Desk::open(&words.of, making, output)?;
            let loaded = match folder {
                Some(folder) => use_folder(&desk, folder)?,
                None => protocol_in_use(&desk, name)?,
            };
            let opening =
                Opening { protocol: &loaded.id, complainant: args.complainant.as_deref() };
            let body = opening_body(&loaded.machine, &opening, words, desk.keeper.now())?;
            (Some(loaded), body, desk)
        }
        (file, _) => {
            alone(words)?;
            let body = sent_body(file.as_deref().unwrap_or(Path::new("-")), output)?;
            let desk = Desk::open(&words.of, making, output)?;
            (named(&desk, &body)?, body, desk)
        }
    };
    let inside = match &loaded {
        Some(loaded) => desk.under(&loaded.machine)?,
        None => desk.with_roles(Vec::new())?,
    };
    let ask = ask("/v1/cases", words, &desk)?;
    let told = inside.post(&ask, body)?;
    finish(&told, words.of.format, output, |body| {
        let opened: Opened = serde_json::from_slice(body)?;
        let looked = match words.dry_run {
            true => None,
            false => Some(look(&inside, &opened.case.id)?),
        };
        let zone = loaded.as_ref().map(|it| &it.machine.protocol.zone);
        let zone = zone.ok_or_else(|| anyhow::anyhow!("the protocol of the case is not known"))?;
        let followed = Followed { looked: looked.as_ref(), zone, is_replayed: told.is_replayed };
        Ok(render::opened_text(&followed, &opened))
    })
}

/// The protocol that a body names, if one with that id is in use. What is wrong with the body is
/// for the route to say.
fn named(desk: &Desk, body: &[u8]) -> anyhow::Result<Option<Arc<Loaded>>> {
    #[derive(Deserialize)]
    struct Body {
        protocol: String,
    }
    let Ok(Body { protocol }) = serde_json::from_slice::<Body>(body) else { return Ok(None) };
    Ok(desk.keeper.in_use(desk.tenant, &protocol, desk.keeper.now())?)
}

/// What is asked: under the key that was given, or one of its own.
pub(super) fn ask(path: &str, words: &Reporting, desk: &Desk) -> anyhow::Result<Ask> {
    if words.dry_run {
        return Ok(Ask { path: format!("{path}?dry_run=true"), ..Ask::default() });
    }
    let key = match &words.key {
        Some(key) => {
            server::extract::IdempotencyKey::read(key)
                .map_err(|why| Unusable::new("`--key` cannot be used").help(why))?
                .0
        }
        None => format!("command-{}", desk.new_id()?),
    };
    Ok(Ask { path: path.to_owned(), key: Some(key), if_match: None })
}

/// A body that is given whole comes without words.
pub(super) fn alone(words: &Reporting) -> Result<(), Unusable> {
    let flags = [&words.by, &words.entered_by, &words.via, &words.at, &words.reason];
    let is_alone = words.said.is_empty() && flags.iter().all(|it| it.is_none());
    match is_alone {
        true => Ok(()),
        false => Err(Unusable::new("a body that is given whole comes without words")
            .help("write all of it into the body, or none of it")),
    }
}

/// The case as it is now.
pub(super) fn look(inside: &Inside, id: &str) -> anyhow::Result<server::reading::Looked> {
    let CaseId(id) = CaseId::read(id).ok_or_else(|| anyhow::anyhow!("`{id}` is no id"))?;
    inside.look(id).map_err(|why| {
        let why = why.cause().unwrap_or(why.name()).to_owned();
        anyhow::anyhow!("the case cannot be read: {why}")
    })
}
