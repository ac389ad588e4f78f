//! The cases of a protocol in a store, to be read beside whoever else works on them.

use std::sync::Arc;

use engine::time::Instant;
use register::walk::versions;
use store::cases::Tenant;
use store::clock::{Clock as _, SystemClock};
use store::keeper::{Loaded, Options, Reader};

use crate::args::RegisterWords;
use crate::desk::tenant_named;
use crate::kept::{Config, Parts, shown};
use crate::output::Output;
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
    pub(crate) fn open(words: &RegisterWords, output: &Output<'_, '_>) -> anyhow::Result<Self> {
        let choice = Config::of(&words.store)?.choice(&words.store);
        if !choice.is_there() {
            let what = format!("there is no store `{}`", shown(&choice.store));
            let help = "`protocol serve` makes one; `--store` or `--config` names another";
            return Err(Unusable::new(what).help(help).into());
        }
        let Parts { place, options } = Parts::passing(&choice)?;
        let tenant = tenant_named(place.as_ref(), &words.tenant)?;
        let reader = Reader::new(place, options.vault.clone());
        let now = output.place().now.unwrap_or_else(|| SystemClock.now());
        Ok(Self { reader, tenant, now, options })
    }

    /// The id of the protocol, where the store has only one.
    pub(crate) fn only_protocol(&self) -> anyhow::Result<String> {
        let ids = ids(&self.reader, self.tenant)?;
        match ids.as_slice() {
            [id] => Ok(id.clone()),
            ids => {
                let what = "say which protocol";
                let names = ids.join("`, `");
                let help = format!("the store has `{names}`");
                Err(Unusable::new(what).maybe_help((!ids.is_empty()).then_some(help)).into())
            }
        }
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
    let ids = ids(reader, tenant)?;
    let names = ids.iter().map(String::as_str);
    Ok(Unusable::new(format!("the store has no protocol `{protocol}`"))
        .maybe_help(nearest_or_listed(protocol, "protocol", names)))
}

/// The ids of the protocols that a store has, sorted.
fn ids(reader: &Reader, tenant: Tenant) -> anyhow::Result<Vec<String>> {
    let all = reader.place().protocols(tenant)?.into_iter();
    let mut ids: Vec<String> = all.map(|it| it.id).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}
