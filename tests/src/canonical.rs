//! The canonical bytes of facts and of a folder are what they were: `suite/canonical/`, described
//! in `docs/CANONICAL.md`. `UPDATE=1` writes the files again; a difference means that a version has
//! to be raised.

use std::fs;

use engine::machine::{Amendment, Machine};
use engine::model::{
    AmendmentId, DeadlineId, Guarantee, GuaranteeId, Party, Point, Promise, RoleId, RuleId,
};
use engine::runtime::{ClockId, Fact, FactKind, Times, record};
use engine::text::{SourceSet, folder_bytes, sha256};
use engine::time::{Instant, Start};

use crate::histories::{World, machine, protocol_of, read};

const FOLDER: &str = "suite/canonical";

/// Every kind of fact, as it is stored.
pub(crate) const KINDS: [&str; 48] = [
    "calendars-amended",
    "closed",
    "converted",
    "corrected",
    "deadline-breached",
    "deadline-cancelled",
    "deadline-extended",
    "deadline-forgotten",
    "deadline-lapsed",
    "deadline-met",
    "deadline-met-early",
    "deadline-moved",
    "deadline-paused",
    "deadline-recounted",
    "deadline-replaced",
    "deadline-resumed",
    "deadline-started",
    "deadline-waiting",
    "deadline-warned",
    "entry-added",
    "entry-done",
    "entry-field-set",
    "escalated",
    "escalation-exhausted",
    "event-reported",
    "field-set",
    "guarantee-begun",
    "guarantee-broken",
    "guarantee-kept",
    "inserted-before",
    "letter-due",
    "letter-failed",
    "linked",
    "merged",
    "opened",
    "placed",
    "reopened",
    "set-aside",
    "severity-changed",
    "split-off",
    "stage-entered",
    "taken-in",
    "timer-moved",
    "timer-ran",
    "timer-set",
    "told",
    "told-later",
    "withdrawn",
];

#[track_caller]
fn check(name: &str, found: &[u8]) {
    let path = format!("{FOLDER}/{name}");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read(&path).unwrap_or_default();
    let differs = found.split(|it| *it == b'\n').zip(expected.split(|it| *it == b'\n'));
    let first = differs.clone().position(|(one, other)| one != other);
    assert!(found == expected, "{path} differs from line {first:?} on: is a version to be raised?");
}

/// The facts of the histories in the folder as bytes, and at the end a withdrawal of the last.
fn facts() -> Vec<u8> {
    let files = fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|it| it == "history")).collect();
    files.sort();
    let mut out = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let machine = machine(protocol_of(&text));
        let history = read(&machine, &text);
        let mut world = World::new(&machine, &history.absent);
        for step in &history.steps {
            world.go(step);
        }
        let last = *world.facts.last().unwrap();
        let kind = FactKind::Withdrawn { sequence: last.sequence };
        world.facts.push(Fact { sequence: last.sequence + 1, kind, ..last });
        for fact in &world.facts {
            out.extend(record(&machine, &world.strings, fact).bytes());
        }
    }
    out.extend(corrections());
    out
}

/// The facts that a correction writes about the record.
fn corrections() -> Vec<u8> {
    let machine = amended("ladder");
    let mut strings = machine.strings();
    let cause = Some(strings.intern("late"));
    let (from, event) = (Instant::from_ms(1_772_532_000_000), strings.intern("later"));
    let head = Party::Role(RoleId(0));
    let kinds = [
        FactKind::Corrected { from, facts: 2, told: Some(head) },
        FactKind::Corrected { from, facts: 0, told: None },
        FactKind::InsertedBefore { fact: 3, before: 2 },
        FactKind::SetAside { event },
    ];
    let kinds = kinds.into_iter().chain(of_amendments(from)).chain(of_guarantees(from));
    let fact = |kind| Fact { sequence: 9, at: from, cause, rule: RuleId(1), kind };
    let bytes = kinds.map(|kind| record(&machine, &strings, &fact(kind)).bytes());
    bytes.collect::<Vec<_>>().concat()
}

/// A machine that knows of one amendment of its first calendar, and gives one guarantee.
pub(crate) fn amended(protocol: &str) -> Machine {
    let mut machine = machine(protocol);
    let (id, calendar) = (&machine.protocol.id, machine.protocol.calendars[0].id());
    let amendment = Amendment {
        id: "0123abcd".to_owned(),
        calendar: format!("{id}/{calendar}"),
        closed: vec!["2026-03-04".parse().unwrap()],
        open: Vec::new(),
        name: "Day of mourning".to_owned(),
    };
    assert!(machine.amend(&amendment));
    let (never, rule) = (vec![Point::Reopened], RuleId(1));
    let guarantee = Guarantee {
        // A fact about a guarantee is of its entry, which names it.
        id: machine.protocol.rule(rule).path.clone(),
        says: "Whoever was answered is not asked again.".to_owned(),
        promise: Promise::AtMost { never, times: 1 },
        unless: Vec::new(),
        assume: Vec::new(),
        rule,
    };
    machine.protocol.guarantees.push(guarantee);
    machine
}

/// The facts of a case whose calendar was amended.
pub(crate) fn of_amendments(at: Instant) -> [FactKind; 4] {
    let clock = ClockId { deadline: DeadlineId(0), occurrence: 1 };
    let (before, due) = (at.plus_ms(1).unwrap(), at.plus_ms(86_400_000).unwrap());
    let times = Times { due: Some(due), alarm: None };
    [
        FactKind::CalendarsAmended { amendment: AmendmentId(0) },
        FactKind::Moved { clock, before: Some(before), times },
        FactKind::Moved { clock, before: None, times: Times { due: None, alarm: Some(due) } },
        FactKind::TimerMoved { place: 0, before, due },
    ]
}

/// The facts of a case whose protocol guarantees something.
pub(crate) fn of_guarantees(at: Instant) -> [FactKind; 4] {
    let guarantee = GuaranteeId(0);
    let early = at.plus_ms(-1).unwrap();
    let start = Start { at: early, date_only: true, receipt: false };
    [
        FactKind::Promised { guarantee, start, due: at.plus_ms(86_400_000) },
        FactKind::Promised { guarantee, start: Start { receipt: true, ..start }, due: None },
        FactKind::Kept { guarantee },
        FactKind::Broken { guarantee },
    ]
}

#[test]
fn the_bytes_of_every_kind_of_fact_are_what_they_were() {
    let found = facts();
    let text = String::from_utf8(found.clone()).unwrap();
    for kind in KINDS {
        let line = format!("\nkind {}:{kind}\n", kind.len());
        assert!(text.contains(&line), "no fact of the kind `{kind}`");
    }
    let n_facts = text.matches("redress-fact ").count();
    let of_kinds: usize =
        KINDS.iter().map(|kind| text.matches(&format!(":{kind}\n")).count()).sum();
    assert!(of_kinds >= n_facts, "a kind of fact is missing from the list");
    check("facts.txt", &found);
}

#[test]
fn the_bytes_of_a_folder_are_what_they_were() {
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    let sources = SourceSet::new(
        "anywhere",
        [
            file("rules.rhai", ""),
            file("protocol.toml", "[protocol]\ntitle = \"Réclamations\"\n"),
            file("letters/answer.md", "no line feed at the end"),
            file("shipped:calendars/nl.toml", "title = \"a: b\"\n\n"),
        ],
    );
    let mut found = folder_bytes(&sources);
    let offered = sources.offering(["shipped:calendars/atlantis.toml".to_owned()]);
    assert_eq!(folder_bytes(&offered), found, "a set that could be named decides no date");
    let hash = sha256(&found);
    found.extend(format!("\nsha256 of what stands above the empty line: {hash}\n").into_bytes());
    check("folder.txt", &found);
}

/// The form as `docs/CANONICAL.md` has it, read back without the engine.
#[test]
fn a_reader_that_counts_bytes_finds_every_entry() {
    let bytes = facts();
    let mut rest = bytes.as_slice();
    let mut n_entries = 0;
    while !rest.is_empty() {
        let line = rest.iter().position(|it| *it == b'\n').unwrap();
        let (head, after) = (&rest[..line], &rest[line + 1..]);
        if head == b"redress-fact 1" || head.ends_with(b" -") {
            rest = after;
        } else {
            let space = head.iter().position(|it| *it == b' ').unwrap();
            let colon = space + head[space..].iter().position(|it| *it == b':').unwrap();
            let length: usize =
                std::str::from_utf8(&head[space + 1..colon]).unwrap().parse().unwrap();
            let end = colon + 1 + length;
            assert_eq!(rest[end], b'\n');
            rest = &rest[end + 1..];
        }
        n_entries += 1;
    }
    assert!(n_entries > 1_000, "{n_entries}");
}
