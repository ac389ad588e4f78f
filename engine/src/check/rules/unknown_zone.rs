//! The zone of the protocol is none of the IANA database.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest;
use crate::diagnostic::only_near;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("unknown-zone");

/// `zones` are the names there are.
pub(crate) fn unknown_zone<'z>(
    name: &Spanned<String>,
    zones: impl Iterator<Item = &'z str> + Clone,
) -> Diagnostic {
    let message = format!("there is no time zone `{}`", name.value);
    let help = match nearest(&name.value, zones.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write the IANA name of a place, such as `Europe/London`".to_owned(),
    };
    let label = "not a zone of the IANA database";
    let found = Diagnostic::new(CODE, message, name.span, label).help(help);
    match only_near(&name.value, zones) {
        Some(near) => found.fix(format!("write `{near}`"), name.span, format!("\"{near}\"")),
        None => found,
    }
}
