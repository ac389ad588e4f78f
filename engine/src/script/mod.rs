//! Conditions and functions: rhai text becomes typed, checked expressions.
//!
//! rhai is the grammar and the judge in tests. Conditions are parsed by it, then typed and
//! evaluated here; the functions of `rules.rhai` run in it, inside a sandbox. Nothing in here
//! knows what a case or a stage is: a [`Scope`] says what may be read.

mod cuts;
mod eval;
mod expr;
mod fault;
mod library;
mod needs;
mod operators;
mod reading;
mod reads;
mod reserved;
mod rules;
mod sandbox;
mod scope;
mod sink;
mod types;
mod typing;
mod value;

#[cfg(test)]
mod tests;

pub use cuts::{Cuts, cuts, each_case};
pub use eval::{ENTRY_STEPS_MAX, Env, truth, truth_with, value, value_with};
pub use expr::{Arm, Constants, EntryValue, Expr, ExprKind};
pub use fault::{FaultKind, ScriptFault};
pub use library::{Library, SCRIPT_BYTES_MAX, Signature, Texts};
pub use needs::{Need, needs, needs_set, set_where};
pub use operators::{ArithmeticOp, CompareOp, Compared, Quantifier, TextTest, Which};
pub use reading::{CONDITION_BYTES_MAX, CONDITION_DEPTH_MAX, Located, Place};
pub use reading::{asked_about, parse_condition, parse_value};
pub use reads::{calls, reads, records_read};
pub use reserved::reserved_word;
pub use sandbox::Sandbox;
pub use scope::{EntryField, Function, Predicate, PredicateId, Record, Scope, Takes, Variable};
pub use sink::{Sink, Unheard, Working};
pub use types::{Currency, FunctionId, NameSet, RecordId, SetId, Type, VariableId};
pub use value::Value;
