//! `protocol serve`: cases over HTTP, until it is stopped.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use engine::time::Instant;
use server::running::{Server, Stopper, first};
use store::cases::Tenant;
use store::clock::{Clock, SystemClock};
use store::folder;
use store::keeper::{Keeper, Loaded};

use crate::Exit;
use crate::args::Serve;
use crate::kept::{Parts, shown};
use crate::load;
use crate::output::Output;
use crate::serve::{Settings, Started, sender};
use crate::unusable::Unusable;

/// Serves until the process is told to stop.
pub(crate) fn serve(args: &Serve, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let settings = Settings::of(args)?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let Parts { place, options } = Parts::of(&settings.store)?;
    let keeper = Keeper::start(Arc::clone(&place), Arc::clone(&clock), options)?;
    let tenant = keeper.place().tenant(server::route::TENANT)?;
    let now = clock.now();
    let used = use_protocols(&keeper, tenant, &settings, now)?;
    let first = first(&keeper, tenant, now)?;
    logs();
    let server = Server::new(keeper, clock, settings.limits).map_err(anyhow::Error::msg)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.context("no threads can be started")?.block_on(async {
        let listener = tokio::net::TcpListener::bind(settings.listen).await;
        let listener = listener.with_context(|| format!("cannot listen on {}", settings.listen))?;
        let at = listener.local_addr().context("the address is not known")?;
        let store = shown(&settings.store.store);
        let schedule = &settings.sending.schedule;
        let first = first.as_ref();
        let started = Started { at, store: &store, used: &used, schedule, first, now };
        // Whoever reads that it has started may stop it at once.
        let stopped = stop_on_signal(server.stopper())?;
        let sender = sender(place, &settings)?;
        server.shows(sender.counted());
        output.note(&started.text())?;
        let served = server.serve(listener).await;
        stopped.abort();
        sender.stop().await;
        served.context("the server ended")?;
        output.note("stopped: everything that was answered is kept\n")?;
        Ok(Exit::Fine)
    })
}

/// Keeps the protocols of the folders, and takes those into use that are new. The first version of
/// a protocol holds for everything that was received before as well; a later one from now on.
fn use_protocols(
    keeper: &Keeper,
    tenant: Tenant,
    settings: &Settings,
    now: Instant,
) -> anyhow::Result<Vec<Arc<Loaded>>> {
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
        used.push(loaded);
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
