//! What people may send about entries of records that is no good: each gets a clear answer, and
//! the case stays as it was.

use engine::machine::Machine;
use engine::runtime::{Case, Context, Given, NoDecision, Report, apply, decide, read_report};
use engine::text::{SourceSet, Strings};
use engine::time::Instant;

const PROTOCOL: &str = "
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
summary = { type = 'text' }
[records.note]
by = ['clerk']
done = true
[records.note.fields]
text = { type = 'text', changes = true }
minutes = { type = 'number', optional = true }
proof = { type = 'file', optional = true }
kind = { type = 'choice', of = ['call', 'visit'], default = 'call' }
[records.other]
by = ['clerk']
done = true
fields = { text = { type = 'text' } }
[events]
answered = { by = ['clerk'] }
[stages.received]
start = true
owner = 'clerk'
[stages.received.on.answered]
to = 'closed'
[stages.closed]
end = true
";

/// 2026-06-01T08:00Z, a Monday.
const MONDAY: Instant = Instant::from_ms(1_780_300_800_000);

struct Desk {
    machine: Machine,
    strings: Strings,
    case: Case,
    n_reports: usize,
}

impl Desk {
    fn new() -> Self {
        let file = ("protocol.toml".to_owned(), PROTOCOL.as_bytes().to_vec());
        let (machine, found) = engine::load(&SourceSet::new("", [file]));
        let machine = machine.unwrap_or_else(|| panic!("{found:?}"));
        let (strings, case) = (machine.strings(), Case::new(&machine));
        Self { machine, strings, case, n_reports: 0 }
    }

    fn opened() -> Self {
        let mut desk = Self::new();
        assert_eq!(desk.says("opened", None, &[]), "");
        desk
    }

    /// What is said to a report: nothing where it is accepted, else why it is not. What is not
    /// accepted changes nothing.
    fn says(&mut self, event: &str, entry: Option<&str>, data: &[(&str, Given)]) -> String {
        self.n_reports += 1;
        let report = Report {
            data: data.iter().map(|(name, given)| ((*name).to_owned(), given.clone())).collect(),
            entry: entry.map(str::to_owned),
            ..Report::new(format!("r{}", self.n_reports), event, MONDAY, "clerk")
        };
        let event = match read_report(&self.machine, &report, &mut self.strings) {
            Ok(event) => event,
            Err(faults) => return faults[0].problem.clone(),
        };
        let context = Context::new(&self.strings);
        match decide(&self.machine, &self.case, &event, &context) {
            Ok(decision) => {
                decision.facts.iter().for_each(|fact| apply(&mut self.case, fact));
                String::new()
            }
            Err(NoDecision::Refused(refusal)) => refusal.name(&self.machine).to_owned(),
            Err(NoDecision::Faulted(fault)) => panic!("{fault:?}"),
        }
    }
}

fn text(text: &str) -> Given {
    Given::Text(text.to_owned())
}

#[test]
fn an_entry_without_a_sound_id_is_no_entry() {
    let mut desk = Desk::opened();
    let huge = "x".repeat(65 * 1024);
    let good = [("text", text("a"))];
    assert_eq!(desk.says("note", None, &good), "`note` says nothing of which entry it is");
    for empty in ["", " ", "\u{2003}\n"] {
        assert_eq!(desk.says("note", Some(empty), &good), "the entry has no id");
    }
    let long = "the id of the entry has more than 255 bytes";
    let too_long = "the text has 66560 bytes, at most 65536 are allowed";
    assert_eq!(desk.says("note", Some(&huge), &good), too_long);
    assert_eq!(desk.says("note", Some(huge.get(..65536).unwrap()), &good), long);
    assert_eq!(desk.says("note", Some(huge.get(..256).unwrap()), &good), long);
    let two_lines = "the id of the entry holds a line break or another control character";
    assert_eq!(desk.says("note", Some("a\nb"), &good), two_lines);
    assert_eq!(desk.says("note", Some("\u{1b}[31m"), &good), two_lines);
    assert_eq!(desk.says("answered", Some("n1"), &[]), "`answered` is of no entry");
    assert_eq!(desk.says("note", Some(huge.get(..255).unwrap()), &good), "");
    assert_eq!(desk.says("note", Some("¿ÅΩ 漢字 🙂"), &good), "");
}

#[test]
fn an_entry_of_another_record_or_of_none_is_not_touched() {
    let mut desk = Desk::opened();
    assert_eq!(desk.says("other", Some("o1"), &[("text", text("a"))]), "");
    let before = desk.case.clone();
    assert_eq!(desk.says("note_done", Some("o1"), &[]), "entry");
    assert_eq!(desk.says("note_changed", Some("o1"), &[("text", text("b"))]), "entry");
    assert_eq!(desk.says("note_done", Some("nobody"), &[]), "entry");
    assert_eq!(desk.says("other", Some("o1"), &[("text", text("again"))]), "entry");
    assert_eq!(desk.case, before);
    // One id may serve in two records.
    assert_eq!(desk.says("note", Some("o1"), &[("text", text("a"))]), "");
    assert_eq!(desk.says("note_done", Some("o1"), &[]), "");
    assert_eq!(desk.says("note_done", Some("o1"), &[]), "entry");
    assert_eq!(desk.says("other_done", Some("o1"), &[]), "");
}

#[test]
fn what_an_entry_does_not_hold_is_not_taken() {
    let mut desk = Desk::opened();
    let before = desk.case.clone();
    let with = |name: &'static str, given: Given| [("text", text("a")), (name, given)];
    for (data, says) in [
        (with("txet", text("a")), "`txet` is no field of `note`"),
        (with("summary", text("a")), "`summary` is no field of `note`"),
        (with("id", text("a")), "`id` is no field of `note`"),
        (with("done", Given::Flag(true)), "`done` is no field of `note`"),
    ] {
        assert_eq!(desk.says("note", Some("n1"), &data), says);
    }
    for given in [text("12"), Given::Flag(true), Given::Date("2026-06-01".parse().unwrap())] {
        assert_ne!(desk.says("note", Some("n1"), &with("minutes", given)), "");
    }
    assert_ne!(desk.says("note", Some("n1"), &with("kind", text("fax"))), "");
    assert_ne!(desk.says("note", Some("n1"), &with("text", text("twice"))), "");
    assert_eq!(desk.says("note", Some("n1"), &[]), "data");
    assert_eq!(desk.case, before);
    assert_eq!(desk.says("note", Some("n1"), &with("kind", text("visit"))), "");
    let before = desk.case.clone();
    assert_eq!(desk.says("note_changed", Some("n1"), &[]), "data");
    assert_eq!(desk.says("note_changed", Some("n1"), &[("kind", text("call"))]), "data");
    assert_eq!(desk.says("note_done", Some("n1"), &[("text", text("b"))]), "data");
    assert_eq!(desk.case, before);
}

#[test]
fn evidence_is_named_by_its_hash_and_by_nothing_else() {
    let mut desk = Desk::opened();
    let digits = "0123456789abcdef".repeat(4);
    let bad = [
        String::new(),
        digits.clone(),
        "sha256:".to_owned(),
        format!("sha256:{}", digits.get(1..).unwrap()),
        format!("sha256:{digits}0"),
        format!("sha256:{}", digits.to_uppercase()),
        format!("SHA256:{digits}"),
        format!("sha512:{digits}"),
        format!(" sha256:{digits}"),
        format!("sha256:{}g", digits.get(1..).unwrap()),
        format!("sha256:{}é", digits.get(2..).unwrap()),
        format!("sha256:{}", "a".repeat(65 * 1024)),
        "/etc/passwd".to_owned(),
    ];
    for proof in &bad {
        let data = [("text", text("a")), ("proof", text(proof))];
        assert_ne!(desk.says("note", Some("n1"), &data), "", "{proof}");
    }
    let proof = [("text", text("a")), ("proof", text(&format!("sha256:{digits}")))];
    assert_eq!(desk.says("note", Some("n1"), &proof), "");
}

#[test]
fn nothing_happens_to_entries_of_a_case_that_is_not_open() {
    let mut desk = Desk::new();
    let before = desk.case.clone();
    let good = [("text", text("a"))];
    for (event, data) in [("note", &good[..]), ("note_changed", &good), ("note_done", &[])] {
        assert_eq!(desk.says(event, Some("n1"), data), "stage");
    }
    assert_eq!(desk.case, before);
    assert_eq!(desk.says("opened", None, &[]), "");
    assert_eq!(desk.says("answered", None, &[]), "");
    assert_ne!(desk.says("note", Some("n1"), &good), "");
}

#[test]
fn a_case_has_a_thousand_entries_of_a_record_and_no_more() {
    let mut desk = Desk::opened();
    for number in 1..=1_000 {
        assert_eq!(desk.says("note", Some(&format!("n{number}")), &[("text", text("a"))]), "");
    }
    let before = desk.case.clone();
    assert_eq!(desk.says("note", Some("n1001"), &[("text", text("a"))]), "entry");
    assert_eq!(desk.case, before);
    assert_eq!(desk.says("note_done", Some("n1000"), &[]), "");
    assert_eq!(desk.says("note", Some("n1001"), &[("text", text("a"))]), "entry");
    assert_eq!(desk.says("other", Some("o1"), &[("text", text("a"))]), "");
}
