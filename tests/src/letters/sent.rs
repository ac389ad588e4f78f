//! Letters as they are sent: to whom, in which language, with what in them.

use std::path::Path;

use engine::letter;
use engine::model::Party;
use engine::scenario;
use engine::text::Language;

use crate::letters::shop::{codes, one, played, written};

#[test]
fn every_shipped_letter_is_written_to_everybody_in_every_language() {
    let mut n_letters = 0;
    for name in ["nl-awb", "small-business", "uk-fca-disp", "uk-housing-code"] {
        let folder = Path::new("../protocols").join(name);
        let (machine, _) = engine::load(&store::folder::read(&folder).unwrap());
        let machine = machine.unwrap();
        assert!(!machine.protocol.letter_texts.is_empty(), "{name}");
        for (path, bytes) in store::folder::scenarios(&folder).unwrap() {
            let (scenario, outcome) = played(&machine, &path, bytes);
            let personal = scenario::personal(&scenario);
            for sent in scenario::sent(&machine, &outcome) {
                for language in machine.protocol.languages.clone() {
                    for to in letter::recipients(&machine, sent.letter, &sent.case) {
                        let strings = &outcome.strings;
                        let letter = one(&machine, &sent, strings, &personal, language, to);
                        let letter = letter.unwrap_or_else(|why| panic!("{path}: {why:?}"));
                        let text = draw::letter::text(&letter, 72);
                        assert!(text.contains(&letter.subject), "{path}: {text}");
                        assert!(!text.contains("{{") && !text.contains("{%"), "{path}: {text}");
                        n_letters += 1;
                    }
                }
            }
        }
    }
    assert!(n_letters > 60, "{n_letters} letters");
}

#[test]
fn h5_a_letter_is_in_the_language_of_whoever_reads_it() {
    let folder = Path::new("../protocols/small-business");
    let (machine, _) = engine::load(&store::folder::read(folder).unwrap());
    let machine = machine.unwrap();
    let scenarios = store::folder::scenarios(folder).unwrap();
    let (path, bytes) = scenarios.into_iter().find(|it| it.0.contains("a-delayed")).unwrap();
    let (scenario, outcome) = played(&machine, &path, bytes);
    let sent = scenario::sent(&machine, &outcome).remove(0);
    let personal = scenario::personal(&scenario);
    let of = |language| {
        let to = Party::Complainant;
        let letter = one(&machine, &sent, &outcome.strings, &personal, language, to).unwrap();
        draw::letter::html(&letter)
    };
    let (english, dutch) = (of(Language::En), of(Language::Nl));
    assert!(english.contains("lang=\"en\"") && english.contains("Wednesday 15 April 2026"));
    assert!(dutch.contains("lang=\"nl\"") && dutch.contains("woensdag 15 april 2026"));
    assert!(dutch.contains("medewerker klantenservice") && !dutch.contains("agent"));
}

#[test]
fn h8_a_copy_for_somebody_else_does_not_say_who_complained() {
    let body = "Dear {{ name }},\n\n{{ summary }}\n";
    assert_eq!(codes(body), ["letter-tells-personal"]);
    let own = written(body, "late", "J. de Vries", Party::Complainant).unwrap();
    let copy = written(body, "late", "J. de Vries", Party::Respondent).unwrap();
    assert!(draw::letter::text(&own, 72).contains("Dear J. de Vries,"));
    let copy = draw::letter::text(&copy, 72);
    assert!(copy.contains("Dear (not disclosed),") && !copy.contains("Vries"), "{copy}");
}
