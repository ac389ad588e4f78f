//! Finding a page.

use engine::diagnostic::nearest;

use crate::explain::PAGES;
use crate::unusable::Unusable;

/// The page of a diagnostic.
///
/// # Errors
/// There is no such code; says which one may have been meant.
pub fn page(code: &str) -> anyhow::Result<&'static str> {
    if let Some((_, text)) = PAGES.iter().find(|(name, _)| *name == code) {
        return Ok(text);
    }
    let near = nearest(code, PAGES.iter().map(|(name, _)| *name));
    let help = near.map(|near| format!("did you mean `{near}`?"));
    let missing = Unusable::new(format!("there is no diagnostic `{code}`"));
    let missing = missing.help("the code is what stands in brackets: `error[unknown-stage]`");
    Err(missing.maybe_help(help).into())
}
