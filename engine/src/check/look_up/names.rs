//! The names an author has declared, and looking them up.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::syntax;
use crate::syntax::Written;

/// The names of one kind, in file order; a place in here is the number of the thing in the model.
#[derive(Debug, Default)]
pub(crate) struct NameList<'w> {
    names: Vec<&'w str>,
    places: BTreeMap<&'w str, usize>,
}

impl<'w> NameList<'w> {
    pub(crate) fn new(names: impl IntoIterator<Item = &'w str>) -> Self {
        let names: Vec<&str> = names.into_iter().collect();
        let mut places = BTreeMap::new();
        for (place, name) in names.iter().enumerate() {
            places.entry(*name).or_insert(place);
        }
        Self { names, places }
    }

    /// The place of a name, if it is declared.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    /// All names, in file order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'w str> + Clone {
        self.names.iter().copied()
    }

    /// All names as a list of a set.
    pub(crate) fn to_vec(&self) -> Vec<String> {
        self.iter().map(str::to_owned).collect()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }
}

/// Every name that a protocol declares.
#[derive(Debug, Default)]
pub(crate) struct Names<'w> {
    pub(crate) calendars: NameList<'w>,
    /// Those that can be named: the protocol's own, and all that ship. In alphabetical order.
    pub(crate) holiday_sets: NameList<'w>,
    pub(crate) roles: NameList<'w>,
    pub(crate) channels: NameList<'w>,
    pub(crate) fields: NameList<'w>,
    pub(crate) help: NameList<'w>,
    pub(crate) intake: NameList<'w>,
    pub(crate) texts: NameList<'w>,
    pub(crate) levels: NameList<'w>,
    pub(crate) rungs: NameList<'w>,
    pub(crate) records: NameList<'w>,
    /// `opened`, then the declared events, then those of the records.
    pub(crate) events: NameList<'w>,
    pub(crate) conditions: NameList<'w>,
    pub(crate) stages: NameList<'w>,
    pub(crate) deadlines: NameList<'w>,
    pub(crate) letters: NameList<'w>,
}

/// The built-in event that opens a case; the first of all events.
pub(crate) const OPENED: &str = "opened";

impl<'w> Names<'w> {
    pub(crate) fn of(written: &'w Written) -> Self {
        let levels = written.severity.iter().flat_map(|severity| &severity.levels);
        let sets = written.holiday_sets.iter().map(|it| it.id.value.as_str());
        let files = written.ics.iter().map(|it| it.id.as_str());
        let offered = written.offered_sets.iter().map(String::as_str);
        let sets: BTreeSet<&str> = sets.chain(files).chain(offered).collect();
        let events = written.events.iter().map(|it| it.name.value.as_str());
        let of_records = written.records.iter().flat_map(syntax::Record::events);
        Self {
            records: NameList::new(written.records.iter().map(|it| it.name.value.as_str())),
            calendars: NameList::new(written.calendars.iter().map(|it| it.name.value.as_str())),
            holiday_sets: NameList::new(sets),
            roles: NameList::new(written.roles.iter().map(|it| it.name.value.as_str())),
            channels: NameList::new(written.channels.iter().map(|it| it.name.value.as_str())),
            fields: NameList::new(written.fields.iter().map(|it| it.name.value.as_str())),
            help: NameList::new(written.help.iter().map(|it| it.name.value.as_str())),
            intake: NameList::new(written.intake.iter().map(|it| it.name.value.as_str())),
            texts: NameList::new(written.texts.iter().map(|it| it.name.value.as_str())),
            levels: NameList::new(levels.map(|it| it.value.as_str())),
            rungs: NameList::new(written.ladder.iter().map(|it| it.name.value.as_str())),
            events: NameList::new(std::iter::once(OPENED).chain(events).chain(of_records)),
            conditions: NameList::new(written.conditions.iter().map(|it| it.name.value.as_str())),
            stages: NameList::new(written.stages.iter().map(|it| it.name.value.as_str())),
            deadlines: NameList::new(written.deadlines.iter().map(|it| it.name.value.as_str())),
            letters: NameList::new(written.letters.iter().map(|it| it.name.value.as_str())),
        }
    }
}
