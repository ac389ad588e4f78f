//! Whether what was changed is among what is looked at for a guarantee.

use analysis::steps::{About, Matters};
use engine::machine::Machine;
use engine::model::{DeadlineId, GuaranteeId, LetterId, Point, Variable};
use toml_edit::{DocumentMut, Value};

/// What of a protocol no proof is about, and what it is called.
const OUTSIDE: [(&str, &str); 2] = [("stops", "stops"), ("time.backdate", "late news")];

/// What no proof is about, where an edit changes that.
pub(super) fn outside(what: &str) -> Option<&'static str> {
    let place = place(what);
    let is_in =
        |of: &str| place.strip_prefix(of).is_some_and(|it| it.is_empty() || it.starts_with('.'));
    OUTSIDE.into_iter().find(|(of, _)| is_in(of)).map(|(_, name)| name)
}

/// Whether a guarantee depends on what stands at the place of an edit, in the text before it. Where that
/// cannot be told, it does.
pub(super) fn speaks_of(machine: &Machine, id: GuaranteeId, before: &str, what: &str) -> bool {
    if outside(what).is_some() {
        return false;
    }
    let matters = Matters::new(machine, &About::guarantee(machine, id));
    let place = place(what);
    let parts: Vec<&str> = place.split('.').collect();
    let last = parts.last().copied().unwrap_or_default();
    if last.starts_with("tells") || last.starts_with("warn") {
        // Who is told, and when a warning comes, is no point of a guarantee and changes nothing of a case.
        return false;
    }
    if last.starts_with("sends") {
        let document: DocumentMut = before.parse().unwrap_or_default();
        let name = value_at(&document, place).unwrap_or_default();
        return letter(machine, &matters, &name);
    }
    match parts.as_slice() {
        ["deadlines", name, ..] | ["stages", _, "pauses", name] => {
            deadline(machine, &matters, name)
        }
        _ => true,
    }
}

/// The place in `delete deadlines.answer.breach` and in `change deadlines.answer.within: …`.
fn place(what: &str) -> &str {
    let place = what.split_once(' ').map_or(what, |(_, place)| place);
    place.split_once(": ").map_or(place, |(place, _)| place)
}

fn deadline(machine: &Machine, matters: &Matters, name: &str) -> bool {
    let found = machine.protocol.deadlines.iter().position(|it| it.name == name);
    let found = found.map(DeadlineId::at);
    matters.deadlines(machine).any(|(id, _)| Some(id) == found)
}

fn letter(machine: &Machine, matters: &Matters, name: &str) -> bool {
    let found = machine.protocol.letters.iter().position(|it| it.name == name);
    let Some(id) = found.map(LetterId::at) else { return true };
    matters.has(Point::Letter(id)) || matters.asks(Variable::Sent(id))
}

/// The text at a place.
fn value_at(document: &DocumentMut, place: &str) -> Option<String> {
    let mut found = document.as_item();
    let mut value: Option<&Value> = None;
    for part in place.split('.') {
        let (name, numbers) = part.split_once('[').unwrap_or((part, ""));
        let next = match value {
            Some(it) => Err(it.as_inline_table()?.get(name)?),
            None => Ok(found.get(name)?),
        };
        match next {
            Ok(item) => (found, value) = (item, item.as_value()),
            Err(it) => value = Some(it),
        }
        let Some(number) = numbers.strip_suffix(']') else { continue };
        let at = number.parse::<usize>().ok()?.checked_sub(1)?;
        match value {
            Some(it) => value = Some(it.as_array()?.get(at)?),
            None => found = found.get(at)?,
        }
    }
    value.and_then(Value::as_str).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::{place, value_at};

    #[test]
    fn the_text_at_a_place_is_found() {
        let text = r#"
[[stages.open.on.answered]]
to = "closed"
[[stages.open.on.answered]]
sends = ["one", "two"]
[stages.waiting]
after = { "1 week" = { sends = ["three"] } }
[deadlines.answer]
extend = [{ sends = "four" }]
"#;
        let document = text.parse().unwrap();
        for (place, expected) in [
            ("stages.open.on.answered[2].sends[2]", "two"),
            ("stages.waiting.after.1 week.sends[1]", "three"),
            ("deadlines.answer.extend[1].sends", "four"),
        ] {
            assert_eq!(value_at(&document, place).as_deref(), Some(expected), "{place}");
        }
        assert_eq!(value_at(&document, "stages.open.on.answered[3].sends[1]"), None);
    }

    #[test]
    fn an_edit_says_where_it_is() {
        assert_eq!(place("delete stages.a.after.1 week.to"), "stages.a.after.1 week.to");
        assert_eq!(place("change deadlines.a.within: `1 week` → `2 weeks`"), "deadlines.a.within");
    }
}
