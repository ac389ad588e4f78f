//! The cases that conditions can tell apart, one at a time.

use crate::model::{Protocol, Variable};
use crate::script::{
    Env, Expr, FaultKind, FunctionId, ScriptFault, Type, Value, VariableId, cuts, each_case, truth,
};
use crate::text::Symbol;

/// More cases than this are not gone through, and nothing is said about such conditions.
const CASES_MAX: u64 = 200_000;

/// How much text of conditions is evaluated over all cases, in words of eight bytes.
const WORDS_MAX: u64 = 4_000_000;
const WORD_BYTES: usize = 8;

/// The values of one case.
struct Case<'c>(&'c [(VariableId, Value)]);

impl Env for Case<'_> {
    fn value(&self, variable: VariableId) -> Value {
        let found = self.0.iter().find(|(known, _)| *known == variable);
        found.map_or(Value::Unset, |(_, value)| *value)
    }

    fn text(&self, _symbol: Symbol) -> &str {
        ""
    }

    fn call(&self, function: FunctionId, _arguments: &[Value]) -> Result<Value, ScriptFault> {
        let message = "is not called while a protocol is checked".into();
        Err(ScriptFault::new(FaultKind::Function { function, message }))
    }
}

/// Goes through every case that the conditions can tell apart and that `possible` allows, with
/// what each condition says of it. False, and nothing visited or not everything, where that
/// cannot be done: a condition reads texts or calls functions, or there are too many cases.
pub(crate) fn each(
    conditions: &[&Expr],
    protocol: &Protocol,
    possible: impl Fn(Variable, Value) -> bool,
    mut visit: impl FnMut(&[(VariableId, Value)], &[bool]),
) -> bool {
    let Some(cuts) = cuts(conditions, &protocol.scope) else {
        return false;
    };
    let words = |it: &&Expr| it.span.range().len().div_ceil(WORD_BYTES);
    let words = conditions.iter().map(words).fold(1_usize, usize::saturating_add);
    let cases_max = WORDS_MAX / u64::try_from(words).unwrap_or(u64::MAX);
    let mut faulted = false;
    let complete = each_case(&cuts, CASES_MAX.min(cases_max), |case| {
        let allowed = case.iter().all(|(variable, value)| {
            let meaning = protocol.variables.get(usize::from(variable.0));
            meaning.is_none_or(|meaning| possible(*meaning, *value))
        });
        if !allowed {
            return;
        }
        let mut held = Vec::with_capacity(conditions.len());
        for condition in conditions {
            match truth(condition, &Case(case)) {
                Ok(holds) => held.push(holds),
                Err(_) => faulted = true,
            }
        }
        if held.len() == conditions.len() {
            visit(case, &held);
        }
    });
    complete && !faulted
}

/// A case in the words of its author: "`harm` is `minor` and `amount` is 50".
pub(crate) fn shown(case: &[(VariableId, Value)], protocol: &Protocol) -> String {
    let parts: Vec<String> = case.iter().map(|(id, value)| one(*id, *value, protocol)).collect();
    match parts.is_empty() {
        true => "always".to_owned(),
        false => format!("when {}", parts.join(" and ")),
    }
}

fn one(id: VariableId, value: Value, protocol: &Protocol) -> String {
    let Some(variable) = protocol.scope.variable(id) else {
        return String::new();
    };
    let name = &variable.name;
    match (value, variable.of) {
        (Value::Unset, _) => format!("`{name}` is not set"),
        (Value::Flag(true), _) => format!("`{name}` holds"),
        (Value::Flag(false), _) => format!("`{name}` does not hold"),
        (Value::Number(number), _) => format!("`{name}` is {}", number.normalize()),
        (Value::Date(date), _) => format!("`{name}` is {date}"),
        (Value::Choice(place), Type::Choice(set) | Type::Level(set)) => {
            let choice = protocol.scope.set(set).and_then(|set| set.name(place));
            format!("`{name}` is `{}`", choice.unwrap_or("?"))
        }
        (Value::Choice(_) | Value::Text(_) | Value::Slot(_), _) => format!("`{name}` is set"),
    }
}

/// Whether a field certainly has a value before anything happens.
pub(crate) fn set_from_the_start(protocol: &Protocol, variable: Variable) -> bool {
    match variable {
        Variable::Field(field) => {
            protocol.fields.get(field.index()).is_some_and(|it| it.required || it.default.is_some())
        }
        _ => true,
    }
}
