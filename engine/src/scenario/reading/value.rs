//! Instants, terms and field values in a scenario.

use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostics, nearest_or_listed};
use crate::model::{Field, FieldKind, Protocol};
use crate::runtime::{Given, ReportedAt, is_evidence};
use crate::scenario::rules;
use crate::scenario::{Due, When};
use crate::syntax::{Literal, Moment, shown};
use crate::text::{Span, Spanned};
use crate::time::{CivilNote, Instant, NaiveDate, Term, Twice, parse_term};

/// A date or an instant. A civil time means the protocol's zone and must exist once there.
pub(crate) fn moment(
    protocol: &Protocol,
    written: &Spanned<Moment>,
    out: &mut Diagnostics,
) -> Option<ReportedAt> {
    let civil = match written.value {
        Moment::Date(date) => return Some(ReportedAt::Date(date)),
        Moment::Fixed(at) => {
            return Some(ReportedAt::Instant(Instant::from_utc(at.to_utc())));
        }
        Moment::Civil(civil) => civil,
    };
    let found = protocol.zone.instant(civil, Twice::Earlier);
    let problem = match found.note {
        CivilNote::Plain => return Some(ReportedAt::Instant(found.at)),
        CivilNote::Skipped => "the clocks go forward over this time: it does not exist",
        CivilNote::Repeated => "the clocks go back over this time: it occurs twice",
    };
    let help = format!("write the offset from UTC, such as `{civil}+01:00`", civil = iso(civil));
    out.push(rules::scenario_bad_value(problem, written.span, help));
    None
}

fn iso(civil: chrono::NaiveDateTime) -> String {
    civil.format("%Y-%m-%dT%H:%M:%S").to_string()
}

/// An instant; a date alone is not enough.
pub(crate) fn instant(
    protocol: &Protocol,
    key: &str,
    written: &Spanned<Moment>,
    out: &mut Diagnostics,
) -> Option<Instant> {
    let span = written.span;
    match moment(protocol, written, out)? {
        ReportedAt::Instant(at) => Some(at),
        ReportedAt::Date(_) => {
            let problem = format!("`{key}` is a date without a time");
            out.push(rules::scenario_bad_value(problem, span, "add the time of day"));
            None
        }
    }
}

/// When something is expected to be.
pub(crate) fn when(
    protocol: &Protocol,
    written: &Spanned<Moment>,
    out: &mut Diagnostics,
) -> Option<Spanned<When>> {
    let span = written.span;
    let when = match moment(protocol, written, out)? {
        ReportedAt::Instant(at) => When::At(at),
        ReportedAt::Date(date) => When::On(date),
    };
    Some(Spanned::new(when, span))
}

/// What is expected of a due instant: a date, an instant, or `"paused"`.
pub(crate) fn due(
    protocol: &Protocol,
    written: Spanned<Literal>,
    out: &mut Diagnostics,
) -> Option<Spanned<Due>> {
    let span = written.span;
    match written.value {
        Literal::Moment(at) => {
            let when = when(protocol, &Spanned::new(at, span), out)?;
            Some(when.map(Due::When))
        }
        Literal::Text(text) if text == "paused" => Some(Spanned::new(Due::Paused, span)),
        _ => {
            let help = "write a date and time, a date alone, or `\"paused\"`";
            out.push(rules::scenario_bad_value("this is no due instant", span, help));
            None
        }
    }
}

/// A date, or `"no"`.
pub(crate) fn date_or_no(
    written: Spanned<Literal>,
    out: &mut Diagnostics,
) -> Option<Spanned<Option<NaiveDate>>> {
    let span = written.span;
    match written.value {
        Literal::Moment(Moment::Date(date)) => Some(Spanned::new(Some(date), span)),
        Literal::Text(text) if text == "no" => Some(Spanned::new(None, span)),
        _ => {
            let help = "write the first date on which it may be erased, or `\"no\"`";
            out.push(rules::scenario_bad_value("this is no date", span, help));
            None
        }
    }
}

/// How long the clock goes on.
pub(crate) fn term(written: &Spanned<String>, out: &mut Diagnostics) -> Option<Term> {
    match parse_term(&written.value) {
        Ok(term) => Some(term),
        Err(fault) => {
            out.push(rules::scenario_bad_value(fault.to_string(), written.span, fault.help()));
            None
        }
    }
}

/// The value of a field, of the kind that the field holds. A personal value keeps its text here.
pub(crate) fn given(
    protocol: &Protocol,
    field: &Field,
    written: Spanned<Literal>,
    out: &mut Diagnostics,
) -> Option<Given> {
    let Spanned { value, span } = written;
    let fits = match (&field.kind, value) {
        (FieldKind::Choice(set) | FieldKind::Role(set), Literal::Text(text)) => {
            let names = protocol.scope.set(*set).map_or(&[][..], |set| &set.names);
            let names = names.iter().map(String::as_str);
            if names.clone().any(|it| it == text) {
                return Some(Given::Text(text));
            }
            let kind = format!("choice of `{}`", field.name);
            let help = nearest_or_listed(&text, &kind, names);
            out.push(rules::scenario_unknown_name(&kind, &text, span, help));
            return None;
        }
        (FieldKind::Text, Literal::Text(text)) => Some(Given::Text(text)),
        (FieldKind::File, Literal::Text(hash)) if is_evidence(&hash) => Some(Given::Text(hash)),
        (FieldKind::Number | FieldKind::Money(_), Literal::Number(digits)) => {
            digits.parse::<Decimal>().ok().map(Given::Number)
        }
        (FieldKind::Flag, Literal::Flag(flag)) => Some(Given::Flag(flag)),
        (FieldKind::Date, Literal::Moment(Moment::Date(date))) => Some(Given::Date(date)),
        _ => None,
    };
    if fits.is_none() {
        out.push(wrong_kind(field, span));
    }
    fits
}

fn wrong_kind(field: &Field, span: Span) -> crate::diagnostic::Diagnostic {
    let takes = match field.kind {
        FieldKind::Text => "a text in quotes",
        FieldKind::Number => "a number",
        FieldKind::Money(_) => "an amount of money, as a number",
        FieldKind::Choice(_) => "one of its choices, in quotes",
        FieldKind::Flag => "`true` or `false`",
        FieldKind::Date => "a date such as 2026-03-30",
        FieldKind::Role(_) => "the name of a role, in quotes",
        FieldKind::File => "`sha256:` and 64 hexadecimal digits, in quotes",
    };
    let problem = format!("the field `{}` does not hold this", shown(&field.name));
    rules::scenario_bad_value(problem, span, format!("it holds {takes}"))
}
