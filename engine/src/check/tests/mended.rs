//! What comes of the changes that faults offer.

use crate::check::tests::sound::{SOUND, loaded};
use crate::text::SourceSet;

#[test]
fn a_slip_is_mended_as_it_is_written() {
    let text = SOUND.replace("[\"letter:answer\"]", "['letter:anser']");
    let sources = SourceSet::new("", [("protocol.toml".to_owned(), text.into_bytes())]);
    let (_, out) = crate::load(&sources);
    let fix = out.iter().next().unwrap().fix.as_ref().unwrap();
    assert_eq!(
        (fix.title.as_str(), fix.edits[0].text.as_str()),
        ("write `answer`", "'letter:answer'")
    );
}

/// Makes the change of the first fault and gives the text that comes of it; the faults of that
/// text are gone.
#[track_caller]
fn mended(old: &str, new: &str) -> Option<String> {
    assert_eq!(SOUND.matches(old).count(), 1, "`{old}` stands once in the protocol");
    let mut text = SOUND.replace(old, new);
    let sources = SourceSet::new("", [("protocol.toml".to_owned(), text.clone().into_bytes())]);
    let (_, out) = crate::load(&sources);
    let fix = out.iter().next().unwrap().fix.as_ref()?;
    let edit = &fix.edits[0];
    let before = text.clone();
    text.replace_range(edit.span.range(), &edit.text);
    assert_eq!(loaded(text.clone()).1, "");
    let line = |it: &&str| !before.lines().any(|old| old == *it);
    Some(text.lines().find(line).unwrap_or_default().to_owned())
}

#[test]
fn an_entry_too_many_is_left_out_with_its_comma() {
    let by = |list: &str| mended("by = [\"officer\"]", &format!("by = {list}"));
    let once = Some("answered = { by = [\"officer\"], carries = [\"outcome\"] }".to_owned());
    assert_eq!(by("[\"officer\", \"officer\"]"), once);
    assert_eq!(by("[\"officer\" ,\n  \"officer\"]"), once);
    assert_eq!(by("[\"officer\", # twice?\n  \"officer\"]"), None);
}

#[test]
fn what_stands_without_quotes_gets_them_where_it_is_a_text() {
    let language = |written: &str| mended("language    = \"en\"", &format!("language = {written}"));
    assert_eq!(language("en").as_deref(), Some("language = \"en\""));
    assert_eq!(language("“en”").as_deref(), Some("language = \"en\""));
    assert_eq!(language("yes"), None);
    assert_eq!(language("en \"x\""), None);
}
