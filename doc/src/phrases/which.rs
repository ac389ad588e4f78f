//! The phrases of each language.

use engine::text::Language;

use crate::phrases::{Phrases, da, de, en, fi, fr, nl, sv};

/// The phrases of a language.
pub(crate) const fn of(language: Language) -> &'static Phrases {
    match language {
        Language::Da => &da::DA,
        Language::De => &de::DE,
        Language::En => &en::EN,
        Language::Fi => &fi::FI,
        Language::Fr => &fr::FR,
        Language::Nl => &nl::NL,
        Language::Sv => &sv::SV,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names in brackets, sorted.
    fn places(phrase: &str) -> Vec<&str> {
        let mut found: Vec<&str> =
            phrase.split('{').skip(1).filter_map(|it| it.split('}').next()).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn every_language_says_the_same_things_about_the_same_things() {
        let english = of(Language::En).all();
        for language in Language::ALL {
            for ((name, own), (_, phrase)) in english.iter().zip(of(language).all()) {
                assert_eq!(places(own), places(phrase), "`{name}` in {}", language.tag());
                assert!(!phrase.trim().is_empty(), "`{name}` in {}", language.tag());
                assert_eq!(phrase.matches('{').count(), phrase.matches('}').count(), "{name}");
            }
        }
    }

    /// Phrases that are only names, signs, or words that two languages share.
    const SHARED: [&str; 10] = [
        "is",
        "label_covers",
        "label_source",
        "labelled",
        "lengthened_on",
        "on_event",
        "quote",
        "refuses_events",
        "version",
        "you_may",
    ];

    #[test]
    fn no_phrase_is_left_in_english() {
        let english = of(Language::En).all();
        for language in Language::ALL.into_iter().filter(|it| *it != Language::En) {
            for ((name, own), (_, phrase)) in english.iter().zip(of(language).all()) {
                let is_same = *own == phrase && !SHARED.contains(name);
                assert!(!is_same, "`{name}` in {}", language.tag());
            }
        }
    }
}
