//! The row that lists show of a stream against what its decisions say.

use crate::cases::{Hash, Standing};
use engine::time::Instant;

/// What a row says otherwise than the decisions, each as one fragment said of the stream.
pub(super) fn row_against(row: &Standing, says: &Standing) -> Vec<String> {
    let mut found = Vec::new();
    let mut check = |name: &str, row: String, says: String| {
        if row != says {
            found.push(format!("is listed with {name} `{row}`; its decisions say `{says}`"));
        }
    };
    check("the protocol", row.protocol_id.clone(), says.protocol_id.clone());
    check("the hash", hash(row.hash), hash(says.hash));
    check("the complainant", text(row.complainant.as_ref()), text(says.complainant.as_ref()));
    check("the respondent", text(row.respondent.as_ref()), text(says.respondent.as_ref()));
    check("the opening", row.opened_at.to_string(), says.opened_at.to_string());
    check("the stage", row.stage.clone(), says.stage.clone());
    check("the rung", text(row.rung.as_ref()), text(says.rung.as_ref()));
    check("the severity", text(row.severity.as_ref()), text(says.severity.as_ref()));
    check("`closed`", row.closed.to_string(), says.closed.to_string());
    check("`breached`", row.breached.to_string(), says.breached.to_string());
    check("the due instant", instant(row.due_at), instant(says.due_at));
    check("the instant at which time acts", instant(row.acts_at), instant(says.acts_at));
    found
}

fn hash(hash: Hash) -> String {
    hash.to_string()
}

fn text(text: Option<&String>) -> String {
    text.cloned().unwrap_or_else(|| "-".to_owned())
}

fn instant(at: Option<Instant>) -> String {
    at.map_or_else(|| "-".to_owned(), |it| it.to_string())
}
