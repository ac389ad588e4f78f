//! The same table walked as people do it who embed rhai: stages and events are numbers, the four
//! conditions are compiled rhai, and nothing is kept but the stage and the fields. No facts, no
//! timers, no dates.

use rhai::{AST, Engine, Scope};
use rust_decimal::Decimal;

use crate::workload::story::HARMS;
use crate::workload::walk::{Happened, Stage};

/// A way on: the condition, and where it leads.
type Ways = Vec<(Option<AST>, Stage)>;

const STAGES: usize = 13;
const EVENTS: usize = 14;

/// The table and its cases.
pub(crate) struct RhaiTable {
    engine: Engine,
    ways: Vec<Ways>,
    cases: Vec<Case>,
    values: Scope<'static>,
}

#[derive(Clone, Copy)]
struct Case {
    stage: Stage,
    amount: Decimal,
    total: Decimal,
    harm: u8,
    urgent: bool,
}

impl RhaiTable {
    pub(crate) fn new(cases: u32) -> Self {
        let mut engine = Engine::new_raw();
        engine.register_global_module(rhai::packages::Package::as_shared_module(
            &rhai::packages::StandardPackage::new(),
        ));
        let mut ways: Vec<Ways> = (0..STAGES * EVENTS).map(|_| Vec::new()).collect();
        let mut add = |from: Stage, event: usize, when: Option<&str>, to: Stage| {
            let when = when.map(|text| engine.compile_expression(text).expect("a condition"));
            ways[from as usize * EVENTS + event].push((when, to));
        };
        add(Stage::New, 0, None, Stage::Received);
        add(Stage::Received, 1, None, Stage::Received);
        add(Stage::Received, 2, Some("urgent && amount >= 1000"), Stage::UrgentQueue);
        add(Stage::Received, 2, None, Stage::Queue);
        add(Stage::Queue, 3, None, Stage::Investigating);
        add(Stage::UrgentQueue, 3, None, Stage::Investigating);
        add(Stage::Investigating, 4, None, Stage::Waiting);
        add(Stage::Waiting, 5, None, Stage::Investigating);
        let harmed = r#"harm in ["minor", "serious"] && total > 100"#;
        add(Stage::Investigating, 6, Some(harmed), Stage::Drafting);
        add(Stage::Investigating, 6, None, Stage::Answering);
        add(Stage::Drafting, 7, None, Stage::Checking);
        let grave = r#"harm == "serious" || total > 50000.50"#;
        add(Stage::Checking, 8, Some(grave), Stage::Drafting);
        add(Stage::Checking, 8, None, Stage::Answering);
        add(Stage::Answering, 9, None, Stage::Answered);
        add(Stage::Answered, 10, None, Stage::Reviewing);
        add(Stage::Reviewing, 11, None, Stage::Reviewing);
        let large = r#"amount > 5000 && harm != "none""#;
        add(Stage::Reviewing, 12, Some(large), Stage::UrgentQueue);
        add(Stage::Reviewing, 12, None, Stage::Settling);
        add(Stage::Settling, 13, None, Stage::Settled);
        let zero = Decimal::ZERO;
        let new = Case { stage: Stage::New, amount: zero, total: zero, harm: 0, urgent: false };
        Self { engine, ways, cases: vec![new; cases as usize], values: Scope::new() }
    }

    /// One event of one case, by its place in the story; whether the case took it.
    pub(crate) fn take(&mut self, id: u32, event: usize, what: Happened) -> bool {
        let case = &mut self.cases[id as usize];
        match what {
            Happened::Opened { amount, harm, urgent } => {
                (case.amount, case.harm, case.urgent) = (Decimal::new(amount, 2), harm, urgent);
            }
            Happened::Inspected { total } => case.total = Decimal::new(total, 2),
            _ => {}
        }
        for (when, to) in &self.ways[case.stage as usize * EVENTS + event] {
            let holds = match when {
                None => true,
                Some(when) => {
                    self.values.clear();
                    self.values.push("amount", case.amount).push("total", case.total);
                    self.values.push("urgent", case.urgent);
                    self.values.push("harm", HARMS[usize::from(case.harm)]);
                    self.engine
                        .eval_ast_with_scope::<bool>(&mut self.values, when)
                        .expect("an answer")
                }
            };
            if holds {
                case.stage = *to;
                return true;
            }
        }
        false
    }

    /// Whether every case came to its end.
    pub(crate) fn all_settled(&self) -> bool {
        self.cases.iter().all(|case| case.stage == Stage::Settled)
    }
}
