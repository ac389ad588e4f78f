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

/// The people of the streams `$2`, and `$3`.
const PEOPLE: &str = "SELECT p.complainant AS person FROM standing p WHERE p.tenant = $1 \
    AND p.stream = ANY ($2::uuid[]) AND p.complainant IS NOT NULL UNION SELECT unnest($3::text[])";

const ANSWERS: &str = "SELECT key, request, status, body, expires FROM answer \
    WHERE tenant = $1 AND key = ANY ($2::text[])";

const SLOTS: &str = "SELECT stream, slot FROM sealed WHERE tenant = $1 \
    AND stream = ANY ($2::uuid[])";

impl Ahead for Postgres {
    fn glance(&self, tenant: Tenant, asked: &Asked) -> Result<Glance, Failure> {
        let ids = |streams: &[StreamId]| streams.iter().copied().map(uuid).collect::<Vec<Uuid>>();
        let (streams, sealing) = (ids(&asked.streams), ids(&asked.sealing));
        // A case of nobody has a key of its own, under its id.
        let own = asked.sealing.iter().map(ToString::to_string);
        let persons: Vec<String> = asked.people.iter().cloned().chain(own).collect();
        let named = format!(
            "SELECT {OUTLINE} FROM standing s WHERE s.tenant = $1 AND s.stream = ANY ($2::uuid[])"
        );
        let theirs = format!(
            "SELECT {OUTLINE} FROM ({PEOPLE}) o JOIN standing s \
             ON s.tenant = $1 AND s.complainant = o.person"
        );
        let stops = format!(
            "SELECT {OUTLINE} FROM (SELECT unnest($2::uuid[]) AS stream UNION \
             SELECT c.stream FROM ({PEOPLE}) o JOIN standing c \
             ON c.tenant = $1 AND c.complainant = o.person) n \
             JOIN standing s ON s.tenant = $1 AND s.on_case = n.stream"
        );
        let keys = format!(
            "SELECT k.person, k.wrapped, k.destroyed_at FROM ({PEOPLE}) o JOIN person_key k \
             ON k.tenant = $1 AND k.person = o.person"
        );
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
