//! What a server is made of: where its cases lie, under which key, and what it sends.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use server::outbox::{self, Outside};
use server::post::Announcing;
use store::cases::Place;
use store::keeper::{Company, Options};
use store::postgres::Postgres;
use store::sqlite::Sqlite;
use store::vault::StoreKey;

use crate::serve::Settings;
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
    pub(crate) fn of(settings: &Settings) -> anyhow::Result<Self> {
        let store = settings.store.as_str();
        let (place, usual): (Arc<dyn Place>, _) = match store.split_once(':') {
            Some(("sqlite", file)) if !file.is_empty() => {
                let key = format!("{file}.key");
                (Arc::new(Sqlite::open(Path::new(file))?), Some(key))
            }
            Some(("postgres" | "postgresql", _)) => {
                (Arc::new(Postgres::connect(store, &store::postgres::Options::default())?), None)
            }
            _ => return Err(no_store(store)),
        };
        let is_alone = usual.is_some();
        let key = settings.key.clone().or(usual.map(Into::into));
        let key = key.ok_or_else(|| {
            Unusable::new("no key for personal values is named").help(
                "write `key = \"FILE\"` into the file of `--config`: it is made if there is none, \
                 and every node needs the same one",
            )
        })?;
        let vault = StoreKey::open(&key)?;
        let options = Options {
            announce: Some(Arc::new(Announcing)),
            vault: Some(Arc::new(vault)),
            writers: if is_alone { 1 } else { WRITERS },
            company: if is_alone { Company::Alone } else { Company::Others },
            ..Options::default()
        };
        Ok(Self { place, options })
    }
}

fn no_store(store: &str) -> anyhow::Error {
    // A URL may hold a password.
    let kind = store.split(':').next().unwrap_or_default();
    let what = format!("`{kind}` is no kind of store");
    Unusable::new(what)
        .help("write `sqlite:` and a file, as in `sqlite:redress.db`, or a URL `postgres://…`")
        .into()
}

/// Starts to send what receivers are to be told. Must be called where tasks run.
pub(crate) fn sender(
    place: Arc<dyn Place>,
    settings: &Settings,
) -> anyhow::Result<outbox::Running> {
    let options = outbox::Options {
        allow_private: settings.allow_private,
        allow_http: settings.allow_http,
        sink: settings.sink.clone(),
        ..outbox::Options::default()
    };
    let outside = Outside::machine().context("TLS cannot be set up")?;
    Ok(outbox::start(place, options, outside))
}
