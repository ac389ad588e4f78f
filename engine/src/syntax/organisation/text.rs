//! `[texts]`: the organisation's fixed data, for letters.

use crate::text::Spanned;

/// One entry of `[texts]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Its name.
    pub name: Spanned<String>,
    /// What it says; `None` has been reported.
    pub says: Option<Spanned<String>>,
}
