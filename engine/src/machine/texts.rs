//! The texts that a protocol itself writes into cases or compares with.

use crate::model::{Branch, Protocol, SetTo};
use crate::script::Expr;
use crate::text::Strings;

/// Puts every text that is written out in a condition or a computed value into the table, so
/// that evaluation finds a number for it.
pub(crate) fn intern(protocol: &Protocol, strings: &mut Strings) {
    each_condition(protocol, &mut |expr| {
        for text in expr.texts() {
            strings.intern(text);
        }
    });
}

/// Visits every condition and computed value of a protocol.
pub fn each_condition(protocol: &Protocol, visit: &mut dyn FnMut(&Expr)) {
    for at_once in protocol.roles.iter().filter_map(|role| role.at_once.as_ref()) {
        visit(at_once);
    }
    for hold in protocol.retention.iter().filter_map(|it| it.hold_while.as_ref()) {
        visit(hold);
    }
    for condition in &protocol.conditions {
        visit(&condition.is);
    }
    for rule in protocol.severity.iter().flat_map(|severity| &severity.rules) {
        visit(&rule.when);
    }
    for when in protocol.ladder.iter().filter_map(|rung| rung.start_when.as_ref()) {
        visit(when);
    }
    for stage in &protocol.stages {
        let events = stage.on.iter().flat_map(|transitions| &transitions.branches);
        for branch in events.chain(stage.after.iter().map(|after| &after.branch)) {
            each_of_branch(branch, visit);
        }
    }
    for stop in &protocol.stops {
        stop.proposed_when.iter().for_each(&mut *visit);
        stop.refuses.iter().filter_map(|it| it.unless.as_ref()).for_each(&mut *visit);
    }
    for guarantee in &protocol.guarantees {
        guarantee.promise.holds().into_iter().for_each(&mut *visit);
    }
    for deadline in &protocol.deadlines {
        let met = deadline.met_by.iter().filter_map(|met| met.when.as_ref());
        let extended = deadline.extend.iter().filter_map(|extension| extension.when.as_ref());
        deadline.when.iter().chain(met).chain(extended).for_each(&mut *visit);
        if let crate::model::Choose::First(list) = &deadline.choose {
            list.iter().filter_map(|(when, _)| when.as_ref()).for_each(&mut *visit);
        }
    }
}

fn each_of_branch(branch: &Branch, visit: &mut dyn FnMut(&Expr)) {
    branch.when.iter().for_each(&mut *visit);
    for setting in &branch.set {
        if let SetTo::Computed(expr) = &setting.to {
            visit(expr);
        }
    }
}
