//! A stage is owned by nobody of the organisation.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("owner-no-role");

/// `owner` names a party that holds no role, or the owner itself.
pub(crate) fn owner_no_role(stage: &str, owner: &Spanned<String>) -> Diagnostic {
    let message = format!("stage `{stage}` is owned by `{}`, which is no role", owner.value);
    let label = match owner.value.as_str() {
        "@owner" => "the owner would be whoever the owner is",
        _ => "answers for nothing in the procedure",
    };
    Diagnostic::new(CODE, message, owner.span, label)
        .help("name the role that keeps an eye on the case here, or `@handler`")
}
