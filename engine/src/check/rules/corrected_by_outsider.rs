//! The record would be corrected by somebody outside the organisation.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Party;
use crate::syntax;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("corrected-by-outsider");

/// Those of `by` who may not put right what the organisation recorded: whoever complains or is
/// complained about, and roles that are outside.
pub(crate) fn corrected_by_outsider(
    event: &syntax::Event,
    roles: &[syntax::Role],
) -> Vec<Diagnostic> {
    let is_outside = |name: &&Spanned<String>| {
        let role = roles.iter().find(|it| it.name.value == name.value);
        role.map_or_else(|| Party::built_in(&name.value).is_some(), |it| it.external)
    };
    let fault = |name: &Spanned<String>| {
        let message = format!("`{}` would change what the organisation has recorded", name.value);
        Diagnostic::new(CODE, message, name.span, "the record is kept by roles of the organisation")
            .help("name a role of your own; what others tell you is an event of its own")
    };
    event.by.iter().filter(is_outside).map(fault).collect()
}
