//! What is only ever added: pages, decisions, answers, personal values, messages.

use crate::cases::Failure;
use crate::cases::{Answer, Decided, Message, Page, Sealed, Tenant};
use crate::postgres::link::connection::Asked;
use crate::postgres::streams::read::{number, uuid};
use crate::postgres::write::rows::{Column, asked};
use crate::postgres::write::table::Table;
use uuid::Uuid;

/// A page comes back for each before which there is the one before.
static PAGES: Table = Table::new(
    &[
        ("tenant", "int4"),
        ("writer", "int4"),
        ("sequence", "int8"),
        ("at", "int8"),
        ("hash", "bytea"),
    ],
    "INSERT INTO page (tenant, writer, sequence, at, hash) \
     SELECT n.tenant, n.writer, n.sequence, n.at, n.hash FROM {rows} \
     WHERE n.sequence = 1 OR EXISTS (SELECT 1 FROM page o WHERE o.tenant = n.tenant \
     AND o.writer = n.writer AND o.sequence = n.sequence - 1) RETURNING 1",
);
static DECIDED: Table = Table::new(
    &[
        ("tenant", "int4"),
        ("stream", "uuid"),
        ("version", "int8"),
        ("writer", "int4"),
        ("page", "int8"),
        ("place", "int8"),
        ("body", "bytea"),
        ("hash", "bytea"),
    ],
    "INSERT INTO decided (tenant, stream, version, writer, page, place, body, hash) \
     SELECT n.tenant, n.stream, n.version, n.writer, n.page, n.place, n.body, n.hash FROM {rows}",
);
static ANSWERS: Table = Table::new(
    &[
        ("tenant", "int4"),
        ("key", "text"),
        ("request", "bytea"),
        ("status", "int4"),
        ("body", "bytea"),
        ("expires", "int8"),
    ],
    "INSERT INTO answer (tenant, key, request, status, body, expires) \
     SELECT n.tenant, n.key, n.request, n.status, n.body, n.expires FROM {rows}",
);
static SEALED: Table = Table::new(
    &[("tenant", "int4"), ("stream", "uuid"), ("slot", "text"), ("bytes", "bytea")],
    "INSERT INTO sealed (tenant, stream, slot, bytes) \
     SELECT n.tenant, n.stream, n.slot, n.bytes FROM {rows}",
);
static MESSAGES: Table = Table::new(
    &[
        ("tenant", "int4"),
        ("webhook", "int4"),
        ("stream", "uuid"),
        ("sequence", "int8"),
        ("kind", "text"),
        ("body", "bytea"),
        ("not_before", "int8"),
        ("tells", "text"),
    ],
    "INSERT INTO message (tenant, webhook, stream, sequence, kind, body, not_before, tells, dead, \
     attempts, look_at) \
     SELECT n.tenant, n.webhook, n.stream, n.sequence, n.kind, n.body, n.not_before, n.tells, \
     false, 0, n.not_before FROM {rows}",
);

/// Pages of journals.
#[derive(Default)]
pub(super) struct Pages<'a> {
    tenant: Vec<i32>,
    writer: Vec<i32>,
    sequence: Vec<i64>,
    at: Vec<i64>,
    hash: Vec<&'a [u8]>,
}

impl<'a> Pages<'a> {
    pub(super) fn add(&mut self, page: &'a Page) -> Result<(), Failure> {
        self.tenant.push(page.tenant.0);
        self.writer.push(page.writer.0);
        self.sequence.push(number(page.sequence)?);
        self.at.push(page.at.ms());
        self.hash.push(&page.hash.0);
        Ok(())
    }

    pub(super) fn asked(&self) -> Option<Asked<'_>> {
        let Self { tenant, writer, sequence, at, hash } = self;
        let asked = asked(&PAGES, tenant.len(), &[tenant, writer, sequence, at, hash]);
        asked.map(|it| Asked { rows: Some(tenant.len()), ..it })
    }
}

/// Decisions.
#[derive(Default)]
pub(super) struct Decisions<'a> {
    tenant: Vec<i32>,
    stream: Vec<Uuid>,
    version: Vec<i64>,
    writer: Vec<i32>,
    page: Vec<i64>,
    place: Vec<i64>,
    body: Vec<&'a [u8]>,
    hash: Vec<&'a [u8]>,
}

impl<'a> Decisions<'a> {
    pub(super) fn add(&mut self, tenant: Tenant, decided: &'a Decided) -> Result<(), Failure> {
        self.tenant.push(tenant.0);
        self.stream.push(uuid(decided.stream));
        self.version.push(decided.version.into());
        self.writer.push(decided.page.0.0);
        self.page.push(number(decided.page.1)?);
        self.place.push(decided.place.into());
        self.body.push(&decided.body);
        self.hash.push(&decided.hash.0);
        Ok(())
    }

    pub(super) fn asked(&self) -> Option<Asked<'_>> {
        let Self { tenant, stream, version, writer, page, place, body, hash } = self;
        let columns: [&dyn Column; 8] = [tenant, stream, version, writer, page, place, body, hash];
        asked(&DECIDED, tenant.len(), &columns)
    }
}

/// Answers under idempotency keys.
#[derive(Default)]
pub(super) struct Answers<'a> {
    tenant: Vec<i32>,
    key: Vec<&'a str>,
    request: Vec<&'a [u8]>,
    status: Vec<i32>,
    body: Vec<&'a [u8]>,
    expires: Vec<i64>,
}

impl<'a> Answers<'a> {
    pub(super) fn add(&mut self, tenant: Tenant, answer: &'a Answer) {
        self.tenant.push(tenant.0);
        self.key.push(&answer.key);
        self.request.push(&answer.request.0);
        self.status.push(answer.status.into());
        self.body.push(&answer.body);
        self.expires.push(answer.expires.ms());
    }

    pub(super) fn asked(&self) -> Option<Asked<'_>> {
        let Self { tenant, key, request, status, body, expires } = self;
        asked(&ANSWERS, tenant.len(), &[tenant, key, request, status, body, expires])
    }
}

/// Personal values.
#[derive(Default)]
pub(super) struct SealedValues<'a> {
    tenant: Vec<i32>,
    stream: Vec<Uuid>,
    slot: Vec<&'a str>,
    bytes: Vec<&'a [u8]>,
}

impl<'a> SealedValues<'a> {
    pub(super) fn add(&mut self, tenant: Tenant, sealed: &'a Sealed) {
        self.tenant.push(tenant.0);
        self.stream.push(uuid(sealed.stream));
        self.slot.push(&sealed.slot);
        self.bytes.push(&sealed.bytes);
    }

    pub(super) fn asked(&self) -> Option<Asked<'_>> {
        let Self { tenant, stream, slot, bytes } = self;
        asked(&SEALED, tenant.len(), &[tenant, stream, slot, bytes])
    }
}

/// Messages.
#[derive(Default)]
pub(super) struct Messages<'a> {
    tenant: Vec<i32>,
    webhook: Vec<i32>,
    stream: Vec<Uuid>,
    sequence: Vec<i64>,
    kind: Vec<&'a str>,
    body: Vec<&'a [u8]>,
    not_before: Vec<i64>,
    tells: Vec<Option<&'a str>>,
}

impl<'a> Messages<'a> {
    pub(super) fn add(&mut self, tenant: Tenant, message: &'a Message) {
        self.tenant.push(tenant.0);
        self.webhook.push(message.webhook.0);
        self.stream.push(uuid(message.stream));
        self.sequence.push(message.sequence.into());
        self.kind.push(&message.kind);
        self.body.push(&message.body);
        self.not_before.push(message.not_before.ms());
        self.tells.push(message.tells.as_deref());
    }

    pub(super) fn asked(&self) -> Option<Asked<'_>> {
        let Self { tenant, webhook, stream, sequence, kind, body, not_before, tells } = self;
        let columns: [&dyn Column; 8] =
            [tenant, webhook, stream, sequence, kind, body, not_before, tells];
        asked(&MESSAGES, tenant.len(), &columns)
    }
}
