//! A fact as bytes: its kind, what is not as with the fact before, and what it says.

use crate::cases::Failure;
use crate::record::Dictionary;
use crate::record::bytes::{In, Out, bit, damaged};
use crate::record::code;
use crate::record::dictionary::Terms;
use crate::record::kind_read;
use crate::record::kind_write;
use engine::model::{Party, RoleId, RuleId};
use engine::runtime::Fact;
use engine::text::{Strings, Symbol};
use engine::time::Instant;

/// What a fact is compared with: the one before it, or the decision.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before<C> {
    /// The number of the fact before, 0 for the first of a decision.
    pub(super) sequence: u32,
    /// Its instant; for the first, when the decision was recorded.
    pub(super) at: Instant,
    /// Its cause; for the first, the id of the report.
    pub(super) cause: Option<C>,
    /// Its entry; nothing for the first.
    pub(super) rule: Option<RuleId>,
}

impl<C> Before<C> {
    /// The number that a fact has where it says none.
    fn next(&self) -> u64 {
        u64::from(self.sequence) + 1
    }

    const fn after(fact: &Fact, cause: Option<C>) -> Self {
        Self { sequence: fact.sequence, at: fact.at, cause, rule: Some(fact.rule) }
    }
}

/// What is needed to write facts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Writing<'a> {
    pub(super) all: &'a Dictionary,
    pub(super) terms: &'a Terms,
    pub(super) strings: &'a Strings,
}

/// What is needed to read facts.
#[derive(Debug)]
pub(super) struct Reading<'a, 's> {
    pub(super) all: &'a Dictionary,
    pub(super) terms: &'a Terms,
    pub(super) strings: &'s mut Strings,
}

/// Writes facts one after the other.
pub(super) fn write<'a>(
    out: &mut Out<'a>,
    facts: &[Fact],
    mut before: Before<&'a str>,
    with: Writing<'a>,
) -> Result<(), Failure> {
    out.count(facts.len());
    for fact in facts {
        head(out, fact, &before, with)?;
        kind_write::kind(out, fact, with)?;
        before = Before::after(fact, fact.cause.map(|id| with.strings.get(id)));
    }
    Ok(())
}

fn head<'a>(
    out: &mut Out<'a>,
    fact: &Fact,
    before: &Before<&'a str>,
    with: Writing<'a>,
) -> Result<(), Failure> {
    let cause = fact.cause.map(|id| with.strings.get(id));
    let says = match cause {
        cause if cause == before.cause => 0,
        Some(_) => code::CAUSE,
        None => code::NO_CAUSE,
    };
    out.byte(kind_write::code(&fact.kind));
    out.byte(
        bit(u64::from(fact.sequence) != before.next(), code::SEQUENCE)
            | bit(fact.at != before.at, code::AT)
            | says
            | bit(before.rule != Some(fact.rule), code::RULE),
    );
    if u64::from(fact.sequence) != before.next() {
        out.number(fact.sequence);
    }
    if fact.at != before.at {
        out.since(fact.at, before.at);
    }
    if let (code::CAUSE, Some(id)) = (says, cause) {
        out.text(id);
    }
    if before.rule != Some(fact.rule) {
        with.all.rules.write(out, fact.rule.0)?;
    }
    Ok(())
}

/// Reads facts one after the other.
pub(super) fn read(
    from: &mut In<'_>,
    mut before: Before<Symbol>,
    with: &mut Reading<'_, '_>,
) -> Result<Vec<Fact>, Failure> {
    let n = from.number()?;
    let mut facts = Vec::new();
    for _ in 0..n {
        let fact = one(from, &before, with)?;
        before = Before::after(&fact, fact.cause);
        facts.push(fact);
    }
    Ok(facts)
}

fn one(
    from: &mut In<'_>,
    before: &Before<Symbol>,
    with: &mut Reading<'_, '_>,
) -> Result<Fact, Failure> {
    let needless = || damaged("a fact says again what the one before it says");
    let kind = from.byte()?;
    let known = code::SEQUENCE | code::AT | code::CAUSE | code::NO_CAUSE | code::RULE;
    let flags = from.flags(known)?;
    let sequence = match flags & code::SEQUENCE {
        0 => before.next(),
        _ => Some(from.number()?).filter(|it| *it != before.next()).ok_or_else(needless)?,
    };
    let sequence = u32::try_from(sequence).map_err(|_| damaged("a fact has too high a number"))?;
    let at = match flags & code::AT {
        0 => before.at,
        _ => Some(from.since(before.at)?).filter(|it| *it != before.at).ok_or_else(needless)?,
    };
    let cause = match flags & (code::CAUSE | code::NO_CAUSE) {
        0 => before.cause,
        code::CAUSE => Some(with.strings.intern(from.text()?)),
        code::NO_CAUSE => None,
        _ => return Err(damaged("a fact has a cause and has none")),
    };
    if flags & (code::CAUSE | code::NO_CAUSE) != 0 && cause == before.cause {
        return Err(needless());
    }
    let rule = match (flags & code::RULE, before.rule) {
        (0, Some(rule)) => rule,
        (0, None) => return Err(damaged("the first fact has no entry of the protocol")),
        _ => {
            let rule = RuleId(with.all.rules.read(from)?);
            Some(rule).filter(|it| before.rule != Some(*it)).ok_or_else(needless)?
        }
    };
    let kind = kind_read::kind(from, kind, (at, rule), with)?;
    Ok(Fact { sequence, at, cause, rule, kind })
}

/// Writes a party: its place among the roles and those that are there without being declared.
pub(super) fn party<'a>(out: &mut Out<'a>, party: Party, with: Writing<'a>) -> Result<(), Failure> {
    let number = match party {
        Party::Role(role) => Some(u32::from(role.0)),
        Party::Complainant => with.all.parties.number("complainant"),
        Party::Respondent => with.all.parties.number("respondent"),
        Party::System => with.all.parties.number("system"),
    };
    with.all.parties.write(out, number.ok_or_else(|| damaged("a party has no name"))?)
}

/// Reads a party.
pub(super) fn read_party(from: &mut In<'_>, all: &Dictionary) -> Result<Party, Failure> {
    let number: u16 = all.parties.read(from)?;
    let name = all.parties.name(u32::from(number)).unwrap_or_default();
    Ok(Party::built_in(name).unwrap_or(Party::Role(RoleId(number))))
}
