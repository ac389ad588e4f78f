//! `protocol trends`: what many cases of a store have in common.

use anyhow::Context as _;
use register::trends::{as_text, of, version_in_use};
use register::viewer::Viewer;
use register::walk::Asked;
use server::wire::trend_list;
use store::keeper::Reading;

use crate::Exit;
use crate::args::{AnswerFormat, Trends};
use crate::output::Output;
use crate::register::{Kept, until};

/// Writes the trends of a protocol. Whoever may open the store has every role in it.
pub(crate) fn trends(args: &Trends, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let kept = Kept::open(&args.of, output)?;
    let protocol_id = match &args.protocol {
        Some(id) => id.clone(),
        None => kept.only_protocol()?,
    };
    let versions = kept.versions(&protocol_id)?;
    let zone = versions.first().map(|it| &it.machine.protocol.zone);
    let zone = zone.context("the protocol has no version")?;
    let (reading, at) = match (&args.as_of, &args.as_known_at) {
        (Some(text), _) => until(zone, text).map(|at| (Reading::AsTrueAt(at), at))?,
        (None, Some(text)) => until(zone, text).map(|at| (Reading::AsKnownAt(at), at))?,
        (None, None) => (Reading::Now, kept.now),
    };
    let lost = "the store has lost the protocol";
    let loaded = version_in_use(&kept.reader, kept.tenant, &protocol_id, at)?.context(lost)?;
    let roles = loaded.machine.protocol.roles.iter().map(|it| it.name.clone());
    let asked = Asked {
        tenant: kept.tenant,
        protocol_id,
        reading,
        now: kept.now,
        from: None,
        to: None,
        viewer: Viewer::Roles(roles.collect()),
    };
    let most = usize::try_from(args.limit).unwrap_or(usize::MAX);
    let found = of(&kept.reader, &asked, most)?.context(lost)?;
    let text = match args.format {
        AnswerFormat::Human => as_text(&found),
        AnswerFormat::Json => serde_json::to_string_pretty(&trend_list(&found, true))? + "\n",
    };
    output.data(&text)?;
    Ok(Exit::Fine)
}
