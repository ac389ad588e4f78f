//! The values that a template reads: of a case, or of a sample.

use std::collections::BTreeMap;

use minijinja::Value as Shown;
use rust_decimal::Decimal;

use crate::letter::entries::{self, Part};
use crate::letter::place::Place;
use crate::letter::render::Occasion;
use crate::letter::words::not_disclosed;
use crate::machine::Machine;
use crate::model::{
    DeadlineId, Doer, Field, FieldId, FieldKind, Party, Protocol, Record, RecordId, WordsFor,
};
use crate::runtime::{Case, party};
use crate::script::Value;
use crate::text::Language;
use crate::time::{Allowance, NaiveDate, Term};

/// A value before a filter has written it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Raw {
    /// Nobody has said it.
    Unset,
    /// Words, or a name.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(Decimal),
    /// An amount in a currency.
    Money(Decimal, String),
    /// A civil date.
    Date(NaiveDate),
    /// Milliseconds since 1970.
    Instant(i64),
    /// A length of time.
    Term(Term),
    /// So many entries.
    Entries(u16),
}

impl Raw {
    /// As the template engine holds it; filters know the form of what they take.
    fn shown(self) -> Shown {
        match self {
            Self::Unset => Shown::from(()),
            Self::Text(text) => Shown::from(text),
            Self::Flag(flag) => Shown::from(flag),
            Self::Number(number) => Shown::from(number.to_string()),
            Self::Money(amount, currency) => Shown::from(format!("{amount} {currency}")),
            Self::Date(on) => Shown::from(on.to_string()),
            Self::Instant(ms) => Shown::from(ms),
            Self::Term(term) => Shown::from(term.to_string()),
            Self::Entries(count) => Shown::from(count),
        }
    }
}

/// What there is at a place; of an entry, that at this place, from 1.
pub(crate) type Values<'v> = &'v dyn Fn(&Place, u16) -> Raw;

/// Everything that templates of this protocol may read; of records, those that `names` picks.
pub(crate) fn context(
    protocol: &Protocol,
    names: &dyn Fn(&str) -> bool,
    value: Values<'_>,
) -> Shown {
    let mut top: BTreeMap<String, Shown> = BTreeMap::new();
    let shown = |place: &Place| value(place, 0).shown();
    for name in ["ticket", "reason", "recipient", "opened", "today", "severity"] {
        if let Ok(place) = crate::letter::place::find(&[name], protocol) {
            top.insert(name.to_owned(), shown(&place));
        }
    }
    let mut words: BTreeMap<String, Shown> = BTreeMap::new();
    for (place, field) in protocol.fields.iter().enumerate() {
        let id = FieldId::at(place);
        top.entry(field.name.clone()).or_insert_with(|| shown(&Place::Field(id)));
        if matches!(field.kind, FieldKind::Choice(_) | FieldKind::Role(_)) {
            words.insert(field.name.clone(), shown(&Place::Words(id)));
        }
    }
    for (place, record) in protocol.records.iter().enumerate().filter(|(_, it)| names(&it.name)) {
        let all = || of_record(record, RecordId::at(place), value);
        top.entry(record.name.clone()).or_insert_with(all);
    }
    if protocol.severity.is_some() {
        words.insert("severity".to_owned(), shown(&Place::SeverityWord));
    }
    let texts = protocol.texts.iter();
    let texts: BTreeMap<String, Shown> =
        texts.map(|(name, _)| (name.clone(), shown(&Place::Text(name.clone())))).collect();
    let mut deadlines: BTreeMap<String, Shown> = BTreeMap::new();
    for (place, deadline) in protocol.deadlines.iter().enumerate() {
        let id = DeadlineId::at(place);
        let parts = [
            ("due", shown(&Place::Due(id))),
            ("started", shown(&Place::Started(id))),
            ("term", shown(&Place::Term(id))),
        ];
        deadlines.insert(deadline.name.clone(), Shown::from(BTreeMap::from(parts)));
    }
    let title = |place: Place| Shown::from(BTreeMap::from([("title", shown(&place))]));
    top.insert("handler".to_owned(), title(Place::HandlerTitle));
    top.insert("owner".to_owned(), title(Place::OwnerTitle));
    top.insert("channel".to_owned(), title(Place::ChannelTitle));
    let of_a_stop = crate::letter::place::OF_A_STOP.iter();
    let of_a_stop: BTreeMap<&str, Shown> =
        of_a_stop.map(|(name, place)| (*name, shown(place))).collect();
    top.insert("stop".to_owned(), Shown::from(of_a_stop));
    top.insert("words".to_owned(), Shown::from(words));
    top.insert("texts".to_owned(), Shown::from(texts));
    top.insert("deadline".to_owned(), Shown::from(deadlines));
    Shown::from(top)
}

/// The entries of a record, each with all that can be read of it.
fn of_record(record: &Record, id: RecordId, value: Values<'_>) -> Shown {
    let Raw::Entries(count) = value(&Place::Entries(id), 0) else {
        return Shown::from(Vec::<Shown>::new());
    };
    let parts: Vec<(String, Part)> = entries::parts(record).collect();
    let of_one = |number: u16| {
        let shown = |part: Part| value(&Place::Entry(id, part), number).shown();
        let mut all: BTreeMap<&str, Shown> = BTreeMap::new();
        let mut words: BTreeMap<&str, Shown> = BTreeMap::new();
        for (name, part) in &parts {
            all.insert(name, shown(*part));
            if let Part::Field(place) = *part
                && entries::has_words(record, place)
            {
                words.insert(name, shown(Part::Words(place)));
            }
        }
        all.insert("words", Shown::from(words));
        Shown::from(all)
    };
    (1..=count).map(of_one).collect()
}

/// What a case holds at a place.
pub(crate) fn of_case(
    machine: &Machine,
    occasion: &Occasion<'_>,
    place: &Place,
    number: u16,
) -> Raw {
    let protocol = &machine.protocol;
    let (case, language) = (occasion.case, occasion.language);
    let dates = occasion.stop.map(|(_, dates)| dates);
    let text = |text: Option<&str>| text.map_or(Raw::Unset, |it| Raw::Text(it.to_owned()));
    let said = |text: Option<String>| text.map_or(Raw::Unset, Raw::Text);
    let instant = |at: crate::time::Instant| Raw::Instant(at.ms());
    match place {
        Place::Field(id) => {
            let field = protocol.fields.get(id.index());
            field.map_or(Raw::Unset, |it| held(machine, occasion, it, case.field(*id)))
        }
        Place::Words(id) => {
            let field = protocol.fields.get(id.index());
            let value = case.field(*id);
            field.map_or(Raw::Unset, |it| {
                words(protocol, occasion, it, (WordsFor::Field(*id), value))
            })
        }
        Place::Entries(id) => {
            Raw::Entries(u16::try_from(case.entries(*id).len()).unwrap_or(u16::MAX))
        }
        Place::Entry(id, part) => of_entry(machine, occasion, (*id, number), *part),
        Place::IsFirst | Place::IsLast => Raw::Unset,
        Place::Severity => text(case.severity.map(|it| machine.level_name(it))),
        Place::SeverityWord => {
            let place = case.severity.map(|it| usize::from(it.0));
            said(place.and_then(|it| word(protocol, WordsFor::Severity, it, language)))
        }
        Place::Ticket => Raw::Text(occasion.ticket.to_owned()),
        Place::StopSays => {
            let stop = occasion.stop.map(|(stop, _)| stop.index());
            said(stop.and_then(|it| word(protocol, WordsFor::Stops, it, language)))
        }
        Place::StopUntil => dates.and_then(|it| it.until).map_or(Raw::Unset, instant),
        Place::StopReviewOn => dates.and_then(|it| it.review_on).map_or(Raw::Unset, instant),
        Place::StopAppealUntil => dates.and_then(|it| it.appeal_until).map_or(Raw::Unset, instant),
        Place::Opened => case.opened_at.map_or(Raw::Unset, instant),
        Place::Today => instant(occasion.at),
        Place::Reason => text(occasion.reason),
        Place::Recipient => Raw::Text(protocol.party_name(occasion.recipient).to_owned()),
        Place::Due(id) => {
            let due = case.latest(*id).and_then(|it| it.times.due);
            due.map_or(Raw::Unset, instant)
        }
        Place::Started(id) => case.latest(*id).map_or(Raw::Unset, |it| instant(it.start.at)),
        Place::Term(id) => term(protocol, case, *id).map_or(Raw::Unset, Raw::Term),
        Place::HandlerTitle => {
            said(role_title(protocol, party(protocol, case, Doer::Handler), language))
        }
        Place::OwnerTitle => {
            said(role_title(protocol, party(protocol, case, Doer::Owner), language))
        }
        Place::ChannelTitle => {
            let place = case.channel.map(|it| it.index());
            said(place.and_then(|it| word(protocol, WordsFor::Channels, it, language)))
        }
        Place::Text(name) => {
            let place = protocol.texts.iter().position(|(it, _)| it == name);
            said(place.and_then(|it| word(protocol, WordsFor::Texts, it, language)))
        }
    }
}

/// What the case holds of one of its entries.
fn of_entry(
    machine: &Machine,
    occasion: &Occasion<'_>,
    (record, place): (RecordId, u16),
    part: Part,
) -> Raw {
    let (protocol, case) = (&machine.protocol, occasion.case);
    let entry = usize::from(place).checked_sub(1).and_then(|it| case.entries(record).get(it));
    let Some(entry) = entry else { return Raw::Unset };
    let declared = |place: u16| {
        let record = protocol.records.get(record.index())?;
        record.fields.get(usize::from(place)).map(|it| &it.field)
    };
    let value = |place: u16| case.entry_value(record, entry.number, place);
    match part {
        Part::Field(place) => {
            declared(place).map_or(Raw::Unset, |it| held(machine, occasion, it, value(place)))
        }
        Part::Words(place) => declared(place).map_or(Raw::Unset, |it| {
            words(protocol, occasion, it, (WordsFor::Entry(record, place), value(place)))
        }),
        Part::Id => Raw::Text(occasion.strings.get(entry.id).to_owned()),
        Part::At => Raw::Instant(entry.at.ms()),
        Part::Done => Raw::Flag(entry.done_at.is_some()),
        Part::DoneAt => entry.done_at.map_or(Raw::Unset, |it| Raw::Instant(it.ms())),
    }
}

/// A value that a case holds, as whoever reads the letter may know it.
fn held(machine: &Machine, occasion: &Occasion<'_>, field: &Field, value: Value) -> Raw {
    let hidden = field.personal && !occasion.may_know(machine);
    match value {
        Value::Unset => Raw::Unset,
        _ if hidden => Raw::Text(not_disclosed(occasion.language).to_owned()),
        Value::Flag(flag) => Raw::Flag(flag),
        Value::Number(number) => match &field.kind {
            FieldKind::Money(currency) => Raw::Money(number, currency.clone()),
            _ => Raw::Number(number),
        },
        Value::Choice(place) => {
            name_of(&machine.protocol, field, place).map_or(Raw::Unset, Raw::Text)
        }
        Value::Date(on) => Raw::Date(on),
        Value::Text(symbol) => Raw::Text(occasion.strings.get(symbol).to_owned()),
        Value::Slot(symbol) => {
            let held = occasion.personal.get(occasion.strings.get(symbol));
            held.map_or(Raw::Unset, |it| Raw::Text(it.clone()))
        }
    }
}

fn name_of(protocol: &Protocol, field: &Field, place: u16) -> Option<String> {
    let (FieldKind::Choice(set) | FieldKind::Role(set)) = &field.kind else { return None };
    protocol.scope.set(*set)?.name(place).map(str::to_owned)
}

/// The word for a choice; for a role its title.
fn words(
    protocol: &Protocol,
    occasion: &Occasion<'_>,
    field: &Field,
    (own, value): (WordsFor, Value),
) -> Raw {
    let Value::Choice(place) = value else { return Raw::Unset };
    let of = if matches!(field.kind, FieldKind::Role(_)) { WordsFor::Roles } else { own };
    let found = word(protocol, of, usize::from(place), occasion.language);
    found.map_or(Raw::Unset, Raw::Text)
}

/// What a letter calls one of the names of a list. Titles and texts are in the language of the
/// protocol where they stand.
#[must_use]
pub fn word(protocol: &Protocol, of: WordsFor, place: usize, language: Language) -> Option<String> {
    let words = protocol.words.iter().find(|it| it.of == of);
    let mut of_value = words.and_then(|it| it.by_value.get(place)).into_iter().flatten();
    let said = of_value.find(|(own, _)| *own == language).map(|(_, word)| word.clone());
    let is_own = protocol.languages.first() == Some(&language);
    let title = || match of {
        WordsFor::Field(_) | WordsFor::Entry(..) | WordsFor::Severity => None,
        WordsFor::Roles => protocol.roles.get(place).map(|it| it.title.clone()),
        WordsFor::Channels => protocol.channels.get(place).map(|it| it.title.clone()),
        WordsFor::Texts => protocol.texts.get(place).map(|(_, says)| says.clone()),
        WordsFor::Stops => protocol
            .stops
            .get(place)
            .map(|it| it.refuses.iter().map(|it| it.says.as_str()).collect::<Vec<_>>().join(". ")),
    };
    said.or_else(|| title().filter(|_| is_own))
}

/// The term of a deadline that applies, where it is one term and not the longer of two.
fn term(protocol: &Protocol, case: &Case, id: DeadlineId) -> Option<Term> {
    let clock = case.latest(id)?;
    let alternatives = &protocol.deadlines.get(id.index())?.alternatives;
    match alternatives.get(usize::from(clock.alternative))?.allowance {
        Allowance::Term(term) => Some(term),
        _ => None,
    }
}

fn role_title(protocol: &Protocol, party: Option<Party>, language: Language) -> Option<String> {
    let Some(Party::Role(role)) = party else { return None };
    word(protocol, WordsFor::Roles, role.index(), language)
}
