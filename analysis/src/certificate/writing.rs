//! A certificate as text.

use std::fmt::Write as _;

use crate::certificate::{Certificate, Proof, Situation, VERSION, Way};
use crate::zone::UNBOUNDED;

/// The text of a certificate, which `docs/CERTIFICATES.md` describes. The same for the same
/// certificate, to the byte.
#[must_use]
pub fn write(certificate: &Certificate) -> String {
    let Certificate { engine, protocol, folder, window, proofs } = certificate;
    let mut text = format!(
        "redress-certificate {VERSION}\nengine {engine}\nprotocol {protocol}\nfolder {folder}\n\
         cases {} {}\n",
        window.from, window.to
    );
    proofs.iter().for_each(|it| proof(&mut text, it));
    text.push_str("end\n");
    text
}

fn proof(text: &mut String, proof: &Proof) {
    text.push_str(&format!("proof {}\n", proof.guarantee));
    for Situation { way, instants } in &proof.situations {
        match way {
            None => text.push_str("begin\n"),
            Some(Way { from, instants, step, leads }) => {
                text.push_str(&format!("from {from} {instants} {step} {leads}\n"));
            }
        }
        for cells in instants {
            text.push('|');
            cells.iter().for_each(|it| cell(text, *it));
            text.push('\n');
        }
    }
}

fn cell(text: &mut String, bound: i32) {
    match bound {
        UNBOUNDED => text.push_str(" *"),
        // Writing to a text cannot fail.
        bound => drop(write!(text, " {bound}")),
    }
}
