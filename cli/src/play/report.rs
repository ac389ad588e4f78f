//! An event as somebody types it: who, what it brings, how it came, why and when.

use engine::diagnostic::{nearest, nearest_or_listed};
use engine::machine::Machine;
use engine::model::{EventId, Field, FieldKind, Party};
use engine::runtime::{Given, ReportedAt};
use engine::scenario::{Happening, Told};
use engine::time::Instant;

use crate::play::moment;
use crate::play::words::Word;
use crate::question::{self, Written};
use crate::unusable::Unusable;

/// What was typed after the event.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Reported {
    pub told: Told,
    pub at: Option<ReportedAt>,
    pub recorded: Option<Instant>,
}

impl Reported {
    /// When it happens, for a case that is open.
    pub(crate) const fn when(&self) -> Happening {
        match (self.at, self.recorded) {
            (Some(at), Some(recorded)) => Happening::RecordedAt(at, recorded),
            (Some(at), None) => Happening::At(at),
            (None, _) => Happening::Now,
        }
    }
}

/// The words that may stand in a report, with what follows them.
const CLAUSES: [&str; 13] = [
    "entry", "by", "entered", "via", "because", "at", "on", "recorded", "for", "against", "case",
    "letter", "as",
];

/// Reads the words after an event.
///
/// # Errors
/// A name that the protocol does not know, a value of another kind, a word that belongs nowhere.
pub(crate) fn reported(
    machine: &Machine,
    event: EventId,
    now: Option<Instant>,
    words: &[Word],
) -> Result<Reported, Unusable> {
    let mut out = Reported::default();
    let mut rest = words;
    while let Some((first, after)) = rest.split_first() {
        rest = match first.pair() {
            Some((name, value)) if !first.is_quoted => {
                brought(machine, event, name, value, &mut out.told)?;
                after
            }
            _ => clause(machine, event, now, first, after, &mut out)?,
        };
    }
    if out.recorded.is_some() && out.at.is_none() {
        let what = "it is said when it was recorded, but not when it happened";
        return Err(Unusable::new(what).help("add `at 2026-03-30T16:20`"));
    }
    Ok(out)
}

/// Reads a clause; gives the words after it.
fn clause<'w>(
    machine: &Machine,
    event: EventId,
    now: Option<Instant>,
    first: &Word,
    after: &'w [Word],
    out: &mut Reported,
) -> Result<&'w [Word], Unusable> {
    let word = first.plain().unwrap_or_default();
    // "entered by agent" is one clause.
    let after = match (word, after.split_first()) {
        ("entered", Some((by, rest))) if by.plain() == Some("by") => rest,
        _ => after,
    };
    if matches!(word, "with" | "and" | ",") {
        return Ok(after);
    }
    if !CLAUSES.contains(&word) {
        return Err(unknown(machine, event, first));
    }
    let Some((value, mut rest)) = after.split_first() else {
        return Err(Unusable::new(format!("nothing follows `{word}`")));
    };
    let text = value.text.clone();
    let zone = &machine.protocol.zone;
    match word {
        "entry" => once(word, &mut out.told.entry, text)?,
        "by" => once(word, &mut out.told.by, actor(machine, text)?)?,
        "entered" => once(word, &mut out.told.entered_by, actor(machine, text)?)?,
        "via" => once(word, &mut out.told.channel, channel(machine, text)?)?,
        "because" => once(word, &mut out.told.reason, text)?,
        "for" => once(word, &mut out.told.complainant, text)?,
        "case" => once(word, &mut out.told.case, text)?,
        "letter" => once(word, &mut out.told.letter, text)?,
        "as" => once(word, &mut out.told.intake, text)?,
        "against" => once(word, &mut out.told.respondent, text)?,
        _ => {
            let (text, after) = moment_words(&text, rest);
            rest = after;
            match word {
                "recorded" => {
                    once(word, &mut out.recorded, moment::instant(zone, now, &text)?)?;
                }
                _ => once(word, &mut out.at, moment::read(zone, now, &text)?)?,
            }
        }
    }
    Ok(rest)
}

/// A date and the time of day after it, where one is written: `2026-03-30 16:20`.
pub(crate) fn moment_words<'w>(first: &str, rest: &'w [Word]) -> (String, &'w [Word]) {
    let is_time = |it: &str| it.contains(':') && it.starts_with(|it: char| it.is_ascii_digit());
    match rest.split_first() {
        Some((time, after)) if first.len() == 10 && is_time(&time.text) => {
            (format!("{first} {}", time.text), after)
        }
        _ => (first.to_owned(), rest),
    }
}

fn once<T>(word: &str, place: &mut Option<T>, value: T) -> Result<(), Unusable> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(Unusable::new(format!("`{word}` is said twice"))),
    }
}

fn unknown(machine: &Machine, event: EventId, word: &Word) -> Unusable {
    let said = &word.text;
    if word.is_quoted {
        let what = format!("nothing says what \"{said}\" is");
        return Unusable::new(what).help("a reason stands after `because`, a value after `name=`");
    }
    let protocol = &machine.protocol;
    let brings = protocol.events.get(event.index()).map(|it| protocol.brings(it));
    let brings = brings.unwrap_or_default();
    let fields = protocol.fields.iter().chain(brings.into_iter().map(|(field, _)| field));
    let fields = fields.map(|it| it.name.as_str());
    if fields.clone().any(|it| it == said) {
        return Unusable::new(format!("the field `{said}` is given no value"))
            .help(format!("write `{said}=value`, without blanks around `=`"));
    }
    let near = nearest(said, CLAUSES.into_iter().chain(fields));
    let help = near.map_or_else(
        || "after an event stand `by`, `name=value`, `via`, `because`, `at`".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Unusable::new(format!("`{said}` means nothing after an event")).help(help)
}

fn actor(machine: &Machine, text: String) -> Result<String, Unusable> {
    let protocol = &machine.protocol;
    let name = text.split_once(':').map_or(text.as_str(), |(name, _)| name);
    let roles = protocol.roles.iter().map(|it| it.name.as_str());
    let names = roles.chain(Party::built_in_names());
    if names.clone().any(|it| it == name) {
        return Ok(text);
    }
    Err(Unusable::new(format!("`{name}` is no role of this protocol"))
        .maybe_help(nearest_or_listed(name, "role", names)))
}

fn channel(machine: &Machine, text: String) -> Result<String, Unusable> {
    let names = machine.protocol.channels.iter().map(|it| it.name.as_str());
    if names.clone().any(|it| it == text) {
        return Ok(text);
    }
    let help = nearest_or_listed(&text, "channel", names);
    Err(Unusable::new(format!("`{text}` is no channel of this protocol")).maybe_help(help))
}

/// Adds a field and its value.
fn brought(
    machine: &Machine,
    event: EventId,
    name: &str,
    value: &str,
    told: &mut Told,
) -> Result<(), Unusable> {
    let field = question::brought(&machine.protocol, event, name)?;
    if told.data.iter().any(|(other, _)| other == name) {
        return Err(Unusable::new(format!("the field `{name}` is given twice")));
    }
    told.data.push((name.to_owned(), self::value(machine, field, value)?));
    Ok(())
}

/// Reads the value of a field. Of a personal one only that it is there is kept.
///
/// # Errors
/// It is of another kind, or none of the choices.
pub(crate) fn value(machine: &Machine, field: &Field, text: &str) -> Result<Given, Unusable> {
    if field.personal {
        return Ok(Given::Slot(String::new()));
    }
    let name = &field.name;
    let given = match (&field.kind, text) {
        (FieldKind::Flag, "yes" | "y") => Given::Flag(true),
        (FieldKind::Flag, "no" | "n") => Given::Flag(false),
        _ => question::given(&field.kind, &Written::Text(text.to_owned())),
    };
    let of_kind = matches!(
        (&field.kind, &given),
        (FieldKind::Number | FieldKind::Money(_), Given::Number(_))
            | (FieldKind::Flag, Given::Flag(_))
            | (FieldKind::Date, Given::Date(_))
            | (
                FieldKind::Text | FieldKind::File | FieldKind::Choice(_) | FieldKind::Role(_),
                Given::Text(_)
            )
    );
    if !of_kind {
        let what = format!("`{text}` is no value of the field `{name}`");
        return Err(Unusable::new(what).help(format!("it takes {}", takes(machine, field))));
    }
    if let FieldKind::Choice(set) | FieldKind::Role(set) = &field.kind {
        let names = machine.protocol.scope.set(*set).map_or(&[][..], |set| &set.names);
        let names = names.iter().map(String::as_str);
        if !names.clone().any(|it| it == text) {
            let what = format!("`{text}` is no value of the field `{name}`");
            let near = nearest(text, names).map(|near| format!("did you mean `{near}`?"));
            let help = near.unwrap_or_else(|| format!("it takes {}", takes(machine, field)));
            return Err(Unusable::new(what).help(help));
        }
    }
    Ok(given)
}

/// What a field takes, in words.
pub(crate) fn takes(machine: &Machine, field: &Field) -> String {
    match &field.kind {
        _ if field.personal => "a text, which is not kept".to_owned(),
        FieldKind::Text => "a text".to_owned(),
        FieldKind::File => "the hash of a file: sha256: and 64 hexadecimal digits".to_owned(),
        FieldKind::Number => "a number such as 12.5".to_owned(),
        FieldKind::Money(currency) => format!("an amount of {currency} such as 12.50"),
        FieldKind::Flag => "yes or no".to_owned(),
        FieldKind::Date => "a date such as 2026-03-30".to_owned(),
        FieldKind::Choice(set) | FieldKind::Role(set) => {
            let names = machine.protocol.scope.set(*set).map_or(&[][..], |set| &set.names);
            format!("one of {}", names.join(", "))
        }
    }
}
