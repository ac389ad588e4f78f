//! What a step expects to be kept from parties.

use crate::machine::Machine;
use crate::runtime;
use crate::scenario::running::failure::failure;
use crate::scenario::words;
use crate::scenario::{Failure, Step};

/// Adds a failure for each party that reads something it should not.
pub(crate) fn compare(machine: &Machine, step: &Step, failures: &mut Vec<Failure>) {
    for (party, hidden) in &step.expect.hidden_from {
        let read = hidden.value.iter().filter(|what| runtime::may_read(machine, *party, **what));
        for what in read {
            let name = machine.protocol.readable_name(*what);
            let was = match machine.protocol.confidential.readers(*what) {
                None => "everybody reads it".to_owned(),
                Some(_) => "it is one of the roles that read it".to_owned(),
            };
            let expected = format!("{name} is not read");
            let mut failure = *failure(step, "hidden_from", expected, was);
            failure.span = hidden.span;
            failure.subject = Some(words::party(machine, *party).to_owned());
            failures.push(failure);
        }
    }
}
