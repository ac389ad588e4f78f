//! Tokens.

use crate::cases::{Access, Failure, Hash, Scope, Tenant, Token, TokenId};
use crate::postgres::place::Postgres;
use crate::postgres::streams::read::{get, hash, instant, maybe_instant};
use engine::time::Instant;
use tokio_postgres::Row;

const TOKENS: &str = "SELECT tenant, id, hash, roles, person, label, made_at, expires, revoked_at \
     FROM token";

impl Access for Postgres {
    fn add_token(&self, token: &Token) -> Result<(), Failure> {
        let roles = match &token.scope {
            Scope::Admin => None,
            Scope::Roles(roles) => Some(roles),
        };
        let sql = "INSERT INTO token (tenant, id, hash, roles, person, label, made_at, expires, \
                   revoked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        let (expires, revoked_at) = (token.expires, token.revoked_at);
        self.change(
            sql,
            &[
                &token.tenant.0,
                &token.id.0,
                &token.hash.0.as_slice(),
                &roles,
                &token.person,
                &token.label,
                &token.made_at.ms(),
                &expires.map(Instant::ms),
                &revoked_at.map(Instant::ms),
            ],
        )
        .map(|_| ())
    }

    fn token(&self, hash: Hash) -> Result<Option<Token>, Failure> {
        let sql = format!("{TOKENS} WHERE hash = $1");
        self.ask(&sql, &[&hash.0.as_slice()])?.first().map(token).transpose()
    }

    fn tokens(&self, tenant: Tenant) -> Result<Vec<Token>, Failure> {
        let sql = format!("{TOKENS} WHERE tenant = $1 ORDER BY id COLLATE \"C\"");
        self.ask(&sql, &[&tenant.0])?.iter().map(token).collect()
    }

    fn revoke(&self, tenant: Tenant, id: &TokenId, at: Instant) -> Result<bool, Failure> {
        let sql = "UPDATE token SET revoked_at = $3 WHERE tenant = $1 AND id = $2 \
                   AND revoked_at IS NULL RETURNING 1";
        if id.0.contains('\0') {
            return Ok(false);
        }
        Ok(!self.change(sql, &[&tenant.0, &id.0, &at.ms()])?.is_empty())
    }
}

fn token(row: &Row) -> Result<Token, Failure> {
    Ok(Token {
        tenant: Tenant(get(row, 0)?),
        id: TokenId(get(row, 1)?),
        hash: hash(row, 2)?,
        scope: get::<Option<Vec<String>>>(row, 3)?.map_or(Scope::Admin, Scope::Roles),
        person: get(row, 4)?,
        label: get(row, 5)?,
        made_at: instant(row, 6)?,
        expires: maybe_instant(row, 7)?,
        revoked_at: maybe_instant(row, 8)?,
    })
}
