//! A protocol as it is in force: all of it in one text, and what it changes.

use crate::diagnostic::Diagnostics;
use crate::syntax::include;
use crate::syntax::layer::changes::changes;
use crate::syntax::layer::text::written;
use crate::syntax::layer::{Change, stack};
use crate::text::SourceSet;

/// A protocol in one piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effective {
    /// Everything that its files say, those that it includes and extends among them, as one
    /// `protocol.toml`.
    pub text: String,
    /// The files beside it that belong to it then: their paths, and where they come from.
    pub files: Vec<(String, String)>,
    /// Whether it extends another.
    pub extends: bool,
    /// What differs from the protocol that it extends.
    pub changes: Vec<Change>,
}

/// The protocol in one piece. `None` if its files cannot be read as TOML or are not all there; `out`
/// then says what is wrong with them.
#[must_use]
pub fn effective(sources: &SourceSet, out: &mut Diagnostics) -> Option<Effective> {
    let layers = include::layers(sources, out)?;
    let stacked = stack(&layers.list, out).filter(|_| layers.is_complete)?;
    Some(Effective {
        text: written(&stacked),
        files: include::beside(sources, &layers.folders(&stacked.languages), &stacked),
        extends: stacked.below.is_some(),
        changes: changes(&stacked),
    })
}
