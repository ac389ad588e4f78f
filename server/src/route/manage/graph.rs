//! A version of a protocol as a picture, with the way of a case marked.

use crate::access::Caller;
use crate::extract::{Asked, CaseId};
use crate::problem::{Kind, Problem};
use crate::reading::{When, look};
use crate::route::manage::protocols::read_hash;
use crate::running::{App, Shared};
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use engine::model::RungId;
use engine::picture::{self, Picture, Wanted};
use std::sync::Arc;
use store::cases::{Hash, StreamId};
use store::keeper::Loaded;

/// In which language a picture is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Svg,
    Dot,
    Mermaid,
}

/// What is drawn.
struct Drawn {
    hash: Hash,
    rung: Option<String>,
    case: Option<StreamId>,
}

/// A version of a protocol as a picture: its stages on their rungs, and what leads from one to
/// another. With a case the way that it took is marked, and where it stands.
#[utoipa::path(
    get, path = "/v1/protocols/{hash}/graph", tag = "protocols",
    params(
        ("hash" = String, Path, description = "The hash of the version.", min_length = 64, max_length = 64),
        ("format" = Option<String>, Query, description = "`svg`, `dot` or `mermaid`; `svg` where it is left out.", pattern = "^(svg|dot|mermaid)$"),
        ("rung" = Option<String>, Query, description = "Only this rung, and where it leads."),
        ("case" = Option<String>, Query, format = Uuid, description = "The case whose way is marked; it runs under this version."),
    ),
    responses((status = 200, content((String = "image/svg+xml"), (String = "text/vnd.graphviz"), (String = "text/plain")))),
)]
pub(crate) async fn graph(
    State(app): State<App>,
    caller: Caller,
    Path(hash): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let asked = asked.only(&["format", "rung", "case"])?;
    let format = match asked.text("format") {
        None | Some("svg") => Format::Svg,
        Some("dot") => Format::Dot,
        Some("mermaid") => Format::Mermaid,
        Some(_) => {
            return Err(Problem::parameter("/query/format", "it takes `svg`, `dot` or `mermaid`"));
        }
    };
    let none = || Problem::new(Kind::NOT_FOUND);
    let case = asked.text("case").map(|it| CaseId::read(it).ok_or_else(none)).transpose()?;
    let wanted = Drawn {
        hash: read_hash(&hash).ok_or_else(none)?,
        rung: asked.text("rung").map(str::to_owned),
        case: case.map(|it| it.0),
    };
    app.wait(move |app| write(&picture_of(app, &caller, &wanted)?, format)).await
}

fn picture_of(app: &Shared, caller: &Caller, wanted: &Drawn) -> Result<Picture, Problem> {
    let none = || Problem::new(Kind::NOT_FOUND);
    let loaded = app.keeper.protocol(caller.tenant, wanted.hash);
    let loaded = loaded.map_err(|it| Problem::of_store(&it))?.ok_or_else(none)?;
    let rung = wanted.rung.as_deref().map(|it| rung(&loaded, it)).transpose()?;
    let Loaded { machine, sources, .. } = loaded.as_ref();
    let Some(case) = wanted.case else {
        return Ok(picture::of(machine, sources, &Wanted { rung, path: None }));
    };
    let looked = look(app, caller, case, When::Now)?;
    if looked.look.standing.protocol != wanted.hash {
        return Err(none());
    }
    let state = looked.state();
    let name = state.ticket.unwrap_or(state.id);
    Ok(picture::of_case(machine, sources, rung, (&name, &looked.look.facts)))
}

fn rung(loaded: &Arc<Loaded>, name: &str) -> Result<RungId, Problem> {
    let ladder = &loaded.machine.protocol.ladder;
    let known = ladder.iter().position(|it| it.name == name).map(RungId::at);
    known.ok_or_else(|| Problem::new(Kind::NOT_FOUND))
}

fn write(picture: &Picture, format: Format) -> Result<Response, Problem> {
    let (kind, text) = match format {
        Format::Svg => {
            let svg = draw::svg(picture).map_err(|why| {
                let says = format!("{why}; `dot` and `mermaid` have no limit, `rung` shows less");
                Problem::parameter("/query/format", says)
            })?;
            ("image/svg+xml", svg)
        }
        Format::Dot => ("text/vnd.graphviz; charset=utf-8", draw::dot(picture)),
        Format::Mermaid => ("text/plain; charset=utf-8", draw::mermaid(picture)),
    };
    // A picture that is opened by itself runs nothing.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
    Ok(([(CONTENT_TYPE, kind), (CONTENT_SECURITY_POLICY, policy)], text).into_response())
}
