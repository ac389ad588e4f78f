//! What a template may read of an entry, while it goes through the entries of a record.

use crate::diagnostic::nearest;
use crate::letter::place::{Kind, Place};
use crate::model::{Deadline, EntryField, FieldKind, Protocol, Record, RecordId};

/// What is read of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The value of a field, by its place in the record.
    Field(u16),
    /// The word for the value of a choice; for a role its title.
    Words(u16),
    /// Its id.
    Id,
    /// When it was added.
    At,
    /// Whether it is done.
    Done,
    /// When it was done.
    DoneAt,
}

/// What entries have besides their own fields.
const BY_ITSELF: [(&str, Part); 4] =
    [("id", Part::Id), ("at", Part::At), ("done", Part::Done), ("done_at", Part::DoneAt)];

/// What entries of this record have besides their own fields.
pub(crate) fn by_itself(record: &Record) -> impl Iterator<Item = (&'static str, Part)> {
    BY_ITSELF.into_iter().take(if record.done.is_some() { BY_ITSELF.len() } else { 2 })
}

/// What the names after that of an entry mean, or what to say instead. `entry` is the name that
/// the template gives it.
pub(crate) fn find(entry: &str, path: &[&str], record: &Record) -> Result<Part, Option<String>> {
    match path {
        [] => {
            let name = record.fields.first().map_or("at", |it| it.field.name.as_str());
            Err(Some(format!("write what you want to say of it: `{entry}.{name}`")))
        }
        ["words", name] => match record.field(name) {
            Some(place) if has_words(record, place) => Ok(Part::Words(place)),
            Some(_) => Err(Some(format!("`{name}` is no choice: write `{entry}.{name}`"))),
            None => Err(instead(&format!("{entry}.words."), name, record)),
        },
        [name] => {
            let own = record.field(name).map(Part::Field);
            let found = by_itself(record).find(|(it, _)| it == name).map(|(_, part)| part);
            own.or(found).ok_or_else(|| instead(&format!("{entry}."), name, record))
        }
        [first, ..] => Err(Some(format!("write `{entry}.{first}`"))),
    }
}

fn instead(before: &str, name: &str, record: &Record) -> Option<String> {
    let own = record.fields.iter().map(|it| it.field.name.as_str());
    let names = own.chain(by_itself(record).map(|(name, _)| name));
    nearest(name, names).map(|near| format!("did you mean `{before}{near}`?"))
}

/// Whether the values of a field are names, which have words.
pub(crate) fn has_words(record: &Record, place: u16) -> bool {
    let field = record.fields.get(usize::from(place));
    field.is_some_and(|it| matches!(it.field.kind, FieldKind::Choice(_) | FieldKind::Role(_)))
}

/// What to write instead of `deadline.D.due` where each entry has a clock of its own; none for
/// other deadlines.
pub(crate) fn of_each_entry(deadline: &Deadline, protocol: &Protocol) -> Option<String> {
    let each = deadline.for_each?;
    let record = protocol.records.get(each.record.index())?;
    let date = match deadline.due {
        Some(crate::model::Agreed::Entry(place)) => record.fields.get(usize::from(place)),
        _ => None,
    };
    let date = date.map_or("at", |it| it.field.name.as_str());
    Some(format!(
        "each entry of `{0}` has a clock of its own: write `{{% for x in {0} %}}`, and in it \
         `{{{{ x.{date} | date }}}}`",
        record.name
    ))
}

impl Part {
    /// The name after that of the entry.
    pub(crate) fn name(self, record: &Record) -> String {
        let own = |place: u16| {
            let field = record.fields.get(usize::from(place));
            field.map_or_else(String::new, |it| it.field.name.clone())
        };
        match self {
            Self::Field(place) => own(place),
            Self::Words(place) => format!("words.{}", own(place)),
            _ => {
                let found = BY_ITSELF.iter().find(|(_, part)| *part == self);
                found.map_or_else(String::new, |(name, _)| (*name).to_owned())
            }
        }
    }

    /// Whether every entry has it.
    pub(crate) fn is_always_there(self, record: &Record) -> bool {
        let field = |place: u16| record.fields.get(usize::from(place));
        let is_given = |it: &EntryField| it.field.required || it.field.default.is_some();
        match self {
            Self::Field(place) | Self::Words(place) => field(place).is_some_and(is_given),
            Self::DoneAt => false,
            Self::Id | Self::At | Self::Done => true,
        }
    }

    /// What has to be known for this to be known.
    pub(crate) fn known_with(self) -> Self {
        match self {
            Self::Words(place) => Self::Field(place),
            other => other,
        }
    }

    /// What kind of value it is.
    pub(crate) fn kind(self, record: &Record, protocol: &Protocol) -> Kind {
        match self {
            Self::Field(place) => {
                let field = record.fields.get(usize::from(place));
                field.map_or(Kind::Text, |it| Kind::of(&it.field.kind, protocol))
            }
            Self::Words(_) | Self::Id => Kind::Text,
            Self::At | Self::DoneAt => Kind::Instant,
            Self::Done => Kind::Flag,
        }
    }
}

/// Everything that can be read of the entries of a record, with its name.
pub(crate) fn parts(record: &Record) -> impl Iterator<Item = (String, Part)> {
    let own = (0..).zip(&record.fields).map(|(place, it)| {
        let part = Part::Field(place);
        (it.field.name.clone(), part)
    });
    let others = by_itself(record).filter(|(name, _)| record.field(name).is_none());
    own.chain(others.map(|(name, part)| (name.to_owned(), part)))
}

/// The record with this place, and how templates name what they read of its entries.
pub(crate) fn name_of(id: RecordId, part: Part, protocol: &Protocol) -> String {
    let record = protocol.records.get(id.index());
    record.map_or_else(String::new, |it| format!("{}.{}", it.name, part.name(it)))
}

/// The field of an entry that a place is about.
pub(crate) fn field_of<'p>(place: &Place, protocol: &'p Protocol) -> Option<&'p EntryField> {
    let Place::Entry(record, Part::Field(field) | Part::Words(field)) = place else { return None };
    protocol.records.get(record.index())?.fields.get(usize::from(*field))
}
