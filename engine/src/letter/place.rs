//! What a template may read, by name.

use crate::diagnostic::nearest;
use crate::letter::entries::{self, Part};
use crate::model::{DeadlineId, FieldId, FieldKind, Party, Protocol, RecordId, Statement};
use crate::script::SetId;

/// Something that a template may read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The value of a field.
    Field(FieldId),
    /// The word for the value of a choice field, in the language of the letter; for a role its
    /// title.
    Words(FieldId),
    /// The level of severity, by name.
    Severity,
    /// The word for the level of severity.
    SeverityWord,
    /// The ticket number.
    Ticket,
    /// When the case was opened.
    Opened,
    /// When the letter became due.
    Today,
    /// The reason given with the event that sends the letter.
    Reason,
    /// Who the letter is for, by name.
    Recipient,
    /// When a deadline is due.
    Due(DeadlineId),
    /// When a deadline began.
    Started(DeadlineId),
    /// How long a deadline is, as its rule says it.
    Term(DeadlineId),
    /// The title of the handler's role.
    HandlerTitle,
    /// The title of the role that owns the stage.
    OwnerTitle,
    /// The title of the channel by which the complaint came.
    ChannelTitle,
    /// A text of `[texts]`.
    Text(String),
    /// Where to turn while the stop stands.
    StopSays,
    /// When the stop ends by itself.
    StopUntil,
    /// When the stop is looked at again at the latest.
    StopReviewOn,
    /// Until when an appeal against the stop is possible.
    StopAppealUntil,
    /// The entries of a record, to go through.
    Entries(RecordId),
    /// What is read of the entry that is gone through.
    Entry(RecordId, Part),
    /// Whether that is the first of those gone through.
    IsFirst,
    /// Whether it is the last.
    IsLast,
}

/// What kind of value is read, and so which filter it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words for people: printed as they are.
    Text,
    /// `| number`.
    Number,
    /// `| money`.
    Money,
    /// A name that conditions compare with; never printed.
    Name(Vec<String>),
    /// Yes or no; never printed.
    Flag,
    /// `| date`.
    Date,
    /// `| date` or `| time`.
    Instant,
    /// `| term`.
    Term,
    /// Entries, which are gone through.
    List,
}

/// The names that stand alone, fields apart.
const ALONE: [(&str, Place); 6] = [
    ("ticket", Place::Ticket),
    ("reason", Place::Reason),
    ("opened", Place::Opened),
    ("today", Place::Today),
    ("recipient", Place::Recipient),
    ("severity", Place::Severity),
];

/// The names before a dot.
pub(crate) const BEFORE_A_DOT: [&str; 7] =
    ["deadline", "handler", "owner", "channel", "texts", "words", "stop"];

/// What a letter of a stop may read of it.
pub(crate) const OF_A_STOP: [(&str, Place); 4] = [
    ("says", Place::StopSays),
    ("until", Place::StopUntil),
    ("review_on", Place::StopReviewOn),
    ("appeal_until", Place::StopAppealUntil),
];

/// What a name with dots in it means, or what to say instead.
pub(crate) fn find(path: &[&str], protocol: &Protocol) -> Result<Place, Option<String>> {
    match path {
        [name] => alone(name, protocol),
        ["handler", "title"] if !protocol.ladder.is_empty() => Ok(Place::HandlerTitle),
        ["owner", "title"] => Ok(Place::OwnerTitle),
        ["channel", "title"] => Ok(Place::ChannelTitle),
        ["handler" | "owner" | "channel", _] => {
            Err(path.first().map(|it| format!("write `{it}.title`")))
        }
        ["texts", name] => {
            let names = protocol.texts.iter().map(|(name, _)| name.as_str());
            match names.clone().any(|it| it == *name) {
                true => Ok(Place::Text((*name).to_owned())),
                false => Err(instead("texts.", name, names)),
            }
        }
        ["stop", part] if !protocol.stops.is_empty() => {
            let found = OF_A_STOP.iter().find(|(name, _)| name == part);
            let names = OF_A_STOP.iter().map(|(name, _)| *name);
            found.map(|(_, place)| place.clone()).ok_or_else(|| instead("stop.", part, names))
        }
        ["words", "severity"] if protocol.severity.is_some() => Ok(Place::SeverityWord),
        ["words", name] => words(name, protocol),
        ["deadline", name, part] => deadline(name, part, protocol),
        ["deadline", name] => {
            Err(Some(format!("write `deadline.{name}.due`, `.started` or `.term`")))
        }
        [name, part, ..] => match protocol.record(name) {
            Some(_) => Err(Some(format!(
                "go through the entries: `{{% for x in {name} %}}`, and in it `x.{part}`"
            ))),
            None => Err(None),
        },
        [] => Err(None),
    }
}

fn instead<'n>(
    before: &str,
    name: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<String> {
    nearest(name, names).map(|near| format!("did you mean `{before}{near}`?"))
}

fn alone(name: &str, protocol: &Protocol) -> Result<Place, Option<String>> {
    if BEFORE_A_DOT.contains(&name) {
        let help = format!("`{name}` stands before a dot: `{name}.…`; a field needs another name");
        return Err(Some(help));
    }
    let built_in = ALONE.iter().find(|(it, _)| *it == name).map(|(_, place)| place);
    let field = protocol.field(name).map(Place::Field);
    let field = field.or_else(|| protocol.record(name).map(Place::Entries));
    match built_in {
        Some(place @ (Place::Ticket | Place::Reason | Place::Recipient)) => Ok(place.clone()),
        Some(Place::Severity) if protocol.severity.is_some() => Ok(Place::Severity),
        Some(place @ (Place::Opened | Place::Today)) => Ok(field.unwrap_or_else(|| place.clone())),
        _ => field.ok_or_else(|| {
            let fields = protocol.fields.iter().map(|it| it.name.as_str());
            let fields = fields.chain(protocol.records.iter().map(|it| it.name.as_str()));
            let names = ALONE.iter().map(|(name, _)| *name).chain(BEFORE_A_DOT);
            instead("", name, fields.chain(names))
        }),
    }
}

fn words(name: &str, protocol: &Protocol) -> Result<Place, Option<String>> {
    let is_choice = |kind: &FieldKind| matches!(kind, FieldKind::Choice(_) | FieldKind::Role(_));
    let field = protocol.field(name);
    let kind = field.and_then(|it| protocol.fields.get(it.index())).map(|it| &it.kind);
    match (field, kind) {
        (Some(field), Some(kind)) if is_choice(kind) => Ok(Place::Words(field)),
        (Some(_), _) => Err(Some(format!("`{name}` is no choice: write `{name}` alone"))),
        (None, _) => {
            let choices = protocol.fields.iter().filter(|it| is_choice(&it.kind));
            Err(instead("words.", name, choices.map(|it| it.name.as_str())))
        }
    }
}

fn deadline(name: &str, part: &str, protocol: &Protocol) -> Result<Place, Option<String>> {
    let place = protocol.deadlines.iter().position(|it| it.name == name).map(DeadlineId::at);
    let Some(id) = place else {
        let names = protocol.deadlines.iter().map(|it| it.name.as_str());
        return Err(instead("deadline.", name, names));
    };
    let declared = protocol.deadlines.get(id.index());
    if let Some(help) = declared.and_then(|it| entries::of_each_entry(it, protocol)) {
        return Err(Some(help));
    }
    match part {
        "due" => Ok(Place::Due(id)),
        "started" => Ok(Place::Started(id)),
        "term" => Ok(Place::Term(id)),
        _ => Err(Some(format!("write `deadline.{name}.due`, `.started` or `.term`"))),
    }
}

impl Place {
    /// The place that a statement of the protocol means; none for a block of the text.
    pub(crate) fn of(statement: &Statement) -> Option<Self> {
        Some(match statement {
            Statement::Field(field) => Self::Field(*field),
            Statement::Ticket => Self::Ticket,
            Statement::Reason => Self::Reason,
            Statement::Due(id) => Self::Due(*id),
            Statement::HandlerTitle => Self::HandlerTitle,
            Statement::Text(name) => Self::Text(name.clone()),
            Statement::Opened => Self::Opened,
            Statement::Today => Self::Today,
            Statement::Started(id) => Self::Started(*id),
            Statement::OwnerTitle => Self::OwnerTitle,
            Statement::ChannelTitle => Self::ChannelTitle,
            Statement::Severity => Self::Severity,
            Statement::StopSays => Self::StopSays,
            Statement::StopUntil => Self::StopUntil,
            Statement::StopReviewOn => Self::StopReviewOn,
            Statement::StopAppealUntil => Self::StopAppealUntil,
            Statement::Entry(record, field) => Self::Entry(*record, Part::Field(*field)),
            Statement::Block(_) => return None,
        })
    }

    /// What has to be known for this to be known: a word needs its value.
    pub(crate) fn known_with(self) -> Self {
        match self {
            Self::Words(field) => Self::Field(field),
            Self::SeverityWord => Self::Severity,
            Self::Entry(record, part) => Self::Entry(record, part.known_with()),
            other => other,
        }
    }

    /// The name in a template.
    pub(crate) fn name(&self, protocol: &Protocol) -> String {
        let field = |id: FieldId| protocol.fields.get(id.index()).map_or("", |it| &it.name);
        let deadline =
            |id: DeadlineId| protocol.deadlines.get(id.index()).map_or("", |it| &it.name);
        match self {
            Self::Field(id) => field(*id).to_owned(),
            Self::Words(id) => format!("words.{}", field(*id)),
            Self::SeverityWord => "words.severity".to_owned(),
            Self::Due(id) => format!("deadline.{}.due", deadline(*id)),
            Self::Started(id) => format!("deadline.{}.started", deadline(*id)),
            Self::Term(id) => format!("deadline.{}.term", deadline(*id)),
            Self::HandlerTitle => "handler.title".to_owned(),
            Self::OwnerTitle => "owner.title".to_owned(),
            Self::ChannelTitle => "channel.title".to_owned(),
            Self::Text(name) => format!("texts.{name}"),
            Self::Severity => "severity".to_owned(),
            Self::StopSays => "stop.says".to_owned(),
            Self::StopUntil => "stop.until".to_owned(),
            Self::StopReviewOn => "stop.review_on".to_owned(),
            Self::StopAppealUntil => "stop.appeal_until".to_owned(),
            Self::Ticket => "ticket".to_owned(),
            Self::Opened => "opened".to_owned(),
            Self::Today => "today".to_owned(),
            Self::Reason => "reason".to_owned(),
            Self::Recipient => "recipient".to_owned(),
            Self::Entries(id) => {
                protocol.records.get(id.index()).map_or_else(String::new, |it| it.name.clone())
            }
            Self::Entry(id, part) => entries::name_of(*id, *part, protocol),
            Self::IsFirst => "loop.first".to_owned(),
            Self::IsLast => "loop.last".to_owned(),
        }
    }

    /// What kind of value it is.
    pub(crate) fn kind(&self, protocol: &Protocol) -> Kind {
        match self {
            Self::Field(id) => {
                let field = protocol.fields.get(id.index());
                field.map_or(Kind::Text, |it| Kind::of(&it.kind, protocol))
            }
            Self::Entries(_) => Kind::List,
            Self::Entry(id, part) => {
                let record = protocol.records.get(id.index());
                record.map_or(Kind::Text, |it| part.kind(it, protocol))
            }
            Self::IsFirst | Self::IsLast => Kind::Flag,
            Self::Severity => {
                Kind::Name(protocol.sets.levels.map_or_else(Vec::new, |it| names(it, protocol)))
            }
            Self::Recipient => {
                let roles = protocol.roles.iter().map(|it| it.name.as_str());
                Kind::Name(roles.chain(Party::built_in_names()).map(str::to_owned).collect())
            }
            Self::Opened
            | Self::Today
            | Self::Due(_)
            | Self::Started(_)
            | Self::StopUntil
            | Self::StopReviewOn
            | Self::StopAppealUntil => Kind::Instant,
            Self::Term(_) => Kind::Term,
            Self::Words(_)
            | Self::SeverityWord
            | Self::Ticket
            | Self::StopSays
            | Self::Reason
            | Self::HandlerTitle
            | Self::OwnerTitle
            | Self::ChannelTitle
            | Self::Text(_) => Kind::Text,
        }
    }
}

impl Kind {
    /// What kind of value a field holds.
    pub(crate) fn of(kind: &FieldKind, protocol: &Protocol) -> Self {
        match kind {
            FieldKind::Text | FieldKind::File => Self::Text,
            FieldKind::Number => Self::Number,
            FieldKind::Money(_) => Self::Money,
            FieldKind::Choice(set) | FieldKind::Role(set) => Self::Name(names(*set, protocol)),
            FieldKind::Flag => Self::Flag,
            FieldKind::Date => Self::Date,
        }
    }
}

fn names(set: SetId, protocol: &Protocol) -> Vec<String> {
    protocol.scope.set(set).map_or_else(Vec::new, |it| it.names.clone())
}
