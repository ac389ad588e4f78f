//! A letter prints something that may not be there when it is sent.

use crate::diagnostic::{Code, Diagnostic};
use crate::letter::Place;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("letter-may-lack");

/// `name` is that of the place in the template.
pub(crate) fn letter_may_lack(place: &Place, name: &str, span: Span) -> Diagnostic {
    let message = format!("`{name}` may not be there when the letter is sent");
    let label = match place {
        Place::Due(_) => "its clock may not have begun, may stand still, or has no counted end",
        Place::Started(_) | Place::Term(_) => "its clock may not have begun",
        Place::Reason => "something sends this letter without a reason",
        Place::StopSays => "something that is no stop sends this letter",
        Place::StopUntil | Place::StopReviewOn | Place::StopAppealUntil => {
            "known only once the stop is decided, and its end only where it `lasts`"
        }
        Place::ChannelTitle => "a complaint may come without a channel",
        _ => "nobody may have said it yet",
    };
    Diagnostic::new(CODE, message, span, label)
        .help(format!("write it inside `{{% if {} is set %}}`", name.replace("words.", "")))
}
