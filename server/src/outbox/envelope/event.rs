//! CloudEvents 1.0: one fact, or the digest of several.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use store::cases::{Message, WebhookId};

/// What is sent in one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::outbox) struct Parcel {
    /// The id of the event, the same however often it is sent.
    pub(in crate::outbox) id: String,
    /// The event as JSON on one line, without a line end.
    pub(in crate::outbox) body: Vec<u8>,
}

/// An event. Members that are not there are left out.
#[derive(Serialize)]
struct Event<T> {
    specversion: &'static str,
    id: String,
    source: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    subject: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    datacontenttype: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data_base64: Option<String>,
}

/// What a digest holds.
#[derive(Serialize)]
struct Late<'a> {
    tells: &'a str,
    events: Vec<Event<&'a RawValue>>,
}

/// The members of a fact of a case that the envelope repeats.
#[derive(Deserialize)]
struct OfCase {
    #[serde(default)]
    case: Option<String>,
    #[serde(default)]
    stop: Option<String>,
    fact: When,
}

#[derive(Deserialize)]
struct When {
    at: String,
}

/// The event of one message.
///
/// # Errors
/// None that can happen: texts and numbers are always written.
pub(in crate::outbox) fn single(message: &Message) -> Result<Parcel, serde_json::Error> {
    let event = of_message(message);
    Ok(Parcel { body: line(&event)?, id: event.id })
}

/// The digest of messages for one receiver that tell the same one, in the order in which they are
/// listed. Its id follows from theirs.
///
/// # Errors
/// As [`single`].
pub(in crate::outbox) fn digest(
    webhook: WebhookId,
    messages: &[&Message],
) -> Result<Parcel, serde_json::Error> {
    let tells = messages.iter().find_map(|it| it.tells.as_deref()).unwrap_or_default();
    let events: Vec<_> = messages.iter().map(|it| of_message(it)).collect();
    let mut hash = Sha256::new();
    for event in &events {
        hash.update(event.id.as_bytes());
        hash.update(b"\n");
    }
    let mut id = "digest/".to_owned();
    for byte in hash.finalize().iter().take(16) {
        // Writing to a text cannot fail.
        let _ = write!(id, "{byte:02x}");
    }
    let event = Event {
        specversion: "1.0",
        id,
        source: format!("/v1/webhooks/{}", webhook.0),
        kind: "redress.digest".to_owned(),
        time: None,
        subject: tells.to_owned(),
        datacontenttype: Some("application/json"),
        data: Some(Late { tells, events }),
        data_base64: None,
    };
    Ok(Parcel { body: line(&event)?, id: event.id })
}

fn of_message(message: &Message) -> Event<&RawValue> {
    let data: Option<&RawValue> = serde_json::from_slice(&message.body).ok();
    let of = data.and_then(|it| serde_json::from_str::<OfCase>(it.get()).ok());
    let stream = message.stream.to_string();
    let source = match &of {
        // A stop has no address of its own: it is read with the case on which it was proposed.
        Some(OfCase { case: Some(case), stop: Some(stop), .. }) if *stop == stream => {
            format!("/v1/cases/{case}#stop-{stop}")
        }
        _ => format!("/v1/cases/{stream}"),
    };
    Event {
        specversion: "1.0",
        id: format!("{stream}/{}", message.sequence),
        source,
        kind: format!("redress.fact.{}", message.kind),
        time: of.map(|it| it.fact.at).filter(|it| chrono::DateTime::parse_from_rfc3339(it).is_ok()),
        subject: stream,
        datacontenttype: data.map(|_| "application/json"),
        data,
        data_base64: data.is_none().then(|| STANDARD.encode(&message.body)),
    }
}

/// As JSON on one line: within texts a line end is always written as `\n`, so any other is space.
fn line(event: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = serde_json::to_vec(event)?;
    for byte in &mut bytes {
        if matches!(byte, b'\n' | b'\r') {
            *byte = b' ';
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::time::Instant;
    use store::cases::StreamId;

    fn message(sequence: u32, body: &[u8]) -> Message {
        Message {
            webhook: WebhookId(3),
            stream: StreamId([7; 16]),
            sequence,
            kind: "told".to_owned(),
            body: body.to_vec(),
            not_before: Instant::from_ms(5),
            tells: Some("handler".to_owned()),
        }
    }

    #[track_caller]
    fn check(body: &[u8], rest: &str) {
        let parcel = single(&message(4, body)).unwrap();
        assert_eq!(parcel.id, "07070707-0707-0707-0707-070707070707/4");
        let head = r#"{"specversion":"1.0","id":"07070707-0707-0707-0707-070707070707/4","#;
        let source = r#""source":"/v1/cases/07070707-0707-0707-0707-070707070707","#;
        let text = String::from_utf8(parcel.body).unwrap();
        assert_eq!(text, format!(r#"{head}{source}"type":"redress.fact.told",{rest}}}"#));
    }

    #[test]
    fn a_fact_is_a_cloud_event_on_one_line() {
        let subject = r#""subject":"07070707-0707-0707-0707-070707070707","#;
        let json = r#""datacontenttype":"application/json","#;
        check(
            b"{\"fact\":{\"at\":\"2026-03-02T09:00:00Z\"},\r\n \"n\": 1.50}",
            &format!(
                "\"time\":\"2026-03-02T09:00:00Z\",{subject}{json}\"data\":{{\"fact\":{{\"at\":\"2026-03-02T09:00:00Z\"}},   \"n\": 1.50}}"
            ),
        );
        check(
            br#"{"fact":{"at":"soon"},"b":"\n"}"#,
            &format!(r#"{subject}{json}"data":{{"fact":{{"at":"soon"}},"b":"\n"}}"#),
        );
        check(b"[1]", &format!(r#"{subject}{json}"data":[1]"#));
        check(&[0xff, 0], &format!(r#"{subject}"data_base64":"/wA=""#));
        check(b"", &format!(r#"{subject}"data_base64":"""#));
    }

    #[test]
    fn what_is_of_a_stop_comes_from_the_case_on_which_it_was_proposed() {
        let stop = "07070707-0707-0707-0707-070707070707";
        let body =
            format!(r#"{{"case":"0a","stop":"{stop}","fact":{{"at":"2026-03-02T09:00:00Z"}}}}"#);
        let parcel = single(&message(4, body.as_bytes())).unwrap();
        assert_eq!(parcel.id, format!("{stop}/4"));
        let read: serde_json::Value = serde_json::from_slice(&parcel.body).unwrap();
        assert_eq!(read["source"], format!("/v1/cases/0a#stop-{stop}"));
        assert_eq!(read["subject"], stop);
    }

    #[test]
    fn a_digest_lists_whole_events_and_its_id_follows_from_theirs() {
        let messages = [message(4, b"{}"), message(9, b"{\"a\":1}")];
        let two = digest(WebhookId(3), &[&messages[0], &messages[1]]).unwrap();
        let again = digest(WebhookId(3), &[&messages[0], &messages[1]]).unwrap();
        let one = digest(WebhookId(3), &[&messages[0]]).unwrap();
        assert_eq!(two, again);
        assert_ne!(two.id, one.id);
        assert_eq!(two.id.len(), "digest/".len() + 32);
        let read: serde_json::Value = serde_json::from_slice(&two.body).unwrap();
        assert_eq!(read["type"], "redress.digest");
        assert_eq!(read["source"], "/v1/webhooks/3");
        assert_eq!(read["subject"], "handler");
        assert_eq!(read["data"]["tells"], "handler");
        let alone: serde_json::Value =
            serde_json::from_slice(&single(&messages[1]).unwrap().body).unwrap();
        assert_eq!(read["data"]["events"][1], alone);
    }
}
