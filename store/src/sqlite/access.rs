//! Tokens.

use crate::cases::{Access, Failure, Hash, Scope, Tenant, Token, TokenId};
use crate::sqlite::Sqlite;
use crate::sqlite::file::{flag, instant, some_instant, taken};
use engine::time::Instant;
use rusqlite::{Connection, Params, params};

const TOKEN: &str = "tenant, token, hash, admin, person, label, made_at, expires, revoked_at";

impl Access for Sqlite {
    fn add_token(&self, token: &Token) -> Result<(), Failure> {
        self.change(|transaction| {
            let (admin, roles) = match &token.scope {
                Scope::Admin => (true, &[][..]),
                Scope::Roles(roles) => (false, roles.as_slice()),
            };
            transaction
                .execute(
                    "INSERT INTO token (tenant, token, hash, admin, person, label, made_at, \
                       expires, revoked_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                    params![
                        token.tenant,
                        token.id.0,
                        token.hash,
                        admin,
                        token.person,
                        token.label,
                        token.made_at.ms(),
                        token.expires.map(Instant::ms),
                        token.revoked_at.map(Instant::ms),
                    ],
                )
                .map_err(taken)?;
            for (place, role) in roles.iter().enumerate() {
                transaction.execute(
                    "INSERT INTO token_role (tenant, token, place, role) VALUES (?1, ?2, ?3, ?4)",
                    params![token.tenant, token.id.0, place as i64, role],
                )?;
            }
            Ok(())
        })
    }

    fn token(&self, hash: Hash) -> Result<Option<Token>, Failure> {
        let found = self.read(|connection| tokens(connection, "WHERE hash = ?1", [hash]))?;
        Ok(found.into_iter().next())
    }

    fn tokens(&self, tenant: Tenant) -> Result<Vec<Token>, Failure> {
        self.read(|connection| tokens(connection, "WHERE tenant = ?1 ORDER BY token", [tenant]))
    }

    fn revoke(&self, tenant: Tenant, id: &TokenId, at: Instant) -> Result<bool, Failure> {
        self.change(|transaction| {
            let changed = transaction.execute(
                "UPDATE token SET revoked_at = ?3 \
                 WHERE tenant = ?1 AND token = ?2 AND revoked_at IS NULL \
                   AND (expires IS NULL OR expires > ?3)",
                params![tenant, id.0, at.ms()],
            )?;
            Ok(changed == 1)
        })
    }
}

fn tokens(
    connection: &Connection,
    which: &str,
    values: impl Params,
) -> Result<Vec<Token>, Failure> {
    let mut roles = connection.prepare_cached(
        "SELECT role FROM token_role WHERE tenant = ?1 AND token = ?2 ORDER BY place",
    )?;
    let mut select = connection.prepare_cached(&format!("SELECT {TOKEN} FROM token {which}"))?;
    let mut rows = select.query(values)?;
    let mut tokens = Vec::new();
    while let Some(row) = rows.next()? {
        let (tenant, id): (Tenant, String) = (row.get(0)?, row.get(1)?);
        let scope = if flag(row, 3)? {
            Scope::Admin
        } else {
            let roles = roles.query_map(params![tenant, id], |row| row.get(0))?;
            Scope::Roles(roles.collect::<Result<_, _>>()?)
        };
        tokens.push(Token {
            id: TokenId(id),
            tenant,
            hash: row.get(2)?,
            scope,
            person: row.get(4)?,
            label: row.get(5)?,
            made_at: instant(row, 6)?,
            expires: some_instant(row, 7)?,
            revoked_at: some_instant(row, 8)?,
        });
    }
    Ok(tokens)
}
