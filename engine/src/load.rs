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
    let machine = compiled(sources, &mut out);
    out.sort();
    (machine.filter(|_| !out.has_errors()), out)
}

fn compiled(sources: &SourceSet, out: &mut Diagnostics) -> Option<Machine> {
    let written = read(sources, out)?;
    let mut protocol = check(written, sources, out)?;
    protocol.locate(sources);
    let machine = Machine::from_model(protocol);
    inspect(&machine, out);
    letter::lint(&machine, out);
    Some(machine)
}
