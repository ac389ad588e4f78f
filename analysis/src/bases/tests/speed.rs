//! How long it takes, by hand: `cargo test -p analysis --release speed -- --ignored --nocapture`.

use std::time::Instant as Wall;

use crate::bases::tests::support::{ENGLAND, clock, machine, years};
use crate::bases::{Bases, Length, When};
use crate::zone::{Hold, Running, Zone};

#[test]
#[ignore = "measured by hand"]
#[expect(clippy::print_stdout, reason = "it is read by hand")]
fn speed() {
    let machine = machine(ENGLAND);
    let began = Wall::now();
    let bases = Bases::of(&machine, years(2025, 2027)).unwrap();
    let made = began.elapsed();
    let all = ["d5", "d10", "d14", "w8"].map(clock);
    let classes = bases.begin(&all, When::Reported);
    let asked = began.elapsed() - made;
    let n_bases = bases.count();
    let again = Wall::now();
    for _ in 0..1_000 {
        std::hint::black_box(bases.begin(&all, When::Reported));
    }
    let remembered = again.elapsed() / 1_000;
    let running = |length: Length, rank| Running { length, hold: Hold::Runs, rank };
    let mut zone = Zone::start(&bases);
    let mut clocks = Vec::new();
    for (round, class) in classes.iter().take(2).enumerate() {
        for (place, length) in class.iter().enumerate() {
            zone.begin(clocks.len());
            clocks.push(running(*length, u32::try_from(round * 4 + place).unwrap()));
        }
        assert!(zone.elapse(&bases, &clocks));
    }
    let once = Wall::now();
    for _ in 0..2_000 {
        let mut copy = zone.clone();
        assert!(std::hint::black_box(copy.elapse(&bases, &clocks)));
    }
    let elapse = once.elapsed() / 2_000;
    let once = Wall::now();
    for _ in 0..2_000 {
        std::hint::black_box(zone.at_end(&bases, 0, &clocks));
    }
    let at_end = once.elapsed() / 2_000;
    println!(
        "bases {made:?} ({n_bases}, {} pieces), begin {asked:?} ({} possibilities), again \
         {remembered:?}, elapse of {} clocks {elapse:?}, at_end {at_end:?}",
        bases.pieces.len(),
        classes.len(),
        clocks.len(),
    );
}
