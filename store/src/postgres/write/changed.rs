//! What stands anew after a decision: standing, duties, timers.

use crate::cases::course::Course;
use crate::cases::{Duty, Standing, StreamKind, Tenant};
use crate::postgres::link::connection::Asked;
use crate::postgres::streams::read::{due_columns, uuid};
use crate::postgres::write::rows::{Column, asked};
use crate::postgres::write::table::Table;
use uuid::Uuid;

const STANDING: [(&str, &str); 22] = [
    ("tenant", "int4"),
    ("stream", "uuid"),
    ("is_stop", "bool"),
    ("on_case", "uuid"),
    ("stop", "text"),
    ("protocol", "bytea"),
    ("protocol_id", "text"),
    ("version", "int8"),
    ("hash", "bytea"),
    ("ticket", "text"),
    ("secret", "bytea"),
    ("complainant", "text"),
    ("respondent", "text"),
    ("opened_at", "int8"),
    ("stage", "text"),
    ("rung", "text"),
    ("severity", "text"),
    ("closed", "bool"),
    ("breached", "bool"),
    ("due_at", "int8"),
    ("acts_at", "int8"),
    ("before", "int8"),
];
/// Streams that begin.
static OPENED: Table = Table::new(
    &STANDING,
    "INSERT INTO standing (tenant, stream, is_stop, on_case, stop, protocol, protocol_id, version, \
     hash, ticket, secret, complainant, respondent, opened_at, stage, rung, severity, closed, breached, due_at, \
     acts_at) \
     SELECT n.tenant, n.stream, n.is_stop, n.on_case, n.stop, n.protocol, n.protocol_id, n.version, \
     n.hash, n.ticket, n.secret, n.complainant, n.respondent, n.opened_at, n.stage, n.rung, n.severity, n.closed, \
     n.breached, n.due_at, n.acts_at FROM {rows} WHERE n.before = 0 RETURNING 1",
);
/// Streams that go on: a row comes back for each whose last decision was the one before these.
static WENT_ON: Table = Table::new(
    &STANDING,
    "UPDATE standing o SET is_stop = n.is_stop, on_case = n.on_case, stop = n.stop, \
     protocol = n.protocol, protocol_id = n.protocol_id, version = n.version, hash = n.hash, \
     ticket = n.ticket, secret = n.secret, complainant = n.complainant, respondent = n.respondent, opened_at = n.opened_at, \
     stage = n.stage, rung = n.rung, severity = n.severity, closed = n.closed, \
     breached = n.breached, due_at = n.due_at, acts_at = n.acts_at FROM {rows} \
     WHERE o.tenant = n.tenant AND o.stream = n.stream AND o.version = n.before RETURNING 1",
);
/// A timer that another node took is free again once it is another one.
static TIMERS: Table = Table::new(
    &[("tenant", "int4"), ("stream", "uuid"), ("acts_at", "int8")],
    "INSERT INTO timer (tenant, stream, acts_at) \
     SELECT n.tenant, n.stream, n.acts_at FROM {rows} WHERE NOT EXISTS (SELECT 1 FROM timer o \
     WHERE o.tenant = n.tenant AND o.stream = n.stream AND o.acts_at = n.acts_at) \
     ON CONFLICT (tenant, stream) DO UPDATE \
     SET acts_at = excluded.acts_at, taken_by = NULL, taken_until = NULL",
);
static NO_TIMERS: Table = Table::new(
    &[("tenant", "int4"), ("stream", "uuid")],
    "DELETE FROM timer o USING {rows} WHERE o.tenant = n.tenant AND o.stream = n.stream",
);
/// `owed` names the duties that are owed still, with a character between them that no name has.
static NO_DUTIES: Table = Table::new(
    &[("tenant", "int4"), ("stream", "uuid"), ("owed", "text")],
    "DELETE FROM duty o USING {rows} WHERE o.tenant = n.tenant AND o.stream = n.stream \
     AND (o.deadline || '#' || o.occurrence::text) <> ALL (string_to_array(n.owed, chr(31)))",
);
static DUTIES: Table = Table::new(
    &[
        ("tenant", "int4"),
        ("stream", "uuid"),
        ("deadline", "text"),
        ("occurrence", "int4"),
        ("party", "text"),
        ("undue", "bool"),
        ("due_at", "int8"),
        ("missed", "bool"),
    ],
    "INSERT INTO duty (tenant, stream, deadline, occurrence, party, undue, due_at, missed) \
     SELECT n.tenant, n.stream, n.deadline, n.occurrence, n.party, n.undue, n.due_at, \
     n.missed FROM {rows} \
     WHERE NOT EXISTS (SELECT 1 FROM duty o WHERE o.tenant = n.tenant AND o.stream = n.stream \
     AND o.deadline = n.deadline AND o.occurrence = n.occurrence AND o.party = n.party \
     AND o.undue = n.undue AND o.due_at = n.due_at AND o.missed = n.missed) \
     ON CONFLICT (tenant, stream, deadline, occurrence) DO UPDATE \
     SET party = excluded.party, undue = excluded.undue, due_at = excluded.due_at, \
     missed = excluded.missed",
);

/// What stands anew after the last decision of each stream.
#[derive(Default)]
pub(super) struct Changed<'a> {
    opened: Standings<'a>,
    went_on: Standings<'a>,
    timers: Timers,
    no_timers: Streams,
    owing: Streams,
    owed: Vec<String>,
    duties: Duties<'a>,
}

impl<'a> Changed<'a> {
    pub(super) fn add(&mut self, course: &Course<'a>) {
        let change = course.last;
        let (tenant, standing) = (change.tenant, &change.standing);
        let before = course.first.saturating_sub(1);
        let standings = if before == 0 { &mut self.opened } else { &mut self.went_on };
        standings.add(before, tenant, standing);
        match standing.acts_at {
            Some(at) => {
                self.timers.streams.add(tenant, standing);
                self.timers.acts_at.push(at.ms());
            }
            None if before > 0 => self.no_timers.add(tenant, standing),
            None => {}
        }
        let names: Vec<String> =
            change.duties.iter().map(|it| format!("{}#{}", it.deadline, it.occurrence)).collect();
        if before > 0 {
            self.owing.add(tenant, standing);
            self.owed.push(names.join("\u{1f}"));
        }
        change.duties.iter().for_each(|duty| self.duties.add(tenant, standing, duty));
    }

    /// The statements, in the order in which they must be done.
    pub(super) fn asked(&self) -> impl Iterator<Item = Asked<'_>> {
        let (timers, gone, owing) = (&self.timers, &self.no_timers, &self.owing);
        let set: [&dyn Column; 3] =
            [&timers.streams.tenant, &timers.streams.stream, &timers.acts_at];
        [
            self.opened.asked(&OPENED),
            self.went_on.asked(&WENT_ON),
            asked(&TIMERS, timers.acts_at.len(), &set),
            asked(&NO_TIMERS, gone.tenant.len(), &[&gone.tenant, &gone.stream]),
            asked(&NO_DUTIES, owing.tenant.len(), &[&owing.tenant, &owing.stream, &self.owed]),
            self.duties.asked(),
        ]
        .into_iter()
        .flatten()
    }
}

#[derive(Default)]
struct Streams {
    tenant: Vec<i32>,
    stream: Vec<Uuid>,
}

impl Streams {
    fn add(&mut self, tenant: Tenant, standing: &Standing) {
        self.tenant.push(tenant.0);
        self.stream.push(uuid(standing.stream));
    }
}

#[derive(Default)]
struct Timers {
    streams: Streams,
    acts_at: Vec<i64>,
}

#[derive(Default)]
struct Duties<'a> {
    streams: Streams,
    deadline: Vec<&'a str>,
    occurrence: Vec<i32>,
    party: Vec<&'a str>,
    undue: Vec<bool>,
    due_at: Vec<i64>,
    missed: Vec<bool>,
}

impl<'a> Duties<'a> {
    fn add(&mut self, tenant: Tenant, standing: &Standing, duty: &'a Duty) {
        self.streams.add(tenant, standing);
        self.deadline.push(&duty.deadline);
        self.occurrence.push(duty.occurrence.into());
        self.party.push(&duty.party);
        let (undue, due_at) = due_columns(duty.due);
        self.undue.push(undue);
        self.due_at.push(due_at);
        self.missed.push(duty.missed);
    }

    fn asked(&self) -> Option<Asked<'_>> {
        let Self { streams, deadline, occurrence, party, undue, due_at, missed } = self;
        let (tenant, stream) = (&streams.tenant, &streams.stream);
        let columns: [&dyn Column; 8] =
            [tenant, stream, deadline, occurrence, party, undue, due_at, missed];
        asked(&DUTIES, tenant.len(), &columns)
    }
}

#[derive(Default)]
struct Standings<'a> {
    streams: Streams,
    is_stop: Vec<bool>,
    on_case: Vec<Option<Uuid>>,
    stop: Vec<Option<&'a str>>,
    protocol: Vec<&'a [u8]>,
    protocol_id: Vec<&'a str>,
    version: Vec<i64>,
    hash: Vec<&'a [u8]>,
    ticket: Vec<Option<&'a str>>,
    secret: Vec<Option<&'a [u8]>>,
    complainant: Vec<Option<&'a str>>,
    respondent: Vec<Option<&'a str>>,
    opened_at: Vec<i64>,
    stage: Vec<&'a str>,
    rung: Vec<Option<&'a str>>,
    severity: Vec<Option<&'a str>>,
    closed: Vec<bool>,
    breached: Vec<bool>,
    due_at: Vec<Option<i64>>,
    acts_at: Vec<Option<i64>>,
    before: Vec<i64>,
}

impl<'a> Standings<'a> {
    fn add(&mut self, before: u32, tenant: Tenant, standing: &'a Standing) {
        self.before.push(before.into());
        self.streams.add(tenant, standing);
        self.is_stop.push(standing.kind == StreamKind::Stop);
        self.on_case.push(standing.on.map(uuid));
        self.stop.push(standing.stop.as_deref());
        self.protocol.push(&standing.protocol.0);
        self.protocol_id.push(&standing.protocol_id);
        self.version.push(standing.version.into());
        self.hash.push(&standing.hash.0);
        self.ticket.push(standing.ticket.as_deref());
        self.secret.push(standing.secret.as_ref().map(|it| it.0.as_slice()));
        self.complainant.push(standing.complainant.as_deref());
        self.respondent.push(standing.respondent.as_deref());
        self.opened_at.push(standing.opened_at.ms());
        self.stage.push(&standing.stage);
        self.rung.push(standing.rung.as_deref());
        self.severity.push(standing.severity.as_deref());
        self.closed.push(standing.closed);
        self.breached.push(standing.breached);
        self.due_at.push(standing.due_at.map(|it| it.ms()));
        self.acts_at.push(standing.acts_at.map(|it| it.ms()));
    }

    fn asked(&self, table: &'static Table) -> Option<Asked<'_>> {
        let n_rows = self.version.len();
        let asked = asked(
            table,
            n_rows,
            &[
                &self.streams.tenant,
                &self.streams.stream,
                &self.is_stop,
                &self.on_case,
                &self.stop,
                &self.protocol,
                &self.protocol_id,
                &self.version,
                &self.hash,
                &self.ticket,
                &self.secret,
                &self.complainant,
                &self.respondent,
                &self.opened_at,
                &self.stage,
                &self.rung,
                &self.severity,
                &self.closed,
                &self.breached,
                &self.due_at,
                &self.acts_at,
                &self.before,
            ],
        );
        asked.map(|it| Asked { rows: Some(n_rows), ..it })
    }
}
