//! Which texts serve as those of letters.

use crate::check::tests::sound::{SOUND, shown};
use crate::text::SourceSet;

/// The bodies of the texts of the letter `answer`, and what is said of a protocol with these files
/// besides.
fn letter_texts(languages: &str, files: &[(&str, &str)]) -> (Vec<String>, String) {
    let head = SOUND.replace("language    = \"en\"", languages);
    assert_ne!(head, SOUND);
    let head = head.replace(", states = [\"outcome\"]", "");
    // Only the folders of parts that are included are looked into.
    let head = format!("include = ['shipped:conduct/stops.toml']\n{head}");
    let text = |says: &str| format!("+++\nsubject = 'S'\n+++\n{says}").into_bytes();
    let files = files.iter().map(|(path, says)| ((*path).to_owned(), text(says)));
    let tables = [("protocol.toml", head.as_str()), ("shipped:conduct/stops.toml", "")];
    let tables = tables.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    let sources = SourceSet::new("", files.chain(tables));
    let (machine, out) = crate::load(&sources);
    let texts = machine.map(|it| it.protocol.letter_texts.clone()).unwrap_or_default();
    (texts.into_iter().map(|it| it.body).collect(), shown(&sources, &out))
}

#[test]
fn a_text_that_ships_serves_where_the_protocol_has_none_of_its_own() {
    let own = ("letters/answer.md", "ours");
    let english = ("shipped:conduct/letters/answer.en.md", "theirs");
    let dutch = ("shipped:conduct/letters/answer.nl.md", "van hen");
    let stray = ("shipped:conduct/letters/nobody.en.md", "for another protocol");
    let bodies = |languages: &str, files: &[(&str, &str)]| {
        let (bodies, said) = letter_texts(languages, files);
        assert_eq!(said, "");
        bodies
    };
    let both = "language = 'en'\nlanguages = ['nl']";
    assert_eq!(bodies(both, &[own, english, dutch, stray]), ["ours", "van hen"]);
    assert_eq!(bodies(both, &[english, dutch]), ["theirs", "van hen"]);
    // In a protocol that writes its letters elsewhere nothing is written here either.
    assert_eq!(letter_texts("language = 'en'", &[english]), (Vec::new(), String::new()));
    // A text says which language it is in: it is not taken for another.
    let (bodies, said) = letter_texts("language = 'nl'\nlanguages = ['fr']", &[english]);
    assert_eq!(bodies, [""; 0]);
    assert!(said.contains("letter-without-text") && said.contains("letter-translation-missing"));
}
