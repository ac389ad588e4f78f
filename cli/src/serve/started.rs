//! What is said once the server takes requests, and what to do next.

use std::net::SocketAddr;
use std::sync::Arc;

use engine::time::Instant;
use server::outbox::Schedule;
use server::running::First;
use store::keeper::Loaded;

use crate::serve::{Steps, steps};

/// The protocol that is shown first where it is there.
const FIRST_SHOWN: &str = "small-business";

/// A server that has just started.
pub(crate) struct Started<'a> {
    pub at: SocketAddr,
    pub store: &'a str,
    pub used: &'a [Arc<Loaded>],
    /// When what did not arrive is sent again.
    pub schedule: &'a Schedule,
    pub first: Option<&'a First>,
    pub now: Instant,
}

impl Started<'_> {
    /// What is said.
    pub(crate) fn text(&self) -> String {
        let Self { at, store, .. } = self;
        let mut text = format!("Redress listens on http://{at} and keeps its cases in {store}\n");
        let names = self.used.iter().map(|it| format!("{} {}", it.id, it.version));
        match self.used {
            [] => text.push_str(
                "no protocol yet: `protocol new NAME` writes one to start from, then start again\n",
            ),
            _ => text.push_str(&format!("protocols: {}\n", names.collect::<Vec<_>>().join(", "))),
        }
        text.push_str(&format!("what does not arrive is sent again after {}\n", self.schedule));
        text.push_str(&format!("routes: http://{at}/docs   status page: http://{at}/status\n"));
        let Some(first) = self.first else { return text };
        let admin = first.admin.shown();
        text.push_str(&format!("\ntoken for administration, shown once: {admin}\n"));
        let Some(trying) = &first.trying else { return text };
        let trying = trying.shown();
        text.push_str(&format!("token with every role, for a day, shown once: {trying}\n"));
        if let Some(steps) = self.steps() {
            text.push_str(&self.lines(trying, &steps));
        }
        text
    }

    /// The first steps under the protocol that is shown first, or any other that has some.
    fn steps(&self) -> Option<Steps> {
        let mut order: Vec<&Arc<Loaded>> = self.used.iter().collect();
        order.sort_by_key(|it| it.id != FIRST_SHOWN);
        order.into_iter().find_map(|it| steps(&it.machine, self.now))
    }

    /// Three lines that open a case, report an event and show what is due.
    fn lines(&self, token: &str, steps: &Steps) -> String {
        let at = self.at;
        let post =
            "curl -s -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json'";
        let Steps { open, event } = steps;
        format!(
            "\nopen a case, report an event, show what is due:\n\nTOKEN={token}\n\
             CASE=$({post} -H 'Idempotency-Key: first-1' http://{at}/v1/cases -d '{open}' | \
             sed 's/.*\"case\":{{\"id\":\"//; s/\".*//')\n\
             {post} -H 'Idempotency-Key: first-2' http://{at}/v1/cases/$CASE/events -d '{event}'\n\
             curl -s -H \"Authorization: Bearer $TOKEN\" http://{at}/v1/worklist\n"
        )
    }
}
