//! A proof is accepted, and nothing that is less than one.

use engine::machine::Machine;
use engine::model::GuaranteeId;

use crate::bases::{Bases, Window};
use crate::certificate::check::closed;
use crate::certificate::gather::bases_of;
use crate::certificate::{Flaw, Instants, Proof, Uncertified, certified, check};
use crate::loading::shipped_with;
use crate::steps::{About, Steps};
use crate::zone::{UNBOUNDED, Zone};
use crate::{Options, Patience};

const HOUSING: &str = r#"
[[guarantees]]
id = "one-extension"
says = "x"
never = ["extended:answer1"]
more_than = 1

[[guarantees]]
id = "acknowledged-or-known"
says = "x"
from = ["opened"]
within = "5 working days"
expect = ["letter:ack1", "letter:refusal", "breach:acknowledge1"]

[[guarantees]]
id = "acknowledged"
says = "x"
from = ["opened"]
within = "1 week"
expect = ["letter:ack1", "letter:refusal"]

[[guarantees]]
id = "closing"
says = "x"
always_reachable = ["stage:closed"]
"#;

fn landlord() -> (Machine, Window) {
    let machine = shipped_with("uk-housing-code", HOUSING);
    let window = Window::of(&machine.protocol);
    (machine, window)
}

fn named(machine: &Machine, id: &str) -> GuaranteeId {
    let place = machine.protocol.guarantees.iter().position(|it| it.id == id);
    GuaranteeId::at(place.unwrap())
}

fn options(window: Window) -> Options {
    Options { from: window.from, to: window.to, situations: 20_000, patience: Patience::endless() }
}

fn proof_of(machine: &Machine, window: Window, id: &str) -> Proof {
    certified(machine, &options(window), named(machine, id)).unwrap()
}

#[test]
fn what_is_proved_is_accepted() {
    let (machine, window) = landlord();
    let proof = proof_of(&machine, window, "acknowledged-or-known");
    let checked = check(&machine, window, &proof).unwrap();
    assert_eq!(checked.n_situations, proof.situations.len());
    assert!(!checked.vacuous && checked.n_steps > checked.n_situations, "{checked:?}");
    assert!(checked.most_days.is_some_and(|it| (7..=14).contains(&it)), "{checked:?}");
    let proof = proof_of(&machine, window, "one-extension");
    assert_eq!(check(&machine, window, &proof).unwrap().most_days, None);
}

#[test]
fn what_is_not_proved_so_has_no_certificate() {
    let (machine, window) = landlord();
    let certified = |id| certified(&machine, &options(window), named(&machine, id));
    assert_eq!(certified("acknowledged"), Err(Uncertified::NotProved));
    assert_eq!(certified("closing"), Err(Uncertified::AsksForWays));
}

#[test]
fn the_proof_of_one_guarantee_is_none_of_another() {
    let (machine, window) = landlord();
    let proof = proof_of(&machine, window, "acknowledged-or-known");
    for other in ["one-extension", "acknowledged", "closing", "nothing"] {
        let other = Proof { guarantee: other.to_owned(), ..proof.clone() };
        assert!(check(&machine, window, &other).is_err());
    }
    let nothing = Proof { situations: Vec::new(), ..proof };
    assert_eq!(check(&machine, window, &nothing), Err(Flaw::Begin));
}

/// A proof with all that it takes to check it again and again.
struct World<'m> {
    bases: Bases<'m>,
    steps: Steps<'m>,
    proof: Proof,
}

impl<'m> World<'m> {
    fn new(machine: &'m Machine, window: Window, id: &str) -> Self {
        let proof = proof_of(machine, window, id);
        let about = About::guarantee(machine, named(machine, id)).at(proof.grain);
        let steps = Steps::new(machine, &about);
        Self { bases: bases_of(&steps, window, proof.is_rough).unwrap(), steps, proof }
    }

    /// What is wrong with another proof.
    fn flaw(&mut self, other: &Proof) -> Option<Flaw> {
        closed(&mut self.steps, &self.bases, &[], other).err()
    }
}

#[test]
fn a_situation_that_is_left_out_is_missed() {
    let (machine, window) = landlord();
    let mut world = World::new(&machine, window, "stage-1-in-25-days");
    let n = world.proof.situations.len();
    assert!(n >= 8, "{n}");
    for left_out in 0..n {
        // The situation stays, so that the ways of the others lead on, but holds no instants.
        let mut less = world.proof.clone();
        less.situations[left_out].instants.clear();
        assert!(world.flaw(&less).is_some(), "without {left_out}");
        // Nothing is left of it, and of what is only found by way of it.
        let less = without(&world.proof, left_out);
        assert!(less.situations.len() < n);
        let flaw = world.flaw(&less);
        let is_open = matches!(flaw, Some(Flaw::Begin | Flaw::LeadsOut(..)));
        assert!(is_open, "without {left_out}: {flaw:?}");
    }
}

/// The proof without a situation and those that are found by way of it.
fn without(proof: &Proof, left_out: usize) -> Proof {
    let mut numbers: Vec<Option<usize>> = Vec::new();
    let mut situations = Vec::new();
    for (number, it) in proof.situations.iter().enumerate() {
        let mut it = it.clone();
        let from = it.way.map(|way| numbers[way.from]);
        if number == left_out || from == Some(None) {
            numbers.push(None);
            continue;
        }
        if let (Some(way), Some(Some(from))) = (it.way.as_mut(), from) {
            way.from = from;
        }
        numbers.push(Some(situations.len()));
        situations.push(it);
    }
    Proof { situations, ..proof.clone() }
}

/// How many clocks there are where these are their bounds.
fn clocks(n_bases: usize, cells: &[i32]) -> usize {
    (0..).find(|n| n_bases * n * (n + 1) >= cells.len()).unwrap()
}

/// The same instants with one bound after the other drawn closer, where any instants are left.
fn drawn_closer(n_bases: usize, cells: &[i32]) -> Vec<Instants> {
    let n = clocks(n_bases, cells);
    let zone = Zone::given(n, n_bases, cells).unwrap();
    let mut found = Vec::new();
    for base in 0..n_bases {
        for (i, j) in (0..=n).flat_map(|i| (0..=n).map(move |j| (i, j))).filter(|(i, j)| i != j) {
            let mut closer = zone.clone();
            let bounds = &mut closer.bounds[base];
            let bound = bounds.get(i, j);
            let less = if bound == UNBOUNDED { 5_000 } else { bound - 1 };
            if bounds.keep(i, j, less) && bounds.get(0, i) <= 0 && bounds.get(0, j) <= 0 {
                found.push(closer.cells().collect());
            }
        }
    }
    found
}

#[test]
fn a_bound_that_is_drawn_closer_is_noticed() {
    let (machine, window) = landlord();
    assert!(n_noticed(&machine, window, "acknowledged-or-known") >= 16);
    assert!(n_noticed(&machine, window, "one-extension") >= 40);
}

/// Draws every bound of a proof closer, one at a time. Gives how many there are.
fn n_noticed(machine: &Machine, window: Window, id: &str) -> usize {
    let mut world = World::new(machine, window, id);
    let n_bases = world.bases.count();
    let mut n = 0;
    for number in 0..world.proof.situations.len() {
        for set in 0..world.proof.situations[number].instants.len() {
            for cells in drawn_closer(n_bases, &world.proof.situations[number].instants[set]) {
                let mut closer = world.proof.clone();
                closer.situations[number].instants[set] = cells.clone();
                let flaw = world.flaw(&closer);
                let is_open = matches!(flaw, Some(Flaw::LeadsOut(..) | Flaw::NoWay(_)));
                assert!(is_open, "situation {number}: {cells:?}: {flaw:?}");
                n += 1;
            }
        }
    }
    n
}

#[test]
fn a_bound_that_the_others_make_smaller_is_none() {
    let (machine, window) = landlord();
    let mut world = World::new(&machine, window, "acknowledged-or-known");
    for number in 1..world.proof.situations.len() {
        let mut other = world.proof.clone();
        let Some(cell) = other.situations[number].instants[0].first_mut() else { continue };
        *cell = 1;
        assert_eq!(world.flaw(&other), Some(Flaw::NoInstants(number)));
    }
}

#[test]
fn what_nobody_would_write_is_refused() {
    let (machine, window) = landlord();
    let mut world = World::new(&machine, window, "one-extension");
    let mut check_refused = |change: &dyn Fn(&mut Proof)| {
        let mut proof = world.proof.clone();
        change(&mut proof);
        assert_ne!(world.proof, proof);
        assert!(world.flaw(&proof).is_some());
    };
    let cells: [fn(usize) -> Instants; 7] = [
        |_| vec![i32::MAX; 3],
        |n| vec![i32::MAX; n],
        |n| vec![i32::MIN; n],
        |n| vec![-UNBOUNDED; n],
        |n| vec![-1; n],
        |n| vec![0; n + 1],
        |n| vec![0; n],
    ];
    for with in cells {
        check_refused(&|proof| {
            for it in &mut proof.situations[1..] {
                it.instants.iter_mut().for_each(|cells| *cells = with(cells.len()));
            }
        });
    }
    check_refused(&|proof| proof.situations.truncate(1));
    check_refused(&|proof| proof.situations.reverse());
    check_refused(&|proof| {
        for it in proof.situations.iter_mut().filter_map(|it| it.way.as_mut()) {
            it.step = usize::MAX;
        }
    });
    check_refused(&|proof| {
        for it in proof.situations.iter_mut().filter_map(|it| it.way.as_mut()) {
            (it.from, it.instants, it.leads) = (usize::MAX, usize::MAX, usize::MAX);
        }
    });
}

#[test]
fn dates_on_which_nothing_can_be_counted_are_refused() {
    let (machine, window) = landlord();
    let proof = proof_of(&machine, window, "one-extension");
    let turned = Window { from: window.to, to: window.from };
    assert!(matches!(check(&machine, turned, &proof), Err(Flaw::Window(_))));
}
