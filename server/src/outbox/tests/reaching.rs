//! Which receivers are spoken to, and how they show who they are.

use crate::outbox::tests::desk::{Desk, SECRET, message, options, outside_with};
use crate::outbox::tests::receiver::{OK, Receiver};
use crate::outbox::{Options, Outside, Resolve, start, trust};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::clock::SystemClock;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// Gives these addresses the first time and others afterwards, as somebody would who wants to get
/// past the check.
struct Turning {
    asked: AtomicUsize,
    first: Vec<SocketAddr>,
    then: Vec<SocketAddr>,
}

impl Resolve for Turning {
    fn resolve(&self, host: &str, _: u16) -> io::Result<Vec<SocketAddr>> {
        assert_eq!(host, "receiver.test");
        match self.asked.fetch_add(1, Ordering::SeqCst) {
            0 => Ok(self.first.clone()),
            _ => Ok(self.then.clone()),
        }
    }
}

/// Tries once to send something to `url`, where names lead to these addresses; whether it arrived.
async fn arrives(test: &str, url: &str, options: Options, with: impl FnOnce(&mut Outside)) -> bool {
    let desk = Desk::new(test);
    let id = desk.receiver(url);
    desk.open(vec![message(id, 1)]);
    let mut outside = crate::outbox::tests::desk::outside(Arc::new(SystemClock));
    with(&mut outside);
    let running = start(desk.place.clone(), options, outside);
    let ended = || running.figures().arrived + running.figures().failed > 0;
    desk.until("it was tried", ended).await;
    let arrived = running.figures().arrived == 1;
    running.stop().await;
    arrived
}

#[tokio::test(flavor = "multi_thread")]
async fn private_receivers_are_refused_unless_allowed() {
    let receiver = Receiver::start(|_, _| OK).await;
    let port = receiver.port;
    let strict = || Options { allow_private: false, ..options() };
    for (place, host) in ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]", "0.0.0.0"]
        .into_iter()
        .enumerate()
    {
        let url = format!("http://{host}:{port}/");
        assert!(!arrives(&format!("strict-{place}"), &url, strict(), |_| ()).await, "{host}");
    }
    let url = receiver.url();
    let no_http = Options { allow_http: false, ..options() };
    assert!(!arrives("no-http", &url, no_http, |_| ()).await);
    for (place, url) in ["ftp://127.0.0.1/", "file:facts", "file:../facts"].iter().enumerate() {
        assert!(!arrives(&format!("odd-{place}"), url, options(), |_| ()).await, "{url}");
    }
    assert_eq!(receiver.n_got(), 0);
    assert!(arrives("allowed", &url, options(), |_| ()).await);
    // Where nobody can be a receiver, even that does not help.
    let nobody = format!("http://169.254.169.254:{port}/");
    assert!(!arrives("nobody", &nobody, options(), |_| ()).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_that_was_checked_is_called() {
    let receiver = Receiver::start(|_, _| OK).await;
    let inside = Receiver::start(|_, _| OK).await;
    let at = |ip: &str, port| format!("{ip}:{port}").parse::<SocketAddr>().unwrap();
    let url = format!("http://receiver.test:{}/", receiver.port);
    let turning = Arc::new(Turning {
        asked: AtomicUsize::new(0),
        // Link-local is left out even where private is allowed.
        first: vec![at("169.254.169.254", 80), at("127.0.0.1", receiver.port)],
        then: vec![at("127.0.0.1", inside.port)],
    });
    let resolve: Arc<dyn Resolve> = turning.clone();
    let clock = Arc::new(SystemClock);
    assert!(arrives("pinned", &url, options(), |it| *it = outside_with(clock, resolve)).await);
    assert_eq!(turning.asked.load(Ordering::SeqCst), 1, "the name is looked up once a try");
    assert_eq!((receiver.n_got(), inside.n_got()), (1, 0));
    assert_eq!(receiver.got()[0].headers["host"], format!("receiver.test:{}", receiver.port));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_leads_inside_is_refused_whatever_it_leads_to_next() {
    let inside = Receiver::start(|_, _| OK).await;
    let at = |text: String| text.parse::<SocketAddr>().unwrap();
    let private = ["10.0.0.1:80".to_owned(), format!("[::1]:{}", inside.port)].map(at).to_vec();
    let resolve: Arc<dyn Resolve> = Arc::new(Turning {
        asked: AtomicUsize::new(0),
        first: private,
        then: vec![at(format!("127.0.0.1:{}", inside.port))],
    });
    let strict = Options { allow_private: false, ..options() };
    let clock = Arc::new(SystemClock);
    let url = format!("http://receiver.test:{}/", inside.port);
    assert!(!arrives("inside", &url, strict, |it| *it = outside_with(clock, resolve)).await);
    assert_eq!(inside.n_got(), 0);
}

/// Somebody who signs certificates, and a receiver with one for a name.
fn certificates(name: &str) -> (CertificateDer<'static>, TlsAcceptor) {
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let leaf = CertificateParams::new(vec![name.to_owned()]).unwrap();
    let leaf = leaf.signed_by(&key, &issuer).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![leaf.der().clone()],
            PrivateKeyDer::Pkcs8(key.serialize_der().into()),
        )
        .unwrap();
    (issuer.der().clone(), TlsAcceptor::from(Arc::new(config)))
}

#[tokio::test(flavor = "multi_thread")]
async fn certificates_must_be_believed_and_name_the_host() {
    let (root, tls) = certificates("receiver.test");
    let receiver = Receiver::start_with(Some(tls), |_, _| OK).await;
    let named = |name: &str| format!("https://{name}:{}/", receiver.port);
    let strict_http = || Options { allow_http: false, ..options() };
    let here: SocketAddr = format!("127.0.0.1:{}", receiver.port).parse().unwrap();
    let resolve = || -> Arc<dyn Resolve> {
        let (first, then) = (vec![here], vec![here]);
        Arc::new(Turning { asked: AtomicUsize::new(0), first, then })
    };
    let url = named("receiver.test");
    let nobody = |it: &mut Outside| it.resolve = resolve();
    assert!(!arrives("tls-unknown", &url, strict_http(), nobody).await);
    let other = |it: &mut Outside| it.trust = trust([root.clone()]).unwrap();
    assert!(!arrives("tls-name", &named("127.0.0.1"), strict_http(), other).await);
    assert_eq!(receiver.n_got(), 0);
    let right = |it: &mut Outside| {
        it.resolve = resolve();
        it.trust = trust([root.clone()]).unwrap();
    };
    assert!(arrives("tls", &url, strict_http(), right).await);
    receiver.got()[0].verify(SECRET);
    // Plain HTTP where TLS is spoken, and the other way round.
    let plain = format!("http://127.0.0.1:{}/", receiver.port);
    assert!(!arrives("tls-plain", &plain, options(), |_| ()).await);
}
