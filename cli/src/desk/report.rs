//! What is reported: from words, or from the body of the route.

use std::io::Read as _;
use std::path::Path;

use anyhow::Context as _;
use engine::diagnostic::{listed, nearest_or_listed};
use engine::machine::Machine;
use engine::model::{Doer, EventId};
use engine::runtime::{Given, ReportedAt};
use engine::syntax::first_hidden;
use engine::time::Instant;
use serde_json::{Map, Value, json};

use crate::args::Reporting;
use crate::output::Output;
use crate::play::{Reported, Word, reported};
use crate::unusable::Unusable;

/// The longest body that is read, in bytes: the routes take less.
const BODY_BYTES_MAX: u64 = 1024 * 1024;

/// Says who may report an event now.
pub(crate) type WhoMay<'a> = &'a dyn Fn(&str) -> Vec<String>;

/// Who is named when a case is opened.
pub(crate) struct Opening<'a> {
    /// The id of the protocol.
    pub protocol: &'a str,
    pub complainant: Option<&'a str>,
}

/// The body of `POST /v1/cases` that the words say.
///
/// # Errors
/// A word means nothing, or a field or a role is none of the protocol.
pub(crate) fn opening_body(
    machine: &Machine,
    opening: &Opening<'_>,
    words: &Reporting,
    now: Instant,
) -> anyhow::Result<Vec<u8>> {
    let mut first = Vec::new();
    add(&mut first, "for", opening.complainant);
    let said = read(machine, EventId::OPENED, first, words, now)?;
    let mut body = Map::new();
    body.insert("protocol".to_owned(), json!(opening.protocol));
    let by = said.told.by.clone().map_or_else(|| only_one(machine, EventId::OPENED, &[]), Ok)?;
    fill(machine, EventId::OPENED, (&said, by, words), &mut body)?;
    let told = &said.told;
    put(&mut body, "intake", told.intake.as_deref());
    put(&mut body, "complainant", told.complainant.as_deref());
    put(&mut body, "respondent", told.respondent.as_deref());
    let others = [("entry", &told.entry), ("case", &told.case), ("letter", &told.letter)];
    refuse(&others, "the opening of a case")?;
    Ok(serde_json::to_vec(&body)?)
}

/// The body of `POST /v1/cases/{id}/events` that the words say. `machine` is that of the stop,
/// where it is about one.
///
/// # Errors
/// As [`opening_body`]; or the event is none of the protocol.
pub(crate) fn report_body(
    machine: &Machine,
    (event, stop): (&str, Option<&str>),
    words: &Reporting,
    (now, who_may): (Instant, WhoMay<'_>),
) -> anyhow::Result<Vec<u8>> {
    let protocol = &machine.protocol;
    let id = protocol.event(event).ok_or_else(|| {
        let names = protocol.events.iter().skip(1).map(|it| it.name.as_str());
        Unusable::new(format!("`{event}` is no event of this protocol"))
            .maybe_help(nearest_or_listed(event, "event", names))
    })?;
    let said = read(machine, id, Vec::new(), words, now)?;
    let mut body = Map::new();
    body.insert("event".to_owned(), json!(event));
    put(&mut body, "stop", stop);
    let by = said.told.by.clone().map_or_else(|| only_one(machine, id, &who_may(event)), Ok)?;
    fill(machine, id, (&said, by, words), &mut body)?;
    let told = &said.told;
    let is_of_record = protocol.events.get(id.index()).is_some_and(|it| it.of.is_some());
    if is_of_record && told.entry.is_none() {
        let what = format!("`{event}` says nothing of which entry it is");
        let help = "add `entry NAME`: a new name for a new entry, else the one that it was given";
        return Err(Unusable::new(what).help(help).into());
    }
    put(&mut body, "entry", told.entry.as_deref());
    put(&mut body, "case", told.case.as_deref());
    put(&mut body, "letter", told.letter.as_deref());
    put(&mut body, "complainant", told.complainant.as_deref());
    refuse(&[("against", &told.respondent), ("as", &told.intake)], "an event of a case")?;
    Ok(serde_json::to_vec(&body)?)
}

/// A body that somebody wrote, as it is.
///
/// # Errors
/// It cannot be read, or is longer than any route takes.
pub(crate) fn sent_body(file: &Path, output: &mut Output<'_, '_>) -> anyhow::Result<Vec<u8>> {
    let mut body = Vec::new();
    let limit = BODY_BYTES_MAX.saturating_add(1);
    if file == Path::new("-") {
        output.stdin().take(limit).read_to_end(&mut body).context("cannot read standard input")?;
    } else {
        let read = store::file::open(file)?.take(limit).read_to_end(&mut body);
        read.with_context(|| format!("cannot read {}", file.display()))?;
    }
    if u64::try_from(body.len()).unwrap_or(u64::MAX) >= limit {
        let what = format!("the body has more than {BODY_BYTES_MAX} bytes");
        return Err(Unusable::new(what).into());
    }
    Ok(body)
}

fn read(
    machine: &Machine,
    event: EventId,
    mut first: Vec<Word>,
    words: &Reporting,
    now: Instant,
) -> Result<Reported, Unusable> {
    add(&mut first, "by", words.by.as_deref());
    add(&mut first, "entered", words.entered_by.as_deref());
    add(&mut first, "via", words.via.as_deref());
    add(&mut first, "at", words.at.as_deref());
    add(&mut first, "because", words.reason.as_deref());
    first.extend(words.said.iter().map(|it| Word::of(it)));
    if let Some(hidden) = first.iter().find_map(|it| first_hidden(&it.text)) {
        let number = format!("U+{:04X}", u32::from(hidden));
        let what = format!("a word holds a character that nobody can see ({number})");
        return Err(Unusable::new(what).help("write it again without that"));
    }
    let said = reported(machine, event, Some(now), &first)?;
    match said.recorded {
        None => Ok(said),
        Some(_) => Err(Unusable::new("when something is recorded is not for the caller to say")
            .help("leave `recorded` out; `at` says when it happened")),
    }
}

/// Adds a clause that stands behind a flag.
fn add(words: &mut Vec<Word>, clause: &str, said: Option<&str>) {
    let Some(said) = said else { return };
    words.push(Word::of(clause));
    words.push(Word { text: said.to_owned(), equals: None, is_quoted: true });
}

/// What both bodies hold.
fn fill(
    machine: &Machine,
    event: EventId,
    (said, by, words): (&Reported, String, &Reporting),
    body: &mut Map<String, Value>,
) -> Result<(), Unusable> {
    let told = &said.told;
    body.insert("by".to_owned(), json!(by));
    put(body, "entered_by", told.entered_by.as_deref());
    put(body, "channel", told.channel.as_deref());
    put(body, "reason", told.reason.as_deref());
    let at = said.at.map(|at| match at {
        ReportedAt::Instant(at) => at.to_string(),
        ReportedAt::Date(on) => on.to_string(),
    });
    put(body, "at", at.as_deref());
    let mut data = Map::new();
    for (name, given) in &told.data {
        let value = match given {
            Given::Flag(flag) => json!(flag),
            Given::Number(number) => json!(number.to_string()),
            Given::Date(date) => json!(date.to_string()),
            Given::Text(text) => json!(text),
            // A personal value is left out of plays; here it is what was written.
            Given::Slot(_) => json!(written(words, name)),
        };
        data.insert(name.clone(), value);
    }
    let declared = machine.protocol.events.get(event.index());
    if declared.is_some_and(|it| it.name == "corrected") {
        let what = "what a correction says does not fit on a line";
        return Err(Unusable::new(what).help("give it as the body of the route: `--json FILE`"));
    }
    body.insert("data".to_owned(), Value::Object(data));
    Ok(())
}

/// The value that stands behind the name of a field.
fn written<'w>(words: &'w Reporting, field: &str) -> &'w str {
    let pairs = words.said.iter().filter_map(|it| it.split_once('='));
    pairs.into_iter().find(|(name, _)| *name == field).map_or("", |(_, value)| value)
}

/// The one party whose act it can be.
///
/// # Errors
/// There are several, or it depends on the case: none of them is assumed. Says who may now, where
/// that is known.
fn only_one(machine: &Machine, event: EventId, who_may: &[String]) -> Result<String, Unusable> {
    let protocol = &machine.protocol;
    let doers = protocol.events.get(event.index()).map_or(&[][..], |it| &it.by);
    if let [Doer::Party(party)] = doers {
        return Ok(protocol.party_name(*party).to_owned());
    }
    let names = doers.iter().map(|it| match it {
        Doer::Party(party) => protocol.party_name(*party),
        Doer::Handler => "the role that handles the case",
        Doer::Owner => "the role that has the stage",
    });
    let names = match who_may {
        [] => names.collect::<Vec<_>>().join(" or "),
        known => listed(known.iter().map(String::as_str)),
    };
    Err(Unusable::new("it is not said whose act it is")
        .help(format!("add `--by ROLE` or `--by ROLE:PERSON`; it may be by {names}")))
}

fn put(body: &mut Map<String, Value>, name: &str, value: Option<&str>) {
    body.extend(value.map(|it| (name.to_owned(), json!(it))));
}

/// Clauses that mean nothing here.
fn refuse(said: &[(&str, &Option<String>)], what: &str) -> Result<(), Unusable> {
    let names: Vec<&str> = said.iter().filter(|(_, it)| it.is_some()).map(|(it, _)| *it).collect();
    match names.is_empty() {
        true => Ok(()),
        false => Err(Unusable::new(format!("{} means nothing for {what}", listed(names)))),
    }
}
