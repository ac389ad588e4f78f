//! How large a picture may be.

use draw::layout::{ARROWS_MAX, PLACES_MAX, lay};

use crate::graph::{made, sound};
use crate::random::Random;

#[test]
fn the_largest_chain_is_drawn() {
    let picture = made::picture(&made::protocol(PLACES_MAX));
    assert_eq!(picture.places.len(), PLACES_MAX);
    let drawing = lay(&picture).unwrap();
    assert_eq!(drawing.nodes.len(), PLACES_MAX);
}

#[test]
fn one_place_more_is_refused_by_name_and_still_listed() {
    let picture = made::picture(&made::protocol(PLACES_MAX + 1));
    let error = draw::svg(&picture).unwrap_err();
    let what = "the picture has 501 stages on their rungs and ";
    assert!(error.to_string().starts_with(what), "{error}");
    assert!(draw::table(&picture, 100).contains("stage_500"));
    assert!(draw::dot(&picture).contains("n500"));
}

#[test]
fn one_arrow_too_many_is_refused() {
    let mut picture = made::picture(&made::protocol(2));
    let arrow = picture.arrows[0].clone();
    picture.arrows = vec![arrow; ARROWS_MAX + 1];
    assert!(lay(&picture).is_err());
}

#[test]
fn a_tangle_is_drawn_without_overlaps() {
    let mut random = Random::new(3);
    let picture = made::any(&mut random, 30, 90);
    sound::check(&lay(&picture).unwrap(), "a tangle");
}
