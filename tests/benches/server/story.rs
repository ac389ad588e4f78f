//! The story that every case lives through: a complaint of a small business, from the first word
//! to the lesson, in fourteen events.

use std::path::PathBuf;

use chrono::Days;
use serde_json::{Value, json};

/// The id of the protocol.
pub(crate) const PROTOCOL: &str = "small-business";

/// How many events a case has, its opening included.
pub(crate) const EVENTS: usize = 14;

/// Every role that acts in it.
pub(crate) const ROLES: [&str; 5] = ["agent", "officer", "complainant", "manager", "service"];

/// The folders of the protocols that ship.
pub(crate) fn protocols() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../protocols"))
}

/// The opening, of this person.
pub(crate) fn opening(person: &str) -> Value {
    json!({
        "protocol": PROTOCOL, "by": "complainant", "entered_by": "agent:kim", "channel": "phone",
        "complainant": person,
        "data": {
            "received_by": "agent", "summary": "Parcel never came", "category": "delivery",
            "amount": "80", "details": "Ordered on 2 March, promised for the 9th; nobody saw it",
        },
    })
}

/// The events after the opening, in their order.
pub(crate) fn events() -> [Value; EVENTS - 1] {
    let today = store::clock::now().date_naive();
    let soon = today.checked_add_days(Days::new(14)).unwrap_or(today).to_string();
    let event =
        |event: &str, by: &str, data: Value| json!({ "event": event, "by": by, "data": data });
    let from_outside = |name: &str, data: Value| {
        json!({
            "event": name, "by": "complainant", "entered_by": "agent:kim", "channel": "phone",
            "data": data,
        })
    };
    let called = |entry: &str, purpose: &str, note: &str| {
        let data = json!({ "direction": "we_called", "purpose": purpose, "note": note });
        json!({ "event": "contact", "by": "agent:kim", "entry": entry, "channel": "phone", "data": data })
    };
    let heard = |event: &str, entry: &str, data: Value| json!({ "event": event, "by": "officer:lee", "entry": entry, "data": data });
    let answer = json!({
        "outcome": "upheld", "cause": "miscommunication_on_duration",
        "based_on": "The photo of the card", "solve_by": soon,
    });
    let lesson = json!({
        "cause": "miscommunication_on_duration", "lesson": "We name the carrier and the hour",
        "measure": "A pick-up point round the corner", "stays": "stays", "may_teach": true,
    });
    [
        event(
            "put_in_writing",
            "agent:kim",
            json!({ "details": "The carrier says it was delivered" }),
        ),
        event("copy_given", "agent:kim", json!({})),
        called("call-1", "information", "Wants to know when"),
        event("screened", "officer:lee", json!({ "verdict": "investigate", "harm": "minor" })),
        heard(
            "employee_interview",
            "talk-1",
            json!({ "account": "I rang at ten past two, left a card", "notes_agreed": true }),
        ),
        heard(
            "complainant_interview",
            "talk-2",
            json!({ "account": "I stayed at home for nothing", "direct": true, "notes_agreed": true }),
        ),
        event("hearing_ended", "officer:lee", json!({})),
        json!({ "event": "answer_sent", "by": "agent:kim", "channel": "post", "data": answer }),
        from_outside("accepted", json!({})),
        event(
            "solved",
            "agent:kim",
            json!({ "how_solved": "The parcel was sent again", "solved_on": today.to_string() }),
        ),
        called("call-2", "satisfaction", "Has the parcel"),
        from_outside(
            "confirmed",
            json!({ "confirmed_on": today.to_string(), "satisfaction": "satisfied", "felt_heard": true }),
        ),
        event("reviewed", "officer:lee", lesson),
    ]
}
