//! The cases that are decided together.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::model::StopId;
use engine::runtime::{CaseKey, Register, StopKey};
use engine::text::Strings;
use engine::time::Instant;

use crate::cases::{Hash, StreamId, StreamKind, Tenant};
use crate::chain::Origin;
use crate::keeper::Loaded;

/// Whose cases are decided together, because one may ask about the others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Whose {
    /// All cases of a person under a protocol, in any version, and the stops on them.
    Person { protocol_id: String, person: String },
    /// A case of nobody who is known, and the stops on it.
    Nobody(StreamId),
}

/// A working set, by tenant and whose it is.
pub(crate) type SetKey = (Tenant, Whose);

/// The cases that are decided together, a part for each version of the protocol.
#[derive(Clone, Debug)]
pub(crate) struct WorkingSet {
    pub(crate) key: SetKey,
    /// The name of the tenant.
    pub(crate) tenant: Arc<str>,
    pub(crate) parts: Vec<Part>,
    /// The latest instant at which something was recorded in it.
    pub(crate) recorded_until: Instant,
}

/// The cases of one version of a protocol, and the stops on them.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) loaded: Arc<Loaded>,
    pub(crate) strings: Strings,
    pub(crate) register: Register,
    /// The streams that are decided here, in the order in which they were opened.
    pub(crate) streams: Vec<Stream>,
    /// The cases of other parts, as this version sees them.
    pub(crate) seen_cases: BTreeMap<StreamId, CaseKey>,
    /// The stops of other parts, as this version sees them.
    pub(crate) seen_stops: BTreeMap<StreamId, StopKey>,
}

/// What of a register a stream is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Held {
    Case(CaseKey),
    Stop(StopKey),
}

/// A stream, as far as it has been written or is about to be.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    pub(crate) id: StreamId,
    pub(crate) held: Held,
    /// How many decisions there are.
    pub(crate) version: u32,
    /// The hash of the last one; before the first, of what it is opened with.
    pub(crate) hash: Hash,
    pub(crate) ticket: Option<String>,
    pub(crate) secret: Option<Hash>,
    /// The case on which a stop was proposed.
    pub(crate) on: Option<StreamId>,
    /// The name of the stop.
    pub(crate) stop: Option<String>,
}

impl Stream {
    /// What it is opened with, as its chain begins.
    pub(crate) fn origin<'a>(&'a self, tenant: &'a str, loaded: &Loaded) -> Origin<'a> {
        Origin {
            tenant,
            stream: self.id,
            kind: self.kind(),
            stop: self.stop.as_deref(),
            on: self.on,
            ticket: self.ticket.as_deref(),
            protocol: loaded.hash,
            names: loaded.names,
        }
    }

    pub(crate) const fn kind(&self) -> StreamKind {
        match self.held {
            Held::Case(_) => StreamKind::Case,
            Held::Stop(_) => StreamKind::Stop,
        }
    }
}

impl WorkingSet {
    /// A set in which there is nothing.
    pub(crate) const fn new(key: SetKey, tenant: Arc<str>) -> Self {
        Self { key, tenant, parts: Vec::new(), recorded_until: Instant::MIN }
    }

    /// The part of a version, which is made if there is none.
    pub(crate) fn part_of(&mut self, loaded: &Arc<Loaded>) -> usize {
        let found = self.parts.iter().position(|it| it.loaded.hash == loaded.hash);
        found.unwrap_or_else(|| {
            self.parts.push(Part::new(Arc::clone(loaded)));
            self.parts.len().saturating_sub(1)
        })
    }

    /// The part in which a case is decided, and its key there.
    pub(crate) fn find(&self, case: StreamId) -> Option<(usize, CaseKey)> {
        self.parts.iter().enumerate().find_map(|(place, part)| {
            let stream = part.streams.iter().find(|it| it.id == case)?;
            match stream.held {
                Held::Case(key) => Some((place, key)),
                Held::Stop(_) => None,
            }
        })
    }

    /// Whether some case of it has become one of somebody else: nobody was known, and now is.
    pub(crate) fn has_moved(&self) -> bool {
        let Whose::Nobody(_) = self.key.1 else { return false };
        let cases = self.parts.iter().flat_map(|it| {
            let own = it.streams.iter().filter(|it| it.kind() == StreamKind::Case);
            own.filter_map(|stream| match stream.held {
                Held::Case(key) => it.register.get(key),
                Held::Stop(_) => None,
            })
        });
        cases.into_iter().any(|held| held.person().is_some())
    }

    /// The ids of all streams.
    pub(crate) fn streams(&self) -> impl Iterator<Item = StreamId> {
        self.parts.iter().flat_map(|it| it.streams.iter().map(|it| it.id))
    }

    /// How much memory it takes, as a number of decisions.
    pub(crate) fn weight(&self) -> usize {
        // A set with its tables weighs about as much as four decisions.
        const OF_PART: usize = 4;
        let of = |part: &Part| {
            let versions = part.streams.iter().map(|it| it.version);
            let decisions: u64 = versions.map(u64::from).sum();
            let own = part.strings.len().saturating_sub(part.loaded.machine.strings().len());
            usize::try_from(decisions).unwrap_or(usize::MAX).saturating_add(OF_PART + own / 8)
        };
        self.parts.iter().map(of).fold(0, usize::saturating_add)
    }
}

impl Part {
    fn new(loaded: Arc<Loaded>) -> Self {
        let strings = loaded.machine.strings();
        let (register, streams) = (Register::default(), Vec::new());
        let (seen_cases, seen_stops) = <_>::default();
        Self { loaded, strings, register, streams, seen_cases, seen_stops }
    }

    /// The stream of a case or a stop of the register.
    pub(crate) fn stream(&self, held: Held) -> Option<&Stream> {
        self.streams.iter().find(|it| it.held == held)
    }

    /// The name of a stop.
    pub(crate) fn stop_name(&self, stop: StopId) -> &str {
        self.loaded.machine.protocol.stops.get(stop.index()).map_or("", |it| it.name.as_str())
    }
}
