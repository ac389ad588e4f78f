//! What a line orders: the command, in whatever form it may be written.

use engine::diagnostic::{listed, nearest};
use engine::machine::Machine;
use engine::model::EventId;

use crate::play::words::Word;
use crate::unusable::Unusable;

/// A command and the words that follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    pub verb: Verb,
    pub rest: Vec<Word>,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    State,
    May,
    Due,
    Timeline,
    Explain,
    WhyNot,
    Report(EventId),
    Try(EventId),
    Wait,
    Until,
    Next,
    Undo,
    Title,
    Save,
    Help,
    Quit,
}

/// The words of commands, the short forms last.
const VERBS: [(&str, Verb); 27] = [
    ("state", Verb::State),
    ("may", Verb::May),
    ("what", Verb::May),
    ("due", Verb::Due),
    ("timeline", Verb::Timeline),
    ("explain", Verb::Explain),
    ("wait", Verb::Wait),
    ("until", Verb::Until),
    ("at", Verb::Until),
    ("next", Verb::Next),
    ("undo", Verb::Undo),
    ("title", Verb::Title),
    ("save", Verb::Save),
    ("help", Verb::Help),
    ("quit", Verb::Quit),
    ("exit", Verb::Quit),
    ("s", Verb::State),
    ("m", Verb::May),
    ("d", Verb::Due),
    ("t", Verb::Timeline),
    ("e", Verb::Explain),
    ("w", Verb::Wait),
    ("n", Verb::Next),
    ("u", Verb::Undo),
    ("h", Verb::Help),
    ("?", Verb::Help),
    ("q", Verb::Quit),
];

/// The words before an event.
const BEFORE_EVENTS: [&str; 5] = ["report", "try", "open", "why", "whynot"];

/// The words of commands in full, for completion.
pub(crate) fn verb_words() -> impl Iterator<Item = &'static str> {
    let in_full = VERBS.iter().map(|(word, _)| *word).filter(|word| word.len() > 1);
    in_full.chain(["open", "report", "try", "why not"])
}

/// Reads what a line orders; nothing for a line without words.
///
/// # Errors
/// No command and no event begins like this, or several do.
pub(crate) fn order(machine: &Machine, words: &[Word]) -> Result<Option<Order>, Unusable> {
    let Some((first, rest)) = words.split_first() else { return Ok(None) };
    let said = first.text.as_str();
    let opened = || of_event(machine, "opened");
    let order = |verb, rest: &[Word]| Ok(Some(Order { verb, rest: rest.to_vec() }));
    match (said, rest) {
        ("report", _) => {
            let (event, rest) = named_event(machine, rest)?;
            return order(Verb::Report(event), rest);
        }
        ("try", _) => {
            let (event, rest) = named_event(machine, rest)?;
            return order(Verb::Try(event), rest);
        }
        ("open", _) => return order(Verb::Report(opened()?), rest),
        ("why", [not, rest @ ..]) if not.plain() == Some("not") => {
            return order(Verb::WhyNot, rest);
        }
        ("why" | "whynot", _) => return order(Verb::WhyNot, rest),
        _ => {}
    }
    if let Some((_, verb)) = VERBS.iter().find(|(word, _)| *word == said) {
        return order(*verb, rest);
    }
    if machine.protocol.event(said).is_some() {
        return order(Verb::Report(of_event(machine, said)?), rest);
    }
    order(begun(machine, said)?, rest)
}

/// The event that comes next in the words, and the words after it.
pub(crate) fn named_event<'w>(
    machine: &Machine,
    words: &'w [Word],
) -> Result<(EventId, &'w [Word]), Unusable> {
    let Some((first, rest)) = words.split_first() else {
        return Err(Unusable::new("no event is named").help("`may` lists the events"));
    };
    let name = if first.text == "open" { "opened" } else { first.text.as_str() };
    Ok((of_event(machine, name)?, rest))
}

fn of_event(machine: &Machine, name: &str) -> Result<EventId, Unusable> {
    let protocol = &machine.protocol;
    if let Some(event) = protocol.event(name) {
        return Ok(event);
    }
    let names = || protocol.events.iter().map(|it| it.name.as_str());
    let begun: Vec<&str> = names().filter(|it| it.starts_with(name)).collect();
    if let [only] = begun.as_slice()
        && let Some(event) = protocol.event(only)
    {
        return Ok(event);
    }
    let what = format!("`{name}` is no event of this protocol");
    Err(match (begun.is_empty(), nearest(name, names())) {
        (false, _) => Unusable::new(format!("`{name}` may be {}", listed(begun))),
        (true, Some(near)) => Unusable::new(what).help(format!("did you mean `{near}`?")),
        (true, None) => Unusable::new(what).help("`may` lists the events"),
    })
}

/// The one command or event that begins like this.
fn begun(machine: &Machine, said: &str) -> Result<Verb, Unusable> {
    let protocol = &machine.protocol;
    let verbs = VERBS.iter().filter(|(word, _)| word.len() > 1).map(|(word, verb)| (*word, *verb));
    let events = (0..protocol.events.len())
        .map(|place| (protocol.events[place].name.as_str(), Verb::Report(EventId::at(place))));
    let all: Vec<(&str, Verb)> = verbs.chain(events).collect();
    let begun: Vec<&(&str, Verb)> =
        all.iter().filter(|(word, _)| !said.is_empty() && word.starts_with(said)).collect();
    if let [(_, verb)] = begun.as_slice() {
        return Ok(*verb);
    }
    if !begun.is_empty() {
        let what = format!("`{said}` may be {}", listed(begun.iter().map(|(word, _)| *word)));
        return Err(Unusable::new(what));
    }
    let near = nearest(said, all.iter().map(|(word, _)| *word).chain(BEFORE_EVENTS));
    let help = near.map_or_else(
        || "`help` lists the commands, `may` the events".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Err(Unusable::new(format!("`{said}` is no command and no event of this protocol")).help(help))
}
