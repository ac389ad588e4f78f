//! Checking a whole database.

use crate::cases::{Audited, Duty, Failure, Form, OnPage, Page, Stray, StreamId, Tenant, Writer};
use crate::postgres::link::schema;
use crate::postgres::place::Postgres;
use crate::postgres::streams::read::{due, get, hash, instant, narrow, number, stream, uuid};
use std::collections::BTreeMap;
use tokio_postgres::Row;

/// Pages and what stands on them, as one question, so that it is answered as of one instant.
const PAGES: &str = "SELECT p.tenant, p.writer, p.sequence, p.at, p.hash, \
    d.stream, d.version, d.place, d.hash FROM (SELECT * FROM page \
      WHERE tenant = $1 AND writer = $2 AND sequence > $3 ORDER BY sequence LIMIT $4) p \
    LEFT JOIN decided d ON d.tenant = p.tenant AND d.writer = p.writer AND d.page = p.sequence \
    ORDER BY p.sequence, d.place, d.version";

/// Decisions that no standing counts.
const OF_NO_STREAM: &str = "SELECT d.stream, d.version FROM decided d WHERE d.tenant = $1 \
    AND NOT EXISTS (SELECT 1 FROM standing s WHERE s.tenant = d.tenant AND s.stream = d.stream \
      AND s.version >= d.version) LIMIT $2";

const ON_NO_PAGE: &str = "SELECT d.stream, d.version, d.writer, d.page FROM decided d \
    WHERE d.tenant = $1 AND NOT EXISTS (SELECT 1 FROM page p WHERE p.tenant = d.tenant \
      AND p.writer = d.writer AND p.sequence = d.page) LIMIT $2";

/// Timers that are not those of their streams.
const TIMERS: &str = "SELECT s.stream, NULL::int8 FROM standing s LEFT JOIN timer t \
    ON t.tenant = s.tenant AND t.stream = s.stream \
    WHERE s.tenant = $1 AND s.acts_at IS DISTINCT FROM t.acts_at LIMIT $2";
const TIMERS_OF_NONE: &str = "SELECT t.stream, NULL::int8 FROM timer t WHERE t.tenant = $1 \
    AND NOT EXISTS (SELECT 1 FROM standing s WHERE s.tenant = t.tenant AND s.stream = t.stream) \
    LIMIT $2";

const DUTIES_OF_NONE: &str = "SELECT d.stream, NULL::int8 FROM duty d WHERE d.tenant = $1 \
    AND NOT EXISTS (SELECT 1 FROM standing s WHERE s.tenant = d.tenant AND s.stream = d.stream) \
    LIMIT $2";

const SEALED_OF_NONE: &str = "SELECT v.stream, NULL::int8 FROM sealed v WHERE v.tenant = $1 \
    AND NOT EXISTS (SELECT 1 FROM standing s WHERE s.tenant = v.tenant AND s.stream = v.stream) \
    LIMIT $2";

impl Audited for Postgres {
    fn nameless(&self) -> Result<Vec<Tenant>, Failure> {
        let sql = "SELECT tenant FROM page UNION SELECT tenant FROM standing \
                   UNION SELECT tenant FROM sealed \
                   EXCEPT SELECT tenant FROM tenant ORDER BY 1";
        self.ask(sql, &[])?.iter().map(|row| get(row, 0).map(Tenant)).collect()
    }

    fn writers(&self, tenant: Tenant) -> Result<Vec<Writer>, Failure> {
        let sql = "SELECT DISTINCT writer FROM page WHERE tenant = $1 ORDER BY writer";
        self.ask(sql, &[&tenant.0])?.iter().map(|row| get(row, 0).map(Writer)).collect()
    }

    fn journal(
        &self,
        tenant: Tenant,
        writer: Writer,
        after: u64,
        limit: u32,
    ) -> Result<Vec<(Page, Vec<OnPage>)>, Failure> {
        let rows = self.ask(PAGES, &[&tenant.0, &writer.0, &number(after)?, &i64::from(limit)])?;
        let mut pages: BTreeMap<u64, (Page, Vec<OnPage>)> = BTreeMap::new();
        for row in &rows {
            let page = Page {
                tenant: Tenant(get(row, 0)?),
                writer: Writer(get(row, 1)?),
                sequence: narrow::<i64, _>(row, 2)?,
                at: instant(row, 3)?,
                hash: hash(row, 4)?,
            };
            let on = pages.entry(page.sequence).or_insert_with(|| (page, Vec::new()));
            if get::<Option<i64>>(row, 6)?.is_some() {
                on.1.push(OnPage {
                    stream: stream(row, 5)?,
                    version: narrow::<i64, _>(row, 6)?,
                    place: narrow::<i64, _>(row, 7)?,
                    hash: hash(row, 8)?,
                });
            }
        }
        Ok(pages.into_values().collect())
    }

    fn owed(&self, tenant: Tenant, stream: StreamId) -> Result<Vec<Duty>, Failure> {
        let sql = "SELECT undue, due_at, deadline, occurrence, party, missed FROM duty \
                   WHERE tenant = $1 AND stream = $2 ORDER BY deadline, occurrence";
        let duty = |row: &Row| {
            Ok(Duty {
                deadline: get(row, 2)?,
                occurrence: narrow::<i32, _>(row, 3)?,
                party: get(row, 4)?,
                due: due(row, 0)?,
                missed: get(row, 5)?,
            })
        };
        self.ask(sql, &[&tenant.0, &uuid(stream)])?.iter().map(duty).collect()
    }

    fn strays(&self, tenant: Tenant, limit: u32) -> Result<Vec<Stray>, Failure> {
        let mut found = Vec::new();
        let mut ask = |sql: &str, what: &dyn Fn(&Row) -> Result<String, Failure>| {
            for row in self.ask(sql, &[&tenant.0, &i64::from(limit)])? {
                let version = match get::<Option<i64>>(&row, 1)? {
                    Some(_) => Some(narrow::<i64, _>(&row, 1)?),
                    None => None,
                };
                found.push(Stray { stream: Some(stream(&row, 0)?), version, what: what(&row)? });
            }
            Ok::<(), Failure>(())
        };
        let plain = |what: &'static str| move |_: &Row| Ok(what.to_owned());
        ask(OF_NO_STREAM, &plain("belongs to no case that is there"))?;
        ask(ON_NO_PAGE, &|row| {
            let (writer, page): (i32, i64) = (get(row, 2)?, get(row, 3)?);
            Ok(format!("says that it stands on page {page} of writer {writer}, where it is not"))
        })?;
        ask(TIMERS, &plain("is woken at another instant than its row says"))?;
        ask(TIMERS_OF_NONE, &plain("is woken and is no case that is there"))?;
        ask(DUTIES_OF_NONE, &plain("is on a worklist and is no case that is there"))?;
        ask(SEALED_OF_NONE, &plain("has personal values and is no case that is there"))?;
        let last = "SELECT max(p.writer) FROM page p WHERE p.tenant = $1 \
                    AND NOT EXISTS (SELECT 1 FROM writer w WHERE w.writer >= p.writer)";
        for row in self.ask(last, &[&tenant.0])? {
            if let Some(writer) = get::<Option<i32>>(&row, 0)? {
                let what = format!("the number of writer {writer} may be given out again");
                found.push(Stray { stream: None, version: None, what });
            }
        }
        Ok(found)
    }

    fn faults(&self) -> Result<Vec<String>, Failure> {
        // The server checks its own pages where `data_checksums` is on; reading all of it is what
        // the audit does.
        self.ask("SELECT count(*) FROM tenant", &[]).map(|_| Vec::new())
    }

    fn form(&self) -> Result<Form, Failure> {
        self.writers().with(schema::form)
    }
}
