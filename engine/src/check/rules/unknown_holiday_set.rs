//! A calendar names holidays that nobody has listed.

use crate::check::look_up::names::NameList;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::listed;
use crate::diagnostic::nearest;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("unknown-holiday-set");

/// The set is neither in `calendars/` nor shipped.
pub(crate) fn unknown_holiday_set(name: &Spanned<String>, names: &NameList<'_>) -> Diagnostic {
    let message = format!("there is no set of holidays `{}`", name.value);
    let help = match nearest(&name.value, names.iter()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the sets are {}; another goes into `calendars/`", listed(names.iter())),
    };
    Diagnostic::new(CODE, message, name.span, "no file of `calendars/` has this name").help(help)
}
