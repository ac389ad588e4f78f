//! Who sends a request.

use crate::access::Caller;
use crate::problem::{Kind, Problem};
use crate::running::App;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::time::Instant;

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    /// The holder of the token, as long as they do not ask too often.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let secret = app.identities.sent(&parts.headers)?;
        let now = app.now();
        let caller = match app.identities.known(&secret, now) {
            Some(caller) => caller?,
            None => app.wait(move |app| app.identities.ask(&secret, now)).await?,
        };
        app.token_rates
            .take(&caller.token, Instant::now(), 1)
            .map_err(|wait| Problem::new(Kind::TOO_MANY).after(wait))?;
        Ok(caller)
    }
}
