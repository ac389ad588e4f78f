//! Who may talk to the store over HTTP.

use crate::cases::{Failure, Hash, Tenant};
use engine::time::Instant;

/// A token, by its id: what lists show of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenId(pub String);

/// What a token may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Manage tokens, webhooks and protocols of its tenant; reads no case.
    Admin,
    /// Act and read as these roles of the protocols, by name.
    Roles(Vec<String>),
}

/// A token. What the caller sends is kept as a hash only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its id.
    pub id: TokenId,
    /// Whose it is.
    pub tenant: Tenant,
    /// The SHA-256 of the token.
    pub hash: Hash,
    /// What it may do.
    pub scope: Scope,
    /// The person who uses it, as an opaque id; nothing for a program.
    pub person: Option<String>,
    /// What people call it.
    pub label: String,
    /// When it was made.
    pub made_at: Instant,
    /// The first instant at which it no longer works.
    pub expires: Option<Instant>,
    /// When it was taken back.
    pub revoked_at: Option<Instant>,
}

/// Tokens.
pub trait Access {
    /// Keeps a new token.
    ///
    /// # Errors
    /// [`Failure::Overtaken`] where its id is taken.
    fn add_token(&self, token: &Token) -> Result<(), Failure>;

    /// The token with a hash, of whatever tenant, also one that no longer works.
    ///
    /// # Errors
    /// As every call.
    fn token(&self, hash: Hash) -> Result<Option<Token>, Failure>;

    /// All tokens of a tenant, by id.
    ///
    /// # Errors
    /// As every call.
    fn tokens(&self, tenant: Tenant) -> Result<Vec<Token>, Failure>;

    /// Takes a token back; whether there was one that worked.
    ///
    /// # Errors
    /// As every call.
    fn revoke(&self, tenant: Tenant, id: &TokenId, at: Instant) -> Result<bool, Failure>;
}
