//! The zone of the protocol is none of the IANA database.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("unknown-zone");

/// `near` is the zone that may be meant.
pub(crate) fn unknown_zone(name: &Spanned<String>, near: Option<&str>) -> Diagnostic {
    let message = format!("there is no time zone `{}`", name.value);
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write the IANA name of a place, such as `Europe/London`".to_owned(),
    };
    Diagnostic::new(CODE, message, name.span, "not a zone of the IANA database").help(help)
}
