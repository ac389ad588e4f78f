//! The store, opened for one command.

use std::sync::Arc;

use engine::diagnostic::nearest_or_listed;
use engine::machine::Machine;
use engine::model::Party;
use server::access::Caller;
use server::running::Inside;
use store::cases::{Place, Reached, StreamId, Tenant};
use store::clock::{Clock, SetClock, SystemClock};
use store::keeper::{Ids as _, Keeper, RandomIds};

use crate::args::CaseWords;
use crate::kept::{Config, Parts, shown};
use crate::output::Output;
use crate::unusable::Unusable;

/// The tenant that is there without being made by anybody.
const MAIN: &str = server::route::TENANT;

/// How late time may act before this is said, in milliseconds: a server that runs is not so late.
const LATE_MS: i64 = 60_000;

/// Whether a store that is not there is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Making {
    /// It must be there.
    Never,
    /// It is made.
    Store,
}

/// The store, opened for one command: others may write to it all the while.
pub(crate) struct Desk {
    pub keeper: Keeper,
    pub tenant: Tenant,
    clock: Arc<dyn Clock>,
}

impl Desk {
    /// Opens the store that the words name.
    ///
    /// # Errors
    /// There is no such store or no such tenant, or it cannot be used.
    pub(crate) fn open(
        words: &CaseWords,
        making: Making,
        output: &Output<'_, '_>,
    ) -> anyhow::Result<Self> {
        let choice = Config::of(&words.store)?.choice(&words.store);
        if making == Making::Never && !choice.is_there() {
            let what = format!("there is no store `{}`", shown(&choice.store));
            let help = "`protocol serve` makes one; `--store` or `--config` names another";
            return Err(Unusable::new(what).help(help).into());
        }
        let Parts { place, options } = Parts::passing(&choice)?;
        let clock: Arc<dyn Clock> = match output.place().now {
            Some(now) => Arc::new(SetClock::at(now)),
            None => Arc::new(SystemClock),
        };
        let tenant = tenant_named(place.as_ref(), &words.tenant)?;
        let keeper = Keeper::start(place, Arc::clone(&clock), options)?;
        Ok(Self { keeper, tenant, clock })
    }

    /// The routes, asked in the roles of a protocol.
    pub(crate) fn under(&self, machine: &Machine) -> anyhow::Result<Inside> {
        self.inside(Caller::operator(self.tenant, Some(roles(machine))))
    }

    /// The routes, asked in these roles; those that no protocol declares among them always.
    pub(crate) fn with_roles(&self, named: Vec<String>) -> anyhow::Result<Inside> {
        let mut roles: Vec<String> = Party::built_in_names().map(str::to_owned).collect();
        roles.extend(named);
        self.inside(Caller::operator(self.tenant, Some(roles)))
    }

    /// The routes, asked for administration.
    pub(crate) fn administration(&self) -> anyhow::Result<Inside> {
        self.inside(Caller::operator(self.tenant, None))
    }

    /// Says so where time should have acted on cases and has not, or where they were not counted
    /// again since a calendar was amended: lists show them as they were recorded.
    ///
    /// # Errors
    /// The store failed, or nothing can be written.
    pub(crate) fn note_late_time(&self, output: &mut Output<'_, '_>) -> anyhow::Result<()> {
        let amended = self.keeper.place().amendments(self.tenant)?;
        if amended.iter().any(|it| it.reached != Reached::All) {
            output.note(
                "note: a calendar was amended, and not every case is counted again yet, so that due \
                 dates may be those of before\n  = help: `protocol serve` counts them again; \
                 `protocol case show` shows how one case stands now\n",
            )?;
        }
        let first = self.keeper.place().first_timer()?;
        let Some(first) = first.filter(|it| self.keeper.now().ms_since(*it) > LATE_MS) else {
            return Ok(());
        };
        let says = format!(
            "note: time has not acted since {first} on every case, so that missed deadlines may \
             not be recorded yet\n  = help: `protocol serve` lets it act; `protocol case show` \
             shows how one case stands now\n"
        );
        Ok(output.note(&says)?)
    }

    /// An id that nothing has yet.
    pub(crate) fn new_id(&self) -> anyhow::Result<StreamId> {
        Ok(RandomIds::default().stream(self.keeper.now())?)
    }

    fn inside(&self, caller: Caller) -> anyhow::Result<Inside> {
        let inside = Inside::new(self.keeper.clone(), Arc::clone(&self.clock), caller);
        inside.map_err(anyhow::Error::msg)
    }
}

/// The tenant with a name; the main one is there in every store.
///
/// # Errors
/// There is none; or the store failed.
pub(crate) fn tenant_named(place: &dyn Place, name: &str) -> anyhow::Result<Tenant> {
    let tenants = place.tenants()?;
    match tenants.iter().find(|(_, it)| it == name) {
        Some((tenant, _)) => Ok(*tenant),
        None if name == MAIN => Ok(place.tenant(MAIN)?),
        None => {
            let names = tenants.iter().map(|(_, name)| name.as_str());
            let help = nearest_or_listed(name, "tenant", names);
            let what = format!("there is no tenant `{name}` in this store");
            Err(Unusable::new(what).maybe_help(help).into())
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.keeper.stop();
    }
}

/// Every role of a protocol, and the parties that are there without being declared.
fn roles(machine: &Machine) -> Vec<String> {
    let declared = machine.protocol.roles.iter().map(|it| it.name.clone());
    declared.chain(Party::built_in_names().map(str::to_owned)).collect()
}
