//! A store that is there already, with the key that is there already: nothing is made.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use store::cases::Place;
use store::postgres::Postgres;
use store::sqlite::Sqlite;
use store::vault::StoreKey;

use crate::kept::parts::{key_file, no_store, sqlite_file};
use crate::kept::{Choice, shown};
use crate::unusable::Unusable;

/// Where cases lie, and where the key should.
pub(crate) struct There {
    pub place: Arc<dyn Place>,
    /// The store, as people may see it.
    pub shown: String,
    /// The file of the key, where one is named or follows from the store.
    pub key_file: Option<PathBuf>,
}

impl There {
    /// Opens a store that must be there.
    pub(crate) fn open(choice: &Choice) -> anyhow::Result<Self> {
        if !choice.is_there() {
            let what = format!("there is no store `{}`", shown(&choice.store));
            let help = "`protocol serve` makes one; `--store` or `--config` names another";
            return Err(Unusable::new(what).help(help).into());
        }
        Self::at(choice)
    }

    /// Opens a store, or makes an empty one.
    pub(crate) fn at(choice: &Choice) -> anyhow::Result<Self> {
        let store = choice.store.as_str();
        let is_url = ["postgres:", "postgresql:"].iter().any(|it| store.starts_with(it));
        let place: Arc<dyn Place> = match sqlite_file(store) {
            Some(file) => Arc::new(Sqlite::open(Path::new(file))?),
            None if is_url => Arc::new(Postgres::connect(store, &Default::default())?),
            None => return Err(no_store(store)),
        };
        Ok(Self { place, shown: shown(store), key_file: key_file(choice).ok() })
    }

    /// The key, where its file is there.
    pub(crate) fn key(&self) -> anyhow::Result<Option<StoreKey>> {
        self.key_file.as_deref().map_or(Ok(None), StoreKey::find)
    }
}
