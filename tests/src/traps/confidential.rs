//! Who reads what: the notes of a counsellor, and what a timeline shows of them.

use std::path::Path;

use engine::machine::Machine;
use engine::model::{EventId, FieldId, Party, Readable, RecordId, RoleId};
use engine::runtime::may_read;
use engine::scenario::{read, run, timeline};
use engine::text::{FileId, SourceSet};

const FOLDER: &str = "suite/traps/H8-notes-of-a-counsellor";

fn machine() -> Machine {
    let sources = store::folder::read(Path::new(FOLDER)).unwrap();
    engine::load(&sources).0.unwrap()
}

/// A line for each thing that somebody does not read: who does.
fn matrix(machine: &Machine) -> String {
    let protocol = &machine.protocol;
    let fields = (0..protocol.fields.len()).map(|at| Readable::Field(FieldId::at(at)));
    let records = (0..protocol.records.len()).map(|at| Readable::Record(RecordId::at(at)));
    let reasons = (0..protocol.events.len()).map(|at| Readable::Reason(EventId::at(at)));
    let roles = (0..protocol.roles.len()).map(|at| Party::Role(RoleId::at(at)));
    let parties: Vec<Party> =
        roles.chain([Party::Complainant, Party::Respondent, Party::System]).collect();
    let mut lines = String::new();
    for what in fields.chain(records).chain(reasons) {
        let readers = parties.iter().filter(|it| may_read(machine, **it, what));
        let readers: Vec<&str> = readers.map(|it| protocol.party_name(*it)).collect();
        if readers.len() < parties.len() {
            lines.push_str(&format!("{}: {}\n", protocol.readable_name(what), readers.join(", ")));
        }
    }
    lines
}

#[test]
fn h8_what_a_confidential_role_alone_records_only_it_reads() {
    let expected = "advice: counsellor\n\
                    damage: officer, director\n\
                    talk: counsellor\n\
                    reason:advised: counsellor\n\
                    reason:talk: counsellor\n";
    assert_eq!(matrix(&machine()), expected);
}

#[test]
fn h8_a_timeline_shows_that_something_is_there_and_not_what() {
    let machine = machine();
    let text = std::fs::read(Path::new(FOLDER).join("scenarios/kept.toml")).unwrap();
    let sources = SourceSet::new("", [("scenarios/kept.toml".to_owned(), text)]);
    let scenario = read(&sources, FileId(0), &machine).0.unwrap();
    let told = timeline(&machine, &scenario, &run(&machine, &scenario));
    for secret in ["afraid", "Stay at home", "done it before"] {
        assert!(!told.contains(secret), "{told}");
    }
    for shown in [
        "advised by counsellor: (confidential)",
        "advice: (confidential)",
        "talk 1, said: (confidential)",
        "open: She would like a talk",
    ] {
        assert!(told.contains(shown), "{shown}: {told}");
    }
}
