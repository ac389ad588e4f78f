//! Every text is written with sample values before anybody receives it.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::diagnostic::Diagnostics;
use crate::letter::entries::{Part, field_of};
use crate::letter::lint::sure::Sure;
use crate::letter::place::{Kind, Place};
use crate::letter::render::{Unwritten, fill};
use crate::letter::rules;
use crate::letter::values::{Raw, Values};
use crate::model::{ENTRIES_OF_RECORD_MAX, FieldKind, LetterText, Protocol};
use crate::time::{Term, Unit};

const TOO_MUCH_WORK: &str = "it takes more steps than a letter may";

/// Writes a text with everything said and as many entries as there can be, then with one entry,
/// then with nothing but what is surely said.
pub(crate) fn write(
    text: &LetterText,
    sure: &Sure<'_>,
    protocol: &Protocol,
    out: &mut Diagnostics,
) {
    let many = |place: &Place, _: u16| sample(place, protocol, ENTRIES_OF_RECORD_MAX);
    let one = |place: &Place, _: u16| sample(place, protocol, 1);
    // An entry that is done was done at some time.
    let is_known =
        |place: &Place| sure.knows(place) || matches!(place, Place::Entry(_, Part::DoneAt));
    let least = |place: &Place, _: u16| match is_known(place) {
        true => sample(place, protocol, 1),
        false => Raw::Unset,
    };
    if !protocol.records.is_empty()
        && matches!(fill(protocol, text, &many), Err(Unwritten::TooMuchWork))
    {
        let what = format!("with {ENTRIES_OF_RECORD_MAX} entries {TOO_MUCH_WORK}");
        out.push(rules::too_much(&what, text.span));
        return;
    }
    for value in [&one as Values<'_>, &least] {
        let what = match fill(protocol, text, value) {
            Ok(_) => continue,
            Err(Unwritten::TooMuchWork) => TOO_MUCH_WORK.to_owned(),
            Err(Unwritten::TooLong(bytes)) => format!("it would be longer than {bytes} bytes"),
            Err(Unwritten::Failed(what)) => format!("it cannot be written: {what}"),
            Err(Unwritten::NoText) => "it has no text".to_owned(),
        };
        out.push(rules::too_much(&what, text.span));
        return;
    }
}

fn sample(place: &Place, protocol: &Protocol, n_entries: u16) -> Raw {
    let text = || Raw::Text("sample".to_owned());
    match place.kind(protocol) {
        Kind::Text => text(),
        Kind::Name(names) => names.into_iter().next().map_or_else(text, Raw::Text),
        Kind::Flag => Raw::Flag(true),
        Kind::Number => Raw::Number(Decimal::TEN),
        Kind::Money => Raw::Money(Decimal::TEN, currency(place, protocol)),
        Kind::Date => NaiveDate::from_ymd_opt(2026, 4, 15).map_or(Raw::Unset, Raw::Date),
        Kind::Instant => Raw::Instant(0),
        Kind::List => Raw::Entries(n_entries),
        Kind::Term => Raw::Term(Term { amount: 10, unit: Unit::WorkingDays }),
    }
}

fn currency(place: &Place, protocol: &Protocol) -> String {
    let field = match place {
        Place::Field(id) => protocol.fields.get(id.index()),
        _ => field_of(place, protocol).map(|it| &it.field),
    };
    match field.map(|it| &it.kind) {
        Some(FieldKind::Money(currency)) => currency.clone(),
        _ => String::new(),
    }
}
