"""A receiver of webhooks that trusts nobody: libraries of others verify and parse what arrives.

It says on standard output, as one JSON object a line, first its port, and then what each request held. It reads the
secret from standard input. The opening of each case is turned away once, so that it is tried again.
"""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cloudevents.core.bindings.http import HTTPMessage, from_structured
from cloudevents.core.formats.json import JSONFormat
from standardwebhooks import Webhook, WebhookVerificationError

# What is turned away at its first try, so that it comes again.
REFUSED = "redress.fact.opened"

secret = threading.Event()
webhook = None
turned_away = set()
lock = threading.Lock()


def say(what):
    with lock:
        print(json.dumps(what), flush=True)


def passes(verifier, body, headers):
    """Whether the library believes it."""
    try:
        verifier.verify(body, headers)
        return True
    except WebhookVerificationError:
        return False


def forged(body, headers):
    """What was changed on the way, each in one place."""
    late = str(int(headers["webhook-timestamp"]) - 301)
    other = Webhook("whsec_" + "A" * 44)
    return {
        "body": (webhook, body.replace(b'"1.0"', b'"1.1"', 1), headers),
        "end": (webhook, body + b" ", headers),
        "id": (webhook, body, {**headers, "webhook-id": headers["webhook-id"] + "0"}),
        "later": (webhook, body, {**headers, "webhook-timestamp": str(int(headers["webhook-timestamp"]) + 1)}),
        "old": (webhook, body, {**headers, "webhook-timestamp": late, "webhook-signature": signed(body, headers, late)}),
        "secret": (other, body, headers),
    }


def signed(body, headers, timestamp):
    """A signature that is right, of another time."""
    from datetime import datetime, timezone

    at = datetime.fromtimestamp(int(timestamp), tz=timezone.utc)
    return webhook.sign(headers["webhook-id"], at, body.decode())


def told(event):
    """What the SDK made of an event."""
    attributes = event.get_attributes()
    time = attributes.get("time")
    data = event.get_data()
    inside = data.get("events", []) if attributes["type"] == "redress.digest" else []
    parsed = [JSONFormat().read(None, json.dumps(it)) for it in inside]
    return {
        "id": event.get_id(),
        "source": event.get_source(),
        "type": event.get_type(),
        "specversion": event.get_specversion(),
        "subject": event.get_subject(),
        "time": time and time.isoformat().replace("+00:00", "Z").replace("000Z", "Z"),
        "data": data,
        "inside": [{"type": it.get_type(), "party": it.get_data()["fact"].get("party")} for it in parsed],
    }


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        secret.wait(30)
        event = told(from_structured(HTTPMessage(headers=headers, body=body), JSONFormat()))
        attempts = forged(body, headers)
        with lock:
            is_first = event["type"] == REFUSED and event["id"] not in turned_away
            turned_away.add(event["id"])
        answered = 500 if is_first else 200
        say({
            **event,
            "verified": passes(webhook, body, headers),
            "forged": [name for name, it in attempts.items() if passes(*it)],
            "n_forged": len(attempts),
            "webhook_id": headers["webhook-id"],
            "media_type": headers["content-type"],
            "answered": answered,
        })
        self.send_response(answered)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
say({"port": server.server_address[1]})
threading.Thread(target=server.serve_forever, daemon=True).start()
webhook = Webhook(sys.stdin.readline().strip())
secret.set()
# The test ends this process.
threading.Event().wait(300)
