//! What was asked of the place before a batch is decided, at once and not order by order.

use std::collections::{BTreeMap, BTreeSet};

use engine::runtime::{Given, Report};

use crate::cases::{
    Answer, Asked, Failure, Glance, Key, Outline, Place, StreamId, Tenant, Webhook,
};
use crate::keeper::set::{SetKey, Whose, whose};
use crate::keeper::{Act, Mode, Order};

/// What the place said of the orders of a batch. What was not asked is not known.
#[derive(Debug, Default)]
pub(crate) struct Known(BTreeMap<Tenant, OfTenant>);

#[derive(Debug, Default)]
struct OfTenant {
    keys: BTreeSet<String>,
    streams: BTreeSet<StreamId>,
    people: BTreeSet<String>,
    seen: Glance,
    /// The streams of each person, and the stops on each case.
    of_person: BTreeMap<String, Vec<StreamId>>,
    on_case: BTreeMap<StreamId, Vec<StreamId>>,
}

/// What orders are about, by tenant.
#[derive(Debug, Default)]
pub(crate) struct Questions(BTreeMap<Tenant, Asked>);

impl Questions {
    /// Adds what an order is about.
    pub(crate) fn order(&mut self, order: &Order) {
        // No database is asked for a text that none can keep: the order is refused.
        let is_text = |it: &&String| !it.contains('\0');
        let asked = self.0.entry(order.tenant).or_default();
        let key = order.key.as_ref().filter(|_| order.mode == Mode::Keep).map(|it| &it.text);
        asked.keys.extend(key.filter(is_text).cloned());
        match &order.act {
            Act::Open { report, .. } => {
                asked.people.extend(report.complainant.as_ref().filter(is_text).cloned());
            }
            Act::Report { case, report, .. } => {
                asked.streams.push(*case);
                asked.sealing.extend(may_be_sealed(report).then_some(*case));
            }
        }
    }

    /// Adds a stream on which time acts.
    pub(crate) fn stream(&mut self, tenant: Tenant, stream: StreamId) {
        self.0.entry(tenant).or_default().streams.push(stream);
    }

    /// Asks.
    pub(crate) fn ask(self, place: &dyn Place) -> Result<Known, Failure> {
        let of = |(tenant, mut asked): (Tenant, Asked)| {
            for streams in [&mut asked.streams, &mut asked.sealing] {
                streams.sort_unstable();
                streams.dedup();
            }
            let seen = place.glance(tenant, &asked)?;
            Ok((tenant, OfTenant::new(asked, seen)))
        };
        self.0.into_iter().map(of).collect::<Result<_, _>>().map(Known)
    }
}

/// Whether a report brings a text that may have to be sealed.
pub(crate) fn may_be_sealed(report: &Report) -> bool {
    report.reason.is_some() || report.data.iter().any(|(_, it)| matches!(it, Given::Text(_)))
}

impl OfTenant {
    fn new(asked: Asked, seen: Glance) -> Self {
        let mut people: BTreeSet<String> = asked.people.into_iter().collect();
        let (mut of_person, mut on_case) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::new());
        for outline in seen.streams.iter().flat_map(BTreeMap::values) {
            if let Some(person) = &outline.complainant {
                of_person.entry(person.clone()).or_default().push(outline.stream);
            }
            if let Some(on) = outline.on {
                on_case.entry(on).or_insert_with(Vec::new).push(outline.stream);
            }
        }
        let streams: BTreeSet<StreamId> = asked.streams.into_iter().collect();
        let outlines = seen.streams.as_ref();
        let named = streams.iter().filter_map(|it| outlines?.get(it)?.complainant.clone());
        people.extend(named);
        let keys = asked.keys.into_iter().collect();
        Self { keys, streams, people, seen, of_person, on_case }
    }

    /// The streams of a set; nothing where not all of it was asked for.
    fn of(&self, whose: &Whose) -> Option<Vec<&Outline>> {
        let outlines = self.seen.streams.as_ref()?;
        let mut ids = BTreeSet::new();
        match whose {
            Whose::Person { protocol_id, person } => {
                self.people.get(person)?;
                let theirs = self.of_person.get(person).into_iter().flatten();
                let is_of = |it: &&StreamId| {
                    outlines.get(*it).is_some_and(|it| it.protocol_id == *protocol_id)
                };
                for stream in theirs.filter(is_of) {
                    ids.insert(*stream);
                    ids.extend(self.on_case.get(stream).into_iter().flatten());
                }
            }
            Whose::Nobody(case) => {
                self.streams.get(case)?;
                ids.insert(*case);
                ids.extend(self.on_case.get(case).into_iter().flatten());
            }
        }
        Some(ids.iter().filter_map(|it| outlines.get(it)).collect())
    }
}

impl Known {
    /// What was answered under a key; nothing where that is not known.
    #[expect(clippy::option_option, reason = "not asked for is not the same as not there")]
    pub(crate) fn answer(&self, tenant: Tenant, key: &str) -> Option<Option<&Answer>> {
        let of = self.0.get(&tenant).filter(|it| it.keys.contains(key))?;
        Some(of.seen.answers.get(key))
    }

    /// A stream; nothing where nothing is known of it.
    #[expect(clippy::option_option, reason = "not asked for is not the same as not there")]
    pub(crate) fn stream(&self, tenant: Tenant, stream: StreamId) -> Option<Option<&Outline>> {
        let of = self.0.get(&tenant).filter(|it| it.streams.contains(&stream))?;
        Some(of.seen.streams.as_ref()?.get(&stream))
    }

    /// The key of a person; nothing where it is not known whether there is one.
    #[expect(clippy::option_option, reason = "not asked for is not the same as not there")]
    pub(crate) fn key(&self, tenant: Tenant, person: &str) -> Option<Option<&Key>> {
        self.0.get(&tenant)?.seen.people.get(person).map(Option::as_ref)
    }

    /// The references of the personal values of a case; nothing where they are not known.
    pub(crate) fn slots(&self, tenant: Tenant, case: StreamId) -> Option<&BTreeSet<String>> {
        self.0.get(&tenant)?.seen.slots.get(&case)
    }

    /// The receivers of a tenant; nothing where they are not known.
    pub(crate) fn receivers(&self, tenant: Tenant) -> Option<&[Webhook]> {
        self.0.get(&tenant).map(|it| it.seen.receivers.as_slice())
    }

    /// Whether a set consists of these streams in these versions; nothing where that is not known.
    pub(crate) fn is(&self, key: &SetKey, held: &BTreeMap<StreamId, u32>) -> Option<bool> {
        let streams = self.0.get(&key.0)?.of(&key.1)?;
        let is_same = |outline: &&Outline| {
            held.get(&outline.stream) == Some(&outline.version) && whose(outline) == key.1
        };
        Some(streams.len() == held.len() && streams.iter().all(is_same))
    }
}
