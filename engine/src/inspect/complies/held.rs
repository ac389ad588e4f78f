//! Both protocols, the names that stand for each other, and what has been found.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::complies::says::{implies, tokens, translated};
use crate::model;
use crate::syntax::{Citation, Names, Script, Written};
use crate::text::{FileId, Span, Spanned};

/// One of the two.
#[derive(Clone, Copy)]
pub(crate) struct Side<'p> {
    /// What is written.
    pub(crate) written: &'p Written,
    /// What is meant.
    pub(crate) protocol: &'p model::Protocol,
}

/// The two places of a fault, and where each comes from.
#[derive(Clone, Debug)]
pub(crate) struct Against {
    pub(crate) house: Span,
    pub(crate) house_source: Option<String>,
    pub(crate) statute: Span,
    pub(crate) statute_source: Option<String>,
}

impl Against {
    /// A fault that shows both.
    pub(crate) fn show(&self, fault: Diagnostic) -> Diagnostic {
        let mut fault = fault;
        let by = |what: &str, source: &Option<String>| match source {
            Some(source) => format!("{what}, by {source}"),
            None => what.to_owned(),
        };
        fault.primary.text = by("this protocol", &self.house_source);
        fault.other(self.statute, by("the statute", &self.statute_source))
    }
}

/// A protocol that is held against a statute.
pub(crate) struct Held<'a> {
    pub(crate) house: Side<'a>,
    pub(crate) statute: Side<'a>,
    /// Where `complies_with` names the statute.
    pub(crate) named_at: Span,
    /// The files of the statute, by their numbers in the set of sources of the protocol.
    pub(crate) files: &'a [FileId],
    /// Where faults go.
    pub(crate) out: &'a mut Diagnostics,
}

impl Held<'_> {
    /// What stands for a name of the statute.
    pub(crate) fn name<'n>(&'n self, kind: &str, statute: &'n str) -> &'n str {
        let maps = self.house.written.maps.iter();
        let mut of_kind = maps.filter(|it| it.kind == kind);
        of_kind.find(|it| it.statute.value == statute).map_or(statute, |it| &it.house.value)
    }

    /// What stands for a point of the statute.
    pub(crate) fn point(&self, point: &str) -> String {
        if let Some((kind, name)) = point.split_once(':') {
            let kind_of = match kind {
                "letter" => "letters",
                "stage" => "stages",
                "rung" => "rungs",
                "met" | "breach" | "lapse" | "extended" => "deadlines",
                _ => return point.to_owned(),
            };
            return format!("{kind}:{}", self.name(kind_of, name));
        }
        let event = self.name("events", point);
        if event == point { self.name("fields", point).to_owned() } else { event.to_owned() }
    }

    /// Whether the first condition, of the protocol, holds wherever the second does, which is the statute's.
    /// No condition holds always.
    pub(crate) fn covers(&self, own: Option<&Script>, theirs: Option<&Script>) -> bool {
        match (own, theirs) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(own), Some(theirs)) => implies(&translated(self, theirs), &tokens(&own.text)),
        }
    }

    /// Whether the first condition, of the protocol, holds only where the second does, which is the statute's.
    pub(crate) fn only_where(&self, own: Option<&Script>, theirs: Option<&Script>) -> bool {
        match (own, theirs) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(own), Some(theirs)) => implies(&tokens(&own.text), &translated(self, theirs)),
        }
    }

    /// Whether both conditions hold in the same cases.
    pub(crate) fn same(&self, own: Option<&Script>, theirs: Option<&Script>) -> bool {
        self.covers(own, theirs) && self.only_where(own, theirs)
    }

    /// Whether a party of the statute is outside the organisation: the complainant, whom the complaint is
    /// about, or a role that is external.
    pub(crate) fn is_outside(side: Side<'_>, party: &str) -> bool {
        let mut roles = side.written.roles.iter();
        [COMPLAINANT, "respondent"].contains(&party)
            || roles.any(|it| it.external && it.name.value == party)
    }

    /// What stands for a party of the statute.
    pub(crate) fn party(&self, party: &str) -> String {
        match party.split_once(':') {
            Some(("rung", rung)) => format!("rung:{}", self.name("rungs", rung)),
            Some(("event", event)) => format!("event:{}", self.name("events", event)),
            _ => self.name("roles", party).to_owned(),
        }
    }

    /// The points that the statute names and the protocol does not.
    pub(crate) fn lacking<'n>(
        &self,
        statute: &'n Names,
        house: &Names,
        map: impl Fn(&str) -> String,
    ) -> Vec<&'n Spanned<String>> {
        let is_there = |name: &str| house.iter().any(|it| it.value == name);
        statute.iter().filter(|it| !is_there(&map(&it.value))).collect()
    }

    /// The points that the protocol names and the statute does not.
    pub(crate) fn added<'n>(
        &self,
        statute: &Names,
        house: &'n Names,
        map: impl Fn(&str) -> String,
    ) -> Vec<&'n Spanned<String>> {
        let known: Vec<String> = statute.iter().map(|it| map(&it.value)).collect();
        house.iter().filter(|it| !known.contains(&it.value)).collect()
    }

    /// Two places with the sources of the rules that they are in.
    pub(crate) fn against(&self, house: (Span, &Citation), statute: (Span, &Citation)) -> Against {
        let source = |side: Side<'_>, citation: &Citation| {
            let header = side.written.protocol.as_ref().map(|it| &it.citation);
            let own = citation.source.as_ref().or(header.and_then(|it| it.source.as_ref()));
            own.map(|it| it.value.clone())
        };
        let place = self.statute_place(statute.0);
        Against {
            house: self.house_place(house, place),
            house_source: source(self.house, house.1),
            statute: place,
            statute_source: source(self.statute, statute.1),
        }
    }

    /// Where the protocol says it. An entry that it takes over from the statute and changes has its name there:
    /// then it is the source that it gives, or where it says that it complies.
    fn house_place(&self, house: (Span, &Citation), statute: Span) -> Span {
        if house.0.file != statute.file {
            return house.0;
        }
        let source = house.1.source.as_ref().map(|it| it.span);
        source.filter(|it| it.file != statute.file).unwrap_or(self.named_at)
    }

    /// The place where the statute is named, for what the protocol does not have at all.
    pub(crate) fn absent(&self, statute: (Span, &Citation)) -> Against {
        self.against((self.named_at, &Citation::default()), statute)
    }

    fn statute_place(&self, span: Span) -> Span {
        let file = self.files.get(usize::from(span.file.0)).copied();
        Span { file: file.unwrap_or(span.file), ..span }
    }

    /// Adds a fault.
    pub(crate) fn say(&mut self, fault: Diagnostic) {
        self.out.push(fault);
    }
}

/// Whether a list names somebody.
pub(crate) fn names(list: &Names, name: &str) -> bool {
    list.iter().any(|it| it.value == name)
}

/// The party whose rights a statute is there for.
pub(crate) const COMPLAINANT: &str = "complainant";
