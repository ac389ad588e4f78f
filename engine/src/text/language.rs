//! The languages that letters can be written in.

/// A language whose dates, numbers and terms Redress can write out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Danish.
    Da,
    /// German.
    De,
    /// English.
    En,
    /// Finnish.
    Fi,
    /// French.
    Fr,
    /// Dutch.
    Nl,
    /// Swedish.
    Sv,
}

impl Language {
    /// All of them, in order of their tags.
    pub const ALL: [Self; 7] =
        [Self::Da, Self::De, Self::En, Self::Fi, Self::Fr, Self::Nl, Self::Sv];

    /// Its tag (BCP 47): `nl`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Da => "da",
            Self::De => "de",
            Self::En => "en",
            Self::Fi => "fi",
            Self::Fr => "fr",
            Self::Nl => "nl",
            Self::Sv => "sv",
        }
    }

    /// The language of a tag, whatever region it names: `en-GB` is English.
    #[must_use]
    pub fn find(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|it| it.tag().eq_ignore_ascii_case(primary))
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn a_region_does_not_change_the_language() {
        assert_eq!(Language::find("en-GB"), Some(Language::En));
        assert_eq!(Language::find("NL"), Some(Language::Nl));
        assert_eq!(Language::find("nld"), None);
        assert_eq!(Language::find(""), None);
    }
}
