//! A fact: the names and texts of its stored form, as one flat object.

use crate::wire::{FieldValue, Rule, rule};
use engine::machine::Machine;
use engine::model::Readable;
use engine::runtime::{self, FactKind};
use engine::text::Strings;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! fact {
    ($($(#[doc = $doc:literal])+ $name:literal $field:ident: $kind:ident;)+) => {
        /// What the engine concluded. `kind` says what, and which of the other members are there:
        /// `docs/CANONICAL.md` lists them, with a hyphen where these names have `_`.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct Fact {
            /// Its number within the case, from 1.
            pub sequence: u32,
            /// The instant from which it holds.
            #[schema(format = DateTime)]
            pub at: String,
            /// The id of the report that caused it; left out where time alone acted.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cause: Option<String>,
            /// The stop of whose stream it is; left out for one of the case.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub of_stop: Option<String>,
            /// The rule that made it.
            pub rule: Rule,
            /// What it says.
            #[schema(example = "stage-entered")]
            pub kind: String,
            $($(#[doc = $doc])+
            #[serde(skip_serializing_if = "Option::is_none")]
            pub $field: Option<$kind>,)+
        }

        impl Fact {
            /// Sets the member with the name that the stored form has for it.
            fn set(&mut self, name: &str, value: String) {
                match name {
                    $($name => self.$field = Read::read(value),)+
                    _ => {}
                }
            }

            /// The names of the stored form that have a member.
            #[cfg(test)]
            const NAMES: &'static [&'static str] = &[$($name),+];
        }
    };
}

fact! {
    /// The fact that no longer holds, or that was inserted.
    "fact" fact: u32;
    /// Before which fact another one was inserted.
    "before" before: u32;
    /// How many facts belong to a correction.
    "facts" facts: u32;
    /// Who was told of a correction.
    "told" told: String;
    /// The type of event, or the id of the report that has no effect.
    "event" event: String;
    /// Whose act it was.
    "by" by: String;
    /// Which person's.
    "person" person: String;
    /// The channel.
    "channel" channel: String;
    /// The person who complains.
    "complainant" complainant: String;
    /// The person complained about.
    "respondent" respondent: String;
    /// The kind of intake.
    "intake" intake: String;
    /// Whether only the day is known.
    "date-only" date_only: bool;
    /// The other case.
    "case" case: String;
    /// The stage.
    "stage" stage: String;
    /// The rung.
    "rung" rung: String;
    /// The level of severity.
    "level" level: String;
    /// The field.
    "field" field: String;
    /// Of which type the value is: `text`, `number`, `flag`, `date`, `choice`, `slot` or `unset`.
    "type" of_type: String;
    /// The value; of a personal one the reference.
    "value" value: FieldValue;
    /// The question about other cases.
    "question" question: String;
    /// The record.
    "record" record: String;
    /// The id of the entry; left out where what it holds is kept from this token.
    "entry" entry: String;
    /// The number of the entry within its record, from 1.
    "number" number: u32;
    /// The deadline.
    "deadline" deadline: String;
    /// Which instance of it, from 1.
    "occurrence" occurrence: u32;
    /// The guarantee.
    "guarantee" guarantee: String;
    /// By which amendment its calendars are counted: the hash of it.
    "amendment" amendment: String;
    /// When it was due before a calendar was amended.
    "was-due" was_due: String;
    /// When it is due, inclusive.
    "due" due: String;
    /// When somebody is warned, or a pause ends.
    "alarm" alarm: String;
    /// From when it counts, or is told, or was decided again.
    "from" from: String;
    /// Whether the act of a person started it.
    "receipt" receipt: bool;
    /// Which period of a recurring duty, from 1.
    "period" period: u32;
    /// The term that applies.
    "term" term: String;
    /// The date that was agreed instead of a term.
    "agreed" agreed: String;
    /// Which extension, from 0.
    "extension" extension: u32;
    /// The date to which it was put off.
    "until" until: String;
    /// Which warning, from 0.
    "warning" warning: u32;
    /// Whether it was met after the due instant.
    "late" late: bool;
    /// Why it is no longer owed.
    "why" why: String;
    /// The calendar that it was counted with, and the hash of its content.
    "calendar" calendar: String;
    /// The version of the zone data.
    "zone-data" zone_data: String;
    /// Which timed transition of the stage, from 0.
    "place-in-after" place_in_after: u32;
    /// The letter.
    "letter" letter: String;
    /// Who is told.
    "party" party: String;
    /// The stop that refused.
    "stop" stop: String;
    /// Which line of what it refuses, from 0.
    "place-in-refuses" place_in_refuses: u32;
}

/// What can be read from the stored form of a value.
trait Read: Sized {
    fn read(value: String) -> Option<Self>;
}

impl Read for String {
    fn read(value: String) -> Option<Self> {
        Some(value)
    }
}

impl Read for u32 {
    fn read(value: String) -> Option<Self> {
        value.parse().ok()
    }
}

impl Read for bool {
    fn read(value: String) -> Option<Self> {
        value.parse().ok()
    }
}

impl Read for FieldValue {
    fn read(value: String) -> Option<Self> {
        Some(Self::Text(value))
    }
}

/// A fact as names and texts. `of_stop` names the stop whose machine this is; `reads` says what
/// whoever is told may read. Whether the fact itself may be told, is asked before.
#[must_use]
pub fn fact(
    machine: &Machine,
    strings: &Strings,
    (of_stop, reads): (Option<&str>, &dyn Fn(Readable) -> bool),
    fact: &runtime::Fact,
) -> Fact {
    let mut out = Fact {
        sequence: fact.sequence,
        at: fact.at.to_string(),
        cause: fact.cause.map(|id| strings.get(id).to_owned()),
        of_stop: of_stop.map(str::to_owned),
        rule: rule(machine, fact.rule),
        ..Fact::default()
    };
    for (name, value) in runtime::record(machine, strings, fact).entries {
        match (name, value) {
            ("kind", Some(kind)) => out.kind = kind,
            (_, Some(value)) => out.set(name, value),
            (_, None) => {}
        }
    }
    // Whoever reports an entry chooses its id, which may say something.
    if let FactKind::EntryAdded { record, .. }
    | FactKind::EntryFieldSet { record, .. }
    | FactKind::EntryDone { record, .. } = fact.kind
        && !reads(Readable::Record(record))
    {
        out.entry = None;
    }
    if let (Some("flag"), Some(FieldValue::Text(text))) = (out.of_type.as_deref(), &out.value) {
        out.value = text.parse().ok().map(FieldValue::Flag);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The names of the stored form, as its page lists them.
    #[test]
    fn every_name_of_the_stored_form_has_a_member() {
        let source = include_str!("../../../engine/src/runtime/fact/record.rs");
        let adds = source.split(".add(\"").chain(source.split(".maybe(\"")).skip(1);
        let named: BTreeSet<&str> = adds.filter_map(|it| it.split('"').next()).collect();
        let own = ["sequence", "at", "cause", "semantics", "rule", "source", "place", "kind"];
        let is_name = |it: &&str| {
            !it.is_empty() && it.bytes().all(|it| it.is_ascii_lowercase() || it == b'-')
        };
        let lacking: Vec<&str> = named
            .into_iter()
            .filter(is_name)
            .filter(|it| !own.contains(it) && !Fact::NAMES.contains(it))
            .collect();
        assert!(Fact::NAMES.len() > 40);
        assert_eq!(lacking, Vec::<&str>::new());
    }
}
