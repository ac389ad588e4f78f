//! The key of the store, and the keys of persons that it wraps.

use crate::cases::{Failure, Key};
use anyhow::{Context as _, bail};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

/// The bytes of a key.
const KEY_BYTES: usize = 32;
/// The bytes of the random number that stands before what is encrypted.
const NONCE_BYTES: usize = 24;

/// The key that wraps all others. Whoever has the database and not this key has no personal value.
pub struct StoreKey([u8; KEY_BYTES]);

/// The key of a person: what is known of the person is encrypted and named with it.
pub struct PersonKey([u8; KEY_BYTES]);

impl StoreKey {
    /// A key that is kept elsewhere.
    #[must_use]
    pub const fn given(bytes: [u8; KEY_BYTES]) -> Self {
        Self(bytes)
    }

    /// The key in a file of 64 hexadecimal digits, which is made if there is none. Only its owner
    /// may read it.
    ///
    /// # Errors
    /// It cannot be read or made, others may read it, or it holds something else.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        match Self::find(path)? {
            Some(key) => Ok(key),
            None => {
                let key = random()?;
                let shown = path.display();
                make(path, &digits(&key)).with_context(|| format!("cannot write `{shown}`"))?;
                Ok(Self(key))
            }
        }
    }

    /// The same where there is such a file; none is made.
    ///
    /// # Errors
    /// It cannot be read, others may read it, or it holds something else.
    pub fn find(path: &Path) -> anyhow::Result<Option<Self>> {
        let shown = path.display();
        match fs::read_to_string(path) {
            Ok(text) => {
                only_for_its_owner(path)?;
                let key = from_digits(text.trim_end()).map(Self);
                let none = || format!("`{shown}` holds no key: 64 digits 0-9a-f");
                key.with_context(none).map(Some)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read `{shown}`")),
        }
    }

    /// Wraps a key for a person of a tenant.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] where the system has no random numbers.
    pub fn wrap(&self, tenant: &str, person: &str, key: &PersonKey) -> Result<Key, Failure> {
        let wrapped = encrypt(&self.0, &about("key", &[tenant, person]), &key.0)?;
        Ok(Key { person: person.to_owned(), wrapped: Some(wrapped), destroyed_at: None })
    }

    /// The key of a person of a tenant; nothing where it was destroyed.
    ///
    /// # Errors
    /// [`Failure::Damaged`] where it was wrapped by another store, or for somebody else.
    pub fn unwrap(&self, tenant: &str, key: &Key) -> Result<Option<PersonKey>, Failure> {
        let Some(wrapped) = &key.wrapped else { return Ok(None) };
        let about = about("key", &[tenant, &key.person]);
        let opened = decrypt(&self.0, &about, wrapped);
        let bytes = opened.and_then(|it| it.try_into().ok());
        let wrong = || Failure::Damaged("the key of a person was not wrapped by this store".into());
        bytes.map(PersonKey).map(Some).ok_or_else(wrong)
    }
}

impl PersonKey {
    /// A new key.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] where the system has no random numbers.
    pub fn random() -> Result<Self, Failure> {
        random().map(Self).map_err(|it| Failure::Unavailable(it.to_string()))
    }

    /// Encrypts some bytes that are about something.
    pub(super) fn encrypt(&self, about: &[u8], bytes: &[u8]) -> Result<Vec<u8>, Failure> {
        encrypt(&self.own("seal"), about, bytes)
    }

    /// Decrypts what was encrypted about the same thing.
    pub(super) fn decrypt(&self, about: &[u8], bytes: &[u8]) -> Option<Vec<u8>> {
        decrypt(&self.own("seal"), about, bytes)
    }

    /// A digest that nobody can make without the key.
    pub(super) fn digest(&self, about: &[u8]) -> [u8; KEY_BYTES] {
        digest(&self.own("slot"), about)
    }

    /// A key of its own for each use.
    fn own(&self, what: &str) -> [u8; KEY_BYTES] {
        digest(&self.0, format!("redress-{what} 1").as_bytes())
    }
}

impl std::fmt::Debug for StoreKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("StoreKey")
    }
}

impl std::fmt::Debug for PersonKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("PersonKey")
    }
}

/// What something encrypted belongs to, so that it opens nowhere else.
pub(super) fn about(what: &str, parts: &[&str]) -> Vec<u8> {
    let mut text = format!("redress-{what} 1\n");
    for part in parts {
        text.push_str(&format!("{}:{part}\n", part.len()));
    }
    text.into_bytes()
}

fn random<const N: usize>() -> anyhow::Result<[u8; N]> {
    let mut bytes = [0; N];
    match getrandom::fill(&mut bytes) {
        Ok(()) => Ok(bytes),
        Err(error) => bail!("the system gives no random numbers: {error}"),
    }
}

fn encrypt(key: &[u8; KEY_BYTES], about: &[u8], bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let nonce: [u8; NONCE_BYTES] = random().map_err(|it| Failure::Unavailable(it.to_string()))?;
    let cipher = XChaCha20Poly1305::new(key.into());
    let payload = Payload { msg: bytes, aad: about };
    let sealed = cipher.encrypt(XNonce::from_slice(&nonce), payload);
    let sealed = sealed.map_err(|_| Failure::Damaged("a value is too long to encrypt".into()))?;
    Ok([nonce.as_slice(), &sealed].concat())
}

fn decrypt(key: &[u8; KEY_BYTES], about: &[u8], bytes: &[u8]) -> Option<Vec<u8>> {
    let (nonce, sealed) = bytes.split_at_checked(NONCE_BYTES)?;
    let cipher = XChaCha20Poly1305::new(key.into());
    cipher.decrypt(XNonce::from_slice(nonce), Payload { msg: sealed, aad: about }).ok()
}

fn digest(key: &[u8; KEY_BYTES], about: &[u8]) -> [u8; KEY_BYTES] {
    // A key that is shorter than a block is filled with zeros: that is what HMAC says.
    let mut block = [0; 64];
    block[..KEY_BYTES].copy_from_slice(key);
    let mut digest = Hmac::<Sha256>::new(&block.into());
    digest.update(about);
    digest.finalize().into_bytes().into()
}

fn digits(key: &[u8; KEY_BYTES]) -> String {
    key.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn from_digits(text: &str) -> Option<[u8; KEY_BYTES]> {
    if text.len() != 2 * KEY_BYTES
        || !text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
    {
        return None;
    }
    let mut key = [0; KEY_BYTES];
    for (byte, pair) in key.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(key)
}

/// Makes the file whole, on the disk, before a key in it is used for anything.
fn make(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()?;
    // The name of the file is on the disk only once its folder is.
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(unix)]
fn only_for_its_owner(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(path)?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        bail!("`{}` may be read by others (mode {mode:o}, should be 600)", path.display());
    }
    Ok(())
}

#[cfg(not(unix))]
fn only_for_its_owner(_: &Path) -> anyhow::Result<()> {
    Ok(())
}
