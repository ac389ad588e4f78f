//! A shop with one letter, and letters as they are sent in scenarios.

use std::collections::BTreeMap;

use engine::letter::{self, Letter, Occasion, Unwritten};
use engine::machine::Machine;
use engine::model::Party;
use engine::scenario::{self, Scenario, Sent};
use engine::text::{FileId, Language, SourceSet, Strings};

/// A protocol of one letter, to the complainant and a copy to the person complained about.
const SHOP: &str = "
[protocol]
id = 'shop'
title = 'Shop'
version = '1'
language = 'en'
zone = 'Europe/Amsterdam'
effective = { from = 2026-01-01 }
accountable = 'clerk'
source = 'house rules'
[time]
backdate = '5 calendar days'
[roles]
clerk = { title = 'Clerk' }
[fields]
summary = { type = 'text', required = true }
name = { type = 'text', personal = true, required = true }
[events]
answered = { by = ['clerk'] }
[stages.received]
start = true
owner = 'clerk'
[stages.received.on.answered]
to = 'closed'
sends = ['answer']
[stages.closed]
end = true
[retention.persons]
what = 'personal'
keep = '2 years'
after = 'stage:closed'
[letters]
answer = { to = ['complainant'], copy = ['respondent'] }
";

pub(super) fn sources(body: &str) -> SourceSet {
    sources_of(SHOP.to_owned(), "About {{ ticket }}", body)
}

/// A protocol with the text of its letter.
pub(super) fn sources_of(protocol: String, subject: &str, body: &str) -> SourceSet {
    let text = format!("+++\nsubject = \"{subject}\"\n+++\n{body}");
    let files = [("protocol.toml", protocol), ("letters/answer.md", text)];
    SourceSet::new("shop", files.map(|(path, text)| (path.to_owned(), text.into_bytes())))
}

/// The codes of what is wrong with a template.
pub(super) fn codes(body: &str) -> Vec<&'static str> {
    let (_, found) = engine::load(&sources(body));
    let mut codes: Vec<&str> = found.iter().map(|it| it.code.name).collect();
    codes.dedup();
    codes
}

/// The letter that a template makes of a case with this summary and name.
pub(super) fn written(
    body: &str,
    summary: &str,
    name: &str,
    to: Party,
) -> Result<Letter, Unwritten> {
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    let text = format!(
        "title = 'a'\n[opened]\nat = 2026-04-13T10:00:00\nby = 'clerk'\n\
         fields = {{ summary = {}, name = {} }}\n[[step]]\nevent = 'answered'\n",
        quoted(summary),
        quoted(name)
    );
    first_sent(&sources(body), text, to)
}

/// The first letter that a scenario sends.
pub(super) fn first_sent(
    protocol: &SourceSet,
    scenario: String,
    to: Party,
) -> Result<Letter, Unwritten> {
    let (machine, found) = engine::load(protocol);
    let machine = machine.unwrap_or_else(|| panic!("{found:?}"));
    let (scenario, outcome) = played(&machine, "scenarios/a.toml", scenario.into_bytes());
    let sent = scenario::sent(&machine, &outcome).remove(0);
    let personal = scenario::personal(&scenario);
    one(&machine, &sent, &outcome.strings, &personal, Language::En, to)
}

pub(super) fn played(
    machine: &Machine,
    path: &str,
    bytes: Vec<u8>,
) -> (Scenario, scenario::Outcome) {
    let files = SourceSet::new("", [(path.to_owned(), bytes)]);
    let (scenario, found) = scenario::read(&files, FileId(0), machine);
    let scenario = scenario.unwrap_or_else(|| panic!("{path}: {found:?}"));
    let outcome = scenario::run(machine, &scenario);
    (scenario, outcome)
}

pub(super) fn one(
    machine: &Machine,
    sent: &Sent,
    strings: &Strings,
    personal: &BTreeMap<String, String>,
    language: Language,
    recipient: Party,
) -> Result<Letter, Unwritten> {
    let reason = sent.reason.map(|it| strings.get(it));
    let (case, ticket) = (&sent.case, sent.ticket.as_str());
    let (letter, at, stop) = (sent.letter, sent.at, sent.stop);
    let occasion =
        Occasion { letter, language, recipient, case, strings, personal, ticket, at, reason, stop };
    letter::render(machine, &occasion)
}
