//! What receivers are sent about a fact: the same that the stream of facts shows, but nothing that
//! only some roles may read. A receiver has no role.

use crate::wire::{FactOfCase, fact};
use engine::model::Party;
use engine::runtime::{may_read, visible};
use store::cases::{StreamKind, Webhook};
use store::keeper::{Announce, News};

/// Writes facts for receivers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Announcing;

impl Announce for Announcing {
    fn body(&self, _: &Webhook, news: &News<'_>) -> Option<Vec<u8>> {
        if !visible(news.machine, Party::System, news.fact) {
            return None;
        }
        let standing = news.standing;
        let (case, stop) = match standing.kind {
            StreamKind::Case => (standing.stream, None),
            StreamKind::Stop => (standing.on.unwrap_or(standing.stream), Some(standing.stream)),
        };
        let reads = |what| may_read(news.machine, Party::System, what);
        let of_stop = standing.stop.as_deref();
        let written = FactOfCase {
            case: case.to_string(),
            stop: stop.map(|it| it.to_string()),
            version: standing.version,
            recorded_at: news.recorded_at.to_string(),
            fact: fact(news.machine, news.strings, (of_stop, &reads), news.fact),
        };
        serde_json::to_vec(&written).ok()
    }
}
