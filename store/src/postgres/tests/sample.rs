//! Made-up batches, and a database to write them to.

use crate::cases::{
    Batch, Change, Decided, Duty, Hash, Page, Place, ProtocolText, Protocols, Standing, StreamId,
    StreamKind, Tenant, Writer,
};
use crate::postgres::test_cluster::{self, Cluster, Database, Disk};
use crate::postgres::{Options, Postgres};
use engine::time::Instant;
use std::time::Duration;

/// The tenant of these tests.
pub(super) const TENANT: Tenant = Tenant(1);

/// An empty database; none, said so, where there is no PostgreSQL.
pub(super) fn database() -> Option<Database> {
    test_cluster::binaries().map_err(|why| test_cluster::not_run(&why)).ok()?;
    Some(test_cluster::database().unwrap())
}

/// A server of the test's own, which syncs; none, said so, where there is no PostgreSQL.
pub(super) fn server() -> Option<Cluster> {
    test_cluster::binaries().map_err(|why| test_cluster::not_run(&why)).ok()?;
    Some(test_cluster::own(Disk::Sync).unwrap())
}

/// Options with which a test does not wait for long.
pub(super) fn quick() -> Options {
    Options {
        connect: Duration::from_secs(2),
        statement: Duration::from_millis(500),
        wait: Duration::from_secs(2),
        ..Options::default()
    }
}

pub(super) fn connect(url: &str) -> Postgres {
    Postgres::connect(url, &Options::default()).unwrap()
}

/// Keeps the protocol of [`change`], and gives the number of a writer.
pub(super) fn writer(place: &Postgres) -> Writer {
    let protocol = ProtocolText {
        hash: hash(9_001),
        id: "housing".to_owned(),
        version: "1".to_owned(),
        folder: Vec::new(),
        names: Vec::new(),
        active_from: None,
    };
    place.add_protocol(TENANT, &protocol).unwrap();
    place.take_writer().unwrap()
}

/// The id of a stream; a larger number sorts later.
pub(super) fn id(number: u32) -> StreamId {
    let mut bytes = [0x5a; 16];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    StreamId(bytes)
}

pub(super) fn hash(number: u32) -> Hash {
    let mut bytes = [0xa5; 32];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    Hash(bytes)
}

pub(super) fn at(ms: i64) -> Instant {
    Instant::from_ms(1_772_409_600_000 + ms)
}

/// The decision with a version, after which one duty is owed and time acts in as many
/// milliseconds.
pub(super) fn change(stream: u32, version: u32) -> Change {
    let due = at(i64::from(version));
    let standing = Standing {
        stream: id(stream),
        kind: StreamKind::Case,
        on: None,
        stop: None,
        protocol: hash(9_001),
        protocol_id: "housing".to_owned(),
        version,
        hash: hash(stream * 1_000 + version),
        ticket: Some(format!("C-{stream}")),
        secret: Some(hash(stream)),
        complainant: Some(format!("person-{}", stream % 7)),
        respondent: None,
        opened_at: at(0),
        stage: format!("stage-{}", version % 3),
        rung: None,
        severity: Some("normal".to_owned()),
        closed: false,
        breached: false,
        due_at: Some(due),
        acts_at: Some(due),
    };
    let duty = Duty {
        deadline: format!("reply-{}", version % 2),
        occurrence: 1,
        party: "handler".to_owned(),
        due: Some(due),
        missed: false,
    };
    let decided = Decided {
        stream: standing.stream,
        version,
        page: (Writer(0), 0),
        place: 0,
        body: format!("decision {version} of {stream}").into_bytes(),
        hash: standing.hash,
    };
    Change {
        tenant: TENANT,
        decided,
        standing,
        duties: vec![duty],
        sealed: Vec::new(),
        answer: None,
        messages: Vec::new(),
    }
}

/// A batch on a page of a journal.
pub(super) fn batch(writer: Writer, sequence: u64, changes: Vec<Change>) -> Batch {
    let page = Page { tenant: TENANT, writer, sequence, at: at(0), hash: hash(0) };
    let mut changes = changes;
    for (place, change) in changes.iter_mut().enumerate() {
        change.decided.page = (writer, sequence);
        change.decided.place = u32::try_from(place).unwrap();
    }
    Batch { pages: vec![page], changes, ..Batch::default() }
}
