//! The stages of a stop, and what leads from one to the next.

use crate::model::{
    After, Branch, Condition, ConditionId, LetterId, RuleId, Stage, Stop, StopEvent, StopOutcome,
    StopStage, To, Transitions,
};
use crate::script::{CompareOp, Expr, ExprKind, Value, VariableId};
use crate::text::Span;
use crate::time::Term;

/// The conditions of every stop, by their number.
const WARNED_LONG_ENOUGH: ConditionId = ConditionId(0);
const MAY_APPEAL: ConditionId = ConditionId(1);
const IS_APPEALED: ConditionId = ConditionId(2);

/// The numbers of the variables, in the order in which `protocol` adds them.
const WAITS: VariableId = VariableId(2);
const MISSED: VariableId = VariableId(3);
const ANSWERED: VariableId = VariableId(4);
const APPEAL_OPEN: VariableId = VariableId(5);

/// What some events require. Refusals are named after the stop.
pub(super) fn conditions(stop: &Stop) -> Vec<Condition> {
    let wait = stop.warning;
    let wait_says = wait.map_or_else(String::new, |it| {
        format!("Nothing is decided before the warning has stood for {}", it.wait)
    });
    let wait_rule = wait.map_or(stop.rule, |it| it.rule);
    let within = stop.appeal.within;
    let appeal_says = format!("An appeal is made once, within {within} of the decision");
    let appealed_says = "An appeal is waiting for its answer".to_owned();
    // Asked of the answer, not of the appeal: a decision anew opens another window for appeals,
    // and leaves the appeal that was made waiting.
    let unanswered = expr(ExprKind::Not(Box::new(var(ANSWERED))));
    let late = expr(ExprKind::And(Box::new([var(MISSED), unanswered])));
    let waiting = expr(ExprKind::Or(Box::new([var(WAITS), late])));
    let condition = |says: String, is, rule| Condition { name: stop.name.clone(), says, is, rule };
    vec![
        condition(wait_says, expr(ExprKind::Const(Value::Flag(false))), wait_rule),
        condition(appeal_says, var(APPEAL_OPEN), stop.appeal.rule),
        condition(appealed_says, waiting, stop.appeal.rule),
    ]
}

/// Nobody wrote these conditions, so they stand nowhere.
fn expr(kind: ExprKind) -> Expr {
    Expr { kind, span: Span::whole(crate::text::FileId(0)) }
}

fn var(variable: VariableId) -> Expr {
    expr(ExprKind::Var(variable))
}

/// Whether a review or an appeal came to the choice with this place.
fn came_to(outcome: StopOutcome, choice: u16) -> Expr {
    let variable = VariableId(outcome.id().0);
    expr(ExprKind::VarIndex { op: CompareOp::Equal, variable, constant: choice })
}

/// All stages, by their number.
pub(super) fn stages(stop: &Stop) -> Vec<Stage> {
    let of = |stage: StopStage| Stage {
        name: stage.name().to_owned(),
        title: stage.name().to_owned(),
        start: stage == StopStage::Quiet,
        end: stage.is_end(),
        owner: None,
        guide: None,
        help: Vec::new(),
        pauses: Vec::new(),
        after: after(stop, stage).into_iter().collect(),
        on: on(stop, stage),
        rule: stop.rule,
    };
    StopStage::ALL.into_iter().map(of).collect()
}

fn to(stage: StopStage, rule: RuleId) -> Branch {
    Branch {
        when: None,
        requires: Vec::new(),
        to: To::Stage(stage.id()),
        escalate: None,
        set: Vec::new(),
        sends: Vec::new(),
        tells: Vec::new(),
        rule,
    }
}

fn stays(rule: RuleId) -> Branch {
    Branch { to: To::Unsaid, ..to(StopStage::Quiet, rule) }
}

fn on_event(event: StopEvent, branches: Vec<Branch>) -> Transitions {
    Transitions { event: event.id(), anywhere: false, branches }
}

/// What time alone does.
fn after(stop: &Stop, stage: StopStage) -> Option<After> {
    let timed = |term: Term, to_stage, rule| After { term, branch: to(to_stage, rule) };
    match stage {
        StopStage::Warned => stop.warning.map(|it| timed(it.wait, StopStage::Proposed, it.rule)),
        StopStage::Proposed => {
            stop.decide_within.map(|it| timed(it, StopStage::Dropped, stop.rule))
        }
        StopStage::Standing => stop.lasts.map(|it| timed(it, StopStage::Lapsed, stop.rule)),
        _ => None,
    }
}

fn on(stop: &Stop, stage: StopStage) -> Vec<Transitions> {
    let dropped = || on_event(StopEvent::Lifted, vec![to(StopStage::Dropped, stop.rule)]);
    match stage {
        StopStage::Quiet => vec![on_event(StopEvent::Proposed, vec![proposed(stop)])],
        StopStage::Warned => {
            let too_early = Branch { requires: vec![WARNED_LONG_ENOUGH], ..stays(stop.rule) };
            vec![on_event(StopEvent::Decided, vec![too_early]), dropped()]
        }
        StopStage::Proposed => vec![on_event(StopEvent::Decided, vec![imposed(stop)]), dropped()],
        StopStage::Standing => vec![
            on_event(StopEvent::Decided, vec![imposed(stop)]),
            on_event(StopEvent::Reviewed, judged(StopOutcome::Review, stop)),
            on_event(StopEvent::Appealed, vec![appealed(stop)]),
            on_event(StopEvent::AppealDecided, judged(StopOutcome::Appeal, stop)),
            on_event(StopEvent::Lifted, vec![to(StopStage::Lifted, stop.rule)]),
        ],
        StopStage::Lifted | StopStage::Lapsed | StopStage::Dropped => Vec::new(),
    }
}

fn proposed(stop: &Stop) -> Branch {
    match stop.warning {
        Some(it) => Branch { sends: vec![it.letter], ..to(StopStage::Warned, it.rule) },
        None => to(StopStage::Proposed, stop.rule),
    }
}

fn imposed(stop: &Stop) -> Branch {
    Branch { sends: vec![stop.notice], ..to(StopStage::Standing, stop.rule) }
}

fn appealed(stop: &Stop) -> Branch {
    Branch { requires: vec![MAY_APPEAL], ..stays(stop.appeal.rule) }
}

/// A review or an answer: the stop ends, or it goes on.
fn judged(outcome: StopOutcome, stop: &Stop) -> Vec<Branch> {
    let (letter, requires, rule): (Option<LetterId>, _, _) = match outcome {
        StopOutcome::Review => (stop.review.letter, Vec::new(), stop.review.rule),
        StopOutcome::Appeal => (stop.appeal.letter, vec![IS_APPEALED], stop.appeal.rule),
    };
    let with = |branch: Branch, choice| Branch {
        when: Some(came_to(outcome, choice)),
        requires: requires.clone(),
        sends: letter.into_iter().collect(),
        ..branch
    };
    vec![with(to(StopStage::Lifted, rule), 1), with(stays(rule), 0)]
}
