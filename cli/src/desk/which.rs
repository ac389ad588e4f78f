//! Which case and which protocol are meant.

use std::collections::BTreeSet;
use std::sync::Arc;

use engine::diagnostic::nearest_or_listed;
use engine::model::{Party, Protocol};
use server::extract::CaseId;
use store::cases::{Standing, StreamKind};
use store::keeper::Loaded;

use crate::desk::Desk;
use crate::render::one_line;
use crate::unusable::Unusable;

/// How much of a word is shown again, in characters.
const SHOWN_MAX: usize = 80;

/// A case that is there.
pub(crate) struct Found {
    pub standing: Standing,
    /// The version of the protocol that it runs under.
    pub loaded: Arc<Loaded>,
}

impl Found {
    /// The case with a ticket or an id.
    ///
    /// # Errors
    /// There is none in the tenant; or the store failed.
    pub(crate) fn find(desk: &Desk, word: &str) -> anyhow::Result<Self> {
        let place = desk.keeper.place();
        let standing = match CaseId::read(word) {
            Some(CaseId(id)) => place.standing(desk.tenant, id)?,
            // No ticket holds NUL, and not every database takes it.
            None if word.contains('\0') => None,
            None => place.by_ticket(desk.tenant, word)?,
        };
        let standing = standing.filter(|it| it.kind == StreamKind::Case);
        let standing = standing.ok_or_else(|| {
            let shown: String = one_line(word).chars().take(SHOWN_MAX).collect();
            Unusable::new(format!("there is no case `{shown}`")).help(
                "name its ticket, such as `C-2026-000417-K`, or its id; `protocol case list` \
                 shows both",
            )
        })?;
        let loaded = desk.keeper.protocol(desk.tenant, standing.protocol)?;
        let loaded = loaded.ok_or_else(|| {
            anyhow::anyhow!("the protocol {} of the case is not kept", standing.protocol)
        })?;
        Ok(Self { standing, loaded })
    }

    /// What people call it.
    pub(crate) fn name(&self) -> String {
        let Standing { ticket, stream, .. } = &self.standing;
        ticket.clone().unwrap_or_else(|| stream.to_string())
    }

    /// The path of its routes.
    pub(crate) fn path(&self) -> String {
        format!("/v1/cases/{}", self.standing.stream)
    }
}

/// The version of a protocol under which a case is opened now.
///
/// # Errors
/// No version of it is in use; or the store failed.
pub(crate) fn protocol_in_use(desk: &Desk, id: &str) -> anyhow::Result<Arc<Loaded>> {
    let now = desk.keeper.now();
    if let Some(loaded) = desk.keeper.in_use(desk.tenant, id, now)? {
        return Ok(loaded);
    }
    let all = desk.keeper.place().protocols(desk.tenant)?;
    let used = all.iter().filter(|it| it.active_from.is_some_and(|from| from <= now));
    let names: BTreeSet<&str> = used.map(|it| it.id.as_str()).collect();
    let shown: String = one_line(id).chars().take(SHOWN_MAX).collect();
    let help = match names.is_empty() {
        true => {
            Some("`protocol case open FOLDER` takes one into use, `protocol serve` many".to_owned())
        }
        false => nearest_or_listed(id, "protocol", names.iter().copied()),
    };
    Err(Unusable::new(format!("no protocol `{shown}` is in use")).maybe_help(help).into())
}

/// The names that the protocols of the tenant declare, in any version.
///
/// # Errors
/// The store failed.
pub(crate) fn declared(
    desk: &Desk,
    names: impl Fn(&Protocol) -> Vec<String>,
) -> anyhow::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for text in desk.keeper.place().protocols(desk.tenant)? {
        if let Some(loaded) = desk.keeper.protocol(desk.tenant, text.hash)? {
            found.extend(names(&loaded.machine.protocol));
        }
    }
    Ok(found)
}

/// The roles of all protocols of the tenant, and the parties that are there without being declared.
///
/// # Errors
/// The store failed.
pub(crate) fn known_roles(desk: &Desk) -> anyhow::Result<BTreeSet<String>> {
    let mut roles = declared(desk, |it| it.roles.iter().map(|role| role.name.clone()).collect())?;
    roles.extend(Party::built_in_names().map(str::to_owned));
    Ok(roles)
}

/// Checks a name that is to be one of these.
///
/// # Errors
/// It is none; says which may have been meant.
pub(crate) fn known(kind: &str, name: &str, names: &BTreeSet<String>) -> Result<(), Unusable> {
    if names.contains(name) {
        return Ok(());
    }
    let names = names.iter().map(String::as_str);
    Err(Unusable::new(format!("`{name}` is no {kind} of any protocol here"))
        .maybe_help(nearest_or_listed(name, kind, names)))
}
