//! From what the engine says to text for people and for programs. The only place with types that
//! are written as JSON.

mod words;

mod palette;

mod instant;

mod rule_json;

mod failure;

mod difference;

mod check;

mod test;

mod due;

mod why_not;

mod play;

mod keeping;

mod kept;

mod verify;

pub use check::drawing;
pub(crate) use check::{CheckedProtocol, change, checked_json, checked_sarif};
pub(crate) use check::{compact, fix_line, github, plain};
pub(crate) use difference::CONTEXT_LINES;
pub(crate) use due::{cited, due_json, due_line, due_text, error_line};
pub(crate) use due::{ledger_json, ledger_text, read_line};
pub(crate) use failure::failure;
pub(crate) use instant::{offset_text, rfc3339, spoken_minute};
pub(crate) use keeping::{
    BackedUp, Checked, Verified, anchored_text, backed_up_text, checked_text, erased_text,
    findings_text, restored_text, verified_json, verified_text,
};
pub(crate) use kept::{
    Followed, allowed_text, amended_text, amendments_text, event_text, list_text, made_text,
    opened_text, problem_text, show_text, tokens_text, worklist_text,
};
pub(crate) use play::{ahead_text, begin_text, help_text, may_text};
pub(crate) use play::{needs, now_text, start_text, state_text};
pub(crate) use test::{junit, reviewed, tap, test_json, test_text};
pub(crate) use verify::{
    certificate_text, certified_text, verify_json, verify_junit, verify_sarif, verify_text,
};
pub(crate) use why_not::{WhyNot, why_not_json, why_not_text};
pub(crate) use words::{count, harmless, one_line, short, xml};
