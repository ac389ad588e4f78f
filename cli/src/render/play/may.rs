//! What may happen now, and what may not.

use engine::machine::Machine;
use engine::model::{Doer, Event, EventId, FieldKind, LetterId, StageId};
use engine::runtime::{Hinge, May, Persons, Possible, Refusal, RefusalKind, Stance};

use crate::render::palette::{FAINT, STRONG, paint};
use crate::render::{harmless, one_line};

const NAME_WIDTH: usize = 20;

/// Every event: those that somebody may report now, then those that nobody may. The case is in
/// `stage`.
pub(crate) fn may_text(machine: &Machine, stage: StageId, all: &[Possible]) -> String {
    let (open, closed): (Vec<_>, Vec<_>) = all.iter().partition(|it| it.open_to().next().is_some());
    let mut text = format!("{}\n", paint(STRONG, "may happen now"));
    if open.is_empty() {
        text.push_str("  nothing that anybody could report\n");
    }
    for possible in open {
        text.push_str(&open_text(machine, possible));
        for guide in guides(machine, stage, possible.event) {
            text.push_str(&format!("  {:<NAME_WIDTH$}   {}\n", "", paint(FAINT, &guide)));
        }
    }
    text.push_str(&closed_text(machine, &closed));
    text
}

fn open_text(machine: &Machine, possible: &Possible) -> String {
    let protocol = &machine.protocol;
    let Some(event) = protocol.events.get(possible.event.index()) else { return String::new() };
    let may: Vec<&May> = possible.open_to().collect();
    let title = match event.title == event.name.replace('_', " ") || event.title == event.name {
        true => String::new(),
        false => format!("  {}", paint(FAINT, &one_line(&event.title))),
    };
    let name = if possible.event == EventId::OPENED { "open" } else { &event.name };
    let mut text = format!("  {name:<NAME_WIDTH$} by {}{title}\n", parties(machine, &may));
    let mut add = |what: String| {
        text.push_str(&format!("  {:<NAME_WIDTH$}   {}\n", "", paint(FAINT, &what)));
    };
    let entered: Vec<&str> = event.entered_by.iter().map(|it| doer(machine, *it)).collect();
    if !entered.is_empty() {
        add(format!("may be entered by {}", entered.join(" or ")));
    }
    let must = needs(machine, event);
    if !must.is_empty() {
        add(format!("brings {}", must.join(", ")));
    }
    let optional = protocol.brings(event).into_iter().filter(|(_, required)| !required);
    let optional: Vec<&str> = optional.map(|(field, _)| field.name.as_str()).collect();
    if !optional.is_empty() {
        add(format!("may bring {}", optional.join(", ")));
    }
    let mut hinges: Vec<Hinge> = may
        .iter()
        .flat_map(|it| match &it.stance {
            Stance::Depends(hinges) => hinges.clone(),
            _ => Vec::new(),
        })
        .collect();
    hinges.sort_unstable();
    hinges.dedup();
    if !hinges.is_empty() {
        let on: Vec<&str> = hinges
            .iter()
            .map(|it| match it {
                Hinge::Field(id) => {
                    protocol.fields.get(id.index()).map_or("", |it| it.name.as_str())
                }
                Hinge::Channel => "how it comes (via)",
                Hinge::Entry => "which entry it is about and what that holds",
            })
            .collect();
        add(format!("whether it is accepted depends on {}", on.join(", ")));
    }
    text
}

/// The advice for an event, and for the letters that it may send from a stage.
fn guides(machine: &Machine, stage: StageId, event: EventId) -> Vec<String> {
    let protocol = &machine.protocol;
    let own = protocol.events.get(event.index()).and_then(|it| it.guide.as_ref());
    let stage = protocol.stages.get(stage.index());
    let transitions = stage.into_iter().flat_map(|it| &it.on).filter(|it| it.event == event);
    let mut sent: Vec<LetterId> =
        transitions.flat_map(|it| &it.branches).flat_map(|it| it.sends.iter().copied()).collect();
    sent.sort_unstable();
    sent.dedup();
    let letters = sent.into_iter().filter_map(|id| protocol.letters.get(id.index()));
    let letters = letters.filter_map(|letter| {
        let guide = letter.guide.as_ref()?;
        Some(one_line(&format!("letter {}: {guide}", letter.name)))
    });
    own.map(|it| one_line(it)).into_iter().chain(letters).collect()
}

/// The parties, those that only some persons of may act for with a word about it.
fn parties(machine: &Machine, may: &[&May]) -> String {
    let each = may.iter().map(|it| {
        let name = machine.protocol.party_name(it.party);
        match it.persons {
            Persons::Any => name.to_owned(),
            Persons::Others => format!("{name}:PERSON (named, and nobody who is barred)"),
        }
    });
    each.collect::<Vec<_>>().join(" or ")
}

fn doer(machine: &Machine, doer: Doer) -> &str {
    match doer {
        Doer::Party(party) => machine.protocol.party_name(party),
        Doer::Handler => "the handler",
        Doer::Owner => "the owner of the stage",
    }
}

/// What an event must bring, as somebody would type it.
pub(crate) fn needs(machine: &Machine, event: &Event) -> Vec<String> {
    let protocol = &machine.protocol;
    let fields = protocol.brings(event).into_iter().filter(|(_, required)| *required);
    let mut needs: Vec<String> = fields
        .map(|(field, _)| {
            let what = match &field.kind {
                FieldKind::Choice(set) | FieldKind::Role(set) => {
                    let set = protocol.scope.set(*set);
                    set.map_or_else(String::new, |set| set.names.join("|"))
                }
                FieldKind::Text => "\"…\"".to_owned(),
                FieldKind::File => "sha256:…".to_owned(),
                FieldKind::Number => "NUMBER".to_owned(),
                FieldKind::Money(currency) => currency.clone(),
                FieldKind::Flag => "yes|no".to_owned(),
                FieldKind::Date => "DATE".to_owned(),
            };
            format!("{}={what}", field.name)
        })
        .collect();
    if event.reason {
        needs.push("a reason (because \"…\")".to_owned());
    }
    if event.written {
        let written = protocol.channels.iter().filter(|it| it.written);
        let names: Vec<&str> = written.map(|it| it.name.as_str()).collect();
        needs.push(format!("writing (via {})", names.join("|")));
    }
    needs
}

fn closed_text(machine: &Machine, closed: &[&Possible]) -> String {
    let name = |it: &Possible| {
        machine.protocol.events.get(it.event.index()).map_or("", |it| it.name.as_str())
    };
    let mut lines = Vec::new();
    let mut at_other_stages = Vec::new();
    for possible in closed {
        match possible.closed_by() {
            Some(Refusal { kind: RefusalKind::Stage, .. }) => at_other_stages.push(name(possible)),
            Some(refusal) => {
                let why = harmless(&refusal.sentences(machine).join("; "));
                lines.push(format!(
                    "  {:<NAME_WIDTH$} {}: {why}\n",
                    name(possible),
                    leading(refusal)
                ));
            }
            None => lines.push(format!(
                "  {:<NAME_WIDTH$} cannot be decided: a condition breaks (`why not` says which)\n",
                name(possible)
            )),
        }
    }
    if lines.is_empty() && at_other_stages.is_empty() {
        return String::new();
    }
    let mut text = format!("{}\n{}", paint(STRONG, "not now"), lines.concat());
    if !at_other_stages.is_empty() {
        text.push_str(&format!(
            "  at this stage nobody may report {}\n",
            at_other_stages.join(", ")
        ));
    }
    text
}

/// What kind of thing stands against it.
const fn leading(refusal: &Refusal) -> &'static str {
    match refusal.kind {
        RefusalKind::Conditions(_) => "this is not so yet",
        _ => "refused",
    }
}
