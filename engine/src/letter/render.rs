//! A letter as one person receives it.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use minijinja::value::ValueKind;
use minijinja::{AutoEscape, Environment, ErrorKind, State, UndefinedBehavior, Value as Shown};
use rust_decimal::Decimal;

use crate::inspect::is_inside;
use crate::letter::breaks;
use crate::letter::document::{Block, blocks, escaped};
use crate::letter::place::Place;
use crate::letter::read;
use crate::letter::values::{self, Values, context};
use crate::letter::words::{self, Labels};
use crate::machine::Machine;
use crate::model::{Form, LetterId, LetterText, Party, Protocol, StopId, WordsFor};
use crate::runtime::{Case, StopDates, party};
use crate::text::{Language, Strings};
use crate::time::{Instant, NaiveDate, Zone, parse_term};

/// How much work a template may make, in steps of the template engine: with as many entries as a
/// case may have, some hundred steps for each.
const FUEL: u64 = 500_000;

/// The longest letter, in bytes of its text before it is set out.
pub(crate) const LETTER_BYTES_MAX: usize = 512 * 1024;

/// When and for whom a letter is written.
#[derive(Clone, Copy, Debug)]
pub struct Occasion<'a> {
    /// The letter.
    pub letter: LetterId,
    /// The language to write it in.
    pub language: Language,
    /// Who reads it.
    pub recipient: Party,
    /// The case after the decision that sends the letter.
    pub case: &'a Case,
    /// The strings of the case.
    pub strings: &'a Strings,
    /// The personal values, by the reference that the case holds.
    pub personal: &'a BTreeMap<String, String>,
    /// The ticket number.
    pub ticket: &'a str,
    /// When the letter became due.
    pub at: Instant,
    /// The reason given with the event that sends it.
    pub reason: Option<&'a str>,
    /// The stop that sends it, and its dates then.
    pub stop: Option<(StopId, StopDates)>,
}

impl Occasion<'_> {
    /// Whether whoever reads the letter may learn what is personal about the complainant: the
    /// complainant, and the roles of the organisation.
    pub(crate) fn may_know(&self, machine: &Machine) -> bool {
        may_know(self.recipient, &machine.protocol)
    }
}

/// Whether a party may learn what is personal about the complainant.
pub(crate) fn may_know(party: Party, protocol: &Protocol) -> bool {
    party == Party::Complainant || is_inside(party, protocol)
}

/// A letter that is ready to be set out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its language.
    pub language: Language,
    /// How it is set out.
    pub form: Option<Form>,
    /// Who writes.
    pub sender: Option<String>,
    /// The ticket number.
    pub ticket: String,
    /// Its date, in words.
    pub date: String,
    /// What it is about.
    pub subject: String,
    /// The text.
    pub blocks: Vec<Block>,
    /// Who receives a copy, in words.
    pub copies: Vec<String>,
    /// The words around the text.
    pub labels: Labels,
}

/// Why a letter cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unwritten {
    /// It has no text in this language.
    NoText,
    /// It would be longer than so many bytes.
    TooLong(usize),
    /// Its template takes more steps than a letter may.
    TooMuchWork,
    /// Its template asks for something that is not there.
    Failed(String),
}

/// Everybody who receives a letter, as the case stands: those it is for, then those who receive
/// a copy, each once.
#[must_use]
pub fn recipients(machine: &Machine, letter: LetterId, case: &Case) -> Vec<Party> {
    let protocol = &machine.protocol;
    let letter = protocol.letters.get(letter.index());
    let mut found = Vec::new();
    for doer in letter.into_iter().flat_map(|it| it.to.iter().chain(&it.copy)) {
        found.extend(party(protocol, case, *doer).filter(|it| !found.contains(it)));
    }
    found
}

/// Writes a letter for one of those who receive it.
///
/// # Errors
/// Why there is no letter.
pub fn render(machine: &Machine, occasion: &Occasion<'_>) -> Result<Letter, Unwritten> {
    let protocol = &machine.protocol;
    let is_it = |it: &&LetterText| it.letter == occasion.letter && it.language == occasion.language;
    let text = protocol.letter_texts.iter().find(is_it).ok_or(Unwritten::NoText)?;
    let value = |place: &Place, number: u16| values::of_case(machine, occasion, place, number);
    let written = fill(protocol, text, &value)?;
    let letter = protocol.letters.get(occasion.letter.index());
    let labels = words::labels(occasion.language);
    let copies = letter.into_iter().flat_map(|it| &it.copy);
    let copies = copies.filter_map(|it| party(protocol, occasion.case, *it)).map(|it| match it {
        Party::Complainant => labels.complainant.to_owned(),
        Party::Respondent => labels.respondent.to_owned(),
        Party::Role(id) => {
            let title = values::word(protocol, WordsFor::Roles, id.index(), occasion.language);
            let own = || protocol.roles.get(id.index()).map(|it| it.title.clone());
            title.or_else(own).unwrap_or_default()
        }
        Party::System => protocol.title.clone(),
    });
    Ok(Letter {
        language: occasion.language,
        form: letter.and_then(|it| it.form),
        sender: written.sender,
        ticket: occasion.ticket.to_owned(),
        date: words::date(occasion.language, protocol.zone.civil(occasion.at).date()),
        subject: written.subject,
        blocks: blocks(&written.body),
        copies: copies.collect(),
        labels,
    })
}

/// The texts of a letter with everything in its place.
pub(crate) struct Filled {
    pub(crate) sender: Option<String>,
    pub(crate) subject: String,
    pub(crate) body: String,
}

/// Fills in the templates of a letter.
pub(crate) fn fill(
    protocol: &Protocol,
    text: &LetterText,
    value: Values<'_>,
) -> Result<Filled, Unwritten> {
    // A record that no tag names costs nothing. Many records are called by plain words of letters.
    let texts = text.sender.iter().chain([&text.subject]).map(|it| it.value.as_str());
    let tags = texts.chain([text.body.as_str()]).flat_map(read::tags);
    let named: BTreeSet<&str> =
        tags.flat_map(|it| it.split(|it: char| !it.is_alphanumeric() && it != '_')).collect();
    let names = |record: &str| named.contains(record);
    let values = context(protocol, &names, value);
    let plain = environment(protocol, text.language, |text| text.to_owned());
    let marked = environment(protocol, text.language, escaped);
    let line = |template: &str| {
        let written = run(&plain, template, &values)?;
        Ok(written.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let sender = text.sender.as_ref().map(|it| line(&it.value)).transpose()?;
    Ok(Filled {
        sender,
        subject: line(&text.subject.value)?,
        body: run(&marked, &text.body, &values)?,
    })
}

fn run(env: &Environment<'_>, template: &str, values: &Shown) -> Result<String, Unwritten> {
    read::parsed(template).map_err(|_| Unwritten::Failed("it cannot be read".to_owned()))?;
    let mut written = Bounded { bytes: Vec::new(), is_full: false };
    let ran = env
        .template_from_str(&breaks::kept(template))
        .and_then(|it| it.render_captured_to(values.clone(), &mut written).map(drop));
    match ran {
        _ if written.is_full => Err(Unwritten::TooLong(LETTER_BYTES_MAX)),
        Ok(()) => String::from_utf8(written.bytes)
            .map_err(|_| Unwritten::Failed("it is no text".to_owned())),
        Err(error) if error.kind() == ErrorKind::OutOfFuel => Err(Unwritten::TooMuchWork),
        Err(error) => Err(Unwritten::Failed(error.to_string())),
    }
}

/// What is written, up to the length of a letter.
struct Bounded {
    bytes: Vec<u8>,
    is_full: bool,
}

impl io::Write for &mut Bounded {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        if self.bytes.len().saturating_add(part.len()) > LETTER_BYTES_MAX {
            self.is_full = true;
            return Err(io::Error::other("the letter is too long"));
        }
        self.bytes.extend_from_slice(part);
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An engine that knows our filters and nothing else. `shape` makes a value what it has to be in
/// the text around it.
fn environment(
    protocol: &Protocol,
    language: Language,
    shape: impl Fn(&str) -> String + Send + Sync + 'static,
) -> Environment<'static> {
    let mut env = Environment::empty();
    if let Some(syntax) = read::syntax() {
        env.set_syntax(syntax);
    }
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_fuel(Some(FUEL));
    env.set_auto_escape_callback(|_| AutoEscape::None);
    env.set_formatter(move |out, _: &mut State<'_, '_>, value: &Shown| match value.as_str() {
        Some(text) => out.write_str(&shape(text)).map_err(minijinja::Error::from),
        None => Err(minijinja::Error::new(ErrorKind::InvalidOperation, "this is no text")),
    });
    env.add_test("set", |value: Shown| {
        let has_none = value.kind() == ValueKind::Seq && value.len() == Some(0);
        !value.is_none() && !value.is_undefined() && !has_none
    });
    let zone = protocol.zone.clone();
    env.add_filter("date", move |value: Shown| date(language, &zone, &value).ok_or_else(odd));
    let zone = protocol.zone.clone();
    env.add_filter("time", move |value: Shown| {
        let at = value.as_i64().map(Instant::from_ms);
        at.map(|at| words::time(language, zone.civil(at))).ok_or_else(odd)
    });
    env.add_filter("money", move |value: Shown| money(language, &value).ok_or_else(odd));
    env.add_filter("number", move |value: Shown| {
        let number = value.as_str().and_then(|it| it.parse::<Decimal>().ok());
        number.map(|it| words::number(language, it)).ok_or_else(odd)
    });
    env.add_filter("term", move |value: Shown| {
        let term = value.as_str().and_then(|it| parse_term(it).ok());
        term.map(|it| words::term(language, it)).ok_or_else(odd)
    });
    env
}

fn odd() -> minijinja::Error {
    minijinja::Error::new(ErrorKind::InvalidOperation, "the filter does not take this value")
}

fn date(language: Language, zone: &Zone, value: &Shown) -> Option<String> {
    let on = match value.as_str() {
        Some(text) => text.parse::<NaiveDate>().ok()?,
        None => zone.civil(Instant::from_ms(value.as_i64()?)).date(),
    };
    Some(words::date(language, on))
}

fn money(language: Language, value: &Shown) -> Option<String> {
    let (amount, currency) = value.as_str()?.split_once(' ')?;
    Some(words::money(language, amount.parse().ok()?, currency))
}
