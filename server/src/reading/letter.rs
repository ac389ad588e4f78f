//! A letter of a case as it was when it became due.

use crate::problem::{Kind, Problem};
use crate::reading::Looked;
use crate::wire::Letter;
use engine::letter::{self, Occasion, Unwritten};
use engine::machine::Machine;
use engine::model::{LetterId, Party};
use engine::runtime::Case;
use engine::text::Language;
use store::keeper::Sent;

/// How wide the lines of a letter are, in characters.
const COLUMNS: usize = 72;

/// Which letter is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Its name.
    pub letter: String,
    /// Which time that it became due, from 1; the latest where it is not said.
    pub number: Option<u32>,
    /// Who reads it; the first to whom it goes where it is not said.
    pub recipient: Option<String>,
    /// In which language; the first of the protocol where it is not said.
    pub language: Option<String>,
}

/// The letter as somebody receives it.
///
/// # Errors
/// It was not sent, not to this recipient, or not in this language; or it cannot be written.
pub fn written(looked: &Looked, wanted: &Wanted) -> Result<Letter, Problem> {
    let none = || Problem::new(Kind::NOT_FOUND);
    let look = &looked.look;
    let machine = &look.loaded.machine;
    let names = || machine.protocol.letters.iter();
    let id = names().position(|it| it.name == wanted.letter).map(LetterId::at).ok_or_else(none)?;
    let sent = sending(looked, id, wanted.number).ok_or_else(none)?;
    let recipient = recipient(machine, wanted, id, &sent.case).ok_or_else(none)?;
    let language = language(machine, wanted).ok_or_else(none)?;
    let reason = sent.reason.as_deref().and_then(|it| looked.reason(it));
    let rendered = letter::render(
        machine,
        &Occasion {
            letter: id,
            language,
            recipient,
            case: &sent.case,
            strings: &look.strings,
            personal: &looked.personal,
            ticket: look.standing.ticket.as_deref().unwrap_or_default(),
            at: sent.at,
            reason: reason.as_deref(),
            stop: None,
        },
    );
    let rendered = rendered.map_err(|why| unwritten(&wanted.letter, &why))?;
    Ok(Letter {
        letter: wanted.letter.clone(),
        recipient: machine.protocol.party_name(recipient).to_owned(),
        language: language.tag().to_owned(),
        at: sent.at.to_string(),
        text: draw::letter::text(&rendered, COLUMNS),
        html: draw::letter::html(&rendered),
    })
}

/// The time that is meant of those that the letter became due.
fn sending(looked: &Looked, letter: LetterId, number: Option<u32>) -> Option<Sent> {
    let mut all = looked.look.sent().into_iter().filter(|it| it.letter == letter);
    match number.map(usize::try_from) {
        None => all.next_back(),
        Some(number) => all.nth(number.ok()?.checked_sub(1)?),
    }
}

fn recipient(machine: &Machine, wanted: &Wanted, id: LetterId, case: &Case) -> Option<Party> {
    let all = letter::recipients(machine, id, case);
    match &wanted.recipient {
        None => all.first().copied(),
        Some(name) => all.into_iter().find(|it| machine.protocol.party_name(*it) == name),
    }
}

fn language(machine: &Machine, wanted: &Wanted) -> Option<Language> {
    let all = &machine.protocol.languages;
    match &wanted.language {
        None => all.first().copied(),
        Some(tag) => all.iter().find(|it| it.tag() == tag.as_str()).copied(),
    }
}

fn unwritten(name: &str, why: &Unwritten) -> Problem {
    let why = match why {
        Unwritten::NoText => return Problem::new(Kind::NOT_FOUND),
        Unwritten::TooLong(bytes) => format!("it would be longer than {bytes} bytes"),
        Unwritten::TooMuchWork => "it takes more steps than a letter may".to_owned(),
        Unwritten::Failed(what) => what.clone(),
    };
    Problem::new(Kind::FAULTED).because(format!("letter `{name}` cannot be written: {why}"))
}
