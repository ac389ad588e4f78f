//! Stores with cases in them, made by the keeper itself, without a server.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use server::post::{Announcing, Wanted, render};
use server::wire::{OpenCase, Report};
use store::cases::{Place, Scope, StreamId, Tenant, Token, TokenId};
use store::clock::{Clock, SystemClock};
use store::keeper::{Act, Company, Keeper, Key, Loaded, Mode, Options, Order, Reply, Undone};
use store::postgres::Postgres;
use store::sqlite::Sqlite;
use store::vault::StoreKey;
use store::{chain, folder};

use crate::story;

/// How many orders wait at the same time.
const WAITING: usize = 256;

/// Tokens, so many that none asks too often.
const TOKENS: usize = 64;

/// Where a store is.
pub(crate) struct Where {
    /// A folder for it, also where it is a database.
    pub(crate) folder: PathBuf,
    /// `sqlite:FILE` or a URL.
    pub(crate) store: String,
}

/// A store that is open, and a keeper on it.
pub(crate) struct Kept {
    pub(crate) place: Arc<dyn Place>,
    pub(crate) keeper: Keeper,
    pub(crate) tenant: Tenant,
    pub(crate) loaded: Arc<Loaded>,
    roles: Vec<String>,
}

impl Where {
    /// A file in this folder.
    pub(crate) fn sqlite(folder: &Path, name: &str) -> Result<Self> {
        let folder = folder.join(name);
        std::fs::create_dir_all(&folder)?;
        let store = format!("sqlite:{}", folder.join("cases.db").display());
        Ok(Self { folder, store })
    }

    /// A database.
    pub(crate) fn postgres(folder: &Path, name: &str, url: String) -> Result<Self> {
        let folder = folder.join(name);
        std::fs::create_dir_all(&folder)?;
        Ok(Self { folder, store: url })
    }

    pub(crate) fn file(&self) -> Option<&Path> {
        self.store.strip_prefix("sqlite:").map(Path::new)
    }

    /// What comes after `protocol serve` for it.
    pub(crate) fn words(&self) -> Result<Vec<String>> {
        let config = self.folder.join("config.toml");
        std::fs::write(&config, format!("key = {:?}\n", self.key().display().to_string()))?;
        let protocols = story::protocols().join(story::PROTOCOL).display().to_string();
        let config = config.display().to_string();
        Ok(vec![protocols, "--store".to_owned(), self.store.clone(), "--config".to_owned(), config])
    }

    fn key(&self) -> PathBuf {
        self.folder.join("cases.key")
    }

    /// Opens it as the server does.
    pub(crate) fn open(&self) -> Result<Kept> {
        let (place, company, writers): (Arc<dyn Place>, _, _) = match self.file() {
            Some(file) => (Arc::new(Sqlite::open(file)?), Company::Alone, 1),
            None => {
                let options = store::postgres::Options::default();
                (Arc::new(Postgres::connect(&self.store, &options)?), Company::Others, 2)
            }
        };
        let options = Options {
            announce: Some(Arc::new(Announcing)),
            vault: Some(Arc::new(StoreKey::open(&self.key())?)),
            writers,
            company,
            ..Options::default()
        };
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let keeper = Keeper::start(Arc::clone(&place), clock, options)?;
        let tenant = place.tenant(server::route::TENANT)?;
        let sources = folder::read(&story::protocols().join(story::PROTOCOL))?;
        let (loaded, _) = keeper.add_protocol(tenant, &sources)?;
        let loaded = loaded.context("the protocol has errors")?;
        keeper.activate(tenant, loaded.hash, engine::time::Instant::from_ms(0))?;
        let roles = story::ROLES.iter().map(|it| (*it).to_owned()).collect();
        Ok(Kept { place, keeper, tenant, loaded, roles })
    }
}

/// The answers that are waited for.
struct Answers {
    tell: Sender<Result<Reply, Undone>>,
    told: Receiver<Result<Reply, Undone>>,
    waiting: usize,
    cases: Vec<StreamId>,
}

impl Answers {
    fn new() -> Self {
        let (tell, told) = channel();
        Self { tell, told, waiting: 0, cases: Vec::new() }
    }

    /// Waits until no more than so many are waited for.
    fn wait(&mut self, left: usize) -> Result<()> {
        while self.waiting > left {
            let reply = self.told.recv()?.map_err(|why| anyhow::anyhow!("{why}"))?;
            let body = String::from_utf8_lossy(&reply.body);
            ensure!(reply.status < 300, "the story does not hold: {body}");
            self.cases.extend(reply.case.map(|(case, _)| case));
            self.waiting -= 1;
        }
        Ok(())
    }
}

impl Kept {
    /// Makes tokens with every role.
    pub(crate) fn tokens(&self) -> Result<Vec<String>> {
        let make = |_| {
            let secret = server::access::Secret::new()?;
            self.place.add_token(&Token {
                id: TokenId(secret.hash().to_string()),
                tenant: self.tenant,
                hash: secret.hash(),
                scope: Scope::Roles(self.roles.clone()),
                person: None,
                label: "bench".to_owned(),
                made_at: SystemClock.now(),
                expires: None,
                revoked_at: None,
            })?;
            Ok(secret.shown().to_owned())
        };
        (0..TOKENS).map(make).collect()
    }

    /// Opens so many cases, each of a person of its own.
    pub(crate) fn open(&self, n: usize, name: &str) -> Result<Vec<StreamId>> {
        let mut answers = Answers::new();
        for at in 0..n {
            let person = format!("{name}-{at:08}");
            let open: OpenCase = serde_json::from_value(story::opening(&person))?;
            let key = format!("{name:->28}{at:08}");
            let report = open.report(&self.loaded.machine, &key);
            let act = Act::Open {
                protocol_id: story::PROTOCOL.to_owned(),
                report: Box::new(report),
                happened: None,
            };
            self.submit(act, key, Wanted::opened(false), &mut answers)?;
        }
        answers.wait(0)?;
        let mut cases = answers.cases;
        cases.sort_unstable();
        Ok(cases)
    }

    /// Lets these cases live through the whole story.
    pub(crate) fn live(&self, cases: &[StreamId]) -> Result<()> {
        let mut answers = Answers::new();
        for (step, event) in story::events().into_iter().enumerate() {
            let report: Report = serde_json::from_value(event)?;
            for case in cases {
                let key = key(*case, step);
                let report = Box::new(report.report(&self.loaded.machine, &key));
                let act = Act::Report { case: *case, report, happened: None, if_match: None };
                self.submit(act, key, Wanted::reported(), &mut answers)?;
            }
            answers.wait(0)?;
        }
        Ok(())
    }

    fn submit(&self, act: Act, key: String, wanted: Wanted, answers: &mut Answers) -> Result<()> {
        let (tell, roles) = (answers.tell.clone(), self.roles.clone());
        let request = chain::hash(key.as_bytes());
        answers.wait(WAITING)?;
        answers.waiting += 1;
        self.keeper.submit(Order {
            tenant: self.tenant,
            act,
            key: Some(Key { text: key, request }),
            mode: Mode::Keep,
            render: Box::new(move |outcome| render(outcome, &wanted, &roles)),
            done: Box::new(move |reply| {
                let _gone = tell.send(reply);
            }),
        });
        Ok(())
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.keeper.stop();
    }
}

/// The key of an event, as the load gives it: a UUID and a number.
fn key(case: StreamId, step: usize) -> String {
    format!("{case}-{step:02}")
}

/// The bodies of the events after the opening, as they are sent.
pub(crate) fn bodies() -> Vec<String> {
    story::events().iter().map(Value::to_string).collect()
}
