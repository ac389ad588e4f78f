//! What the names of a table mean to the machine that is loaded today.

use crate::cases::Failure;
use crate::record::Names;
use crate::record::bytes::{In, Out, damaged};
use crate::record::names::{FieldName, Part};
use engine::machine::Machine;
use engine::model::{AmendmentId, RuleId};
use std::collections::BTreeMap;

/// A table of names, and the machine of today beside it. Made once for each version of a protocol;
/// reading and writing decisions need nothing else of the machine.
#[derive(Debug)]
pub struct Dictionary {
    pub(super) table: Names,
    pub(super) today: Names,
    pub(super) rules: Words,
    pub(super) parties: Words,
    /// What the amendments that the machine knows are called, by number. They are none of the
    /// table: they came later.
    pub(super) amendments: Vec<String>,
    /// The entries of the guarantees of the machine. A fact about a guarantee is of its entry, so it
    /// does not say which it is.
    pub(super) guarantees: Vec<RuleId>,
    parts: Vec<Terms>,
}

/// The names of one kind: a place in the table, and the number that the machine has for it.
#[derive(Debug, Default)]
pub(super) struct Words {
    what: &'static str,
    today: Vec<String>,
    /// The places in the table, by number; nothing for a name that is not in there.
    to_table: Vec<Option<u64>>,
    /// The names in the table, and their numbers today.
    from_table: Vec<(String, Option<u32>)>,
}

/// The names of one machine.
#[derive(Debug)]
pub(super) struct Terms {
    pub(super) stages: Words,
    pub(super) events: Words,
    pub(super) fields: Words,
    /// What may be chosen, by the number of the field.
    pub(super) choices: Vec<Words>,
    pub(super) records: Words,
    /// The fields of the entries, and what may be chosen, by the number of the record.
    pub(super) entries: Vec<(Words, Vec<Words>)>,
    /// The record of an event, by the number of the event.
    pub(super) record_of: Vec<Option<usize>>,
    pub(super) deadlines: Words,
    /// The terms that the machine has, and those of the table, by the number of the deadline.
    pub(super) terms: Vec<(Vec<String>, Option<Vec<String>>)>,
    pub(super) rungs: Words,
    pub(super) levels: Words,
    pub(super) channels: Words,
    pub(super) letters: Words,
    pub(super) stops: Words,
    pub(super) intakes: Words,
    pub(super) questions: Words,
}

impl Dictionary {
    /// Puts a table beside a machine. Names that only one of them has are no fault until a
    /// decision needs them.
    #[must_use]
    pub fn new(table: Names, machine: &Machine) -> Self {
        let today = Names::of(machine);
        let none = Part::default();
        let parts = today.parts.iter().map(|today| {
            let table = table.parts.iter().find(|it| it.name == today.name);
            terms(table.unwrap_or(&none), today)
        });
        Self {
            rules: Words::new("entry", rules(&table), rules(&today)),
            parties: Words::new("party", table.parties.clone(), today.parties.clone()),
            amendments: (0..machine.n_amendments())
                .map(|it| machine.amendment_name(AmendmentId::at(it)).to_owned())
                .collect(),
            guarantees: machine.protocol.guarantees.iter().map(|it| it.rule).collect(),
            parts: parts.collect(),
            table,
            today,
        }
    }

    /// The table.
    #[must_use]
    pub const fn names(&self) -> &Names {
        &self.table
    }

    /// The names of the cases, or of a stop by its name.
    pub(super) fn part(&self, stop: Option<&str>) -> Result<&Terms, Failure> {
        let wanted = stop.unwrap_or_default();
        let place = self.today.parts.iter().position(|it| it.name == wanted);
        place.and_then(|it| self.parts.get(it)).ok_or_else(|| missing("stop", wanted))
    }

    /// The names of the cases.
    pub(super) fn of_cases(&self) -> Result<&Terms, Failure> {
        self.part(None)
    }
}

impl Terms {
    /// Whether a term of a deadline is the same for the table and the machine: a place alone would
    /// mean another one if they differ.
    pub(super) fn same_term(&self, deadline: usize, term: u16) -> Result<(), Failure> {
        let Some((today, Some(table))) = self.terms.get(deadline) else { return Ok(()) };
        let term = usize::from(term);
        if today.get(term) == table.get(term) {
            return Ok(());
        }
        let name = table.get(term).map_or("agreed date", String::as_str);
        Err(missing("term", name))
    }
}

impl Words {
    fn new(what: &'static str, table: Vec<String>, today: Vec<String>) -> Self {
        // Of names that are there several times each is the one with the same place among them.
        let numbers: BTreeMap<_, _> = numbered(&today).zip(0u32..).collect();
        let places: BTreeMap<_, _> = numbered(&table).zip(0u64..).collect();
        let to_table = numbered(&today).map(|it| places.get(&it).copied()).collect();
        let meant: Vec<Option<u32>> =
            numbered(&table).map(|it| numbers.get(&it).copied()).collect();
        Self { what, to_table, from_table: table.into_iter().zip(meant).collect(), today }
    }

    /// The name with a number.
    pub(super) fn name(&self, number: u32) -> Option<&str> {
        self.today.get(index(number)).map(String::as_str)
    }

    /// The number of a name; nothing where it is there several times.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        let mut found = (0u32..).zip(&self.today).filter(|(_, it)| *it == name);
        let (number, _) = found.next()?;
        found.next().is_none().then_some(number)
    }

    /// Writes a name by its number: 1 and its place in the table; or 0 and the name itself.
    pub(super) fn write<'a>(
        &'a self,
        out: &mut Out<'a>,
        number: impl Into<u32>,
    ) -> Result<(), Failure> {
        let number = number.into();
        match (self.place(number), self.name(number)) {
            (Some(place), _) => out.number(place + 1),
            (None, Some(name)) => self.write_new(out, name),
            (None, None) => {
                return Err(damaged(format!("{number} is no {} of this protocol", self.what)));
            }
        }
        Ok(())
    }

    /// Writes a name as a report has it, which need not be one.
    pub(super) fn write_name<'a>(&'a self, out: &mut Out<'a>, name: &'a str) {
        match self.number(name).and_then(|it| self.place(it)) {
            Some(place) => out.number(place + 1),
            None => self.write_new(out, name),
        }
    }

    fn write_new<'a>(&self, out: &mut Out<'a>, name: &'a str) {
        out.byte(0);
        out.text(name);
    }

    /// Reads a name as the number that it has today.
    pub(super) fn read<N: TryFrom<u32>>(&self, from: &mut In<'_>) -> Result<N, Failure> {
        let number = match from.number()?.checked_sub(1) {
            Some(place) => self.meant(place)?,
            None => {
                let name = self.read_new(from)?;
                self.number(name).ok_or_else(|| missing(self.what, name))?
            }
        };
        N::try_from(number).map_err(|_| damaged(format!("{number} is no {}", self.what)))
    }

    /// Reads a name as a report has it.
    pub(super) fn read_name(&self, from: &mut In<'_>) -> Result<String, Failure> {
        match from.number()?.checked_sub(1) {
            Some(place) => {
                let number = self.meant(place)?;
                Ok(self.name(number).unwrap_or_default().to_owned())
            }
            None => Ok(self.read_new(from)?.to_owned()),
        }
    }

    /// The number that a place in the table has today.
    pub(super) fn meant(&self, place: u64) -> Result<u32, Failure> {
        let found = usize::try_from(place).ok().and_then(|it| self.from_table.get(it));
        let Some((name, number)) = found else {
            return Err(damaged(format!("the table of names has no {} {place}", self.what)));
        };
        number.ok_or_else(|| missing(self.what, name))
    }

    /// The place in the table of a number.
    pub(super) fn place(&self, number: u32) -> Option<u64> {
        self.to_table.get(index(number)).copied().flatten()
    }

    fn read_new<'b>(&self, from: &mut In<'b>) -> Result<&'b str, Failure> {
        let name = from.text()?;
        let known = self.number(name).is_some_and(|it| self.place(it).is_some());
        if known { Err(damaged("a name is written that the table has")) } else { Ok(name) }
    }
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn missing(what: &str, name: &str) -> Failure {
    damaged(format!("the protocol as it is loaded has no {what} `{name}`"))
}

/// Each name with the number of equal ones before it.
fn numbered(names: &[String]) -> impl Iterator<Item = (&str, u32)> {
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    names.iter().map(move |name| {
        let n = seen.entry(name).or_default();
        *n += 1;
        (name.as_str(), *n)
    })
}

/// An entry is told by its path and its place.
fn rules(names: &Names) -> Vec<String> {
    names.rules.iter().map(|it| format!("{} {}", it.path, it.place)).collect()
}

fn fields(what: &'static str, table: &[FieldName], today: &[FieldName]) -> (Words, Vec<Words>) {
    let name = |it: &FieldName| it.name.clone();
    let words =
        Words::new(what, table.iter().map(name).collect(), today.iter().map(name).collect());
    let choices = today.iter().map(|today| {
        let table = table.iter().find(|it| it.name == today.name);
        let table = table.map(|it| it.choices.clone()).unwrap_or_default();
        Words::new("choice", table, today.choices.clone())
    });
    (words, choices.collect())
}

fn terms(table: &Part, today: &Part) -> Terms {
    let list = |what, get: fn(&Part) -> &Vec<String>| {
        Words::new(what, get(table).clone(), get(today).clone())
    };
    let (fields_of_case, choices) = fields("field", &table.fields, &today.fields);
    let events = |part: &Part| part.events.iter().map(|it| it.name.clone()).collect();
    let records = |part: &Part| part.records.iter().map(|it| it.name.clone()).collect();
    let deadlines = |part: &Part| part.deadlines.iter().map(|it| it.name.clone()).collect();
    let entries = today.records.iter().map(|today| {
        let table = table.records.iter().find(|it| it.name == today.name);
        fields("field", table.map_or(&[][..], |it| &it.fields), &today.fields)
    });
    let of_deadlines = today.deadlines.iter().map(|today| {
        let table = table.deadlines.iter().find(|it| it.name == today.name);
        (today.terms.clone(), table.map(|it| it.terms.clone()))
    });
    let record_of = today.events.iter().map(|it| it.record.map(index));
    Terms {
        stages: list("stage", |it| &it.stages),
        events: Words::new("event", events(table), events(today)),
        fields: fields_of_case,
        choices,
        records: Words::new("record", records(table), records(today)),
        entries: entries.collect(),
        record_of: record_of.collect(),
        deadlines: Words::new("deadline", deadlines(table), deadlines(today)),
        terms: of_deadlines.collect(),
        rungs: list("rung", |it| &it.rungs),
        levels: list("level", |it| &it.levels),
        channels: list("channel", |it| &it.channels),
        letters: list("letter", |it| &it.letters),
        stops: list("stop", |it| &it.stops),
        intakes: list("intake", |it| &it.intakes),
        questions: list("question", |it| &it.questions),
    }
}
