//! Versions of protocols: listed, uploaded after they were checked, and taken into use.

use crate::access::Caller;
use crate::extract::{Asked, Large, Sent};
use crate::problem::{Fault, Kind, Problem};
use crate::running::{App, Shared};
use crate::wire::{self, Activation, Protocol, ProtocolList, ProtocolUpload, instant};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use engine::diagnostic::{Diagnostic, Diagnostics, Severity};
use engine::text::{LineIndex, SourceSet};
use std::collections::BTreeSet;
use store::cases::{Failure, Hash, Tenant};
use store::folder;

/// Lists the versions of all protocols.
#[utoipa::path(get, path = "/v1/protocols", tag = "protocols", responses((status = 200, body = ProtocolList)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    asked: Asked,
) -> Result<Json<ProtocolList>, Problem> {
    asked.only(&[])?;
    let all = app
        .wait(move |app| app.place.protocols(caller.tenant).map_err(|it| Problem::of_store(&it)))
        .await?;
    Ok(Json(ProtocolList { protocols: all.iter().map(wire::protocol).collect() }))
}

/// Keeps a version of a protocol, if it has no errors. No case is opened under it before it is
/// taken into use. A version that is there already stays as it is.
#[utoipa::path(post, path = "/v1/protocols", tag = "protocols", request_body = ProtocolUpload, responses((status = 201, body = Protocol)))]
pub(crate) async fn upload(
    State(app): State<App>,
    caller: Caller,
    Large(sent): Large<ProtocolUpload>,
) -> Result<(StatusCode, Json<Protocol>), Problem> {
    caller.admin()?;
    let tenant = caller.tenant;
    let kept = app.wait(move |app| keep(app, tenant, sent)).await?;
    Ok((StatusCode::CREATED, Json(kept)))
}

fn keep(app: &Shared, tenant: Tenant, sent: Sent<ProtocolUpload>) -> Result<Protocol, Problem> {
    let mut paths = BTreeSet::new();
    let twice: Vec<Fault> = (0..)
        .zip(&sent.value.files)
        .filter(|(_, file)| !paths.insert(file.path.0.clone()))
        .map(|(place, _): (usize, _)| {
            Fault::new(format!("/files/{place}/path"), "path-twice", "another file has this path")
        })
        .collect();
    if !twice.is_empty() {
        return Err(Problem::new(Kind::INVALID).with(twice));
    }
    let order: Vec<String> = sent.value.files.iter().map(|it| it.path.0.clone()).collect();
    let files = sent.value.files.into_iter().map(|it| (it.path.0, it.text.into_bytes()));
    let sources = folder::sent("protocol", files).map_err(|others| {
        let places = (0..).zip(&order).filter(|(_, path)| others.contains(path));
        let fault = |(place, _): (usize, _)| {
            let why = "no protocol reads a file of this path";
            Fault::new(format!("/files/{place}/path"), "no-part", why)
        };
        Problem::new(Kind::INVALID).with(places.map(fault).collect())
    })?;
    let added = app.keeper.add_protocol(tenant, &sources).map_err(|it| Problem::of_store(&it))?;
    let loaded = added.0.ok_or_else(|| unusable(&added.1, &sources))?;
    version(app, tenant, loaded.hash)
}

/// The errors of a protocol, each with its place in its file.
fn unusable(faults: &Diagnostics, sources: &SourceSet) -> Problem {
    let errors = faults.iter().filter(|it| it.code.severity == Severity::Error);
    Problem::new(Kind::UNUSABLE_PROTOCOL).with(errors.map(|it| fault(it, sources)).collect())
}

fn fault(diagnostic: &Diagnostic, sources: &SourceSet) -> Fault {
    let span = diagnostic.primary.span;
    let file = sources.get(span.file);
    let text = file.map_or("", |it| it.readable());
    let at = LineIndex::new(text).line_column(text, span.range().start);
    let path = file.map_or("", |it| it.path.as_str());
    let help = diagnostic.help.as_ref().map_or(String::new(), |it| format!("; {it}"));
    let detail = format!("{path}:{}:{}: {}{help}", at.line, at.column, diagnostic.message);
    Fault::new("/files", diagnostic.code.name, detail)
}

/// Takes a version into use: cases that are received from then on are opened under it.
#[utoipa::path(put, path = "/v1/protocols/{hash}/active", tag = "protocols", params(("hash" = String, Path, description = "The hash of the version.", min_length = 64, max_length = 64)), request_body = Activation, responses((status = 200, body = Protocol)))]
pub(crate) async fn activate(
    State(app): State<App>,
    caller: Caller,
    Path(hash): Path<String>,
    sent: Sent<Activation>,
) -> Result<Json<Protocol>, Problem> {
    caller.admin()?;
    let hash = read_hash(&hash).ok_or_else(|| Problem::new(Kind::NOT_FOUND))?;
    let from = sent.value.from.as_deref().and_then(instant);
    let taken = app.wait(move |app| {
        let from = from.unwrap_or_else(|| app.now());
        let found = app.keeper.activate(caller.tenant, hash, from);
        match found.map_err(|it| Problem::of_store(&it))? {
            true => version(app, caller.tenant, hash),
            false => Err(Problem::new(Kind::NOT_FOUND)),
        }
    });
    taken.await.map(Json)
}

fn version(app: &Shared, tenant: Tenant, hash: Hash) -> Result<Protocol, Problem> {
    let text = app.place.protocol(tenant, hash).map_err(|it| Problem::of_store(&it))?;
    let lost = || Failure::Damaged(format!("the protocol {hash} is gone"));
    text.map(|it| wire::protocol(&it)).ok_or_else(|| Problem::of_store(&lost()))
}

/// The hash that a text writes as 64 small hexadecimal digits.
pub(super) fn read_hash(text: &str) -> Option<Hash> {
    let digit = |it: u8| match it {
        b'0'..=b'9' => it.checked_sub(b'0'),
        b'a'..=b'f' => it.checked_sub(b'a')?.checked_add(10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let bytes =
        pairs.iter().map(|[high, low]| digit(*high)?.checked_mul(16)?.checked_add(digit(*low)?));
    let bytes: Vec<u8> = bytes.collect::<Option<_>>()?;
    bytes.try_into().ok().filter(|_| rest.is_empty()).map(Hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_64_small_digits() {
        let hash = Hash([0xab; 32]);
        assert_eq!(read_hash(&hash.to_string()), Some(hash));
        let text = hash.to_string();
        for wrong in [
            "",
            text.trim_start_matches('a'),
            &text.to_uppercase(),
            &format!("{text}00"),
            &format!("{text}0"),
            &text.replace("ab", "zz"),
        ] {
            assert_eq!(read_hash(wrong), None, "{wrong}");
        }
    }
}
