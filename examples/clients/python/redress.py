"""A client of Redress with nothing but the standard library of Python. Copy it and change it.

    client = Redress("http://127.0.0.1:8080", token)
    opened = client.ask("POST", "/v1/cases", {"protocol": ...}, key="letter-4711")

What makes it safe to rely on:

* Whatever changes something has an idempotency key, which names what happened: the number of a letter, the id of a
  message. However often the same key is sent, it happens once, and the answer is the same.
* So every request may be sent again. A lost connection, 429 and 503 are tried again, after what `Retry-After` says, or
  after a wait that doubles each time; all else is an answer.
* The stream of facts is taken up again after the last id that was read, and no fact is given out twice.

As a program it reads one request a line and prints one answer a line: see `main`.
"""

import json
import os
import random
import sys
import time
import urllib.error
import urllib.request

# The longest that one request is tried for, in seconds, and the first and the longest wait between tries.
TRY_FOR, WAIT_FIRST, WAIT_MAX = 120.0, 0.2, 10.0
# How long is waited for an answer. The stream of facts says something every 15 seconds, if only that it is there.
ANSWER_MAX = 40.0
# What is worth another try: too many requests, and too much to do.
AGAIN = (429, 503)


class Redress:
    def __init__(self, address, token):
        self.address, self.token = address, token

    def ask(self, method, path, body=None, key=None):
        """Sends a request until it is answered. Returns the status and what the answer says."""
        began, wait = time.monotonic(), WAIT_FIRST
        while True:
            status, said, asked = self._once(method, path, body, key)
            if status and status not in AGAIN:
                return status, said
            # A little luck, so that clients that were cut off together do not come back together.
            pause = asked if asked is not None else wait * random.uniform(0.5, 1.0)
            wait = min(wait * 2, WAIT_MAX)
            if time.monotonic() - began + pause > TRY_FOR:
                raise TimeoutError(f"{method} {path}: no answer within {TRY_FOR:.0f} s; the last was {status}")
            time.sleep(pause)

    def _once(self, method, path, body, key):
        """One try: the status, or none where there was no answer; what it says; how long to wait."""
        try:
            with self._send(method, path, body, key) as answer:
                return answer.status, json.load(answer), None
        except urllib.error.HTTPError as error:
            asked = error.headers.get("Retry-After", "")
            said = error.read().decode(errors="replace")
            return error.code, json.loads(said) if said.startswith("{") else said, float(asked) if asked.isdigit() else None
        except (OSError, ValueError):
            # Nobody listens, the connection was lost, or the answer was cut off.
            return None, None, None

    def _send(self, method, path, body=None, key=None, headers=()):
        headers = {"Authorization": f"Bearer {self.token}", **dict(headers)}
        if key:
            headers["Idempotency-Key"] = key
        data = None
        if body is not None:
            data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        request = urllib.request.Request(self.address + path, data, headers, method=method)
        return urllib.request.urlopen(request, timeout=ANSWER_MAX)

    def pages(self, path, name):
        """Everything of a list, page after page."""
        cursor = ""
        while cursor is not None:
            status, page = self.ask("GET", path + cursor)
            if status != 200:
                raise RuntimeError(f"{status}: {page}")
            yield from page[name]
            cursor = "?cursor=" + page["next"] if "next" in page else None

    def facts(self, after=""):
        """Every fact as it is recorded, for ever: its text, and where to read on after it."""
        seen, wait = {}, WAIT_FIRST
        while True:
            try:
                headers = {"Last-Event-ID": after} if after else {}
                with self._send("GET", "/v1/facts", headers=headers) as stream:
                    for event in events(stream):
                        after, wait = event.get("id", after), WAIT_FIRST
                        fact = json.loads(event["data"])
                        # A decision that was cut off is sent whole again.
                        stream_id, number = fact.get("stop") or fact["case"], fact["fact"]["sequence"]
                        if number > seen.get(stream_id, 0):
                            seen[stream_id] = number
                            yield event["data"], after
            except urllib.error.HTTPError as error:
                if error.code not in AGAIN:
                    raise
            except (OSError, ValueError):
                pass
            time.sleep(wait * random.uniform(0.5, 1.0))
            wait = min(wait * 2, WAIT_MAX)


def events(stream):
    """The events of a stream, by the names of their fields. Lines that begin with `:` only show that it is there."""
    event = {}
    for line in stream:
        line = line.decode().rstrip("\r\n")
        if not line and event:
            yield event
            event = {}
        elif line and not line.startswith(":"):
            name, _, value = line.partition(":")
            event[name] = value.removeprefix(" ")


def main():
    """Reads from standard input, a line each, and prints a line for each answer:

        open KEY BODY       opens a case; it is the case of what follows
        report KEY BODY     reports an event of the case
        worklist            shows what is due, a line each
        facts COUNT         follows the stream of facts, a line each, until there were so many
    """
    client = Redress(os.environ["REDRESS_AT"], os.environ["REDRESS_TOKEN"])
    case = os.environ.get("REDRESS_CASE", "")
    for line in sys.stdin:
        word, key, body = (line.strip().split(" ", 2) + ["", ""])[:3]
        if word == "open":
            status, said = client.ask("POST", "/v1/cases", json.loads(body), key)
            case = said["case"]["id"] if status == 201 else case
            print(status, json.dumps(said), flush=True)
        elif word == "report":
            status, said = client.ask("POST", f"/v1/cases/{case}/events", json.loads(body), key)
            print(status, json.dumps(said), flush=True)
        elif word == "worklist":
            for duty in client.pages("/v1/worklist", "duties"):
                print(duty.get("due", "-"), duty["party"], duty["deadline"], duty["case"]["id"], flush=True)
            print("end", flush=True)
        elif word == "facts":
            for count, (fact, _) in enumerate(client.facts(), 1):
                print(fact, flush=True)
                if count == int(key):
                    break
        elif word:
            sys.exit(f"`{word}` is no request: open, report, worklist, facts")


if __name__ == "__main__":
    main()
