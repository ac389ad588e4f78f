use std::collections::BTreeMap;

use crate::script::Env;
use crate::script::Expr;
use crate::script::FaultKind;
use crate::script::FunctionId;
use crate::script::ScriptFault;
use crate::script::Value;
use crate::script::VariableId;
use crate::script::cuts;
use crate::script::each_case;
use crate::script::tests::house;
use crate::script::truth;
use crate::text::Symbol;

struct Chosen(BTreeMap<VariableId, Value>);

impl Env for Chosen {
    fn value(&self, variable: VariableId) -> Value {
        self.0.get(&variable).copied().unwrap_or(Value::Unset)
    }

    fn text(&self, _symbol: Symbol) -> &str {
        ""
    }

    fn call(&self, function: FunctionId, _: &[Value]) -> Result<Value, ScriptFault> {
        Err(ScriptFault::new(FaultKind::Function { function, message: "?".into() }))
    }
}

/// How many cases the conditions can tell apart, and in how many each holds.
#[track_caller]
fn check(conditions: &[&str], expected: Option<(u64, &[u64])>) {
    let exprs: Vec<Expr> = conditions.iter().map(|it| house::good(it)).collect();
    let parts: Vec<&Expr> = exprs.iter().collect();
    let Some(cuts) = cuts(&parts, &house::scope()) else {
        assert_eq!(None, expected);
        return;
    };
    let mut holds = vec![0; exprs.len()];
    let mut cases = 0;
    assert!(each_case(&cuts, 200_000, |case| {
        cases += 1;
        let env = Chosen(case.iter().copied().collect());
        for (count, expr) in holds.iter_mut().zip(&exprs) {
            *count += u64::from(truth(expr, &env).unwrap());
        }
    }));
    assert_eq!(cuts.count(), Some(cases));
    assert_eq!(Some((cases, holds.as_slice())), expected, "{:?}", cuts.variables);
}

#[test]
fn numbers_are_cut_at_every_constant() {
    // 49, 50, between, 1000, 1001
    check(&["amount > 50", "amount >= 1000"], Some((5, &[3, 2])));
    check(&["amount in [1, 2]"], Some((5, &[2])));
    check(&["3 < amount", "!(amount == 3)"], Some((3, &[1, 2])));
}

#[test]
fn flags_choices_levels_and_dates_have_all_their_values() {
    check(&["vulnerable", "harm == \"serious\""], Some((6, &[3, 2])));
    check(&["severity >= \"high\" || vulnerable"], Some((8, &[6])));
    check(&["received_on >= \"2026-03-02\"", "received_on < \"2026-03-03\""], Some((4, &[3, 2])));
    check(&["switch harm { \"none\" => false, _ => vulnerable }"], Some((6, &[2])));
}

#[test]
fn being_unset_is_a_class_of_its_own_where_it_is_asked() {
    check(&["is_set(amount) && amount > 50"], Some((4, &[1])));
    check(&["is_set(description)"], Some((2, &[1])));
}

#[test]
fn other_conditions_are_outside() {
    check(&["amount > refund"], None);
    check(&["vulnerable", "amount + 1 > 3"], None);
    check(&["description == \"x\""], None);
    check(&["risk(visits, severity) > 3"], None);
}

#[test]
fn too_many_cases_are_refused_and_none_is_shown() {
    let expr = house::good("amount in [1, 2, 3, 4] && vulnerable");
    let cuts = cuts(&[&expr], &house::scope()).unwrap();
    assert_eq!(cuts.count(), Some(18));
    assert!(!each_case(&cuts, 17, |_| panic!("shown")));
}
