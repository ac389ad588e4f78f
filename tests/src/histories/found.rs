//! Histories on which the engine and the referee once disagreed, or still do.

use super::agree::replay_reading;
use super::told::line;
use super::world::{World, machine};
use super::written::{protocol_of, read};
use crate::reference::Reading;

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

fn is_disputed(text: &str) -> bool {
    text.lines().any(|it| it == "disputed")
}

fn played(text: &str, reading: Reading) -> Result<(), (usize, String)> {
    let machine = machine(protocol_of(text));
    replay_reading(&machine, &read(&machine, text), reading)
}

#[test]
fn they_agree_on_every_history_that_was_found() {
    let mut wrong = Vec::new();
    for (name, text) in found().iter().filter(|(_, text)| !is_disputed(text)) {
        if let Err((number, how)) = played(text, Reading::TODAY) {
            wrong.push(format!("{name} at step {number}:\n{how}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Each of these histories says in its first lines what is right and what the engine does instead.
/// Once the engine does what is right, the line `disputed` goes, and so does the `false` in
/// `Reading::TODAY` if there is one.
#[test]
fn they_disagree_where_the_engine_is_held_to_be_wrong() {
    let mut settled = Vec::new();
    for (name, text) in found().iter().filter(|(_, text)| is_disputed(text)) {
        match played(text, Reading::DOCUMENTS) {
            Ok(()) => settled.push(name.clone()),
            Err((number, how)) if std::env::var_os("SHOW").is_some() => {
                settled.push(format!("{name} at step {number}:\n{how}"));
            }
            Err(_) => {}
        }
    }
    assert!(settled.is_empty(), "the engine agrees on:\n{}", settled.join("\n"));
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
