//! Histories on which the engine and the referee once disagreed.

use super::agree::replay;
use super::world::machine;
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
