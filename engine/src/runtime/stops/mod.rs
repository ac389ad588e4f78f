//! Stops: each is a stream of its own beside the cases, decided by the machine of its stop with
//! the same functions as a case. What a case sees of them is the list of those in force that its
//! events bring.

mod decide;
mod refused;
mod report;
mod stream;

pub(crate) use decide::beginning;
pub use decide::{
    case_ends, decide_stop, explain_stop, imposed_before, proposal, proposed_by_itself,
};
pub(crate) use refused::by_stop;
pub use refused::refused_act;
pub(crate) use report::read;
pub use stream::{StopDates, StopStream};
