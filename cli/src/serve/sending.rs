//! What a server sends, and how.

use std::sync::Arc;

use anyhow::Context as _;
use server::outbox::{self, Outside};
use store::cases::Place;

use crate::serve::Settings;

/// Starts to send what receivers are to be told. Must be called where tasks run.
pub(crate) fn sender(
    place: Arc<dyn Place>,
    settings: &Settings,
) -> anyhow::Result<outbox::Running> {
    let outside = Outside::machine().context("TLS cannot be set up")?;
    Ok(outbox::start(place, settings.sending.clone(), outside))
}
