//! The ordinary answer to an event that the protocol does not allow now.

use crate::machine::Machine;
use crate::model::{
    ConditionId, DeadlineId, ENTRIES_OF_RECORD_MAX, EventId, FieldId, LetterId, Protocol, Record,
    RecordId, RuleId, RungId, StopId,
};
use crate::runtime::Fault;
use crate::text::Symbol;
use crate::time::Instant;

/// Why there is no decision. Neither case changes anything.
#[derive(Clone, Debug, PartialEq)]
pub enum NoDecision {
    /// The protocol does not allow it: an answer for whoever reported the event.
    Refused(Box<Refusal>),
    /// A condition broke or a limit was hit: for whoever runs the protocol.
    Faulted(Box<Fault>),
}

/// A refusal: what stands against the event, and what is allowed instead.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The event that was refused.
    pub event: EventId,
    /// What stands against it.
    pub kind: RefusalKind,
    /// The entry of the protocol that refuses it.
    pub rule: RuleId,
    /// The events that the stage would take now, in file order.
    pub allowed: Vec<EventId>,
}

/// What stands against an event.
#[derive(Clone, Debug, PartialEq)]
pub enum RefusalKind {
    /// The actor's role may not do it.
    Role,
    /// Whoever entered it may not enter it for the actor.
    EnteredBy,
    /// This person may not do it, whatever the role.
    Person,
    /// It must come in writing, and the channel is not, or none was given.
    Channel,
    /// Fields that it must bring and does not.
    Missing(Vec<FieldId>),
    /// Fields that it brings and may not.
    Unexpected(Vec<FieldId>),
    /// It cannot happen to the entry of this record that it names.
    Entry(RecordId, EntryFault),
    /// It must state a reason.
    Reason,
    /// The stage does not take it, or none of its branches holds.
    Stage,
    /// The case is not open yet, or is open already.
    Opening,
    /// The protocol does not hold for complaints received on that date.
    NotEffective,
    /// A deadline that it would lengthen cannot be lengthened.
    Extension(DeadlineId, NotExtended),
    /// Conditions that do not hold.
    Conditions(Vec<ConditionId>),
    /// A stop in force refuses it: the stop, and the place in its `refuses`.
    Stop(StopId, u16),
    /// The case is on the last rung.
    LastRung(RungId),
    /// It must name something, and does not: "the other case".
    Unnamed(&'static str),
    /// It must say who complains.
    Complainant,
    /// The case goes on as part of another.
    Merged,
    /// The letter that is said to have failed was never sent.
    NotSent(LetterId),
    /// What the case was taken in as becomes nothing else.
    NotConvertible,
    /// It is said to have happened after it was recorded.
    Future,
    /// It is said to have happened before something that is recorded already.
    Backdate(Backdated),
    /// It is entered after something that followed it, and no reason is given.
    LateReason,
    /// Another event of the case has the same id.
    IdTaken,
    /// What it says of an earlier event cannot be.
    Uncorrectable(Uncorrectable),
}

/// Why an earlier event cannot be corrected like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uncorrectable {
    /// The case has no event of this id.
    Unknown,
    /// The event that opened the case cannot be struck.
    Opening,
    /// A correction is struck, or the event itself is corrected once more.
    Correction,
    /// The event was struck before.
    Struck,
}

/// What stands against an event of a record. Fields are places among those of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryFault {
    /// It names no entry.
    NoId,
    /// There is an entry with this id already.
    Taken(Symbol),
    /// There is no entry with this id.
    Unknown(Symbol),
    /// The case has as many entries of the record as it can.
    Full,
    /// The entry with this id is done already.
    Done(Symbol),
    /// Fields that an entry must bring and does not.
    Missing(Vec<u16>),
    /// Fields that it brings and may not.
    Unexpected(Vec<u16>),
    /// Fields that it would change and that stay as they are.
    Fixed(Vec<u16>),
    /// It changes nothing.
    Nothing,
}

impl EntryFault {
    /// The name a scenario gives it: `data` where it is about what was brought.
    const fn name(&self) -> &'static str {
        match self {
            Self::NoId | Self::Taken(_) | Self::Unknown(_) | Self::Full | Self::Done(_) => "entry",
            Self::Missing(_) | Self::Unexpected(_) | Self::Fixed(_) | Self::Nothing => "data",
        }
    }

    fn sentence(&self, event: &str, record: &Record) -> String {
        let fields = |places: &[u16]| {
            let of = |place: &u16| record.fields.get(usize::from(*place));
            crate::diagnostic::listed(places.iter().filter_map(of).map(|it| it.field.name.as_str()))
        };
        let title = &record.title;
        match self {
            Self::NoId => format!("\"{event}\" must say of which entry it is"),
            Self::Taken(_) => format!("there is an entry of \"{title}\" with this id already"),
            Self::Unknown(_) => format!("there is no entry of \"{title}\" with this id"),
            Self::Full => {
                format!("a case has at most {ENTRIES_OF_RECORD_MAX} entries of \"{title}\"")
            }
            Self::Done(_) => format!("this entry of \"{title}\" is done already"),
            Self::Missing(places) => format!("\"{event}\" must bring {}", fields(places)),
            Self::Unexpected(places) => format!("\"{event}\" may not bring {}", fields(places)),
            Self::Fixed(places) => {
                format!("what an entry of \"{title}\" says as {} does not change", fields(places))
            }
            Self::Nothing => format!("\"{event}\" changes nothing"),
        }
    }
}

/// Why a deadline cannot be lengthened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotExtended {
    /// Its due instant has passed.
    Late,
    /// It has been lengthened as often as allowed.
    Times(u32),
    /// The condition of the extension does not hold.
    When,
    /// The agreed date lies beyond the most that is allowed.
    TooFar(Instant),
    /// The agreed date, or the new term, is no later than what is due now.
    NotLater,
    /// The event brings no date.
    NoDate,
}

/// Why an event is too late to be entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backdated {
    /// Longer ago than `time.backdate` allows.
    TooLong,
    /// Something later is recorded already.
    Overtaken,
}

impl Refusal {
    /// The name a scenario or an answer gives it: a condition, a stop, a deadline, or one of `role`,
    /// `person`, `channel`, `data`, `entry`, `reason`, `stage`, `effective`, `last-rung`, `merged`,
    /// `letter`, `intake`, `future`, `backdate`, `id`, `corrected`.
    #[must_use]
    pub fn name<'a>(&self, machine: &'a Machine) -> &'a str {
        let protocol = &machine.protocol;
        match &self.kind {
            RefusalKind::Role | RefusalKind::EnteredBy => "role",
            RefusalKind::Person => "person",
            RefusalKind::Channel => "channel",
            RefusalKind::Entry(_, fault) => fault.name(),
            RefusalKind::Missing(_)
            | RefusalKind::Unexpected(_)
            | RefusalKind::Unnamed(_)
            | RefusalKind::Complainant => "data",
            RefusalKind::Merged => "merged",
            RefusalKind::NotSent(_) => "letter",
            RefusalKind::NotConvertible => "intake",
            RefusalKind::Reason | RefusalKind::LateReason => "reason",
            RefusalKind::Stage | RefusalKind::Opening => "stage",
            RefusalKind::NotEffective => "effective",
            RefusalKind::Extension(deadline, _) => &protocol.deadlines[deadline.index()].name,
            RefusalKind::Conditions(unmet) => {
                unmet.first().map_or("", |id| &protocol.conditions[id.index()].name)
            }
            RefusalKind::Stop(stop, _) => {
                protocol.stops.get(stop.index()).map_or("", |it| &it.name)
            }
            RefusalKind::LastRung(_) => "last-rung",
            RefusalKind::Future => "future",
            RefusalKind::Backdate(_) => "backdate",
            RefusalKind::IdTaken => "id",
            RefusalKind::Uncorrectable(_) => "corrected",
        }
    }

    /// The rule behind each of the [`sentences`](Self::sentences), in their order.
    #[must_use]
    pub fn rules(&self, machine: &Machine) -> Vec<RuleId> {
        match &self.kind {
            RefusalKind::Conditions(unmet) => {
                unmet.iter().map(|id| machine.protocol.conditions[id.index()].rule).collect()
            }
            _ => vec![self.rule],
        }
    }

    /// The sentences that say what stands against the event.
    #[must_use]
    pub fn sentences(&self, machine: &Machine) -> Vec<String> {
        let protocol = &machine.protocol;
        let event = &protocol.events[self.event.index()].title;
        let fields = |ids: &[FieldId]| {
            crate::diagnostic::listed(
                ids.iter().map(|id| protocol.fields[id.index()].name.as_str()),
            )
        };
        let one = match &self.kind {
            RefusalKind::Conditions(unmet) => {
                let says = unmet.iter().map(|id| protocol.conditions[id.index()].says.clone());
                return says.collect();
            }
            RefusalKind::Role => format!("\"{event}\" is not an act of this role here"),
            RefusalKind::EnteredBy => format!("this role may not enter \"{event}\" for somebody else"),
            RefusalKind::Person => "this person may not do it, having acted in the case before, or being complained about".to_owned(),
            RefusalKind::Channel => format!("\"{event}\" must come in writing"),
            RefusalKind::Missing(ids) => format!("\"{event}\" must bring {}", fields(ids)),
            RefusalKind::Unexpected(ids) => format!("\"{event}\" may not bring {}", fields(ids)),
            RefusalKind::Entry(record, fault) => {
                fault.sentence(event, &protocol.records[record.index()])
            }
            RefusalKind::Unnamed(what) => format!("\"{event}\" must name {what}"),
            RefusalKind::Complainant => "it must say who complains".to_owned(),
            RefusalKind::Merged => "the case goes on as part of another; report it there".to_owned(),
            RefusalKind::NotSent(letter) => {
                let title = protocol.letters.get(letter.index()).map_or("", |it| &it.title);
                format!("\"{title}\" has not been sent in this case")
            }
            RefusalKind::NotConvertible => not_convertible(machine),
            RefusalKind::Reason => format!("\"{event}\" must state a reason"),
            RefusalKind::Stage => format!("\"{event}\" is not possible at this stage"),
            RefusalKind::Opening => "a case is opened once, and nothing happens in it before".to_owned(),
            RefusalKind::NotEffective => effective(protocol),
            RefusalKind::Extension(id, why) => {
                format!("\"{}\" {}", protocol.deadlines[id.index()].title, not_extended(*why))
            }
            RefusalKind::Stop(stop, place) => stopped(protocol, *stop, *place),
            RefusalKind::LastRung(rung) => last_rung(machine, *rung),
            RefusalKind::Future => "it is said to have happened after it was recorded".to_owned(),
            RefusalKind::Backdate(Backdated::TooLong) => {
                "it happened longer ago than may be entered late".to_owned()
            }
            RefusalKind::Backdate(Backdated::Overtaken) => {
                "something later is recorded already".to_owned()
            }
            RefusalKind::LateReason => {
                format!("something later is recorded already: \"{event}\" must state a reason")
            }
            RefusalKind::IdTaken => "another event of the case has this id".to_owned(),
            RefusalKind::Uncorrectable(why) => uncorrectable(*why).to_owned(),
        };
        vec![one]
    }
}

const fn uncorrectable(why: Uncorrectable) -> &'static str {
    match why {
        Uncorrectable::Unknown => "the case has no event of this id",
        Uncorrectable::Opening => "what opened the case cannot be struck: close the case instead",
        Uncorrectable::Correction => {
            "a correction can be struck; anything else is said of the event itself"
        }
        Uncorrectable::Struck => "the event was struck: report it again instead",
    }
}

/// Why a stop refuses an act, and where to turn instead.
fn stopped(protocol: &Protocol, stop: StopId, place: u16) -> String {
    let stop = protocol.stops.get(stop.index());
    let row = stop.and_then(|it| it.refuses.get(usize::from(place)));
    let title = stop.map_or("", |it| &it.title);
    format!("a stop is in force, \"{title}\". {}", row.map_or("", |it| &it.says))
}

fn not_convertible(machine: &Machine) -> String {
    let kinds = machine.protocol.intake.iter().filter(|it| it.becomes.is_some());
    let titles = crate::diagnostic::listed(kinds.map(|it| it.title.as_str()));
    format!("only what was taken in as {titles} becomes something else")
}

fn effective(protocol: &Protocol) -> String {
    let from = protocol.effective_from.map_or(String::new(), |date| format!(" from {date}"));
    let to = protocol.effective_to.map_or(String::new(), |date| format!(" to {date}"));
    format!("version {} holds for complaints received{from}{to}", protocol.version)
}

fn not_extended(why: NotExtended) -> String {
    match why {
        NotExtended::Late => "is past its due instant and can no longer be extended".to_owned(),
        NotExtended::Times(1) => "has been extended once, which is the most".to_owned(),
        NotExtended::Times(times) => format!("has been extended {times} times, which is the most"),
        NotExtended::When => "cannot be extended in this case".to_owned(),
        NotExtended::TooFar(_) => "would be extended beyond the latest date allowed".to_owned(),
        NotExtended::NotLater => "would not become later by this".to_owned(),
        NotExtended::NoDate => "needs the new date".to_owned(),
    }
}

fn last_rung(machine: &Machine, rung: RungId) -> String {
    let protocol = &machine.protocol;
    let title = protocol.ladder.get(rung.index()).map_or("", |rung| rung.title.as_str());
    let outside = protocol.roles.iter().find(|role| role.external && role.contact.is_some());
    let route = outside.map_or(String::new(), |role| {
        format!(
            "; outside the organisation: {}, {}",
            role.title,
            role.contact.as_deref().unwrap_or("")
        )
    });
    format!("\"{title}\" is the last level of this procedure{route}")
}
