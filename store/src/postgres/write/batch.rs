//! One batch, one transaction.

use crate::cases::course;
use crate::cases::{Batch, Change, Failure};
use crate::postgres::link::connection::Asked;
use crate::postgres::place::Postgres;
use crate::postgres::write::changed::Changed;
use crate::postgres::write::known;
use crate::postgres::write::recorded::{Answers, Decisions, Messages, Pages, SealedValues};

/// A key with which values are sealed must be the one that is kept still, until they are written.
const SEALABLE: &str = "SELECT 1 FROM person_key \
    WHERE tenant = $1 AND person = $2 AND wrapped = $3 FOR SHARE";

/// A key that is new: there must be none.
const KEEP: &str = "INSERT INTO person_key (tenant, person, wrapped) VALUES ($1, $2, $3) \
    ON CONFLICT (tenant, person) DO UPDATE SET wrapped = excluded.wrapped \
    WHERE person_key.wrapped IS NULL RETURNING 1";

/// Writes a batch. Decisions come first: where another writer was quicker, it shows there, and
/// nothing else was done in vain.
///
/// Rows go in the order of their keys, so that two batches with the same streams do not wait for
/// each other in turn.
///
/// # Errors
/// As `Cases::write`.
pub(crate) fn write(place: &Postgres, batch: &Batch) -> Result<(), Failure> {
    let mut changes: Vec<&Change> = batch.changes.iter().collect();
    changes.sort_by_key(|it| (it.tenant, it.decided.stream, it.decided.version));
    let (mut decisions, mut pages) = (Decisions::default(), Pages::default());
    let (mut answers, mut sealed) = (Answers::default(), SealedValues::default());
    let mut messages = Messages::default();
    let courses = course::courses(batch)?;
    known::check(place, courses.values())?;
    for page in sorted(&batch.pages, |it| (it.tenant, it.writer, it.sequence)) {
        pages.add(page)?;
    }
    for change in &changes {
        decisions.add(change.tenant, &change.decided)?;
        change.sealed.iter().for_each(|it| sealed.add(change.tenant, it));
    }
    let answered = changes.iter().filter_map(|it| Some((it.tenant, it.answer.as_ref()?)));
    for (tenant, answer) in sorted(answered, |it| (it.0, &it.1.key)) {
        answers.add(tenant, answer);
    }
    let sent = changes.iter().flat_map(|it| it.messages.iter().map(|message| (it.tenant, message)));
    for (tenant, it) in sorted(sent, |(tenant, it)| (*tenant, it.webhook, it.stream, it.sequence)) {
        messages.add(tenant, it);
    }
    let mut changed = Changed::default();
    courses.values().for_each(|course| changed.add(course));

    let known = batch.keys.iter().map(|(tenant, key)| (tenant.0, key, SEALABLE));
    let new = batch.new_keys.iter().map(|(tenant, key)| (tenant.0, key, KEEP));
    let keys = sorted(known.chain(new), |(tenant, key, _)| (*tenant, &key.person));

    let mut asked: Vec<Asked<'_>> = Vec::new();
    for (tenant, key, sql) in &keys {
        let sealed = Asked::new(sql, &[tenant, &key.person, &key.wrapped]);
        asked.push(Asked { rows: Some(1), ..sealed });
    }
    asked.extend(decisions.asked().into_iter().chain(pages.asked()).chain(answers.asked()));
    asked.extend(changed.asked());
    asked.extend(sealed.asked().into_iter().chain(messages.asked()));
    if asked.is_empty() {
        return Ok(());
    }
    place.writers().with(|connection| connection.commit(&asked)).map(|_| ())
}

fn sorted<T, K: Ord>(rows: impl IntoIterator<Item = T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut rows: Vec<T> = rows.into_iter().collect();
    rows.sort_by_key(key);
    rows
}
