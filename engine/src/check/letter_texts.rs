//! The texts of letters and the words of choices: which file is the text of which letter, in
//! which language.

use crate::check::log::Log;
use crate::check::look_up::known::Known;
use crate::check::look_up::word;
use crate::check::rules;
use crate::model::{FieldId, FieldKind, LetterId, LetterText, RecordId, Words, WordsFor};
use crate::syntax;
use crate::syntax::{LetterFile, LetterPath, Written};
use crate::text::{Language, Span, Spanned};

/// What there is to write letters with.
#[derive(Debug, Default)]
pub(crate) struct LetterTexts {
    /// The languages of letters, that of the protocol first; empty where no letter has a text.
    pub(crate) languages: Vec<Language>,
    /// The texts, by letter and language.
    pub(crate) texts: Vec<LetterText>,
    /// The words of choices and levels.
    pub(crate) words: Vec<Words>,
}

/// Reads all texts and words, and reports the letters that have none in some language.
pub(crate) fn read(known: &Known<'_>, log: &mut Log<'_>) -> LetterTexts {
    let written = known.written;
    let words = written.words.iter().filter_map(|it| words_of(it, known, log)).collect();
    let Some(header) = &written.protocol else { return LetterTexts::default() };
    let is_written = !written.letter_files.is_empty()
        || !written.base_letters.is_empty()
        || !header.languages.is_empty();
    if !is_written {
        return LetterTexts { words, ..LetterTexts::default() };
    }
    let mut languages: Vec<Language> = Vec::new();
    for tag in header.language.iter().chain(&header.languages) {
        match Language::find(&tag.value) {
            None => log.say(rules::unknown_language(tag)),
            Some(language) if languages.contains(&language) => {
                log.say(rules::duplicate_in_list(tag, header.span));
            }
            Some(language) => languages.push(language),
        }
    }
    let mut texts = Vec::new();
    for file in &written.letter_files {
        texts.extend(text(file, &languages, known, log));
    }
    for file in written.base_letters.iter().chain(&written.shipped_letters) {
        let found = shipped_text(file, &languages, known);
        let is_new = |it: &LetterText| {
            !texts.iter().any(|own| own.letter == it.letter && own.language == it.language)
        };
        texts.extend(found.filter(is_new));
    }
    texts.sort_by_key(|it| (it.letter, languages.iter().position(|own| *own == it.language)));
    missing(&texts, &languages, written, log);
    LetterTexts { languages, texts, words }
}

/// The language with this tag, if letters are written in it.
pub(crate) fn declared(
    tag: &Spanned<String>,
    written: &Written,
    log: &mut Log<'_>,
) -> Option<Language> {
    let header = written.protocol.as_ref();
    let all = header.into_iter().flat_map(|it| it.language.iter().chain(&it.languages));
    let declared: Vec<Language> = all.filter_map(|it| Language::find(&it.value)).collect();
    let found = Language::find(&tag.value).filter(|it| it.tag() == tag.value);
    let found = found.filter(|it| declared.contains(it));
    if found.is_none() {
        log.say(rules::undeclared_language(&tag.value, tag.span, &declared));
    }
    found
}

/// The text that a file holds, if it is that of a letter.
fn text(
    file: &LetterFile,
    languages: &[Language],
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<LetterText> {
    let span = Span::whole(file.file);
    let letters = &known.names.letters;
    let name = file.path.strip_prefix("letters/").and_then(|it| it.strip_suffix(".md"));
    let Some(name) = name else {
        log.say(rules::text_without_letter(&file.path, None, letters, span));
        return None;
    };
    let (name, tag) = name.split_once('.').map_or((name, None), |(name, tag)| (name, Some(tag)));
    let Some(letter) = letters.place(name) else {
        log.say(rules::text_without_letter(&file.path, Some(name), letters, span));
        return None;
    };
    let further = languages.get(1..).unwrap_or_default();
    let language = match tag {
        None => languages.first().copied(),
        Some(tag) => {
            let found = further.iter().copied().find(|it| it.tag() == tag);
            if found.is_none() {
                log.say(rules::undeclared_language(tag, span, further));
            }
            found
        }
    };
    letter_text(file, LetterId::at(letter), language?)
}

/// The text that ships with an included part, for a letter that the protocol does not write itself
/// in this language. The path names the language, for the protocol may be in another.
fn shipped_text(
    file: &LetterFile,
    languages: &[Language],
    known: &Known<'_>,
) -> Option<LetterText> {
    let Some(LetterPath::TakenOver(path)) = syntax::letter_path(&file.path) else { return None };
    let (name, tag) = path.strip_suffix(".md")?.split_once('.')?;
    let letter = LetterId::at(known.names.letters.place(name)?);
    let language = languages.iter().copied().find(|it| it.tag() == tag)?;
    let own = own_path(name, language, languages);
    let is_own = known.written.letter_files.iter().any(|it| it.path == own);
    if is_own { None } else { letter_text(file, letter, language) }
}

/// `None` where the lines about the letter could not be read; that has been reported.
fn letter_text(file: &LetterFile, letter: LetterId, language: Language) -> Option<LetterText> {
    Some(LetterText {
        letter,
        language,
        subject: file.subject.clone()?,
        sender: file.sender.clone(),
        body: file.body.value.clone(),
        span: file.body.span,
    })
}

/// Where the protocol writes a letter in a language itself.
fn own_path(letter: &str, language: Language, languages: &[Language]) -> String {
    match languages.first() == Some(&language) {
        true => format!("letters/{letter}.md"),
        false => format!("letters/{letter}.{}.md", language.tag()),
    }
}

/// Reports the letters without a text. A file that could not be read has been reported.
fn missing(texts: &[LetterText], languages: &[Language], written: &Written, log: &mut Log<'_>) {
    let is_there = |path: &str| written.letter_files.iter().any(|it| it.path == path);
    for (place, letter) in written.letters.iter().enumerate() {
        let name = &letter.name;
        for (number, language) in languages.iter().enumerate() {
            let is_this =
                |it: &LetterText| it.letter == LetterId::at(place) && it.language == *language;
            let path = own_path(&name.value, *language, languages);
            if texts.iter().any(is_this) || is_there(&path) {
                continue;
            }
            log.say(match number {
                0 => rules::letter_without_text(name, &path),
                _ => rules::letter_translation_missing(name, *language, &path),
            });
        }
    }
}

/// The words of one list of names.
fn words_of(written: &syntax::Words, known: &Known<'_>, log: &mut Log<'_>) -> Option<Words> {
    let name = written.name.value.as_str();
    if let Some((record, field)) = name.split_once('.') {
        return words_of_entries(written, (record, field), known, log);
    }
    let field = known.names.fields.place(name);
    let kind = field.and_then(|at| known.fields.get(at));
    let (of, names) = match (field, kind, name) {
        (Some(at), Some(Some(FieldKind::Choice(set))), _) => {
            (WordsFor::Field(FieldId::at(at)), known.scope.set(*set)?.names.clone())
        }
        (Some(_), Some(None), _) => return None,
        (_, _, "severity") if known.written.severity.is_some() => {
            (WordsFor::Severity, known.names.levels.to_vec())
        }
        (_, _, "roles") => (WordsFor::Roles, known.names.roles.to_vec()),
        (_, _, "channels") => (WordsFor::Channels, known.names.channels.to_vec()),
        (_, _, "stops") => {
            let stops = known.written.stops.iter();
            (WordsFor::Stops, stops.map(|it| it.name.value.clone()).collect())
        }
        (_, _, "texts") => (WordsFor::Texts, known.names.texts.to_vec()),
        _ => {
            log.say(rules::words_without_choice(&written.name, known.names.fields.iter()));
            return None;
        }
    };
    Some(Words { of, by_value: by_value(written, &names, known, log) })
}

/// The words for the values of a choice in the entries of a record.
fn words_of_entries(
    written: &syntax::Words,
    (record, field): (&str, &str),
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Words> {
    let declared = |at: usize| known.written.records.get(at);
    let fields = |at: usize| declared(at).into_iter().flat_map(|it| &it.fields);
    let names = |at: usize| fields(at).map(|it| it.field.name.value.as_str());
    let Some(at) = known.names.records.place(record) else {
        log.say(rules::words_without_record(&written.name, record, known.names.records.iter()));
        return None;
    };
    let place = names(at).position(|it| it == field);
    let kind = place.and_then(|it| known.entry_fields.get(at)?.get(it));
    match (place, kind) {
        (Some(_), Some(None)) => None,
        (Some(place), Some(Some(FieldKind::Choice(set)))) => {
            let of = WordsFor::Entry(RecordId::at(at), u16::try_from(place).ok()?);
            let names = known.scope.set(*set)?.names.clone();
            Some(Words { of, by_value: by_value(written, &names, known, log) })
        }
        _ => {
            let names: Vec<String> = names(at).map(|it| format!("{record}.{it}")).collect();
            let names = names.iter().map(String::as_str).filter(|it| *it != written.name.value);
            log.say(rules::words_without_choice(&written.name, names));
            None
        }
    }
}

/// For each name of a list, its words.
fn by_value(
    written: &syntax::Words,
    names: &[String],
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Vec<Vec<(Language, String)>> {
    let name = written.name.value.as_str();
    let mut by_value = vec![Vec::new(); names.len()];
    let places: Vec<(&str, usize)> = names.iter().map(String::as_str).zip(0..).collect();
    for (value, words) in &written.values {
        let Some(place) = word::word(name, value, &places, log) else { continue };
        for it in words {
            let Some(language) = declared(&it.language, known.written, log) else { continue };
            if let (Some(list), Some(says)) = (by_value.get_mut(place), &it.says) {
                list.push((language, says.value.clone()));
            }
        }
    }
    by_value
}
