//! `protocol serve`: cases over HTTP, until it is stopped.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use engine::time::Instant;
use server::running::{First, Limits, Server, Stopper, first};
use store::cases::{Place, Tenant};
use store::clock::{Clock, SystemClock};
use store::folder;
use store::keeper::{Keeper, Options};
use store::sqlite::Sqlite;

use crate::Exit;
use crate::args::Serve;
use crate::load;
use crate::output::Output;
use crate::unusable::Unusable;

/// What is taken where neither the words nor the configuration say.
const STORE: &str = "sqlite:redress.db";
const LISTEN: &str = "127.0.0.1:8080";

/// Serves until the process is told to stop.
pub(crate) fn serve(args: &Serve, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let settings = Settings::of(args)?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let place: Arc<dyn Place> = Arc::new(open(&settings.store)?);
    let keeper = Keeper::start(place, Arc::clone(&clock), Options::default())?;
    let tenant = keeper.place().tenant(server::route::TENANT)?;
    let used = use_protocols(&keeper, tenant, &settings, clock.now())?;
    let first = first(&keeper, tenant, clock.now())?;
    logs();
    let server = Server::new(keeper, clock, settings.limits).map_err(anyhow::Error::msg)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.context("no threads can be started")?.block_on(async {
        let listener = tokio::net::TcpListener::bind(settings.listen).await;
        let listener = listener.with_context(|| format!("cannot listen on {}", settings.listen))?;
        let at = listener.local_addr().context("the address is not known")?;
        output.note(&started(at, &settings, &used, first.as_ref()))?;
        let stopped = stop_on_signal(server.stopper())?;
        let served = server.serve(listener).await;
        stopped.abort();
        served.context("the server ended")?;
        output.note("stopped: everything that was answered is kept\n")?;
        Ok(Exit::Fine)
    })
}

/// What a server is started with: words before configuration, configuration before what is
/// taken where nobody says.
struct Settings {
    protocols: Vec<PathBuf>,
    store: String,
    listen: SocketAddr,
    limits: Limits,
}

/// The file of `--config`.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    protocols: Option<Vec<PathBuf>>,
    store: Option<String>,
    listen: Option<String>,
    status_days: Option<u16>,
    connections_max: Option<usize>,
}

impl Settings {
    fn of(args: &Serve) -> anyhow::Result<Self> {
        let config = match &args.config {
            None => Config::default(),
            Some(file) => config(file)?,
        };
        let usual = Limits::default();
        let listen = args.listen.clone().or(config.listen);
        let listen = listen.as_deref().unwrap_or(LISTEN);
        let listen = listen.parse().map_err(|_| {
            Unusable::new(format!("`{listen}` is no address to listen on"))
                .help("write an address and a port: `127.0.0.1:8080`, `[::]:8080`")
        })?;
        let named = (!args.protocols.is_empty()).then(|| args.protocols.clone());
        Ok(Self {
            protocols: named.or(config.protocols).unwrap_or_default(),
            store: args.store.clone().or(config.store).unwrap_or_else(|| STORE.to_owned()),
            listen,
            limits: Limits {
                status_days: config.status_days.unwrap_or(usual.status_days),
                connections_max: config.connections_max.unwrap_or(usual.connections_max),
                ..usual
            },
        })
    }
}

fn config(file: &Path) -> anyhow::Result<Config> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    toml::from_str(&text).with_context(|| format!("cannot use {}", file.display()))
}

fn open(store: &str) -> anyhow::Result<Sqlite> {
    match store.split_once(':') {
        Some(("sqlite", file)) if !file.is_empty() => Ok(Sqlite::open(Path::new(file))?),
        _ => {
            let what = format!("`{store}` is no store");
            Err(Unusable::new(what).help("write `sqlite:` and a file: `sqlite:redress.db`").into())
        }
    }
}

/// Keeps the protocols of the folders, and takes those into use that are new. The first version of
/// a protocol holds for everything that was received before as well; a later one from now on.
fn use_protocols(
    keeper: &Keeper,
    tenant: Tenant,
    settings: &Settings,
    now: Instant,
) -> anyhow::Result<Vec<String>> {
    let mut used = Vec::new();
    let folders = match settings.protocols.is_empty() {
        true => folder::find(&[PathBuf::from(".")]),
        false => load::folders(&settings.protocols)?,
    };
    for folder in folders {
        let shown = folder.display();
        let (added, _) = keeper.add_protocol(tenant, &folder::read(&folder)?)?;
        let loaded = added.ok_or_else(|| {
            let help = format!("`protocol check {shown}` shows them");
            Unusable::new(format!("the protocol in `{shown}` has errors")).help(help)
        })?;
        let all = keeper.place().protocols(tenant)?;
        let of_id = || all.iter().filter(|it| it.id == loaded.id);
        let is_used = of_id().any(|it| it.hash == loaded.hash && it.active_from.is_some());
        if !is_used {
            let is_first = of_id().all(|it| it.active_from.is_none());
            let from = if is_first { Instant::from_ms(0) } else { now };
            keeper.activate(tenant, loaded.hash, from)?;
        }
        used.push(format!("{} {}", loaded.id, loaded.version));
    }
    Ok(used)
}

/// Logs as lines of JSON on standard error; `REDRESS_LOG` says how much.
fn logs() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("REDRESS_LOG");
    let filter = filter.unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    // A second server in one process keeps the log of the first.
    let _ = tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
}

#[cfg(unix)]
fn stop_on_signal(stopper: Stopper) -> anyhow::Result<tokio::task::JoinHandle<()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut told = signal(SignalKind::terminate()).context("signals cannot be heard")?;
    Ok(tokio::spawn(async move {
        tokio::select! {
            _ = told.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        stopper.stop();
    }))
}

#[cfg(not(unix))]
fn stop_on_signal(stopper: Stopper) -> anyhow::Result<tokio::task::JoinHandle<()>> {
    Ok(tokio::spawn(async move {
        let _ = tokio::signal::ctrl_c().await;
        stopper.stop();
    }))
}

/// What is said once the server takes requests.
fn started(at: SocketAddr, settings: &Settings, used: &[String], first: Option<&First>) -> String {
    let mut text =
        format!("Redress listens on http://{at} and keeps its cases in {}\n", settings.store);
    match used {
        [] => text.push_str(
            "no protocol yet: `protocol new NAME` writes one to start from, then start again\n",
        ),
        used => text.push_str(&format!("protocols: {}\n", used.join(", "))),
    }
    text.push_str(&format!("routes: http://{at}/docs   status page: http://{at}/status\n"));
    let Some(first) = first else { return text };
    let admin = first.admin.shown();
    text.push_str(&format!("\ntoken for administration, shown once: {admin}\n"));
    let Some((trying, protocol)) = first.trying.as_ref().zip(used.first()) else { return text };
    let id = protocol.split(' ').next().unwrap_or_default();
    let trying = trying.shown();
    text.push_str(&format!(
        "token with every role, for a day, shown once: {trying}\n\n\
         export TOKEN={trying}\n\
         curl -sH \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' -H 'Idempotency-Key: first' \\\n  \
           'http://{at}/v1/cases?dry_run=true' -d '{{\"protocol\": \"{id}\", \"by\": \"complainant\"}}'\n\
         curl -sH \"Authorization: Bearer $TOKEN\" http://{at}/v1/cases\n\
         curl -sH \"Authorization: Bearer $TOKEN\" http://{at}/v1/worklist\n"
    ));
    text
}
