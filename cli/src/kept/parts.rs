//! Where cases lie, and under which key.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use server::post::Announcing;
use store::cases::Place;
use store::keeper::{Company, Options, Stay};
use store::postgres::Postgres;
use store::sqlite::Sqlite;
use store::vault::StoreKey;

use crate::kept::Choice;
use crate::unusable::Unusable;

/// Writers of one process on PostgreSQL.
const WRITERS: usize = 2;

/// Where the cases lie, and how they are kept there.
pub(crate) struct Parts {
    pub place: Arc<dyn Place>,
    pub options: Options,
}

impl Parts {
    /// Opens the store. The key under which personal values are sealed lies beside a file of
    /// SQLite; for PostgreSQL it must be named, because every node needs the same one.
    pub(crate) fn of(choice: &Choice) -> anyhow::Result<Self> {
        let key = key_file(choice)?;
        let store = choice.store.as_str();
        let (place, company): (Arc<dyn Place>, _) = match sqlite_file(store) {
            Some(file) => (Arc::new(Sqlite::open(Path::new(file))?), Company::Alone),
            None => {
                let place = Postgres::connect(store, &store::postgres::Options::default())?;
                (Arc::new(place), Company::Others)
            }
        };
        let options = Options {
            announce: Some(Arc::new(Announcing)),
            vault: Some(Arc::new(StoreKey::open(&key)?)),
            writers: if company == Company::Alone { 1 } else { WRITERS },
            company,
            ..Options::default()
        };
        Ok(Self { place, options })
    }
}

impl Parts {
    /// Opens the store for one command, beside whoever else has it open.
    pub(crate) fn passing(choice: &Choice) -> anyhow::Result<Self> {
        let Self { place, options } = Self::of(choice)?;
        Ok(Self { place, options: Options { stay: Stay::Passing, ..options } })
    }
}

pub(super) fn sqlite_file(store: &str) -> Option<&str> {
    store.strip_prefix("sqlite:").filter(|file| !file.is_empty())
}

/// The file of the key under which personal values are sealed.
pub(super) fn key_file(choice: &Choice) -> anyhow::Result<PathBuf> {
    let store = choice.store.as_str();
    let is_url = ["postgres:", "postgresql:"].iter().any(|it| store.starts_with(it));
    match (&choice.key, sqlite_file(store)) {
        (_, None) if !is_url => Err(no_store(store)),
        (Some(key), _) => Ok(key.clone()),
        (None, Some(file)) => Ok(format!("{file}.key").into()),
        (None, None) => Err(Unusable::new("no key for personal values is named")
            .help(
                "write `key = \"FILE\"` into the file of `--config`: it is made if there is none, \
                 and every node needs the same one",
            )
            .into()),
    }
}

pub(super) fn no_store(store: &str) -> anyhow::Error {
    // A URL may hold a password.
    let kind = store.split(':').next().unwrap_or_default();
    let what = format!("`{kind}` is no kind of store");
    Unusable::new(what)
        .help("write `sqlite:` and a file, as in `sqlite:redress.db`, or a URL `postgres://…`")
        .into()
}

/// The store as people may see it: without the name and password of a URL.
pub(crate) fn shown(store: &str) -> String {
    let Some((kind, rest)) = store.split_once("://") else { return store.to_owned() };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let path = path.split('?').next().unwrap_or_default();
    format!("{kind}://{host}/{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_shown() {
        assert_eq!(shown("sqlite:a@b/c.db"), "sqlite:a@b/c.db");
        assert_eq!(shown("postgres://ann:s@crt@db:5432/x?password=p"), "postgres://db:5432/x");
        assert_eq!(shown("postgres://db"), "postgres://db/");
    }
}
