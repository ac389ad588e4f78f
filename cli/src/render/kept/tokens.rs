//! Tokens.

use server::wire::{Token, TokenList, TokenMade};

use crate::render::palette::{FAINT, STRONG, paint};
use crate::render::{count, one_line};

/// What is told beside a token that was made; the secret itself is data.
pub(crate) fn made_text(made: &TokenMade) -> String {
    let Token { id, label, expires, .. } = &made.token;
    let until = expires
        .as_ref()
        .map_or_else(|| "until it is taken back".to_owned(), |it| format!("until {it}"));
    one_line(&format!(
        "token `{label}` works for {} {until}; it is shown this once (id {id})",
        whom(&made.token)
    )) + "\n"
}

/// A line for each token.
pub(crate) fn tokens_text(list: &TokenList) -> String {
    let mut text = String::new();
    for token in &list.tokens {
        let Token { id, label, made_at, expires, revoked_at, .. } = token;
        let end = match (revoked_at, expires) {
            (Some(at), _) => format!("taken back {at}"),
            (None, Some(at)) => format!("until {at}"),
            (None, None) => "until it is taken back".to_owned(),
        };
        let line = format!("{id}  {label}, for {}", whom(token));
        text.push_str(&format!("{}\n", one_line(&line)));
        let line = format!("made {made_at}, {end}");
        text.push_str(&format!("  {}\n", paint(FAINT, &one_line(&line))));
    }
    let n = count(list.tokens.len(), "token", "tokens");
    text.push_str(&format!("{}\n", paint(STRONG, &n)));
    text
}

fn whom(token: &Token) -> String {
    let person = token.person.as_ref().map_or_else(String::new, |it| format!(" as {it}"));
    match token.admin {
        true => format!("administration{person}"),
        false => format!("{}{person}", token.roles.join(", ")),
    }
}
