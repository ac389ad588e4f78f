//! A report as bytes. It stays as it came; names that the table has are written by their places.

use crate::cases::Failure;
use crate::record::Dictionary;
use crate::record::bytes::{In, Out, bit, damaged};
use crate::record::dictionary::{Terms, Words};
use crate::record::value;
use engine::runtime::{Report, ReportedAt, Revision};
use engine::time::Instant;

/// What a report has, as bits of a number; in this order what they announce is written.
const DATE_ONLY: u32 = 1;
const DATA: u32 = 1 << 1;
const CHANNEL: u32 = 1 << 2;
const REASON: u32 = 1 << 3;
const COMPLAINANT: u32 = 1 << 4;
const HISTORY: u32 = 1 << 5;
const ENTRY: u32 = 1 << 6;
const RECORDED_AT: u32 = 1 << 7;
const ENTERED_BY: u32 = 1 << 8;
const RESPONDENT: u32 = 1 << 9;
const REVISION: u32 = 1 << 10;
const STOP: u32 = 1 << 11;
const STOPS: u32 = 1 << 12;
const CASE: u32 = 1 << 13;
const LETTER: u32 = 1 << 14;
const INTAKE: u32 = 1 << 15;
const ALL: u32 = (1 << 16) - 1;

/// Bits of what a report says of an earlier one.
const AT_INSTANT: u8 = 1;
const AT_DATE: u8 = 2;
const STRUCK: u8 = 4;

fn has(report: &Report, recorded_at: Instant) -> u32 {
    let flag = |is: bool, bit: u32| if is { bit } else { 0 };
    flag(matches!(report.at, ReportedAt::Date(_)), DATE_ONLY)
        | flag(!report.data.is_empty(), DATA)
        | flag(report.channel.is_some(), CHANNEL)
        | flag(report.reason.is_some(), REASON)
        | flag(report.complainant.is_some(), COMPLAINANT)
        | flag(!report.history.is_empty(), HISTORY)
        | flag(report.entry.is_some(), ENTRY)
        | flag(report.recorded_at != recorded_at, RECORDED_AT)
        | flag(report.entered_by.is_some(), ENTERED_BY)
        | flag(report.respondent.is_some(), RESPONDENT)
        | flag(report.revision.is_some(), REVISION)
        | flag(report.stop.is_some(), STOP)
        | flag(!report.stops.is_empty(), STOPS)
        | flag(report.case.is_some(), CASE)
        | flag(report.letter.is_some(), LETTER)
        | flag(report.intake.is_some(), INTAKE)
}

/// Writes the report of a decision.
pub(super) fn write<'a>(
    out: &mut Out<'a>,
    report: &'a Report,
    recorded_at: Instant,
    (all, terms): (&'a Dictionary, &'a Terms),
) -> Result<(), Failure> {
    let of_cases = all.of_cases()?;
    out.number(has(report, recorded_at));
    out.text(&report.id);
    terms.events.write_name(out, &report.event);
    if report.recorded_at != recorded_at {
        out.since(report.recorded_at, recorded_at);
    }
    happened(out, report.at, recorded_at);
    actor(out, &report.by, &all.parties);
    report.entered_by.iter().for_each(|by| actor(out, by, &all.parties));
    report.channel.iter().for_each(|it| terms.channels.write_name(out, it));
    if !report.data.is_empty() {
        data(out, report, terms);
    }
    let Report { entry, reason, complainant, respondent, .. } = report;
    for text in [entry, reason, complainant, respondent].into_iter().flatten() {
        out.text(text);
    }
    if let Some(revision) = &report.revision {
        out.text(&revision.of);
        let happened_at = match revision.happened_at {
            None => 0,
            Some(ReportedAt::Instant(_)) => AT_INSTANT,
            Some(ReportedAt::Date(_)) => AT_DATE,
        };
        out.byte(happened_at | bit(revision.struck, STRUCK));
        revision.happened_at.iter().for_each(|at| happened(out, *at, recorded_at));
    }
    if !report.history.is_empty() {
        out.count(report.history.len());
        report.history.iter().for_each(|answer| out.number(*answer));
    }
    report.stop.iter().for_each(|it| of_cases.stops.write_name(out, it));
    if !report.stops.is_empty() {
        out.count(report.stops.len());
        report.stops.iter().for_each(|it| of_cases.stops.write_name(out, it));
    }
    report.case.iter().for_each(|it| out.text(it));
    report.letter.iter().for_each(|it| terms.letters.write_name(out, it));
    report.intake.iter().for_each(|it| terms.intakes.write_name(out, it));
    Ok(())
}

fn happened(out: &mut Out<'_>, at: ReportedAt, recorded_at: Instant) {
    match at {
        ReportedAt::Instant(at) => out.since(at, recorded_at),
        ReportedAt::Date(date) => value::date(out, date),
    }
}

/// The fields that the data of an event are of, and what may be chosen.
fn fields<'a>(event: &str, terms: &'a Terms) -> (&'a Words, &'a [Words]) {
    let number = terms.events.number(event).and_then(|it| usize::try_from(it).ok());
    let record = number.and_then(|it| terms.record_of.get(it).copied().flatten());
    let entries = record.and_then(|it| terms.entries.get(it));
    entries.map_or((&terms.fields, &terms.choices[..]), |(fields, choices)| (fields, choices))
}

fn choices<'a>(name: &str, fields: &Words, choices: &'a [Words]) -> Option<&'a Words> {
    let number = fields.number(name)?;
    usize::try_from(number).ok().and_then(|it| choices.get(it))
}

fn data<'a>(out: &mut Out<'a>, report: &'a Report, terms: &'a Terms) {
    let (names, values) = fields(&report.event, terms);
    out.count(report.data.len());
    for (name, given) in &report.data {
        names.write_name(out, name);
        value::given(out, given, choices(name, names, values));
    }
}

/// Whose act it is: 0 and the text as it is, where it begins with no party; or the place of the
/// party, doubled, plus 1, and one more with a colon and a person.
fn actor<'a>(out: &mut Out<'a>, by: &'a str, parties: &'a Words) {
    let (name, person) = by.split_once(':').map_or((by, None), |(name, it)| (name, Some(it)));
    let Some(place) = parties.number(name).and_then(|it| parties.place(it)) else {
        out.byte(0);
        return out.text(by);
    };
    out.number(place * 2 + 1 + u64::from(person.is_some()));
    person.iter().for_each(|person| out.text(person));
}

/// Reads the report of a decision.
pub(super) fn read(
    from: &mut In<'_>,
    recorded_at: Instant,
    (all, terms): (&Dictionary, &Terms),
) -> Result<Report, Failure> {
    let of_cases = all.of_cases()?;
    let has = from.small::<u32>()?;
    if has & !ALL != 0 {
        return Err(damaged("a report has what is not known"));
    }
    let id = from.text()?.to_owned();
    let event = terms.events.read_name(from)?;
    let own = if has & RECORDED_AT == 0 { recorded_at } else { from.since(recorded_at)? };
    if has & RECORDED_AT != 0 && own == recorded_at {
        return Err(damaged("a report says again when it was recorded"));
    }
    let mut report = Report::new(id, event, recorded_at, "");
    report.recorded_at = own;
    report.at = read_happened(from, has & DATE_ONLY != 0, recorded_at)?;
    report.by = read_actor(from, &all.parties)?;
    report.entered_by = when(has & ENTERED_BY, || read_actor(from, &all.parties))?;
    report.channel = when(has & CHANNEL, || terms.channels.read_name(from))?;
    if has & DATA != 0 {
        read_data(from, &mut report, terms)?;
    }
    for (bit, text) in [
        (ENTRY, &mut report.entry),
        (REASON, &mut report.reason),
        (COMPLAINANT, &mut report.complainant),
        (RESPONDENT, &mut report.respondent),
    ] {
        *text = when(has & bit, || Ok(from.text()?.to_owned()))?;
    }
    report.revision = when(has & REVISION, || read_revision(from, recorded_at))?;
    if has & HISTORY != 0 {
        report.history = list(from, In::small)?;
    }
    report.stop = when(has & STOP, || of_cases.stops.read_name(from))?;
    if has & STOPS != 0 {
        report.stops = list(from, |from| of_cases.stops.read_name(from))?;
    }
    report.case = when(has & CASE, || Ok(from.text()?.to_owned()))?;
    report.letter = when(has & LETTER, || terms.letters.read_name(from))?;
    report.intake = when(has & INTAKE, || terms.intakes.read_name(from))?;
    Ok(report)
}

fn when<T>(flag: u32, read: impl FnOnce() -> Result<T, Failure>) -> Result<Option<T>, Failure> {
    if flag == 0 { Ok(None) } else { read().map(Some) }
}

/// A list that would not be there if it were empty.
fn list<'b, T>(
    from: &mut In<'b>,
    each: impl Fn(&mut In<'b>) -> Result<T, Failure>,
) -> Result<Vec<T>, Failure> {
    let n = from.number()?;
    if n == 0 {
        return Err(damaged("a list is there and is empty"));
    }
    (0..n).map(|_| each(from)).collect()
}

fn read_happened(
    from: &mut In<'_>,
    date_only: bool,
    recorded_at: Instant,
) -> Result<ReportedAt, Failure> {
    if date_only {
        return value::read_date(from).map(ReportedAt::Date);
    }
    from.since(recorded_at).map(ReportedAt::Instant)
}

fn read_data(from: &mut In<'_>, report: &mut Report, terms: &Terms) -> Result<(), Failure> {
    let (names, values) = fields(&report.event, terms);
    report.data = list(from, |from| {
        let name = names.read_name(from)?;
        let given = value::read_given(from, choices(&name, names, values))?;
        Ok((name, given))
    })?;
    Ok(())
}

fn read_actor(from: &mut In<'_>, parties: &Words) -> Result<String, Failure> {
    let Some(number) = from.number()?.checked_sub(1) else {
        let text = from.text()?;
        let name = text.split_once(':').map_or(text, |(name, _)| name);
        let known = parties.number(name).is_some_and(|it| parties.place(it).is_some());
        return if known {
            Err(damaged("a party is written that the table has"))
        } else {
            Ok(text.to_owned())
        };
    };
    let party = parties.meant(number / 2)?;
    let name = parties.name(party).unwrap_or_default();
    if number % 2 == 0 {
        return Ok(name.to_owned());
    }
    Ok(format!("{name}:{}", from.text()?))
}

fn read_revision(from: &mut In<'_>, recorded_at: Instant) -> Result<Revision, Failure> {
    let of = from.text()?.to_owned();
    let flags = from.flags(AT_INSTANT | AT_DATE | STRUCK)?;
    let happened_at = match flags & (AT_INSTANT | AT_DATE) {
        0 => None,
        AT_INSTANT => Some(read_happened(from, false, recorded_at)?),
        AT_DATE => Some(read_happened(from, true, recorded_at)?),
        _ => return Err(damaged("an instant and a date are given")),
    };
    Ok(Revision { of, happened_at, struck: flags & STRUCK != 0 })
}
