use std::collections::{BTreeMap, BTreeSet};

use engine::machine::Machine;
use engine::model::{GuaranteeId, StageId};
use engine::runtime::FactKind;
use engine::time::Instant;

use super::direct::{Said, said};
use super::word::{Word, word};
use crate::random::{Random, seed_from};
use crate::verified::machine_of;

/// So many protocols with guarantees of their own, and so many words of each.
const PROTOCOLS: u64 = 60;
const WORDS: u64 = 25;

const POINTS: [&str; 16] = [
    "opened",
    "looked",
    "noted",
    "answered",
    "returned",
    "ended",
    "letter:note",
    "letter:answer",
    "letter:sorry",
    "stage:looking",
    "stage:done",
    "stage:closed",
    "breach:look",
    "breach:answer",
    "breach:again",
    "met:answer",
];

const STAGES: [&str; 3] = ["fresh", "looking", "done"];

fn some(random: &mut Random) -> String {
    let n = 1 + random.below(3);
    let mut all = BTreeSet::new();
    while all.len() < n {
        all.insert(POINTS[random.below(POINTS.len())]);
    }
    format!("{all:?}").replace('{', "[").replace('}', "]")
}

/// Guarantees of every shape that is watched, about any points, and the stage of each condition.
fn guarantees(random: &mut Random) -> (String, Vec<Option<usize>>) {
    let mut text = String::new();
    let mut stages = Vec::new();
    for number in 0..10 {
        let hours = 1 + random.below(14);
        let (one, other) = (some(random), some(random));
        let stage = random.below(STAGES.len());
        let is = match number % 5 {
            0 => format!("from = {one}\nwithin = \"{hours} hours\"\nexpect = {other}"),
            1 => format!("never = {one}\nfrom = {other}\nwithin = \"{hours} hours\""),
            2 => format!("never = {one}\nbefore = {other}"),
            3 => format!("never = {one}\nwhile = 'stage == \"{}\"'", STAGES[stage]),
            _ => format!("never = {one}\nmore_than = {}", random.below(4)),
        };
        let unless = match random.one_in(3) {
            true => format!("\nunless = {}", some(random)),
            false => String::new(),
        };
        stages.push((number % 5 == 3).then_some(stage));
        text += &format!("\n[[guarantees]]\nid = \"g{number}\"\nsays = \"S\"\n{is}{unless}\n");
    }
    (text, stages)
}

/// What the case recorded of a guarantee.
fn recorded(word: &Word, id: GuaranteeId) -> Vec<(Instant, Said)> {
    let of = word.facts.iter().filter_map(|fact| {
        let (guarantee, said) = match fact.kind {
            FactKind::Promised { guarantee, .. } => (guarantee, Said::Begun),
            FactKind::Kept { guarantee } => (guarantee, Said::Kept),
            FactKind::Broken { guarantee } => (guarantee, Said::Broken),
            _ => return None,
        };
        (guarantee == id).then_some((fact.at, said))
    });
    of.collect()
}

fn named(machine: &Machine, name: &str) -> StageId {
    StageId::at(machine.protocol.stages.iter().position(|it| it.name == name).unwrap())
}

#[test]
fn a_case_records_what_the_word_says() {
    let first = seed_from("WATCHED_SEED", 0);
    let mut seen: BTreeMap<(usize, Said), usize> = BTreeMap::new();
    let mut at_once = 0;
    for seed in first..first + PROTOCOLS {
        let random = &mut Random::new(seed.wrapping_mul(0x9e37_79b9).wrapping_add(1));
        let (text, stages) = guarantees(random);
        let plain = include_str!("../../suite/watched/protocol.toml");
        let machine = machine_of(&format!("{plain}{text}"));
        let machine = machine.unwrap_or_else(|it| panic!("seed {seed}: {it}\n{text}"));
        for number in 0..WORDS {
            let word = word(&machine, random);
            at_once += word.letters.windows(2).filter(|it| it[0].at == it[1].at).count();
            for (place, guarantee) in machine.protocol.guarantees.iter().enumerate() {
                let stage = stages[place].map(|it| named(&machine, STAGES[it]));
                let expected = said(guarantee, &word, stage);
                let found = recorded(&word, GuaranteeId::at(place));
                assert_eq!(
                    found, expected,
                    "seed {seed}, word {number}, {}:\n{text}\n{:#?}",
                    guarantee.id, word.letters
                );
                for (_, said) in found {
                    *seen.entry((place % 5, said)).or_default() += 1;
                }
            }
        }
    }
    // Every shape is broken and kept often, and much happens at one instant.
    for shape in 0..5 {
        for said in [Said::Kept, Said::Broken] {
            assert!(seen.get(&(shape, said)).is_some_and(|n| *n > 100), "{seen:?}");
        }
    }
    assert!(at_once > 1_000, "{at_once}");
}
