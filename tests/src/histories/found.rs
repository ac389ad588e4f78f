//! Histories on which the engine and the referee once disagreed.

use engine::runtime::{Clock, ledger};

use super::agree::replay;
use super::told::line;
use super::world::{World, machine};
use super::written::{protocol_of, read};

const FOLDER: &str = "suite/histories/found";

/// The histories that were found: the name and the text of each.
fn found() -> Vec<(String, String)> {
    let files = std::fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<(String, String)> = files
        .filter(|path| path.extension().is_some_and(|it| it == "history"))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    found.sort();
    assert!(found.len() >= 10, "only {} histories in {FOLDER}", found.len());
    found
}

#[test]
fn they_agree_on_every_history_that_was_found() {
    let mut wrong = Vec::new();
    for (name, text) in found() {
        let machine = machine(protocol_of(&text));
        if let Err((number, how)) = replay(&machine, &read(&machine, &text)) {
            wrong.push(format!("{name} at step {number}:\n{how}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Whether the working that is shown for a clock ends at the due instant that was recorded.
#[track_caller]
fn check_working(text: &str, deadline: &str, ends_where_recorded: bool) {
    let machine = machine(protocol_of(text));
    let history = read(&machine, text);
    let mut world = World::new(&machine, &[]);
    for step in &history.steps {
        world.go(step);
    }
    let deadlines = &machine.protocol.deadlines;
    let of = |it: &&Clock| deadlines[it.id.deadline.index()].name == deadline;
    let clock = world.case.clocks.iter().find(of).unwrap();
    let (_, due) = ledger(&machine, &world.case, clock).unwrap();
    assert_eq!(due.and_then(|it| it.at) == clock.times.due, ends_where_recorded);
}

#[test]
fn the_working_of_a_clock_with_an_agreed_date_ends_at_that_date() {
    let met = "protocol conditions\n\
        2026-03-02T09:30:00Z opened by complainant with promised=2026-03-12\n\
        2026-03-10T09:30:00Z did by clerk\n";
    check_working(met, "agreed", true);
    // A clock that has ended shows what it was, whatever is promised next.
    let promised_again =
        format!("{met}2026-03-11T09:30:00Z promise by clerk with promised=2026-03-20\n");
    check_working(&promised_again, "agreed", true);
}

#[test]
fn the_working_of_a_deadline_that_came_to_exist_late_ends_when_it_came_to_exist() {
    let text = "protocol conditions\n\
        2026-03-02T09:30:00Z opened by complainant with incident=2026-01-05 with wanted=false\n\
        2026-03-10T09:30:00Z changed by clerk with wanted=true\n";
    check_working(text, "since", true);
}

/// Prints what both sides say of the history in the file that `HISTORY` names.
#[test]
fn a_history_can_be_read() {
    let Some(path) = std::env::var_os("HISTORY") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let machine = machine(protocol_of(&text));
    let history = read(&machine, &text);
    let mut world = World::new(&machine, &history.absent);
    let mut out = String::new();
    for step in &history.steps {
        let before = world.facts.len();
        let told = world.play(step);
        out.push_str(&format!("{step:?}\n"));
        for fact in &world.facts[before..] {
            let line = line(&machine, &world.strings, fact);
            out.push_str(&format!("    {}      {:?}\n", line.unwrap_or_default(), fact.kind));
        }
        if let Err(how) = told {
            out.push_str(&format!("{how}\n"));
        }
    }
    let folded = engine::runtime::fold(&machine, &world.facts);
    panic!("{out}\nfold == apply: {}", folded == world.case);
}
