//! A guarantee assumes something else than that a deadline is met.

use crate::check::look_up::names::NameList;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("assume-not-met");

/// `deadlines` are those that could be meant.
pub(crate) fn assume_not_met(written: &Spanned<String>, deadlines: &NameList<'_>) -> Diagnostic {
    let said = &written.value;
    let message = format!("a guarantee cannot assume `{said}`");
    let found =
        Diagnostic::new(CODE, message, written.span, "only that a deadline is met can be assumed");
    let bare = said.split_once(':').map_or(said.as_str(), |(_, name)| name);
    let meant = deadlines.place(bare).map(|_| bare).or_else(|| nearest(bare, deadlines.iter()));
    let help = match meant {
        Some(name) => {
            format!("write `met:{name}` if the deadline `{name}` is taken to be met in time")
        }
        None => {
            "name a deadline that is taken to be met in time: `assume = [\"met:…\"]`".to_owned()
        }
    };
    let found = found.help(help);
    if deadlines.place(said).is_none() {
        return found;
    }
    found.fix(format!("write `met:{said}`"), written.span, format!("\"met:{said}\""))
}
