//! All rules over a machine.

use crate::diagnostic::Diagnostics;
use crate::machine::Machine;

/// Adds every fault of the whole protocol to `out`.
pub fn inspect(_machine: &Machine, _out: &mut Diagnostics) {}
