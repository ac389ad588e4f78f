//! The handbook of a version of a protocol, or the page for one role.

use crate::access::Caller;
use crate::extract::Asked;
use crate::problem::{Fault, Kind, Problem};
use crate::route::manage::protocols::read_hash;
use crate::running::{App, Shared};
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use doc::Page;
use engine::diagnostic::listed;
use engine::machine::Machine;
use engine::model::RoleId;
use engine::text::Language;
use store::cases::Hash;
use store::keeper::Loaded;

/// How a handbook is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Html,
    Markdown,
}

/// What is written.
struct Wanted {
    hash: Hash,
    role: Option<String>,
    language: Option<String>,
}

/// The handbook of a version of a protocol, made of its rules; with a role, the page for that role
/// alone. For administration and for the organisation's own roles.
#[utoipa::path(
    get, path = "/v1/protocols/{hash}/handbook", tag = "protocols",
    params(
        ("hash" = String, Path, description = "The hash of the version.", min_length = 64, max_length = 64),
        ("format" = Option<String>, Query, description = "`html` or `markdown`; `html` where it is left out.", pattern = "^(html|markdown)$"),
        ("role" = Option<String>, Query, description = "Only the page for this role."),
        ("language" = Option<String>, Query, description = "A language of the protocol, or `en`; that of the protocol where it is left out."),
    ),
    responses((status = 200, content((String = "text/html"), (String = "text/markdown")))),
)]
pub(crate) async fn handbook(
    State(app): State<App>,
    caller: Caller,
    Path(hash): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let asked = asked.only(&["format", "role", "language"])?;
    let format = match asked.text("format") {
        None | Some("html") => Format::Html,
        Some("markdown") => Format::Markdown,
        Some(_) => {
            return Err(Problem::parameter("/query/format", "it takes `html` or `markdown`"));
        }
    };
    let wanted = Wanted {
        hash: read_hash(&hash).ok_or_else(|| Problem::new(Kind::NOT_FOUND))?,
        role: asked.text("role").map(str::to_owned),
        language: asked.text("language").map(str::to_owned),
    };
    app.wait(move |app| Ok(write(&page_of(app, &caller, &wanted)?, format))).await
}

fn page_of(app: &Shared, caller: &Caller, wanted: &Wanted) -> Result<Page, Problem> {
    let none = || Problem::new(Kind::NOT_FOUND);
    let loaded = app.keeper.protocol(caller.tenant, wanted.hash);
    let loaded = loaded.map_err(|it| Problem::of_store(&it))?.ok_or_else(none)?;
    let Loaded { machine, sources, .. } = loaded.as_ref();
    if !caller.is_of_the_house(machine) {
        return Err(none());
    }
    let language = language(machine, wanted.language.as_deref())?;
    let Some(role) = &wanted.role else {
        return Ok(doc::handbook(machine, sources, language));
    };
    let place = machine.protocol.roles.iter().position(|it| it.name == *role);
    let role = place.map(RoleId::at).ok_or_else(none)?;
    Ok(doc::rank_page(machine, sources, language, role))
}

/// The language that is asked for, or the first of the protocol. There is no page in another.
fn language(machine: &Machine, tag: Option<&str>) -> Result<Language, Problem> {
    let all = doc::languages(machine);
    let found = match tag {
        None => all.first().copied(),
        Some(tag) => Language::find(tag).filter(|it| all.contains(it)),
    };
    found.ok_or_else(|| {
        let tags = listed(all.into_iter().map(Language::tag));
        let fault = Fault::new("/query/language", "not-found", format!("it takes {tags}"));
        Problem::new(Kind::NOT_FOUND).with(vec![fault])
    })
}

fn write(page: &Page, format: Format) -> Response {
    let (kind, text) = match format {
        Format::Html => ("text/html; charset=utf-8", doc::html(page)),
        Format::Markdown => ("text/markdown; charset=utf-8", doc::markdown(page)),
    };
    // A page that is opened by itself runs nothing.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
    ([(CONTENT_TYPE, kind), (CONTENT_SECURITY_POLICY, policy)], text).into_response()
}
