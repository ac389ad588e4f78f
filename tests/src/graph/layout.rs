//! How pictures lie.

use std::path::Path;

use draw::layout::{lay, n_crossings};
use engine::picture::{Picture, Wanted, of};
use engine::scenario::{read, run};
use engine::text::{FileId, SourceSet};

use crate::graph::{made, sound};
use crate::random::Random;

/// The picture of a shipped protocol, and one for each of its scenarios.
fn pictures(folder: &str) -> Vec<(String, Picture)> {
    let folder = Path::new(folder);
    let sources = store::folder::read(folder).unwrap();
    let (machine, _) = engine::load(&sources);
    let machine = machine.unwrap();
    let plain = of(&machine, &sources, &Wanted::default());
    let mut found = vec![("plain".to_owned(), plain)];
    for (path, bytes) in store::folder::scenarios(folder).unwrap() {
        let file = SourceSet::new("", [(path.clone(), bytes)]);
        let scenario = read(&file, FileId(0), &machine).0.unwrap();
        let outcome = run(&machine, &scenario);
        let wanted = Wanted { rung: None, path: Some((&scenario.title, &outcome)) };
        found.push((path, of(&machine, &sources, &wanted)));
    }
    found
}

/// Checks a shipped protocol: every picture is sound, and arrows cross so often at most.
#[track_caller]
fn check(folder: &str, n_crossings_max: usize) {
    for (name, picture) in pictures(folder) {
        let drawing = lay(&picture).unwrap();
        sound::check(&drawing, &name);
        let n_found = n_crossings(&drawing.curves);
        assert!(n_found <= n_crossings_max, "{name}: {n_found} crossings");
        assert!(!sound::runs_through_a_heading(&drawing), "{name}");
    }
}

#[test]
fn the_housing_code_has_no_crossing() {
    check("../protocols/uk-housing-code", 0);
}

/// A procedure of this size is not drawn without crossings yet; nothing overlaps all the same.
#[test]
fn the_small_business_is_sound() {
    for (name, picture) in pictures("../protocols/small-business") {
        let drawing = lay(&picture).unwrap();
        sound::check(&drawing, &name);
        assert!(!sound::runs_through_a_heading(&drawing), "{name}");
    }
}

#[test]
fn the_first_protocol_has_no_crossing() {
    check("../examples/first-protocol", 0);
}

#[test]
fn sixty_stages_are_sound_and_have_no_crossing() {
    let picture = made::picture(&made::protocol(60));
    assert_eq!(picture.places.len(), 60);
    let drawing = lay(&picture).unwrap();
    sound::check(&drawing, "sixty stages");
    assert_eq!(n_crossings(&drawing.curves), 0);
}

#[test]
fn any_picture_is_sound() {
    let seed = 20_261;
    for round in 0..20 {
        let mut random = Random::new(seed + round);
        let n_places = 1 + random.below(16);
        let n_arrows = random.below(2 * n_places);
        let picture = made::any(&mut random, n_places, n_arrows);
        sound::check(&lay(&picture).unwrap(), &format!("seed {}", seed + round));
    }
}

#[test]
fn the_same_picture_gives_the_same_bytes_however_often() {
    let mut random = Random::new(7);
    let picture = made::any(&mut random, 9, 16);
    let first = draw::svg(&picture).unwrap();
    // The crate numbers invisible places through the whole process: the numbers must not matter.
    for _ in 0..6 {
        assert!(draw::svg(&picture).unwrap() == first);
    }
}
