//! The parts of a certificate.

use crate::bases::Window;

/// The version of the form. Raised with every change of it.
pub const VERSION: u32 = 1;

/// What the proofs of a protocol rest on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The version of the engine that decided the steps.
    pub engine: String,
    /// The id of the protocol.
    pub protocol: String,
    /// The SHA-256 of the canonical bytes of its folder, which the calendars are part of.
    pub folder: String,
    /// The dates on which the cases begin.
    pub window: Window,
    /// The proofs, in order of the guarantees.
    pub proofs: Vec<Proof>,
}

/// What the proof of one guarantee rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The id of the guarantee.
    pub guarantee: String,
    /// Everything that can become of a case. The first is where every case begins.
    pub situations: Vec<Situation>,
}

/// Where a case can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Situation {
    /// How to get there from a situation before it in the list; nothing for where every case
    /// begins.
    pub way: Option<Way>,
    /// The sets of instants that belong there.
    pub instants: Vec<Instants>,
}

/// A step from another situation. All numbers begin at 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// The number of the other situation.
    pub from: usize,
    /// Which of its sets of instants.
    pub instants: usize,
    /// Which of the steps that the engine takes from there, in its order.
    pub step: usize,
    /// Which of the places where that step leads, in order.
    pub leads: usize,
}

/// How far any two of the clocks may lie apart: base after base, each row by row, without those of
/// a clock against itself.
pub type Instants = Vec<i32>;
