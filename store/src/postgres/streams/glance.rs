//! What a writer must know before it decides: some questions that are sent together, so that it
//! waits for the network once, however many orders there are.

use crate::cases::{Ahead, Asked, Failure, Glance, Outline, StreamId, Tenant};
use crate::postgres::link::connection;
use crate::postgres::outbox::{WEBHOOKS, webhook};
use crate::postgres::people;
use crate::postgres::place::Postgres;
use crate::postgres::streams::cases::answer;
use crate::postgres::streams::read::{get, narrow, stream, uuid};
use std::collections::{BTreeMap, BTreeSet};
use tokio_postgres::Row;
use uuid::Uuid;

/// The columns of an outline, from a table called `s`.
const OUTLINE: &str = "s.stream, s.on_case, s.protocol_id, s.complainant, s.version";

// What is asked for many is looked up one by one, each by its own index: `LIMIT` and `OFFSET` keep
// the planner from joining, which reads whole tables where statistics are behind.

/// The people of the streams `$2`, and `$3`.
const PEOPLE: &str = "SELECT p.complainant AS person FROM unnest($2::uuid[]) AS i (stream) \
    CROSS JOIN LATERAL (SELECT complainant FROM standing WHERE tenant = $1 \
    AND stream = i.stream LIMIT 1) p WHERE p.complainant IS NOT NULL \
    UNION SELECT unnest($3::text[])";

/// The streams `$2` of the tenant `$1`, as `s`.
pub(super) const NAMED: &str = "unnest($2::uuid[]) AS i (stream) CROSS JOIN LATERAL \
    (SELECT * FROM standing WHERE tenant = $1 AND stream = i.stream LIMIT 1) s";

const ANSWERS: &str = "SELECT a.key, a.request, a.status, a.body, a.expires \
    FROM unnest($2::text[]) AS i (key) CROSS JOIN LATERAL \
    (SELECT * FROM answer WHERE tenant = $1 AND key = i.key LIMIT 1) a";

const SLOTS: &str = "SELECT d.stream, d.slot FROM unnest($2::uuid[]) AS i (stream) \
    CROSS JOIN LATERAL (SELECT stream, slot FROM sealed WHERE tenant = $1 \
    AND stream = i.stream OFFSET 0) d";

/// The streams of a person `o`, as `s`.
const THEIRS: &str = "CROSS JOIN LATERAL (SELECT * FROM standing WHERE tenant = $1 \
    AND complainant = o.person OFFSET 0) s";

/// The stops on a case `n`, as `s`.
const STOPS: &str = "CROSS JOIN LATERAL (SELECT * FROM standing WHERE tenant = $1 \
    AND on_case = n.stream OFFSET 0) s";

const KEYS: &str = "CROSS JOIN LATERAL (SELECT person, wrapped, destroyed_at FROM person_key \
    WHERE tenant = $1 AND person = o.person LIMIT 1) k";

impl Ahead for Postgres {
    fn glance(&self, tenant: Tenant, asked: &Asked) -> Result<Glance, Failure> {
        let ids = |streams: &[StreamId]| streams.iter().copied().map(uuid).collect::<Vec<Uuid>>();
        let (streams, sealing) = (ids(&asked.streams), ids(&asked.sealing));
        // A case of nobody has a key of its own, under its id.
        let own = asked.sealing.iter().map(ToString::to_string);
        let persons: Vec<String> = asked.people.iter().cloned().chain(own).collect();
        let named = format!("SELECT {OUTLINE} FROM {NAMED}");
        let theirs = format!("SELECT {OUTLINE} FROM ({PEOPLE}) o {THEIRS}");
        let stops = format!(
            "SELECT {OUTLINE} FROM (SELECT unnest($2::uuid[]) AS stream UNION \
             SELECT s.stream FROM ({PEOPLE}) o {THEIRS}) n {STOPS}"
        );
        let keys = format!("SELECT k.person, k.wrapped, k.destroyed_at FROM ({PEOPLE}) o {KEYS}");
        let new = connection::Asked::new;
        let all = [
            new(&named, &[&tenant.0, &streams]),
            new(&theirs, &[&tenant.0, &streams, &asked.people]),
            new(&stops, &[&tenant.0, &streams, &asked.people]),
            new(ANSWERS, &[&tenant.0, &asked.keys]),
            new(&keys, &[&tenant.0, &sealing, &persons]),
            new(SLOTS, &[&tenant.0, &sealing]),
            new(WEBHOOKS, &[&tenant.0]),
        ];
        let found = self.ask_all(&all)?;
        let [named, theirs, stops, answers, keys, slots, receivers] = found.as_slice() else {
            return Err(Failure::Damaged("a question was not answered".to_owned()));
        };
        let mut seen = Glance::default();
        let mut outlines = BTreeMap::new();
        for row in named.iter().chain(theirs).chain(stops) {
            let outline = outline(row)?;
            outlines.insert(outline.stream, outline);
        }
        for row in answers {
            let answer = answer(row)?;
            seen.answers.insert(answer.key.clone(), answer);
        }
        let complain = asked.sealing.iter().filter_map(|it| outlines.get(it)?.complainant.clone());
        seen.people = persons.iter().cloned().chain(complain).map(|it| (it, None)).collect();
        for row in keys {
            let key = people::key(row)?;
            seen.people.insert(key.person.clone(), Some(key));
        }
        seen.slots = asked.sealing.iter().map(|it| (*it, BTreeSet::new())).collect();
        for row in slots {
            seen.slots.entry(stream(row, 0)?).or_default().insert(get(row, 1)?);
        }
        seen.receivers = receivers.iter().map(webhook).collect::<Result<_, _>>()?;
        seen.streams = Some(outlines);
        Ok(seen)
    }
}

fn outline(row: &Row) -> Result<Outline, Failure> {
    Ok(Outline {
        stream: stream(row, 0)?,
        on: get::<Option<Uuid>>(row, 1)?.map(|it| StreamId(it.into_bytes())),
        protocol_id: get(row, 2)?,
        complainant: get(row, 3)?,
        version: narrow::<i64, _>(row, 4)?,
    })
}
