//! A hard protocol of a seed, as text.

use std::fmt::Write as _;

use super::head::{DESKS, HEAD};
use crate::random::Random;

/// How many stages there are, the one that closes the case included, and how many rungs.
const STAGES: usize = 12;
const RUNGS: usize = 4;
/// How many ways there are from a stage to any other.
const JUMPS: usize = 6;
/// How many stages pause a clock, where any does.
const PAUSES: usize = 3;

/// What a hard protocol has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hard {
    /// How many deadlines; at least one.
    pub n_deadlines: usize,
    /// Whether some stages pause some of them.
    pub has_pauses: bool,
}

/// The protocol of a seed: `protocol.toml`, with one guarantee. The same seed always gives the same
/// text. It has no error.
#[must_use]
pub fn made(seed: u64, hard: Hard) -> String {
    let mut random = Random::new(seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
    let random = &mut random;
    let mut text = HEAD.to_owned();
    let jumps: Vec<usize> = (0..JUMPS).map(|_| random.below(STAGES - 1)).collect();
    let guarded = random.below(STAGES - 2);
    events(&mut text);
    for stage in 0..STAGES - 1 {
        a_stage(&mut text, random, hard, stage);
        a_step(&mut text, random, stage, stage == guarded);
        for (number, _) in jumps.iter().enumerate().filter(|(_, from)| **from == stage) {
            a_jump(&mut text, random, stage, number);
        }
    }
    rest(&mut text, random);
    (0..hard.n_deadlines).for_each(|place| a_deadline(&mut text, random, place));
    a_guarantee(&mut text, random, hard);
    text
}

fn add(text: &mut String, line: &str) {
    // Writing to a text cannot fail.
    let _ = writeln!(text, "{line}");
}

/// The name of a stage.
fn named(stage: usize) -> String {
    if stage + 1 == STAGES { "closed".to_owned() } else { format!("p{stage}") }
}

fn events(text: &mut String) {
    add(text, "\n[events]");
    for event in ["stepped", "turned", "raised"] {
        add(text, &format!("{event} = {{ by = [\"clerk\"] }}"));
    }
    (0..JUMPS).for_each(|it| add(text, &format!("jumped{it} = {{ by = [\"clerk\"] }}")));
}

fn a_stage(text: &mut String, random: &mut Random, hard: Hard, stage: usize) {
    add(text, &format!("\n[stages.{}]\nowner = \"clerk\"", named(stage)));
    if stage == 0 {
        add(text, "start = true");
    }
    if hard.has_pauses && stage % (STAGES / PAUSES) == 2 {
        let clock = random.below(hard.n_deadlines);
        let limit = term(random, 6);
        add(text, &format!("pauses = {{ d{clock} = \"{limit}\" }}"));
    }
}

/// The way to the next stage; in one of them it hangs by the desk.
fn a_step(text: &mut String, random: &mut Random, stage: usize, is_guarded: bool) {
    let head = format!("stages.{}.on.stepped", named(stage));
    let next = named(stage + 1);
    if !is_guarded {
        return add(text, &format!("\n[{head}]\nto = \"{next}\""));
    }
    let desk = random.one_of(&DESKS).unwrap_or("red");
    let other = named(another(random, stage));
    add(text, &format!("\n[[{head}]]\nwhen = 'desk == \"{desk}\"'\nto = \"{next}\""));
    add(text, &format!("\n[[{head}]]\nto = \"{other}\""));
}

fn a_jump(text: &mut String, random: &mut Random, stage: usize, number: usize) {
    let to = named(another(random, stage));
    add(text, &format!("\n[stages.{}.on.jumped{number}]\nto = \"{to}\"", named(stage)));
    if random.one_in(3) {
        let desk = random.one_of(&DESKS).unwrap_or("red");
        add(text, &format!("set = {{ desk = \"{desk}\" }}"));
    }
}

/// Any other stage.
fn another(random: &mut Random, stage: usize) -> usize {
    (stage + 1 + random.below(STAGES - 1)) % STAGES
}

/// The end, the way round the desks, and the way up the ladder.
fn rest(text: &mut String, random: &mut Random) {
    add(text, "\n[stages.closed]\nend = true");
    for (at, desk) in DESKS.iter().enumerate() {
        let next = DESKS[(at + 1) % DESKS.len()];
        add(
            text,
            &format!(
                "\n[[anywhere.on.turned]]\nwhen = 'desk == \"{desk}\"'\nset = {{ desk = \"{next}\" }}"
            ),
        );
    }
    let desk = random.one_of(&DESKS).unwrap_or("red");
    add(text, &format!("\n[[anywhere.on.raised]]\nwhen = 'desk == \"{desk}\"'\nescalate = true"));
    add(text, "\n[[anywhere.on.raised]]\nset = { desk = \"red\" }");
}

/// The points at which a clock may begin or end, with the number of the stage that each leads to, or
/// 0 where it leads to none.
fn points() -> Vec<(String, usize)> {
    let stages = (1..STAGES - 1).map(|it| (format!("\"stage:{}\"", named(it)), it));
    let jumps = (0..JUMPS).map(|it| (format!("\"jumped{it}\""), 0));
    let rungs = (1..RUNGS).map(|it| (format!("\"rung:r{it}\""), 0));
    stages.chain(jumps).chain(rungs).collect()
}

fn a_deadline(text: &mut String, random: &mut Random, place: usize) {
    let mut left = points();
    // None of them twice: what begins a clock cannot end it.
    let mut point = |random: &mut Random| left.swap_remove(random.below(left.len()));
    let (starts, stage) = match random.below(5) {
        _ if place == 0 => ("\"opened\"".to_owned(), 0),
        0 => (format!("\"breach:d{}\"", random.below(place)), 0),
        1 => {
            let (one, other) = (point(random), point(random));
            (format!("[{}, {}]", one.0, other.0), one.1.max(other.1))
        }
        _ => point(random),
    };
    let met_by = match random.one_in(2) {
        true => format!("[{}, \"stage:closed\"]", point(random).0),
        false => "[\"stage:closed\"]".to_owned(),
    };
    let within = match random.one_in(3) {
        true => format!(
            "{{ by = \"rung\", r{} = \"{}\", otherwise = \"{}\" }}",
            random.below(RUNGS),
            term(random, 10),
            term(random, 20)
        ),
        false => format!("\"{}\"", term(random, 20)),
    };
    // Time alone may move a case on only: else it would go round for ever.
    let to = named(stage + 1 + random.below(STAGES - 1 - stage));
    let breach = match random.below(6) {
        0 => "{ tells = [\"head\"] }".to_owned(),
        1 => "{ escalate = true }".to_owned(),
        2 => format!("{{ escalate = true, to = \"{to}\" }}"),
        _ => format!("{{ to = \"{to}\" }}"),
    };
    add(text, &format!("\n[deadlines.d{place}]\nwho = \"clerk\"\nstarts = {starts}"));
    add(text, &format!("within = {within}\nmet_by = {met_by}\nbreach = {breach}"));
    if random.one_in(3) {
        add(text, &format!("cancelled_by = [{}]", point(random).0));
    }
}

/// A term of so many days at most.
fn term(random: &mut Random, days_max: usize) -> String {
    let days = 2 + random.below(days_max - 1);
    let kind = random.one_of(&["working", "calendar"]).unwrap_or("working");
    format!("{days} {kind} days")
}

/// What hangs by everything: that the case is over, or that a deadline was missed.
fn a_guarantee(text: &mut String, random: &mut Random, hard: Hard) {
    let weeks = 4 + random.below(9);
    let missed = random.below(hard.n_deadlines);
    add(text, "\n[[guarantees]]\nid = \"over\"\nsays = \"It is over, or it is late\"");
    add(text, &format!("from = [\"opened\"]\nwithin = \"{weeks} weeks\""));
    add(text, &format!("expect = [\"stage:closed\", \"breach:d{missed}\"]"));
}
