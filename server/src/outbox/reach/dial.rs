//! The connection: the name is resolved once, each address checked, and the checked one called.

use crate::outbox::reach::address::{Reach, reach};
use std::io;
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;

/// The most names that are looked up at the same time. A look-up cannot be called off.
const LOOK_UPS_MAX: usize = 32;

/// The most addresses of one name that are called.
const CALLS_MAX: usize = 4;

/// How long one address is called.
const CALL_MAX: Duration = Duration::from_secs(4);

/// Finds the addresses of a host.
pub trait Resolve: Send + Sync {
    /// The addresses of a host. May wait.
    ///
    /// # Errors
    /// It has none, or nobody who knows them answers.
    fn resolve(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>>;
}

/// Finds addresses as the machine does.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemResolve;

impl Resolve for SystemResolve {
    fn resolve(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        Ok((host, port).to_socket_addrs()?.collect())
    }
}

/// What is needed to call somebody.
pub(in crate::outbox) struct Dial {
    pub(in crate::outbox) resolve: Arc<dyn Resolve>,
    pub(in crate::outbox) trust: Arc<ClientConfig>,
    pub(in crate::outbox) allow_private: bool,
    pub(in crate::outbox) allow_http: bool,
    look_ups: Arc<Semaphore>,
}

/// A connection to a receiver.
pub(super) trait Line: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Line for T {}

impl Dial {
    pub(in crate::outbox) fn new(
        resolve: Arc<dyn Resolve>,
        trust: Arc<ClientConfig>,
        allow_private: bool,
        allow_http: bool,
    ) -> Self {
        let look_ups = Arc::new(Semaphore::new(LOOK_UPS_MAX));
        Self { resolve, trust, allow_private, allow_http, look_ups }
    }
}

/// Calls a host, over TLS where its address says so.
pub(super) async fn dial(
    dial: &Dial,
    secure: bool,
    host: &str,
    port: u16,
) -> Result<Box<dyn Line>, String> {
    if !secure && !dial.allow_http {
        return Err("refused: the address is not `https://`".to_owned());
    }
    let addresses = checked(dial, host, port).await?;
    let tcp = call(&addresses).await?;
    // Without it a small request may wait for nothing.
    let _ = tcp.set_nodelay(true);
    if !secure {
        return Ok(Box::new(tcp));
    }
    let name = ServerName::try_from(host.to_owned()).map_err(|_| "the host has no valid name")?;
    let tls = TlsConnector::from(dial.trust.clone()).connect(name, tcp).await;
    tls.map(|it| Box::new(it) as Box<dyn Line>).map_err(|why| format!("TLS failed: {why}"))
}

/// The addresses of a host that may be called.
async fn checked(dial: &Dial, host: &str, port: u16) -> Result<Vec<SocketAddr>, String> {
    let room = dial.look_ups.clone().acquire_owned().await.map_err(|why| why.to_string())?;
    let (resolve, name) = (dial.resolve.clone(), host.to_owned());
    let asked = tokio::task::spawn_blocking(move || {
        let found = resolve.resolve(&name, port);
        drop(room);
        found
    });
    let found = asked.await.map_err(|_| "the look-up broke off")?;
    let found = found.map_err(|why| format!("the host cannot be found: {why}"))?;
    if found.is_empty() {
        return Err("the host cannot be found: it has no address".to_owned());
    }
    let most = if dial.allow_private { Reach::Private } else { Reach::Public };
    let may: Vec<SocketAddr> =
        found.into_iter().filter(|it| reach(it.ip()) <= most).take(CALLS_MAX).collect();
    match may.is_empty() {
        true => Err("refused: the host has no public address".to_owned()),
        false => Ok(may),
    }
}

async fn call(addresses: &[SocketAddr]) -> Result<TcpStream, String> {
    let mut last = "there is nobody to call".to_owned();
    for address in addresses {
        match timeout(CALL_MAX, TcpStream::connect(address)).await {
            Ok(Ok(tcp)) => return Ok(tcp),
            Ok(Err(why)) => last = format!("no connection: {why}"),
            Err(_) => last = format!("no connection within {} s", CALL_MAX.as_secs()),
        }
    }
    Err(last)
}
