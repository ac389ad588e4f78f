//! Conditions as the engine evaluates them, beside the same text in rhai.

use engine::diagnostic::Diagnostics;
use engine::script::{
    Env, FunctionId, Located, NameSet, Place, Sandbox, Scope, ScriptFault, Type, Value, VariableId,
    parse_condition, truth,
};
use engine::text::{FileId, Symbol};
use rust_decimal::Decimal;
use std::hint::black_box;

use crate::{row, timed};

const GUARDS: [&str; 4] = [
    "amount >= 3 && (total > 100000 || urgent) && days < 15",
    "urgent && amount > 50",
    "harm == \"serious\" || total > 1000.50",
    "harm in [\"minor\", \"serious\"] && !urgent",
];

/// The values that both evaluators read.
struct Values;

impl Env for Values {
    fn value(&self, variable: VariableId) -> Value {
        match variable.0 {
            0 => Value::Number(Decimal::from(7)),
            1 => Value::Number(Decimal::from(20)),
            2 => Value::Number(Decimal::from(9)),
            3 => Value::Flag(true),
            _ => Value::Choice(1),
        }
    }

    fn text(&self, _symbol: Symbol) -> &str {
        ""
    }

    fn call(&self, _function: FunctionId, _arguments: &[Value]) -> Result<Value, ScriptFault> {
        Ok(Value::Flag(false))
    }
}

/// Conditions as the engine evaluates them, and the same text in rhai with plain variables.
pub(crate) fn guards(rounds: usize) {
    let mut scope = Scope::default();
    for name in ["amount", "total", "days"] {
        scope.add_variable(name, Type::Number);
    }
    scope.add_variable("urgent", Type::Flag);
    let names = ["none", "minor", "serious"].map(str::to_owned).to_vec();
    let set = scope.add_set(NameSet { kind: "choice of `harm`".to_owned(), names });
    scope.add_variable("harm", Type::Choice(set));
    let sandbox = Sandbox::new();
    let mut rhai = rhai::Engine::new_raw();
    rhai.register_global_module(rhai::packages::Package::as_shared_module(
        &rhai::packages::StandardPackage::new(),
    ));
    let mut values = rhai::Scope::new();
    values.push("amount", Decimal::from(7)).push("total", Decimal::from(20));
    values.push("days", Decimal::from(9)).push("urgent", true).push("harm", "minor".to_owned());
    for text in GUARDS {
        let place = Place::verbatim(FileId(0), 0, text);
        let mut faults = Diagnostics::default();
        let located = Located { text, place: &place };
        let expr = parse_condition(&sandbox, &located, &scope, &mut faults).expect("a condition");
        let tree = rhai.compile_expression(text).expect("a condition");
        let ours = timed(rounds, || truth(black_box(&expr), &Values).expect("an answer"));
        let theirs = timed(rounds / 10, || {
            rhai.eval_ast_with_scope::<bool>(&mut values, black_box(&tree)).expect("an answer")
        });
        let agree = truth(&expr, &Values).expect("an answer")
            == rhai.eval_ast_with_scope::<bool>(&mut values, &tree).expect("an answer");
        assert!(agree, "{text}: the two evaluators disagree");
        row(
            text,
            ours,
            &format!("rhai {theirs:.0} ns: {:.1} times faster (wanted 8)", theirs / ours),
        );
    }
}
