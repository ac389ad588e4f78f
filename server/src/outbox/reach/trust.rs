//! Which certificates are believed.

use std::sync::Arc;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::{ClientConfig, Error, RootCertStore};

/// Believes the certificates that the machine believes, or those of the file or folder that the
/// variables `SSL_CERT_FILE` and `SSL_CERT_DIR` name. Where there are none, that is logged, and no
/// receiver is believed.
///
/// # Errors
/// TLS cannot be set up.
pub fn system_trust() -> Result<Arc<ClientConfig>, Error> {
    let found = rustls_native_certs::load_native_certs();
    if found.certs.is_empty() {
        let why = found.errors.first().map(ToString::to_string).unwrap_or_default();
        tracing::warn!(why, "this machine has no certificates to believe");
    }
    trust(found.certs)
}

/// Believes these certificates and no other. One that cannot be read is left out, as machines have
/// many that are old.
///
/// # Errors
/// TLS cannot be set up.
pub fn trust(
    roots: impl IntoIterator<Item = CertificateDer<'static>>,
) -> Result<Arc<ClientConfig>, Error> {
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(roots);
    // The provider is named, so that no other crate can choose another for the whole process.
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let mut config = builder
        .with_safe_default_protocol_versions()?
        .with_root_certificates(store)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
