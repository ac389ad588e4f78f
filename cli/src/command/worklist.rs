//! `protocol worklist`: who must do what by when.

use server::extract::query;
use server::wire::Worklist as Listed;

use crate::Exit;
use crate::args::Worklist;
use crate::command::case_read::{of_page, version};
use crate::desk::{Desk, Making, finish, known, known_roles};
use crate::output::Output;
use crate::render;

/// Shows what is owed, the soonest due first.
pub(crate) fn worklist(args: &Worklist, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let desk = Desk::open(&args.of, Making::Never, output)?;
    let roles = known_roles(&desk)?;
    args.role.as_deref().map_or(Ok(()), |it| known("role", it, &roles))?;
    let mut asked = vec![("role", args.role.clone())];
    asked.extend(of_page(&args.page));
    let inside = desk.with_roles(roles.into_iter().collect())?;
    let told = inside.get(&format!("/v1/worklist?{}", query(&asked)))?;
    let exit = finish(&told, args.of.format, output, |body| {
        let list: Listed = serde_json::from_slice(body)?;
        render::worklist_text(&list, desk.keeper.now(), &|row| version(&desk, row))
    })?;
    desk.note_late_time(output)?;
    Ok(exit)
}
