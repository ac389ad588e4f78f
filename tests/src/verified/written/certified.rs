//! Every proof that can be certified is, and its certificate is accepted; one that says less is
//! not.

use std::path::Path;

use analysis::bases::Window;
use analysis::certificate::{
    Certificate, Proof, Uncertified, certified, check, is_certifiable, read, write,
};
use analysis::{Asked, Options, Outcome, prove};
use engine::machine::Machine;
use engine::model::GuaranteeId;

use crate::random::Random;
use crate::verified::compare::machine_of;
use crate::verified::made;

/// So many random protocols are certified.
const PROTOCOLS: u64 = 18;

/// How many situations are looked at for a guarantee of a random protocol.
const FEW: usize = 600;

fn window(machine: &Machine) -> Window {
    let Options { from, to, .. } = Options::new(machine);
    Window { from, to }
}

/// The proof as it comes back from its text.
fn through_text(machine: &Machine, proof: Proof) -> Proof {
    let certificate = Certificate {
        engine: "0".to_owned(),
        protocol: "p".to_owned(),
        folder: "0".to_owned(),
        window: window(machine),
        proofs: vec![proof],
    };
    let text = write(&certificate);
    let mut again = read(&text).unwrap();
    assert_eq!(again, certificate);
    again.proofs.swap_remove(0)
}

/// What is left of a proof without what is known of one of its situations.
fn less(proof: &Proof, random: &mut Random) -> Proof {
    let mut less = proof.clone();
    let situation = random.below(less.situations.len());
    less.situations[situation].instants.clear();
    less
}

/// The proof with a bound drawn closer, if it has any.
fn closer(proof: &Proof, random: &mut Random) -> Option<Proof> {
    let mut closer = proof.clone();
    let bounds = closer.situations.iter_mut().flat_map(|it| &mut it.instants).flatten();
    let mut bounds: Vec<&mut i32> = bounds.collect();
    let n = bounds.len();
    let bound = bounds.get_mut(random.below(n.max(1)))?;
    **bound -= 1;
    Some(closer)
}

#[test]
fn proofs_of_random_protocols_are_accepted_and_less_is_not() {
    let (mut n_proofs, mut n_rough, mut n_closer) = (0, 0, 0);
    for seed in 4_000..4_000 + PROTOCOLS {
        let machine = machine_of(&made(seed).whole()).unwrap();
        let (window, random) = (window(&machine), &mut Random::new(seed));
        let options = Options { situations: FEW, ..Options::new(&machine) };
        for id in (0..machine.protocol.guarantees.len()).map(GuaranteeId::at) {
            let verdict = prove(&machine, Asked::Own(id), &options);
            let certified = certified(&machine, &options, id);
            let Outcome::Proved(proved) = verdict.outcome else { continue };
            if !is_certifiable(&machine, Asked::Own(id)) {
                assert_eq!(certified, Err(Uncertified::AsksForWays));
                continue;
            }
            let proof = through_text(&machine, certified.unwrap());
            let checked = check(&machine, window, &proof);
            let checked = checked.unwrap_or_else(|flaw| panic!("seed {seed}, {id:?}: {flaw:?}"));
            assert_eq!(checked.guarantee, id);
            assert_eq!((checked.vacuous, checked.most_days), (proved.vacuous, proved.most_days));
            let less = less(&proof, random);
            assert!(check(&machine, window, &less).is_err(), "seed {seed}, {id:?}: {less:?}");
            n_proofs += 1;
            n_rough += usize::from(proof.is_rough);
            if let Some(closer) = closer(&proof, random) {
                let flaw = check(&machine, window, &closer);
                assert!(flaw.is_err(), "seed {seed}, {id:?}: {closer:?}");
                n_closer += 1;
            }
        }
    }
    assert!(n_proofs >= 10 && n_closer >= 6, "{n_proofs}, {n_closer}");
    assert!((1..n_proofs).contains(&n_rough), "{n_rough}");
}

/// Everything that protocols that ship guarantee, but for what asks for ways: each proof is certified, and accepted as it
/// comes back from its text. Without the instants of one situation it is not.
#[test]
fn every_proof_of_what_ships_is_accepted_and_less_is_not() {
    let (mut n_proofs, mut n_without) = (0, 0);
    for (name, _) in store::PROTOCOLS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocols").join(name);
        let (machine, faults) = engine::load(&store::folder::read(&folder).unwrap());
        let machine = machine.unwrap_or_else(|| panic!("{faults:?}"));
        let (window, options) = (window(&machine), Options::new(&machine));
        let random = &mut Random::new(1);
        for (place, guarantee) in machine.protocol.guarantees.iter().enumerate() {
            let id = GuaranteeId::at(place);
            let certified = certified(&machine, &options, id);
            if !is_certifiable(&machine, Asked::Own(id)) {
                assert_eq!(certified, Err(Uncertified::AsksForWays));
                n_without += 1;
                continue;
            }
            let proof = certified.unwrap_or_else(|why| panic!("{name}, {}: {why:?}", guarantee.id));
            let proof = through_text(&machine, proof);
            let checked = check(&machine, window, &proof);
            assert!(checked.is_ok(), "{name}, {}: {checked:?}", guarantee.id);
            let less = less(&proof, random);
            assert!(check(&machine, window, &less).is_err(), "{name}, {}", guarantee.id);
            n_proofs += 1;
        }
    }
    assert!(n_proofs >= 60 && n_without >= 5, "{n_proofs}, {n_without}");
}
