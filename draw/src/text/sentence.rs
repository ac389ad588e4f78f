//! What leads on, in one sentence.

use engine::picture::{Kind, Way};

use crate::layout::any_of;

/// "answer_sent by manager; requires both_sides_heard; answer: 10 working days; sends answer".
pub(crate) fn sentence(way: &Way) -> String {
    let mut parts = vec![way.heading()];
    if way.kind == Kind::Event && way.title != way.on {
        parts[0] = format!("{} ({})", parts[0], way.title);
    }
    if !way.who.is_empty() {
        let who = any_of(&way.who);
        parts[0] = match way.kind {
            Kind::Missed | Kind::Lapsed => format!("{} (owed by {who})", parts[0]),
            _ => format!("{} by {who}", parts[0]),
        };
    }
    parts.extend(Some(way.condition()).filter(|it| !it.is_empty()));
    parts.extend(way.within.iter().map(|it| format!("{}: {}", it.deadline, it.term)));
    parts.extend(way.follows.iter().cloned());
    parts.join("; ")
}
