//! What administration manages: tokens, webhooks and versions of protocols.

use crate::wire::{Id, Name};
use serde::{Deserialize, Serialize};
use store::cases;
use utoipa::ToSchema;

/// A token to be made: with `admin`, or with roles.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// What people call it.
    pub label: Id,
    /// The roles that its holder acts and reads as: names of roles of the protocols, or
    /// `complainant`, `respondent`, `system`.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub roles: Vec<Name>,
    /// Whether it manages tokens, webhooks and protocols instead; such a token reads no case.
    #[serde(default)]
    pub admin: bool,
    /// The person who uses it, as an opaque id; a program that vouches for its own people has
    /// none.
    pub person: Option<Id>,
    /// The first instant at which it no longer works; it works until it is taken back where this
    /// is left out.
    #[schema(format = DateTime)]
    pub expires: Option<String>,
}

/// A token that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenMade {
    /// What goes after `Authorization: Bearer`. It is said here and nowhere else.
    pub secret: String,
    /// The token as lists show it.
    pub token: Token,
}

/// A token as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Token {
    /// Its id, for taking it back.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// The roles that its holder acts and reads as.
    pub roles: Vec<String>,
    /// Whether it manages tokens, webhooks and protocols instead.
    pub admin: bool,
    /// The person who uses it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// When it was made.
    #[schema(format = DateTime)]
    pub made_at: String,
    /// The first instant at which it no longer works.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub expires: Option<String>,
    /// When it was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub revoked_at: Option<String>,
}

/// All tokens of a tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenList {
    /// The tokens, by id.
    pub tokens: Vec<Token>,
}

/// A receiver to be kept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWebhook {
    /// Where to: an address that begins with `https://`, or `file:NAME` for a file beside the store.
    #[schema(min_length = 6, max_length = 2_048, example = "https://example.org/hooks/redress")]
    pub url: String,
    /// The kinds of fact that are sent; all where it is empty.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub kinds: Vec<Name>,
}

/// A receiver that was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookMade {
    /// The secret that signs, as Standard Webhooks writes it. It is said here and nowhere else.
    pub secret: String,
    /// The receiver as lists show it.
    pub webhook: Webhook,
}

/// A receiver as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// Its number.
    pub id: i32,
    /// Where to.
    pub url: String,
    /// The kinds of fact that are sent; all where it is empty.
    pub kinds: Vec<String>,
    /// Whether anything is sent.
    pub active: bool,
}

/// All receivers of a tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookList {
    /// The receivers, by number.
    pub webhooks: Vec<Webhook>,
}

/// Whether a receiver is sent anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Switch {
    /// Whether it is.
    pub active: bool,
}

/// A message that was given up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeadLetter {
    /// The receiver.
    pub webhook: i32,
    /// The case or stop that it is about.
    pub stream: String,
    /// The number of the fact.
    pub sequence: u32,
    /// The kind of the fact.
    pub kind: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was tried first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub first_tried: Option<String>,
}

/// The messages that were given up, by receiver, stream and number; the first thousand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeadLetters {
    /// The messages.
    pub dead: Vec<DeadLetter>,
}

/// How many messages are sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Resent {
    /// How many.
    pub messages: u64,
}

/// A version of a protocol to be kept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProtocolUpload {
    /// Its files.
    #[schema(min_items = 1, max_items = 500)]
    pub files: Vec<SourceFile>,
}

/// A file of a protocol.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceFile {
    /// Its path within the folder of the protocol, with `/` between names.
    #[schema(example = "protocol.toml")]
    pub path: Id,
    /// Its text.
    #[schema(max_length = 1_048_576)]
    pub text: String,
}

/// A version of a protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Protocol {
    /// Its id.
    pub id: String,
    /// The SHA-256 of its folder, as 64 hexadecimal digits.
    pub hash: String,
    /// Its version, as it says itself.
    pub version: String,
    /// From when cases are opened under it; left out while it is not used.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub active_from: Option<String>,
}

/// All versions of all protocols of a tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProtocolList {
    /// The versions, by id and hash.
    pub protocols: Vec<Protocol>,
}

/// From when cases are opened under a version.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Activation {
    /// The first instant; now where it is left out.
    #[schema(format = DateTime)]
    pub from: Option<String>,
}

/// A token as lists show it.
#[must_use]
pub fn token(token: &cases::Token) -> Token {
    let (roles, admin) = match &token.scope {
        cases::Scope::Admin => (Vec::new(), true),
        cases::Scope::Roles(roles) => (roles.clone(), false),
    };
    Token {
        id: token.id.0.clone(),
        label: token.label.clone(),
        roles,
        admin,
        person: token.person.clone(),
        made_at: token.made_at.to_string(),
        expires: token.expires.map(|it| it.to_string()),
        revoked_at: token.revoked_at.map(|it| it.to_string()),
    }
}

/// A receiver as lists show it.
#[must_use]
pub fn webhook(webhook: &cases::Webhook) -> Webhook {
    Webhook {
        id: webhook.id.0,
        url: webhook.url.clone(),
        kinds: webhook.kinds.clone(),
        active: webhook.active,
    }
}

/// A version as lists show it.
#[must_use]
pub fn protocol(text: &cases::ProtocolText) -> Protocol {
    Protocol {
        id: text.id.clone(),
        hash: text.hash.to_string(),
        version: text.version.clone(),
        active_from: text.active_from.map(|it| it.to_string()),
    }
}
