//! A decision as it is stored.

use crate::cases::Failure;
use crate::record::Dictionary;
use crate::record::bytes::{In, Out, bit, damaged};
use crate::record::fact::{self, Before, Reading, Writing};
use crate::record::report;
use engine::runtime::{Fact, Report, SEMANTICS_VERSION};
use engine::text::Strings;
use engine::time::Instant;

/// The version of the form of a decision, its first byte. Raised with every change of the form; a
/// new kind of fact is none.
pub const RECORD_VERSION: u8 = 1;

/// Bits of the flags of a decision.
const REPORT: u8 = 1;
const BASIS: u8 = 2;

/// What was decided at once: a report that was accepted or nothing, where time alone acted, and
/// what was concluded.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// When it was recorded.
    pub recorded_at: Instant,
    /// The report as it came, with personal values replaced by references.
    pub report: Option<Report>,
    /// What was concluded, in order.
    pub facts: Vec<Fact>,
}

/// A decision that was read, and what it was made with.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// The decision.
    pub decision: Decision,
    /// The version of the rules by which it was decided.
    pub semantics: u32,
    /// What its due instants were derived with, where that is not what the table of names says.
    pub basis: Option<Basis>,
}

/// What due instants were derived with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// The version of the IANA database.
    pub zone_data: String,
    /// The calendars that differ from those of the table: name, `@` and the SHA-256 of the content.
    pub calendars: Vec<String>,
}

/// Writes a decision about a case, or about the stop with a name.
///
/// # Errors
/// [`Failure::Damaged`] where a fact is none of the machine of the dictionary.
pub fn encode(
    dictionary: &Dictionary,
    stop: Option<&str>,
    strings: &Strings,
    decision: &Decision,
) -> Result<Vec<u8>, Failure> {
    let terms = dictionary.part(stop)?;
    let recorded_at = decision.recorded_at;
    let basis = basis(dictionary);
    let mut out = Out::default();
    out.byte(RECORD_VERSION);
    out.byte(bit(decision.report.is_some(), REPORT) | bit(basis.is_some(), BASIS));
    out.number(SEMANTICS_VERSION);
    out.since(recorded_at, Instant::from_ms(0));
    if let Some((zone_data, calendars)) = &basis {
        out.text(zone_data);
        out.count(calendars.len());
        calendars.iter().for_each(|it| out.text(it));
    }
    if let Some(report) = &decision.report {
        report::write(&mut out, report, recorded_at, (dictionary, terms))?;
    }
    let cause = decision.report.as_ref().map(|it| it.id.as_str());
    let before = Before { sequence: 0, at: recorded_at, cause, rule: None };
    fact::write(&mut out, &decision.facts, before, Writing { all: dictionary, terms, strings })?;
    Ok(out.bytes)
}

/// Reads a decision about a case, or about the stop with a name.
///
/// # Errors
/// [`Failure::Damaged`] where the bytes are none, where they were written by a later version, or
/// where they need a name that the machine of the dictionary does not have.
pub fn decode(
    bytes: &[u8],
    dictionary: &Dictionary,
    stop: Option<&str>,
    strings: &mut Strings,
) -> Result<Read, Failure> {
    let terms = dictionary.part(stop)?;
    let mut from = In::new(bytes);
    let version = from.byte()?;
    if version != RECORD_VERSION {
        return Err(damaged(format!("a decision is written in version {version}")));
    }
    let flags = from.flags(REPORT | BASIS)?;
    let semantics = from.small()?;
    if !(1..=SEMANTICS_VERSION).contains(&semantics) {
        return Err(damaged(format!("a decision was made by version {semantics} of the rules")));
    }
    let recorded_at = from.since(Instant::from_ms(0))?;
    let basis = match flags & BASIS {
        0 => None,
        _ => Some(read_basis(&mut from, dictionary)?),
    };
    let report = match flags & REPORT {
        0 => None,
        _ => Some(report::read(&mut from, recorded_at, (dictionary, terms))?),
    };
    let cause = report.as_ref().map(|it| strings.intern(&it.id));
    let before = Before { sequence: 0, at: recorded_at, cause, rule: None };
    let with = &mut Reading { all: dictionary, terms, strings };
    let facts = fact::read(&mut from, before, with)?;
    from.end()?;
    Ok(Read { decision: Decision { recorded_at, report, facts }, semantics, basis })
}

/// What is derived with today, where the table says otherwise.
fn basis(dictionary: &Dictionary) -> Option<(&str, Vec<&str>)> {
    let (table, today) = (&dictionary.table, &dictionary.today);
    let other = today.calendars.iter().filter(|it| !table.calendars.contains(it));
    let other: Vec<&str> = other.map(String::as_str).collect();
    let differs = !other.is_empty() || today.zone_data != table.zone_data;
    differs.then_some((today.zone_data.as_str(), other))
}

fn read_basis(from: &mut In<'_>, dictionary: &Dictionary) -> Result<Basis, Failure> {
    let zone_data = from.text()?.to_owned();
    let n = from.number()?;
    let calendars: Result<Vec<String>, Failure> =
        (0..n).map(|_| Ok(from.text()?.to_owned())).collect();
    let calendars = calendars?;
    if calendars.is_empty() && zone_data == dictionary.table.zone_data {
        return Err(damaged("what due instants were derived with is said again"));
    }
    Ok(Basis { zone_data, calendars })
}
