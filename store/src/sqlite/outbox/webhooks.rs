//! Receivers.

use crate::cases::{Failure, Tenant, Webhook, WebhookId};
use rusqlite::{Connection, Transaction, params};

pub(super) fn add(transaction: &Transaction<'_>, webhook: &Webhook) -> Result<WebhookId, Failure> {
    let id: WebhookId = transaction.query_row(
        "SELECT coalesce(max(webhook), 0) + 1 FROM webhook WHERE tenant = ?1",
        [webhook.tenant],
        |row| row.get(0),
    )?;
    transaction.execute(
        "INSERT INTO webhook (tenant, webhook, url, secret, active) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![webhook.tenant, id, webhook.url, webhook.secret, webhook.active],
    )?;
    for (place, kind) in webhook.kinds.iter().enumerate() {
        transaction.execute(
            "INSERT INTO webhook_kind (tenant, webhook, place, kind) VALUES (?1, ?2, ?3, ?4)",
            params![webhook.tenant, id, place as i64, kind],
        )?;
    }
    Ok(id)
}

pub(in crate::sqlite) fn all(
    connection: &Connection,
    tenant: Tenant,
) -> Result<Vec<Webhook>, Failure> {
    let mut kinds = connection.prepare_cached(
        "SELECT kind FROM webhook_kind WHERE tenant = ?1 AND webhook = ?2 ORDER BY place",
    )?;
    let mut select = connection.prepare_cached(
        "SELECT webhook, url, secret, active FROM webhook WHERE tenant = ?1 ORDER BY webhook",
    )?;
    let mut rows = select.query([tenant])?;
    let mut webhooks = Vec::new();
    while let Some(row) = rows.next()? {
        let id: WebhookId = row.get(0)?;
        let kinds = kinds.query_map(params![tenant, id], |row| row.get(0))?;
        webhooks.push(Webhook {
            id,
            tenant,
            url: row.get(1)?,
            secret: row.get(2)?,
            kinds: kinds.collect::<Result<_, _>>()?,
            active: row.get(3)?,
        });
    }
    Ok(webhooks)
}

/// The receivers to whom anything is sent, of all tenants.
pub(super) fn active(connection: &Connection) -> Result<Vec<(Tenant, WebhookId)>, Failure> {
    let mut select = connection.prepare_cached(
        "SELECT tenant, webhook FROM webhook WHERE active = 1 ORDER BY tenant, webhook",
    )?;
    let found = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}
