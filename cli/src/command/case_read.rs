//! `protocol case show`, `allowed` and `list`: cases are read.

use std::sync::Arc;

use engine::model::Protocol;
use engine::runtime::ReportedAt;
use engine::time::Zone;
use server::extract::query;
use server::wire::{CaseList as Listed, CaseRow};
use store::keeper::Loaded;

use crate::Exit;
use crate::args::{AnswerFormat, CaseAllowed, CaseList, CaseShow, Page};
use crate::command::case_open::look;
use crate::desk::{Desk, Found, Making, declared, finish, known, known_roles};
use crate::output::Output;
use crate::play::read_moment;
use crate::render;
use crate::unusable::Unusable;

/// Shows a case whole.
pub(crate) fn show(args: &CaseShow, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let desk = Desk::open(&args.of, Making::Never, output)?;
    let found = Found::find(&desk, &args.case)?;
    let inside = desk.under(&found.loaded.machine)?;
    if args.of.format == AnswerFormat::Json {
        let told = inside.get(&found.path())?;
        return finish(&told, AnswerFormat::Json, output, |_| Ok(String::new()));
    }
    let looked = look(&inside, &found.standing.stream.to_string())?;
    output.data(&render::show_text(&looked, &found.name()))?;
    Ok(Exit::Fine)
}

/// Says what may happen now.
pub(crate) fn allowed(args: &CaseAllowed, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let desk = Desk::open(&args.of, Making::Never, output)?;
    let found = Found::find(&desk, &args.case)?;
    let inside = desk.under(&found.loaded.machine)?;
    if args.of.format == AnswerFormat::Json {
        let told = inside.get(&format!("{}/allowed", found.path()))?;
        return finish(&told, AnswerFormat::Json, output, |_| Ok(String::new()));
    }
    let looked = look(&inside, &found.standing.stream.to_string())?;
    output.data(&render::allowed_text(&looked, &found.name()))?;
    Ok(Exit::Fine)
}

/// Lists cases.
pub(crate) fn list(args: &CaseList, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let desk = Desk::open(&args.of, Making::Never, output)?;
    if let Some(role) = &args.role {
        known("role", role, &known_roles(&desk)?)?;
    }
    if let Some(stage) = &args.stage {
        let names = |it: &Protocol| it.stages.iter().map(|it| it.name.clone()).collect();
        known("stage", stage, &declared(&desk, names)?)?;
    }
    if let Some(rung) = &args.rung {
        let names = |it: &Protocol| it.ladder.iter().map(|it| it.name.clone()).collect();
        known("rung", rung, &declared(&desk, names)?)?;
    }
    let due_before = match &args.due_before {
        None => None,
        Some(text) => Some(before(&desk, args.protocol.as_deref(), text)?),
    };
    let mut asked = vec![
        ("protocol", args.protocol.clone()),
        ("stage", args.stage.clone()),
        ("rung", args.rung.clone()),
        ("role", args.role.clone()),
        ("complainant", args.complainant.clone()),
        ("due_before", due_before),
        ("breached", args.breached.then(|| "true".to_owned())),
        ("closed", (args.open || args.closed).then(|| args.closed.to_string())),
    ];
    asked.extend(of_page(&args.page));
    let inside = desk.with_roles(Vec::new())?;
    let told = inside.get(&format!("/v1/cases?{}", query(&asked)))?;
    let exit = finish(&told, args.of.format, output, |body| {
        let list: Listed = serde_json::from_slice(body)?;
        render::list_text(&list, &|row| version(&desk, row))
    })?;
    desk.note_late_time(output)?;
    Ok(exit)
}

/// What says which part of a list is wanted.
pub(super) fn of_page(page: &Page) -> [(&'static str, Option<String>); 2] {
    [("limit", Some(page.limit.to_string())), ("cursor", page.cursor.clone())]
}

/// The version of the protocol of a case.
pub(super) fn version(desk: &Desk, row: &CaseRow) -> anyhow::Result<Arc<Loaded>> {
    let all = desk.keeper.place().protocols(desk.tenant)?;
    let hash = all.iter().map(|it| it.hash).find(|it| it.to_string() == row.protocol.hash);
    let loaded = hash.map(|it| desk.keeper.protocol(desk.tenant, it)).transpose()?.flatten();
    loaded.ok_or_else(|| anyhow::anyhow!("the protocol {} is not kept", row.protocol.hash))
}

/// An instant as the route takes it. A time without its offset is one of the zone of the protocol
/// that is meant, or of all that are in use if they have the same.
fn before(desk: &Desk, protocol: Option<&str>, text: &str) -> anyhow::Result<String> {
    if server::wire::instant(text).is_some() {
        return Ok(text.to_owned());
    }
    let mut zones: Vec<Arc<Loaded>> = Vec::new();
    for kept in desk.keeper.place().protocols(desk.tenant)? {
        let is_meant = protocol.is_none_or(|it| it == kept.id);
        if is_meant && let Some(loaded) = desk.keeper.protocol(desk.tenant, kept.hash)? {
            zones.push(loaded);
        }
    }
    let zone = |it: &Arc<Loaded>| it.machine.protocol.zone.name().to_owned();
    let Some((first, others)) = zones.split_first() else {
        return Err(Unusable::new("no such protocol is in use").into());
    };
    if others.iter().any(|it| zone(it) != zone(first)) {
        let what = format!("`{text}` may be a time of several zones");
        let help = "write its offset, `2026-03-30T09:00:00+02:00`, or name a `--protocol`";
        return Err(Unusable::new(what).help(help).into());
    }
    let zone: &Zone = &first.machine.protocol.zone;
    Ok(match read_moment(zone, Some(desk.keeper.now()), text)? {
        ReportedAt::Instant(at) => at.to_string(),
        ReportedAt::Date(on) => zone.day_start(on).to_string(),
    })
}
