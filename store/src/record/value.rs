//! Dates, numbers and the values of fields.

use crate::cases::Failure;
use crate::record::bytes::{In, Out, damaged};
use crate::record::dictionary::Words;
use chrono::NaiveDate;
use engine::runtime::Given;
use engine::script::Value;
use engine::text::Strings;
use rust_decimal::Decimal;

const UNSET: u8 = 0;
const NO: u8 = 1;
const YES: u8 = 2;
const NUMBER: u8 = 3;
const CHOICE: u8 = 4;
const DATE: u8 = 5;
const TEXT: u8 = 6;
const SLOT: u8 = 7;

/// The days of the common era before 1970-01-01.
const DAYS_BEFORE_1970: i32 = 719_163;

/// Writes a date as days after 1970-01-01.
pub(super) fn date(out: &mut Out<'_>, date: NaiveDate) {
    use chrono::Datelike as _;
    out.signed(i64::from(date.num_days_from_ce()) - i64::from(DAYS_BEFORE_1970));
}

/// Reads a date.
pub(super) fn read_date(from: &mut In<'_>) -> Result<NaiveDate, Failure> {
    let days = from.signed()?.checked_add(i64::from(DAYS_BEFORE_1970));
    let days = days.and_then(|it| i32::try_from(it).ok());
    days.and_then(NaiveDate::from_num_days_from_ce_opt)
        .ok_or_else(|| damaged("a date cannot be held"))
}

/// Writes a number: how many digits follow the point, then all digits as one number.
fn number(out: &mut Out<'_>, number: Decimal) {
    let digits = number.mantissa();
    out.number(number.scale());
    out.wide(((digits << 1) ^ (digits >> 127)).cast_unsigned());
}

fn read_number(from: &mut In<'_>) -> Result<Decimal, Failure> {
    let scale = from.small()?;
    let digits = from.wide()?;
    let digits = (digits >> 1).cast_signed() ^ -(digits & 1).cast_signed();
    Decimal::try_from_i128_with_scale(digits, scale)
        .map_err(|_| damaged("a decimal number cannot be held"))
}

const fn flag(flag: bool) -> u8 {
    if flag { YES } else { NO }
}

/// Writes what a fact says of a field.
pub(super) fn value<'a>(
    out: &mut Out<'a>,
    value: Value,
    choices: &'a Words,
    strings: &'a Strings,
) -> Result<(), Failure> {
    match value {
        Value::Unset => out.byte(UNSET),
        Value::Flag(it) => out.byte(flag(it)),
        Value::Number(it) => {
            out.byte(NUMBER);
            number(out, it);
        }
        Value::Choice(it) => {
            out.byte(CHOICE);
            choices.write(out, it)?;
        }
        Value::Date(it) => {
            out.byte(DATE);
            date(out, it);
        }
        Value::Text(it) => {
            out.byte(TEXT);
            out.text(strings.get(it));
        }
        Value::Slot(it) => {
            out.byte(SLOT);
            out.text(strings.get(it));
        }
    }
    Ok(())
}

/// Reads what a fact says of a field.
pub(super) fn read_value(
    from: &mut In<'_>,
    choices: &Words,
    strings: &mut Strings,
) -> Result<Value, Failure> {
    Ok(match from.byte()? {
        UNSET => Value::Unset,
        NO => Value::Flag(false),
        YES => Value::Flag(true),
        NUMBER => Value::Number(read_number(from)?),
        CHOICE => Value::Choice(choices.read(from)?),
        DATE => Value::Date(read_date(from)?),
        TEXT => Value::Text(strings.intern(from.text()?)),
        SLOT => Value::Slot(strings.intern(from.text()?)),
        _ => return Err(damaged("the type of a value is not known")),
    })
}

/// Writes what a report says of a field.
pub(super) fn given<'a>(out: &mut Out<'a>, given: &'a Given, choices: Option<&'a Words>) {
    match given {
        Given::Flag(it) => out.byte(flag(*it)),
        Given::Number(it) => {
            out.byte(NUMBER);
            number(out, *it);
        }
        Given::Date(it) => {
            out.byte(DATE);
            date(out, *it);
        }
        Given::Text(it) => {
            let place = choices.and_then(|words| words.place(words.number(it)?));
            match place {
                Some(place) => {
                    out.byte(CHOICE);
                    out.number(place + 1);
                }
                None => {
                    out.byte(TEXT);
                    out.text(it);
                }
            }
        }
        Given::Slot(it) => {
            out.byte(SLOT);
            out.text(it);
        }
    }
}

/// Reads what a report says of a field.
pub(super) fn read_given(from: &mut In<'_>, choices: Option<&Words>) -> Result<Given, Failure> {
    let place = |name: &str| choices.and_then(|words| words.place(words.number(name)?));
    Ok(match from.byte()? {
        NO => Given::Flag(false),
        YES => Given::Flag(true),
        NUMBER => Given::Number(read_number(from)?),
        CHOICE => {
            let none = || damaged("a choice is given for a field that has none");
            let words = choices.ok_or_else(none)?;
            let number = words.meant(from.number()?.checked_sub(1).ok_or_else(none)?)?;
            Given::Text(words.name(number).unwrap_or_default().to_owned())
        }
        DATE => Given::Date(read_date(from)?),
        TEXT => {
            let text = from.text()?;
            if place(text).is_some() {
                return Err(damaged("a choice is written that the table has"));
            }
            Given::Text(text.to_owned())
        }
        SLOT => Given::Slot(from.text()?.to_owned()),
        _ => return Err(damaged("the type of a value is not known")),
    })
}
