//! Why something was not carried out.

use serde::Deserialize;
use server::running::Told;
use server::wire::Refusal;

use crate::render::one_line;
use crate::render::palette::{BAD, DOUBT, FAINT, paint};

/// A problem as the routes answer it.
#[derive(Deserialize)]
struct Problem {
    title: String,
    detail: Option<String>,
    #[serde(default)]
    errors: Vec<Fault>,
    refusal: Option<Refusal>,
}

#[derive(Deserialize)]
struct Fault {
    pointer: String,
    detail: String,
}

/// The sentences for standard error.
///
/// # Errors
/// The answer is no problem as the routes answer it: a fault of ours.
pub(crate) fn problem_text(told: &Told) -> serde_json::Result<String> {
    let error = paint(BAD, "error:");
    if let Some(cause) = &told.cause {
        return Ok(format!("{error} {}\n", one_line(cause)));
    }
    let Problem { title, detail, errors, refusal } = serde_json::from_slice(&told.body)?;
    if let Some(refusal) = refusal {
        return Ok(format!("{error} {}", refused(&refusal)));
    }
    if let [only] = errors.as_slice() {
        return Ok(format!("{error} {}\n", said(only)));
    }
    let detail = detail.map_or_else(String::new, |it| format!(": {it}"));
    let what = format!("{}{detail}", fragment(&title));
    let mut text = format!("{error} {}\n", one_line(&what));
    for fault in &errors {
        text.push_str(&format!("  {}\n", said(fault)));
    }
    Ok(text)
}

/// What stands against an event, by which rule and source, and what is possible instead.
fn refused(refusal: &Refusal) -> String {
    let mut text = format!("`{}` is refused\n", one_line(&refusal.event));
    for against in &refusal.against {
        text.push_str(&format!("  {}\n", one_line(&against.says)));
        let rule = &against.rule;
        let place = paint(FAINT, &one_line(&rule.place));
        text.push_str(&format!("    rule    {}  {place}\n", one_line(&rule.path)));
        if let Some(source) = &rule.source {
            let doubt = match rule.unverified {
                true => {
                    format!("  {}", paint(DOUBT, "unverified: nobody has read this source yet"))
                }
                false => String::new(),
            };
            text.push_str(&format!("    source  {}{doubt}\n", one_line(source)));
        }
    }
    let allowed = match refusal.allowed.is_empty() {
        true => "nothing".to_owned(),
        false => refusal.allowed.join(", "),
    };
    text.push_str(&format!("  possible at this stage: {}\n", one_line(&allowed)));
    text
}

/// A fault and its place, as somebody who wrote words would call it.
fn said(fault: &Fault) -> String {
    let pointer = fault.pointer.trim_start_matches('/');
    let place = match pointer.split_once('/') {
        Some(("data", field)) => format!("field `{field}`: "),
        Some(("query" | "header" | "path", name)) => format!("`{name}`: "),
        _ if pointer.is_empty() => String::new(),
        _ => format!("`{pointer}`: "),
    };
    one_line(&format!("{place}{}", fault.detail))
}

/// A sentence as a fragment: small, without its full stop.
fn fragment(sentence: &str) -> String {
    let mut letters = sentence.trim_end_matches('.').chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, expected: &str) {
        let told =
            Told { status: 422, is_replayed: false, body: body.as_bytes().to_vec(), cause: None };
        let text = anstream::adapter::strip_str(&problem_text(&told).unwrap()).to_string();
        assert_eq!(text, expected);
    }

    #[test]
    fn a_problem_is_said_in_the_words_of_the_caller() {
        check(
            r#"{"type":"/problems/too-large","title":"The request is too large.","status":413}"#,
            "error: the request is too large\n",
        );
        check(
            r#"{"type":"/problems/invalid","title":"T.","status":422,"errors":[
                {"pointer":"/data/harm","code":"c","detail":"it takes `none`"}]}"#,
            "error: field `harm`: it takes `none`\n",
        );
        check(
            r#"{"type":"/problems/invalid","title":"It is wrong.","status":422,"errors":[
                {"pointer":"/by","code":"c","detail":"it must be there"},
                {"pointer":"","code":"c","detail":"a\u001b[2Jb\nc"}]}"#,
            "error: it is wrong\n  `by`: it must be there\n  a\u{fffd}[2Jb c\n",
        );
        check(
            r#"{"type":"/problems/refused","title":"T.","status":409,"refusal":{"event":"sent",
                "reason":"heard","against":[{"says":"Heard","rule":{"path":"conditions.heard",
                "place":"protocol.toml:3","source":"law 1","unverified":true}}],"allowed":[]}}"#,
            "error: `sent` is refused\n  Heard\n    rule    conditions.heard  protocol.toml:3\n    \
             source  law 1  unverified: nobody has read this source yet\n  \
             possible at this stage: nothing\n",
        );
    }
}
