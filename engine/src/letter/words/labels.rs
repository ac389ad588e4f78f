//! The words around the text of a letter.

use crate::text::Language;

/// What stands before the parts of a letter's head, and below its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Labels {
    /// Before the ticket number.
    pub reference: &'static str,
    /// Before the date.
    pub date: &'static str,
    /// Before what the letter is about.
    pub subject: &'static str,
    /// Before who receives a copy.
    pub copy: &'static str,
    /// The person who complains, among those who receive a copy.
    pub complainant: &'static str,
    /// The person complained about.
    pub respondent: &'static str,
}

/// The labels of a language.
pub(crate) const fn labels(language: Language) -> Labels {
    let (reference, date, subject, copy, complainant, respondent) = match language {
        Language::Da => ("Sagsnummer", "Dato", "Vedrørende", "Kopi til", "klageren", "indklagede"),
        Language::De => (
            "Unser Zeichen",
            "Datum",
            "Betreff",
            "Kopie an",
            "beschwerdeführende Person",
            "betroffene Person",
        ),
        Language::En => (
            "Our reference",
            "Date",
            "Subject",
            "Copy to",
            "the complainant",
            "the person complained about",
        ),
        Language::Fi => {
            ("Viitteemme", "Päivämäärä", "Asia", "Jäljennös", "valittaja", "valituksen kohde")
        }
        Language::Fr => (
            "Notre référence",
            "Date",
            "Objet",
            "Copie à",
            "la personne plaignante",
            "la personne mise en cause",
        ),
        Language::Nl => (
            "Ons kenmerk",
            "Datum",
            "Onderwerp",
            "Kopie aan",
            "de klager",
            "degene over wie geklaagd wordt",
        ),
        Language::Sv => (
            "Vår referens",
            "Datum",
            "Ärende",
            "Kopia till",
            "den klagande",
            "den som klagomålet gäller",
        ),
    };
    Labels { reference, date, subject, copy, complainant, respondent }
}

/// What stands where a reader must not learn who somebody is.
pub(crate) const fn not_disclosed(language: Language) -> &'static str {
    match language {
        Language::Da => "(ikke oplyst)",
        Language::De => "(nicht mitgeteilt)",
        Language::En => "(not disclosed)",
        Language::Fi => "(ei ilmoitettu)",
        Language::Fr => "(non communiqué)",
        Language::Nl => "(niet vermeld)",
        Language::Sv => "(ej angivet)",
    }
}
