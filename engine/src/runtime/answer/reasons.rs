//! Who listens while a decision is made: nobody in `decide`, a recorder in `explain`. It is the
//! same code either way.

use crate::model::{ConditionId, RuleId};
use crate::runtime::View;
use crate::script::{self, Expr, ScriptFault, Value, VariableId, Working};
use crate::text::Span;
use crate::time::Instant;

/// A listener to a decision.
pub(crate) trait Reasons {
    /// Whether a condition holds, and what it read.
    fn truth(&mut self, expr: &Expr, view: &View<'_>, rule: RuleId) -> Result<bool, ScriptFault>;

    /// Whether a condition holds that chooses among the terms of a deadline; no reason by itself.
    #[inline]
    fn chooses(&mut self, expr: &Expr, view: &View<'_>, _: RuleId) -> Result<bool, ScriptFault> {
        script::truth(expr, view)
    }

    /// What an expression gives that sets a field.
    #[inline]
    fn value(&mut self, expr: &Expr, view: &View<'_>, _: RuleId) -> Result<Value, ScriptFault> {
        script::value(expr, view)
    }

    /// Something that was considered.
    fn considered(&mut self, make: impl FnOnce() -> Reason);
}

/// Something that was considered in a decision, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// Time acted on this rule at this instant, before the event.
    TimeActed(RuleId, Instant),
    /// A condition was read: what each of its parts said, and each value it read.
    Condition {
        /// The entry it belongs to.
        rule: RuleId,
        /// Whether it held.
        holds: bool,
        /// Each part and whether it held, inner parts first.
        parts: Vec<(Span, bool)>,
        /// Each variable read and its value then.
        read: Vec<(VariableId, Value)>,
    },
    /// A branch was chosen.
    Chosen(RuleId),
    /// A condition of `requires` was asked for.
    Required(ConditionId, bool),
    /// A clock did what this rule says.
    Clock(RuleId),
}

/// Somebody who answers for the conditions of a protocol while a decision is made, in place of
/// what they say of the case: whoever looks at many cases at once.
pub trait Oracle {
    /// Whether a condition holds.
    ///
    /// # Errors
    /// A fault ends the decision, as that of a condition does.
    fn truth(&mut self, expr: &Expr, view: &View<'_>, rule: RuleId) -> Result<bool, ScriptFault>;

    /// What an expression gives that sets a field.
    ///
    /// # Errors
    /// As for [`truth`](Self::truth).
    fn value(&mut self, expr: &Expr, view: &View<'_>, rule: RuleId) -> Result<Value, ScriptFault>;
}

/// An oracle is asked.
pub(crate) struct Asking<'o, O>(pub(crate) &'o mut O);

impl<O: Oracle> Reasons for Asking<'_, O> {
    fn truth(&mut self, expr: &Expr, view: &View<'_>, rule: RuleId) -> Result<bool, ScriptFault> {
        self.0.truth(expr, view, rule)
    }

    fn chooses(&mut self, expr: &Expr, view: &View<'_>, rule: RuleId) -> Result<bool, ScriptFault> {
        self.0.truth(expr, view, rule)
    }

    fn value(&mut self, expr: &Expr, view: &View<'_>, rule: RuleId) -> Result<Value, ScriptFault> {
        self.0.value(expr, view, rule)
    }

    fn considered(&mut self, _make: impl FnOnce() -> Reason) {}
}

/// Nobody listens.
pub(crate) struct Deaf;

impl Reasons for Deaf {
    #[inline]
    fn truth(&mut self, expr: &Expr, view: &View<'_>, _rule: RuleId) -> Result<bool, ScriptFault> {
        script::truth(expr, view)
    }

    #[inline]
    fn considered(&mut self, _make: impl FnOnce() -> Reason) {}
}

/// Everything is written down.
#[derive(Debug, Default)]
pub(crate) struct Recorder {
    pub(crate) reasons: Vec<Reason>,
}

impl Reasons for Recorder {
    fn truth(&mut self, expr: &Expr, view: &View<'_>, rule: RuleId) -> Result<bool, ScriptFault> {
        let mut working = Working::default();
        let answer = script::truth_with(expr, view, &mut working);
        let Working { conditions: parts, reads: read, .. } = working;
        let holds = *answer.as_ref().unwrap_or(&false);
        self.reasons.push(Reason::Condition { rule, holds, parts, read });
        answer
    }

    fn considered(&mut self, make: impl FnOnce() -> Reason) {
        self.reasons.push(make());
    }
}
