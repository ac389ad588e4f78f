//! Which languages have phrases.

use engine::text::Language;

use crate::phrases::{Phrases, en, nl};

/// The phrases of a language; `None` where nobody has written them yet.
pub(crate) const fn of(language: Language) -> Option<&'static Phrases> {
    match language {
        Language::En => Some(&en::EN),
        Language::Nl => Some(&nl::NL),
        Language::Da | Language::De | Language::Fi | Language::Fr | Language::Sv => None,
    }
}

/// The languages in which handbooks can be written, in order of their tags.
pub fn languages() -> impl Iterator<Item = Language> {
    Language::ALL.into_iter().filter(|it| of(*it).is_some())
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
        let english = of(Language::En).unwrap().all();
        for language in languages() {
            for ((name, own), (_, phrase)) in english.iter().zip(of(language).unwrap().all()) {
                assert_eq!(places(own), places(phrase), "`{name}` in {}", language.tag());
                assert!(!phrase.trim().is_empty(), "`{name}` in {}", language.tag());
                assert_eq!(phrase.matches('{').count(), phrase.matches('}').count(), "{name}");
            }
        }
    }
}
