//! Why a command could not do its work.

use crate::render::harmless;
use crate::render::palette::{BAD, paint};

/// The sentences for standard error.
pub(crate) fn failure(error: &anyhow::Error) -> String {
    format!("{} {}\n", paint(BAD, "error:"), harmless(&without_number(&format!("{error:#}"))))
}

/// Without the number that systems put behind their own sentences: "(os error 2)".
fn without_number(text: &str) -> String {
    match text.rsplit_once(" (os error ") {
        Some((sentence, _)) => sentence.to_owned(),
        None => text.to_owned(),
    }
}
