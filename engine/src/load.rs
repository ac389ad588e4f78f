//! From the files of a folder to a machine, with every fault on the way.

use crate::check::check;
use crate::diagnostic::Diagnostics;
use crate::inspect::inspect;
use crate::letter;
use crate::machine::Machine;
use crate::syntax::read;
use crate::text::SourceSet;

/// Reads, checks and compiles a protocol, and inspects it as a whole. There is a machine only if
/// there is no error; the faults are sorted by place. Never panics, whatever the files hold.
#[must_use]
pub fn load(sources: &SourceSet) -> (Option<Machine>, Diagnostics) {
    let mut out = Diagnostics::default();
    let machine = compile(sources, &mut out);
    if let Some(machine) = &machine {
        look_over(machine, &mut out);
    }
    out.sort();
    (machine.filter(|_| !out.has_errors()), out)
}

/// The first half of [`load`]: reads, checks and compiles a protocol. What is wrong with its parts
/// is added to `out`, unsorted.
#[must_use]
pub fn compile(sources: &SourceSet, out: &mut Diagnostics) -> Option<Machine> {
    let written = read(sources, out)?;
    let mut protocol = check(written, sources, out)?;
    protocol.locate(sources);
    Some(Machine::from_model(protocol))
}

/// The second half of [`load`]: adds to `out` what is wrong with a protocol as a whole, and with
/// the texts of its letters. With an error among it the machine is not to be used.
pub fn look_over(machine: &Machine, out: &mut Diagnostics) {
    inspect(machine, out);
    letter::lint(machine, out);
}
