//! Why a command could not do its work.

use crate::render::harmless;
use crate::render::palette::{BAD, paint};

/// The sentences for standard error.
pub(crate) fn failure(error: &anyhow::Error) -> String {
    format!("{} {}\n", paint(BAD, "error:"), harmless(&format!("{error:#}")))
}
