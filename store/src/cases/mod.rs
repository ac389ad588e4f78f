//! What a place for cases must be able to do, said once for every database.
//!
//! A place for cases keeps streams: the decisions about one case, or about one stop, in the order
//! in which they were recorded, each with a hash over itself and the one before. Everything else it
//! keeps about a stream (its standing, its duties, when time acts next) follows from the decisions
//! and is there to be found quickly. One [`Batch`] is one transaction: all of it is on the disk, or
//! none of it is.
//!
//! Nothing in here decides: that is for `keeper`. Nothing in here reads a clock.

mod access;
mod batch;
pub(crate) mod course;
mod failure;
mod glance;
mod id;
mod outbox;
mod people;
mod place;
mod rules;
mod standing;
mod whole;

pub use access::{Access, Scope, Token, TokenId};
pub use batch::{Answer, Batch, Change, Decided, Page};
pub use failure::Failure;
pub use glance::{Ahead, Asked, Glance, Outline};
pub use id::{Hash, Others, StreamId, Tenant, Writer};
pub use outbox::{Attempt, Message, MessageState, Outbox, Room, Taken, Webhook, WebhookId};
pub use people::{Erasure, Key, People, Sealed};
pub use place::{Cases, Feed, FeedCursor, Find, Kept, Listed, Own, Place, Timer, Worklist};
pub use rules::{Amendments, KeptAmendment, ProtocolText, Protocols, Reached};
pub use standing::{Duty, Standing, StreamKind};
pub use whole::{Audited, Cell, Copied, CopiedRow, CopiedTable, Form, OnPage, Stray, TABLES};
pub(crate) use whole::{DUTY, JOURNAL};
