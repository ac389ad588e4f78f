//! What is worth a second look once every entry by itself is right: names that nothing uses or
//! that look alike, things that people cannot tell apart, sources.

use crate::check::rules;
use crate::diagnostic::Diagnostics;
use crate::syntax::Written;

/// Adds a warning for each; none of them keeps a protocol from being used.
pub(crate) fn look_over(written: &Written, out: &mut Diagnostics) {
    rules::look_alike_names(written, out);
    rules::same_title(written, out);
    rules::same_condition(written, out);
    rules::source_two_spellings(written, out);
    rules::unverified_without_source(written, out);
    rules::role_never_used(written, out);
    rules::calendar_never_used(written, out);
    rules::holiday_set_never_used(written, out);
    rules::text_never_stated(written, out);
    rules::help_never_named(written, out);
    rules::personal_without_retention(written, out);
    rules::level_never_given(written, out);
    rules::intake_never_converted(written).into_iter().for_each(|it| out.push(it));
}
