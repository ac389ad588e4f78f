//! Conditions: read or refused; what is read is evaluated, and rhai must say the same.

use std::sync::LazyLock;

use engine::script::Type;

use super::pieces::number;
use crate::guards_agree::{
    Sides, Values, about_entries, condition as made_condition, number as made_number,
};
use crate::random::Random;

/// Values that each expression is evaluated with.
const CASES: u64 = 3;
/// How deep a made expression is nested.
const DEPTH: usize = 3;

struct Both(Sides);

// INVARIANT: each thread has its own, so nothing is shared.
thread_local! {
    static SIDES: Both = Both(Sides::new());
}

/// Words that rhai and the engine take for different things on purpose: a branch of whole numbers
/// beside one of fractions.
static DIFFERENT: LazyLock<[&str; 2]> = LazyLock::new(|| ["if", "switch"]);

/// Reads the bytes as a condition and as a number. After a first byte 0 they are choices instead,
/// from which an expression is made that both sides must understand.
///
/// # Panics
/// When the engine breaks its word.
pub fn condition(bytes: &[u8]) {
    match bytes.split_first() {
        Some((0, choices)) => {
            let mut random = Random::of_bytes(choices);
            let (text, wanted) = match random.below(6) {
                0 => (made_number(&mut random, DEPTH).text, Type::Number),
                1 => about_entries(&mut random, DEPTH, true),
                2 => about_entries(&mut random, DEPTH, false),
                _ => (made_condition(&mut random, DEPTH), Type::Flag),
            };
            agree(&text, wanted, number(bytes));
        }
        _ => {
            let Ok(text) = std::str::from_utf8(bytes) else { return };
            agree(text, Type::Flag, number(bytes));
            agree(text, Type::Number, number(bytes));
        }
    }
}

fn agree(text: &str, wanted: Type, seed: u64) {
    SIDES.with(|Both(sides)| {
        let Ok(both) = sides.read(text, wanted) else { return };
        let mut random = Random::new(seed);
        for _ in 0..CASES {
            let values = Values::draw(&mut random);
            let Ok(ours) = sides.ours(&both, &values) else { continue };
            if DIFFERENT.iter().any(|it| text.contains(it)) && wanted == Type::Number {
                continue;
            }
            let rhais = sides.rhais(&both, &values);
            // rhai keeps a list to itself while it goes through it.
            if rhais.as_ref().is_err_and(|it| it.to_string().starts_with("Data race")) {
                continue;
            }
            let same = rhais.as_ref().is_ok_and(|it| *it == ours);
            assert!(same, "{text}\nfor {values:#?}\nours: {ours:?}\nrhai: {rhais:?}");
        }
    });
}
