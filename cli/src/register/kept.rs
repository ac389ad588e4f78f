//! The cases of a protocol in a store, to be read beside whoever else works on them.

use std::path::Path;
use std::sync::Arc;

use engine::time::Instant;
use register::walk::versions;
use store::cases::Tenant;
use store::clock::{Clock as _, SystemClock};
use store::keeper::{Loaded, Options, Reader};

use crate::args::StoreWords;
use crate::kept::{Config, Parts};
use crate::unusable::Unusable;
use engine::diagnostic::nearest_or_listed;

/// A store that is read, and the present instant.
pub(crate) struct Kept {
    pub reader: Reader,
    pub tenant: Tenant,
    pub now: Instant,
    pub options: Options,
}

impl Kept {
    /// Opens the store that the words name. Nothing is made: a file that is not there is no store.
    pub(crate) fn open(words: &StoreWords) -> anyhow::Result<Self> {
        let choice = Config::of(words)?.choice(words);
        if let Some(file) = choice.store.strip_prefix("sqlite:").filter(|it| !it.is_empty())
            && !Path::new(file).exists()
        {
            let what = format!("there is no store `{file}`");
            let help = "`protocol serve` makes one; `--store` names another";
            return Err(Unusable::new(what).help(help).into());
        }
        let Parts { place, options } = Parts::of(&choice)?;
        let tenant = place.tenant(server::route::TENANT)?;
        let reader = Reader::new(place, options.vault.clone());
        Ok(Self { reader, tenant, now: SystemClock.now(), options })
    }

    /// The versions of a protocol that are in use, the latest first; at least one.
    pub(crate) fn versions(&self, protocol: &str) -> anyhow::Result<Vec<Arc<Loaded>>> {
        let found = versions(&self.reader, self.tenant, protocol)?;
        match found.is_empty() {
            false => Ok(found),
            true => Err(no_such_protocol(&self.reader, self.tenant, protocol)?.into()),
        }
    }
}

/// That a store has no cases of a protocol of this name, and which it has.
fn no_such_protocol(reader: &Reader, tenant: Tenant, protocol: &str) -> anyhow::Result<Unusable> {
    let mut ids: Vec<String> =
        reader.place().protocols(tenant)?.into_iter().map(|it| it.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let names = ids.iter().map(String::as_str);
    Ok(Unusable::new(format!("the store has no protocol `{protocol}`"))
        .maybe_help(nearest_or_listed(protocol, "protocol", names)))
}
