//! `protocol report`: the figures of a period, as they were on record at an instant.

use std::sync::Arc;

use anyhow::Context as _;
use engine::diagnostic::nearest_or_listed;
use register::returns::{Period, as_csv, as_json, as_text, divided_by, of};
use store::keeper::Loaded;

use crate::Exit;
use crate::args::{Report, ReportFormat};
use crate::output::Output;
use crate::register::{Kept, day, until};
use crate::unusable::Unusable;

/// Writes a return.
pub(crate) fn report(args: &Report, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let kept = Kept::open(&args.of, output)?;
    let protocol = match &args.protocol {
        Some(id) => id.clone(),
        None => kept.only_protocol()?,
    };
    let versions = kept.versions(&protocol)?;
    let zone = versions.first().map(|it| &it.machine.protocol.zone);
    let zone = zone.context("the protocol has no version")?;
    let as_of = args.as_of.as_deref().map(|it| until(zone, it)).transpose()?;
    let today = zone.civil(kept.now).date();
    let as_of = match as_of {
        None => kept.now,
        Some(at) if at <= kept.now => at,
        // Today means what is on record by now.
        Some(at) if zone.civil(at).date() == today && args.as_of == Some(today.to_string()) => {
            kept.now
        }
        Some(_) => {
            let what = "what will be on record then is not known yet";
            return Err(Unusable::new(what).help("`--as-of` takes a time that has been").into());
        }
    };
    let known = zone.civil(as_of).date();
    let to = args.to.as_deref().map(day).transpose()?.unwrap_or(known);
    let from = args.from.as_deref().map(day).transpose()?;
    if to > known || from.is_some_and(|it| it > to) {
        let what = "the period is empty, or ends after what is known";
        let help =
            format!("it may end with {known}, the date of `--as-of`, and begins before it ends");
        return Err(Unusable::new(what).help(help).into());
    }
    let only = args.only.as_deref().map(|it| only(&versions, it)).transpose()?;
    let period = Period { as_of, from, to, only };
    let found = of(&kept.reader, (kept.tenant, &protocol), period)?;
    let text = match args.format {
        ReportFormat::Human => as_text(&found, zone),
        ReportFormat::Json => as_json(&found, zone),
        ReportFormat::Csv => as_csv(&found, zone)?,
    };
    output.data(&text)?;
    Ok(Exit::Fine)
}

/// What a return is narrowed to; a name or a value that no version has would be a return of nothing.
fn only(versions: &[Arc<Loaded>], text: &str) -> Result<(String, String), Unusable> {
    let parts = text.split_once('=').filter(|(name, value)| !name.is_empty() && !value.is_empty());
    let (name, value) = parts.ok_or_else(|| {
        Unusable::new(format!("`{text}` names no value")).help("write it as `entity=north`")
    })?;
    let all = divided_by(versions);
    let Some(values) = all.get(name) else {
        let help = nearest_or_listed(name, "field", all.keys().map(String::as_str));
        return Err(Unusable::new(format!("returns are not divided by `{name}`")).maybe_help(help));
    };
    if !values.contains(value) {
        let help = nearest_or_listed(value, "value", values.iter().map(String::as_str));
        let what = format!("`{value}` is no value of `{name}`");
        return Err(Unusable::new(what).maybe_help(help));
    }
    Ok((name.to_owned(), value.to_owned()))
}
