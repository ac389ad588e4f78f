"""What schemathesis cannot know from a document, for `schemathesis.toml`.

It makes up what fits the schemas. Under a protocol that has names of its own, hardly anything of that would open a case, so
half of what fits is given the names of `small-business`. What does not fit is sent as it was made up.
"""

import json
from datetime import datetime, timezone

import schemathesis

OPEN = {
    "protocol": "small-business",
    "by": "complainant",
    "entered_by": "agent",
    "channel": "phone",
    "data": {"category": "delivery", "received_by": "agent", "summary": "a parcel"},
}
REPORTS = [
    {"event": "put_in_writing", "by": "agent", "data": {"details": "late"}},
    {"event": "copy_given", "by": "agent", "data": {}},
    {"event": "withdrawn", "by": "complainant", "entered_by": "agent", "data": {}},
    {"event": "stop_proposed", "by": "agent", "stop": "out_of_scope", "reason": "a car, too", "data": {}},
]
# What only says which report it is, or why.
KEPT = ("id", "reason", "complainant")


def is_to_come(text):
    """Whether an instant is after now. One of a year that Python does not know is."""
    try:
        return datetime.fromisoformat(text) > datetime.now(timezone.utc)
    except (OverflowError, TypeError, ValueError):
        return True


def number(body):
    """A number that follows from a body, so that a seed gives the same run again."""
    return sum(json.dumps(body, sort_keys=True, default=str).encode())


def with_names(body, known):
    """The same with names that the protocol has; the made-up texts that may stay stay."""
    kept = {name: body[name] for name in KEPT if body.get(name)}
    return {**kept, **known}


# Where lists said that there is more.
given_out = set()


@schemathesis.hook
def after_call(context, case, response):
    if case.path in ("/v1/cases", "/v1/worklist") and response.status_code == 200:
        body = response.json()
        if "next" in body:
            given_out.add(body["next"])


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    query, method, path = case.query or {}, case.method.upper(), case.operation.path
    # The document cannot say that one parameter is needed without another, or never beside it.
    if path in ("/v1/cases", "/v1/cases/{id}/events") and method == "POST":
        if str(query.get("dry_run")).lower() != "true" and "Idempotency-Key" not in case.headers:
            case.headers["Idempotency-Key"] = f"key-{number(case.body)}"
    if "as_of" in query and "as_known_at" in query:
        del query["as_known_at"]
    # Nothing is known yet of what is still to come; the document cannot say what time it is.
    for name in ("as_of", "as_known_at"):
        if name in query and is_to_come(str(query[name])):
            del query[name]
    # Where to read on is what the server gave out; what is made up in its place is rightly refused.
    for name in ("cursor", "after"):
        if query.get(name) not in given_out:
            query.pop(name, None)
    case.headers.pop("Last-Event-ID", None)
    # Schemathesis takes an empty header for one that fits any pattern.
    if case.headers.get("If-Match") == "":
        del case.headers["If-Match"]
    if isinstance(case.body, dict) and number(case.body) % 2 == 0:
        if path == "/v1/cases":
            case.body = with_names(case.body, OPEN)
        if path == "/v1/cases/{id}/events":
            case.body = with_names(case.body, REPORTS[number(case.body) // 2 % len(REPORTS)])
