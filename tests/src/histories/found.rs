//! Histories on which the engine and the referee once disagreed.

use super::agree::replay;
use super::told::line;
use super::world::{World, machine};
use super::written::{protocol_of, read};

const FOLDER: &str = "suite/histories/found";

#[test]
fn they_agree_on_every_history_that_was_found() {
    let Ok(entries) = std::fs::read_dir(FOLDER) else { return };
    let mut wrong = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let machine = machine(protocol_of(&text));
        if let Err((number, how)) = replay(&machine, &read(&machine, &text)) {
            wrong.push(format!("{} at step {number}:\n{how}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
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
