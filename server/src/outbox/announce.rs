//! What receivers are sent of a fact.

use engine::runtime::is_open;
use store::cases::Webhook;
use store::keeper::{Announce, News};

use crate::wire;

/// Sends every fact as the feed shows it, but for what not everybody may read: a receiver has no
/// role, so that confidential values do not leave by it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Announcer;

impl Announce for Announcer {
    fn body(&self, _: &Webhook, news: &News<'_>) -> Option<Vec<u8>> {
        if !is_open(news.machine, news.fact) {
            return None;
        }
        let stop = news.standing.stop.as_deref();
        serde_json::to_vec(&wire::fact(news.machine, news.strings, stop, news.fact)).ok()
    }
}
