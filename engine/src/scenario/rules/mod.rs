//! The faults of scenarios, one file each. What is no TOML, an unknown key, a missing one or a
//! value of another kind has the same code as in a protocol.

mod scenario_bad_value;
mod scenario_case_early;
mod scenario_case_twice;
mod scenario_case_unused;
mod scenario_given_unused;
mod scenario_late_without_reason;
mod scenario_nobody_named;
mod scenario_nothing_given;
mod scenario_reads_ahead;
mod scenario_step_unclear;
mod scenario_unknown_case;
mod scenario_unknown_name;
mod scenario_unknown_report;

pub(crate) use scenario_bad_value::scenario_bad_value;
pub(crate) use scenario_case_early::scenario_case_early;
pub(crate) use scenario_case_twice::scenario_case_twice;
pub(crate) use scenario_case_unused::scenario_case_unused;
pub(crate) use scenario_given_unused::scenario_given_unused;
pub(crate) use scenario_late_without_reason::scenario_late_without_reason;
pub(crate) use scenario_nobody_named::scenario_nobody_named;
pub(crate) use scenario_nothing_given::scenario_nothing_given;
pub(crate) use scenario_reads_ahead::scenario_reads_ahead;
pub(crate) use scenario_step_unclear::scenario_step_unclear;
pub(crate) use scenario_unknown_case::scenario_unknown_case;
pub(crate) use scenario_unknown_name::scenario_unknown_name;
pub(crate) use scenario_unknown_report::scenario_unknown_report;
