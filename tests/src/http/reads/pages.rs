//! Every request that `docs/HTTP.md` shows is answered as it says.

use crate::http::client::{Answer, send};
use crate::http::served::{START, Served, sources};
use crate::http::stream;
use serde_json::Value;
use server::running::Limits;
use std::collections::BTreeMap;

const PAGE: &str = include_str!("../../../../docs/HTTP.md");
const LANGUAGE: &str = include_str!("../../../../docs/LANGUAGE.md");

/// The blocks of a text with this mark.
fn blocks(text: &str, mark: &str) -> Vec<String> {
    let open = format!("```{mark}\n");
    let each = text.split(&open).skip(1);
    each.map(|it| it.split("\n```").next().unwrap().to_owned()).collect()
}

/// The first line, the headers and the body of a block.
fn parts(block: &str) -> (&str, Vec<(&str, &str)>, &str) {
    let (head, body) = block.split_once("\n\n").unwrap_or((block, ""));
    let mut lines = head.lines();
    let first = lines.next().unwrap();
    (first, lines.map(|it| it.split_once(": ").unwrap()).collect(), body)
}

/// Whether a text is what is shown, where `…` stands for anything.
fn is_shown(shown: &str, found: &str) -> bool {
    match shown.split_once('…') {
        None => shown == found,
        Some((before, after)) => found.starts_with(before) && found.ends_with(after),
    }
}

/// Whether everything that is shown is there.
fn holds(shown: &Value, found: &Value) -> bool {
    match (shown, found) {
        (Value::Object(shown), Value::Object(found)) => {
            shown.iter().all(|(name, it)| found.get(name).is_some_and(|found| holds(it, found)))
        }
        (Value::Array(shown), Value::Array(found)) => {
            let fits = shown.iter().zip(found).all(|(shown, found)| holds(shown, found));
            fits && shown.len() <= found.len() && shown.is_empty() == found.is_empty()
        }
        (Value::String(shown), Value::String(found)) => is_shown(shown, found),
        _ => shown == found,
    }
}

struct Reader {
    served: Served,
    /// What stands in braces.
    known: BTreeMap<String, String>,
}

impl Reader {
    fn filled(&self, text: &str) -> String {
        let all = self.known.iter();
        all.fold(text.to_owned(), |text, (name, it)| text.replace(&format!("{{{name}}}"), it))
    }

    fn run(&mut self, request: &str, expected: &str) {
        let (request, expected) = (self.filled(request), self.filled(expected));
        let (line, headers, body) = parts(&request);
        let (method, path) = line.split_once(' ').unwrap();
        let (status, wanted, shown) = parts(&expected);
        let shown: Value =
            serde_json::from_str(shown).unwrap_or_else(|why| panic!("{why}: {shown}"));
        if path == "/v1/facts" {
            let token = headers[0].1.strip_prefix("Bearer ").unwrap();
            let first = stream::take(&mut stream::open(&self.served, token, None), 1).remove(0).1;
            assert!(holds(&shown, &first), "{first}");
            return;
        }
        let answer = send(self.served.at, method, path, &headers, body.as_bytes());
        let said = String::from_utf8_lossy(&answer.body).into_owned();
        assert_eq!(format!("HTTP/1.1 {}", answer.status), status, "{request}\n{said}");
        for (name, value) in wanted {
            let found = answer.header(name).unwrap_or_else(|| panic!("{request}: no {name}"));
            assert!(is_shown(value, found), "{request}: {name} is {found}");
        }
        assert!(holds(&shown, &answer.json()), "{request}\n{said}");
        self.learn(&answer);
    }

    fn learn(&mut self, answer: &Answer) {
        let body = answer.json();
        for (name, at) in [("case", "/case/id"), ("ticket", "/case/ticket"), ("secret", "/secret")]
        {
            if let Some(text) = body.pointer(at).and_then(Value::as_str) {
                self.known.insert(name.to_owned(), text.to_owned());
            }
        }
    }
}

#[test]
fn the_page_for_programs_shows_what_happens() {
    let protocol = blocks(LANGUAGE, "toml protocol").remove(0);
    let served = Served::of(&sources(&protocol), Limits::default());
    assert!(START.starts_with("2026-06-01T09:00:00"));
    let mut known = BTreeMap::from([("admin".to_owned(), served.admin.clone())]);
    for role in ["assistant", "owner"] {
        known.insert(role.to_owned(), served.as_role(role));
    }
    let mut reader = Reader { served, known };
    let all = blocks(PAGE, "http");
    assert!(all.len() >= 20 && all.len().is_multiple_of(2), "{}", all.len());
    for pair in all.chunks(2) {
        assert!(pair[1].starts_with("HTTP/1.1 "), "{}", pair[1]);
        reader.run(&pair[0], &pair[1]);
    }
}

#[test]
fn the_page_for_programs_says_the_limits_that_hold() {
    let it = Limits::default();
    let number = |n: u64| -> String {
        if n < 1_000 { n.to_string() } else { format!("{},{:03}", n / 1_000, n % 1_000) }
    };
    let whole = |n: usize| number(u64::try_from(n).unwrap());
    let rate = |it: server::access::Allowance| {
        format!("{} a second, {} at once", number(it.per_second.into()), number(it.burst.into()))
    };
    let rows = [
        ("body of one request", format!("{} KiB", whole(it.body_bytes_max / 1024))),
        ("body of a batch or a protocol", format!("{} KiB", whole(it.large_body_bytes_max / 1024))),
        ("whole body arrives within", format!("{} s", it.body_wait.as_secs())),
        ("answer within", format!("{} s, else 503", it.answer_wait.as_secs())),
        ("requests of one token", rate(it.per_token)),
        ("tries for one ticket", rate(it.per_ticket)),
        ("tries for all tickets", rate(it.per_status)),
        ("streams of facts", whole(it.streams_max)),
        ("connections", whole(it.connections_max)),
    ];
    for (what, most) in rows {
        assert!(PAGE.contains(&format!("| {what} | {most} |")), "{what}: {most}");
    }
    let days = format!("until {} days after", it.status_days);
    assert!(
        PAGE.contains(&days) && PAGE.contains(&format!("within {} s,", it.stop_wait.as_secs()))
    );
}
