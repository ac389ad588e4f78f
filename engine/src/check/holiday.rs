//! Sets of holidays, from files of rules or from iCalendar files.

use chrono::{Datelike, NaiveDate};

use crate::check::calendar;
use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::rules;
use crate::syntax;
use crate::syntax::{IcsFile, Literal, Moment};
use crate::text::{Span, Spanned};
use crate::time::{Holiday, HolidaySet, Observed, parse_observed, read_ics};

/// The sets that a calendar names.
pub(crate) fn sets(
    names: &[Spanned<String>],
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Vec<HolidaySet> {
    find::each(names, log, |name, log| {
        if let Some(set) = known.written.holiday_sets.iter().find(|it| it.id.value == name.value) {
            return Some(of_rules(set, log));
        }
        if let Some(file) = known.written.ics.iter().find(|it| it.id == name.value) {
            return of_ics(file, log);
        }
        log.say(rules::unknown_holiday_set(name, &known.names.holiday_sets));
        None
    })
}

fn of_ics(file: &IcsFile, log: &mut Log<'_>) -> Option<HolidaySet> {
    match read_ics(&file.text) {
        Ok(holidays) => Some(HolidaySet {
            id: file.id.clone(),
            title: file.id.clone(),
            source: String::new(),
            valid_from: None,
            valid_to: None,
            enumerated: true,
            holidays,
        }),
        Err(fault) => {
            log.say(rules::bad_ics(&fault, Span::whole(file.file)));
            None
        }
    }
}

fn of_rules(written: &syntax::HolidaySet, log: &mut Log<'_>) -> HolidaySet {
    let valid = written.valid.as_ref();
    let from = valid.and_then(|it| it.from.as_ref());
    let to = valid.and_then(|it| it.to.as_ref());
    let source = written.citation.source.as_ref();
    HolidaySet {
        id: written.id.value.clone(),
        title: written
            .title
            .as_ref()
            .map_or_else(|| written.id.value.clone(), |it| it.value.clone()),
        source: source.map_or_else(String::new, |it| it.value.clone()),
        valid_from: from.and_then(|it| date(it, (1, 1), log)),
        valid_to: to.and_then(|it| date(it, (12, 31), log)),
        enumerated: written.enumerated,
        holidays: written.holidays.iter().filter_map(|it| holiday(it, log)).collect(),
    }
}

fn holiday(written: &syntax::Holiday, log: &mut Log<'_>) -> Option<Holiday> {
    let observed = written.observed.as_ref().map(|text| {
        let read = parse_observed(&text.value);
        if read.is_none() {
            log.say(rules::bad_observed(text));
        }
        read.unwrap_or_default()
    });
    let every = written.every.as_ref().and_then(|every| {
        let number = |it: &Option<Spanned<u32>>| i32::try_from(it.as_ref()?.value).ok();
        Some((number(&every.years)?, number(&every.from)?))
    });
    let hours = written.hours.as_ref().map(|hours| calendar::windows(hours, log));
    let on = calendar::on(written.on.as_ref()?, log)?;
    let year = |it: &Spanned<Literal>, log: &mut Log<'_>| date(it, (1, 1), log).map(|it| it.year());
    Some(Holiday {
        name: written.name.as_ref()?.value.clone(),
        on,
        observed: observed.unwrap_or(Observed::AsIs),
        from: written.from.as_ref().and_then(|it| year(it, log)),
        to: written.to.as_ref().and_then(|it| year(it, log)),
        every,
        except: written.except.iter().filter_map(|it| year(it, log)).collect(),
        hours,
        source: written.citation.source.as_ref().map(|it| it.value.clone()),
        unverified: written.citation.unverified,
    })
}

/// A date, or the date in a year that a bare year stands for.
fn date(
    written: &Spanned<Literal>,
    (month, day): (u32, u32),
    log: &mut Log<'_>,
) -> Option<NaiveDate> {
    let date = match &written.value {
        Literal::Moment(Moment::Date(date)) => Some(*date),
        Literal::Number(digits) => {
            digits.parse().ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
        }
        _ => None,
    };
    if date.is_none() {
        log.say(rules::not_a_year(written.span));
    }
    date
}
