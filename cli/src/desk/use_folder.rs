//! A protocol taken into use from its folder, for a first case without a server.

use std::path::Path;
use std::sync::Arc;

use engine::text::folder_bytes;
use engine::time::Instant;
use store::folder;
use store::keeper::Loaded;

use crate::desk::Desk;
use crate::unusable::Unusable;

/// Takes the protocol of a folder into use, if none with its id is: it then holds for everything
/// received before as well, as with `serve`.
///
/// # Errors
/// It has errors, or another version of it is in use: that is never changed by the way.
pub(crate) fn use_folder(desk: &Desk, folder: &Path) -> anyhow::Result<Arc<Loaded>> {
    let shown = folder.display();
    let sources = folder::read(folder)?;
    let (machine, _) = engine::load(&sources);
    let machine = machine.ok_or_else(|| {
        let help = format!("`protocol check {shown}` shows them");
        Unusable::new(format!("the protocol in `{shown}` has errors")).help(help)
    })?;
    let id = &machine.protocol.id;
    let now = desk.keeper.now();
    let hash = server::access::hash(&folder_bytes(&sources));
    if let Some(used) = desk.keeper.in_use(desk.tenant, id, now)? {
        if used.hash == hash {
            return Ok(used);
        }
        let what = format!("another version of `{id}` is in use than the one in `{shown}`");
        let help = format!(
            "`protocol case open {id}` opens under the one in use; `protocol serve {shown}` takes \
             the other into use"
        );
        return Err(Unusable::new(what).help(help).into());
    }
    let (added, _) = desk.keeper.add_protocol(desk.tenant, &sources)?;
    let added = added.ok_or_else(|| anyhow::anyhow!("the protocol in `{shown}` was not kept"))?;
    desk.keeper.activate(desk.tenant, added.hash, Instant::from_ms(0))?;
    Ok(added)
}
