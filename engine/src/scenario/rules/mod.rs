//! The faults of scenarios, one file each. What is no TOML, an unknown key, a missing one or a
//! value of another kind has the same code as in a protocol.

mod scenario_bad_value;
mod scenario_given_unused;
mod scenario_nothing_given;
mod scenario_step_unclear;
mod scenario_unknown_name;

pub(crate) use scenario_bad_value::scenario_bad_value;
pub(crate) use scenario_given_unused::scenario_given_unused;
pub(crate) use scenario_nothing_given::scenario_nothing_given;
pub(crate) use scenario_step_unclear::scenario_step_unclear;
pub(crate) use scenario_unknown_name::scenario_unknown_name;
