//! What the holder of a token sends.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use store::cases::Hash;
use subtle::ConstantTimeEq as _;

/// What every token begins with, so that it is recognised where it should not be.
const PREFIX: &str = "redress_";
const BYTES: usize = 32;

/// What the holder of a token sends: 32 random bytes. It is shown once and kept as a hash.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new one.
    ///
    /// # Errors
    /// The system has no random bytes.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = [0u8; BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Self(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))))
    }

    /// What somebody sent; nothing where it cannot be a token.
    #[must_use]
    pub fn sent(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text.strip_prefix(PREFIX)?).ok()?;
        (bytes.len() == BYTES).then(|| Self(text.to_owned()))
    }

    /// What is shown, once.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.0
    }

    /// What is kept.
    #[must_use]
    pub fn hash(&self) -> Hash {
        hash(self.0.as_bytes())
    }

    /// Whether this is what was kept, in the same time whatever the answer.
    #[must_use]
    pub fn is(&self, kept: Hash) -> bool {
        self.hash().0.ct_eq(&kept.0).into()
    }
}

/// Nothing of it is written into a log.
impl std::fmt::Debug for Secret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Secret")
    }
}

/// The SHA-256 of some bytes.
#[must_use]
pub fn hash(bytes: &[u8]) -> Hash {
    Hash(Sha256::digest(bytes).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_one_is_another_each_time_and_is_recognised() {
        let (one, two) = (Secret::new().unwrap(), Secret::new().unwrap());
        assert_ne!(one, two);
        assert_eq!(one.shown().len(), PREFIX.len() + 43);
        assert!(Secret::sent(one.shown()).unwrap().is(one.hash()));
        assert!(!two.is(one.hash()));
        assert_eq!(format!("{one:?}"), "Secret");
    }

    #[test]
    fn anything_else_is_none() {
        let own = Secret::new().unwrap();
        let longer = format!("{}A", own.shown());
        let shorter = own.shown().replace(PREFIX, "");
        for text in ["", "redress_", "Bearer", &longer, &shorter, "redress_ä"] {
            assert_eq!(Secret::sent(text), None, "{text}");
        }
    }
}
