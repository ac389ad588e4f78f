//! Reading a variable.

use crate::script::Env;
use crate::script::Expr;
use crate::script::ExprKind;
use crate::script::FaultKind;
use crate::script::ScriptFault;
use crate::script::Sink;
use crate::script::Value;
use crate::script::VariableId;
use crate::script::eval::within::Within;

#[inline]
pub(super) fn read<E: Env, S: Sink>(
    variable: VariableId,
    env: &Within<'_, E>,
    sink: &mut S,
) -> Value {
    let value = env.env.value(variable);
    sink.read(variable, value);
    value
}

#[cold]
pub(super) fn unusable(expr: &Expr, variable: VariableId, found: Value) -> ScriptFault {
    let kind = match found {
        Value::Unset => FaultKind::Unset { variable },
        _ => FaultKind::WrongKind { variable: Some(variable) },
    };
    ScriptFault::at(expr.span, kind)
}

#[cold]
pub(super) fn wrong_kind(expr: &Expr) -> ScriptFault {
    let variable = match expr.kind {
        ExprKind::Var(variable) => Some(variable),
        _ => None,
    };
    ScriptFault::at(expr.span, FaultKind::WrongKind { variable })
}
