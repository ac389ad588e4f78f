//! Made-up streams and batches.

use crate::cases::{
    Batch, Change, Decided, Duty, Hash, Page, Place, ProtocolText, Standing, StreamId, StreamKind,
    Tenant, Writer,
};
use engine::time::Instant;

/// An empty place, and whatever must live as long as it.
pub(crate) trait Fresh {
    /// The place.
    fn place(&self) -> &dyn Place;
}

/// An instant, in milliseconds after a Monday morning.
pub(crate) fn at(ms: i64) -> Instant {
    Instant::from_ms(1_772_409_600_000 + ms)
}

/// A hash that is told apart by a number.
pub(crate) fn hash(number: u32) -> Hash {
    let mut bytes = [0xa5; 32];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    Hash(bytes)
}

/// The id of a stream; a larger number sorts later.
pub(crate) fn id(number: u32) -> StreamId {
    let mut bytes = [0x5a; 16];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    StreamId(bytes)
}

/// The versions that are kept for each tenant of the tests: two of one protocol, one of another.
pub(super) const PROTOCOLS: [(&str, u32); 3] =
    [("housing", 9_001), ("housing", 9_002), ("energy", 9_003)];

pub(super) fn protocol((protocol_id, number): (&str, u32)) -> ProtocolText {
    ProtocolText {
        hash: hash(number),
        id: protocol_id.to_owned(),
        version: format!("2026.{number}"),
        folder: vec![0, 1, 2, 255],
        names: vec![7; 40],
        active_from: None,
    }
}

/// A tenant with its protocols, and a journal to write in.
pub(crate) struct Desk<'a> {
    pub(crate) place: &'a dyn Place,
    pub(crate) tenant: Tenant,
    pub(crate) writer: Writer,
    pub(crate) sequence: u64,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(place: &'a dyn Place, name: &str) -> Self {
        let tenant = place.tenant(name).unwrap();
        for known in PROTOCOLS {
            place.add_protocol(tenant, &protocol(known)).unwrap();
        }
        Self { place, tenant, writer: place.take_writer().unwrap(), sequence: 0 }
    }

    /// A batch of these changes on the next page, which is not counted yet.
    pub(crate) fn batch(&self, changes: impl IntoIterator<Item = Change>) -> Batch {
        let sequence = self.sequence + 1;
        let page = Page {
            tenant: self.tenant,
            writer: self.writer,
            sequence,
            at: at(0),
            hash: hash(u32::try_from(sequence).unwrap()),
        };
        let mut changes: Vec<Change> = changes.into_iter().collect();
        for (place, change) in changes.iter_mut().enumerate() {
            change.tenant = self.tenant;
            change.decided.page = (self.writer, sequence);
            change.decided.place = u32::try_from(place).unwrap();
        }
        Batch { pages: vec![page], changes, ..Batch::default() }
    }

    /// Writes a batch that must be accepted.
    pub(crate) fn write(&mut self, changes: impl IntoIterator<Item = Change>) -> Batch {
        let batch = self.batch(changes);
        self.place.write(&batch).unwrap();
        self.sequence += 1;
        batch
    }
}

/// A case as it stands after a version: open, with nothing owed.
pub(crate) fn case(number: u32, version: u32) -> Standing {
    Standing {
        stream: id(number),
        kind: StreamKind::Case,
        on: None,
        stop: None,
        protocol: hash(9_001),
        protocol_id: "housing".to_owned(),
        version,
        hash: hash(number * 100 + version),
        ticket: Some(format!("C-2026-{number:06}")),
        secret: Some(hash(number + 7_000)),
        complainant: Some(format!("person-{}", number % 5)),
        respondent: number.is_multiple_of(3).then(|| format!("person-{}", number % 4)),
        opened_at: at(i64::from(number)),
        stage: "received".to_owned(),
        rung: Some("first".to_owned()),
        severity: None,
        closed: false,
        breached: false,
        due_at: None,
        acts_at: None,
    }
}

/// A stop on a case.
pub(super) fn stop(number: u32, on: u32, version: u32) -> Standing {
    Standing {
        kind: StreamKind::Stop,
        on: Some(id(on)),
        stop: Some("contact".to_owned()),
        ticket: None,
        secret: None,
        rung: None,
        stage: "proposed".to_owned(),
        respondent: None,
        ..case(number, version)
    }
}

/// The decision after which a stream stands so. Tenant and page are set by the desk.
pub(crate) fn change(mut standing: Standing, duties: Vec<Duty>) -> Change {
    standing.due_at = duties.iter().filter_map(|duty| duty.due).min();
    let decided = Decided {
        stream: standing.stream,
        version: standing.version,
        page: (Writer(0), 0),
        place: 0,
        body: format!("body of {} at {}", standing.stream, standing.version).into_bytes(),
        hash: standing.hash,
    };
    Change {
        tenant: Tenant(0),
        decided,
        standing,
        duties,
        sealed: Vec::new(),
        answer: None,
        messages: Vec::new(),
    }
}

/// Something that a party owes.
pub(crate) fn duty(deadline: &str, occurrence: u16, party: &str, due: Option<i64>) -> Duty {
    Duty {
        deadline: deadline.to_owned(),
        occurrence,
        party: party.to_owned(),
        due: due.map(at),
        missed: false,
    }
}
