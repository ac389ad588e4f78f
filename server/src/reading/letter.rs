//! A letter of a case as it was when it became due.

use crate::problem::{Kind, Problem};
use crate::reading::Looked;
use crate::wire::Letter;
use engine::letter::{self, Occasion, Unwritten};
use engine::machine::Machine;
use engine::model::{LetterId, Party, StopId};
use engine::runtime::{Case, CaseKey, Fact, StopDates, StopStream, fold};
use engine::text::{Language, Strings};
use engine::time::Instant;
use store::keeper::{Look, Sent};

/// How wide the lines of a letter are, in characters.
const COLUMNS: usize = 72;

/// Which letter is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Its name.
    pub letter: String,
    /// Which time that it became due, from 1; the latest where it is not said.
    pub number: Option<u32>,
    /// Who receives it; the first to whom it goes, and whose letters the reader may read, where it
    /// is not said.
    pub recipient: Option<String>,
    /// In which language; the first of the protocol where it is not said.
    pub language: Option<String>,
    /// Of those that were recorded by then; of all where it is not said.
    pub known_at: Option<Instant>,
}

/// The letter as somebody receives it.
///
/// `stops` are those that were proposed on the case: they send letters of their own.
///
/// # Errors
/// It was not sent, not to this recipient, or not in this language; the reader may not read it; or
/// it cannot be written.
pub fn written(looked: &Looked, stops: &[Look], wanted: &Wanted) -> Result<Letter, Problem> {
    let none = || Problem::new(Kind::NOT_FOUND);
    let look = &looked.look;
    let machine = &look.loaded.machine;
    let names = || machine.protocol.letters.iter();
    let id = names().position(|it| it.name == wanted.letter).map(LetterId::at).ok_or_else(none)?;
    let sent = sending(looked, stops, (id, wanted)).ok_or_else(none)?;
    let strings = sent.strings;
    let recipient = recipient(looked, wanted, id, &sent.case).ok_or_else(none)?;
    let language = language(machine, wanted).ok_or_else(none)?;
    let reason = sent.reason.as_deref().and_then(|it| looked.reason(it));
    let rendered = letter::render(
        machine,
        &Occasion {
            letter: id,
            language,
            recipient,
            case: &sent.case,
            strings,
            personal: &looked.personal,
            ticket: look.standing.ticket.as_deref().unwrap_or_default(),
            at: sent.at,
            reason: reason.as_deref(),
            stop: sent.stop,
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

/// A letter that became due, of the case itself or of a stop on it.
struct Sending<'a> {
    at: Instant,
    recorded_at: Instant,
    case: Case,
    strings: &'a Strings,
    reason: Option<String>,
    stop: Option<(StopId, StopDates)>,
}

/// The time that is meant of those that the letter became due, in the order of recording.
fn sending<'a>(
    looked: &'a Looked,
    stops: &'a [Look],
    (letter, wanted): (LetterId, &Wanted),
) -> Option<Sending<'a>> {
    let of_case = looked.look.sent().into_iter().filter(|it| it.letter == letter);
    let mut all: Vec<Sending<'_>> = of_case.map(|it| of_case_itself(looked, it)).collect();
    for stop in stops {
        let sent = stop.sent().into_iter().filter(|it| it.letter == letter);
        all.extend(sent.filter_map(|it| of_stop(looked, stop, it)));
    }
    all.retain(|it| wanted.known_at.is_none_or(|until| it.recorded_at <= until));
    all.sort_by_key(|it| it.recorded_at);
    let place = match wanted.number {
        None => all.len().checked_sub(1)?,
        Some(number) => usize::try_from(number).ok()?.checked_sub(1)?,
    };
    all.into_iter().nth(place)
}

fn of_case_itself(looked: &Looked, sent: Sent) -> Sending<'_> {
    let Sent { at, recorded_at, case, reason, .. } = sent;
    Sending { at, recorded_at, case, strings: &looked.look.strings, reason, stop: None }
}

/// A letter of a stop is written from the case on which it was proposed, as it was known then, and
/// from the dates of the stop.
fn of_stop<'a>(looked: &'a Looked, stop: &'a Look, sent: Sent) -> Option<Sending<'a>> {
    let machine = &looked.look.loaded.machine;
    let id = machine.protocol.stop(stop.standing.stop.as_deref()?)?;
    // Which case it is about changes nothing of its dates.
    let mut life = StopStream::new(machine, id, CaseKey::at(0), None)?;
    life.case = sent.case;
    let known = looked.look.kept.iter().take_while(|it| it.recorded_at <= sent.recorded_at);
    let facts: Vec<Fact> = known.flat_map(|it| &it.facts).copied().collect();
    Some(Sending {
        at: sent.at,
        recorded_at: sent.recorded_at,
        case: fold(machine, &facts),
        strings: &looked.look.strings,
        reason: sent.reason,
        stop: Some((id, life.dates())),
    })
}

/// Who reads it: whoever was asked for, or the first to whom it goes; the reader must be somebody
/// who may read what goes there.
fn recipient(looked: &Looked, wanted: &Wanted, id: LetterId, case: &Case) -> Option<Party> {
    let machine = &looked.look.loaded.machine;
    let all = letter::recipients(machine, id, case).into_iter();
    let mut open = all.filter(|it| looked.reader.reads_letters_to(machine, *it));
    match &wanted.recipient {
        None => open.next(),
        Some(name) => open.find(|it| machine.protocol.party_name(*it) == name),
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
