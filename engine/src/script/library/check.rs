//! Whether `rules.rhai` holds what the protocol declares, and calls only what exists.

use crate::diagnostic::Diagnostics;
use crate::script::Scope;
use crate::script::library::Signature;
use crate::script::library::definitions::Definition;
use crate::script::library::definitions::definitions;
use crate::script::library::natives;
use crate::script::reading::Extent;
use crate::script::reading::Written;
use crate::script::rules;
use crate::script::typing::counted;
use rhai::AST;
use rhai::ASTNode;
use rhai::Expr as Node;
use rhai::FnCallExpr;
use rhai::Position;
use rhai::Stmt;

/// A call inside the script.
struct Call {
    name: String,
    /// How many arguments it gives, the part before a dot included.
    arguments: usize,
    /// The token of the name.
    at: usize,
}

/// Says whether the script can be used; adds what is wrong to `out`.
pub(crate) fn fits(
    tree: &AST,
    written: &Written<'_>,
    scope: &Scope,
    declared: &[Signature],
    out: &mut Diagnostics,
) -> bool {
    let functions = definitions(written);
    let calls = calls(tree, written);
    let mut fine = only_functions(tree, written, out);
    fine &= calls_exist(&functions, &calls, written, out);
    fine &= declared_exist(&functions, written, scope, declared, out);
    for function in unused(&functions, &calls, scope, declared) {
        let span = written.token_span(function.name_at);
        out.push(rules::function_unused(span, function.name));
    }
    fine
}

fn only_functions(tree: &AST, written: &Written<'_>, out: &mut Diagnostics) -> bool {
    let outside = tree.statements().iter().find(|it| !it.is_noop());
    if let Some(statement) = outside {
        let what = match statement {
            Stmt::Var(..) => "a variable",
            Stmt::Import(..) | Stmt::Export(..) => "an import",
            _ => "a statement",
        };
        let span = written.span_at(statement.position());
        out.push(rules::script_top_level(span, what));
    }
    outside.is_none()
}

/// All calls by name, in order of the file.
fn calls(tree: &AST, written: &Written<'_>) -> Vec<Call> {
    let mut found = Vec::new();
    tree.walk(&mut |path: &[ASTNode<'_>]| {
        match path.last() {
            Some(
                ASTNode::Expr(Node::FnCall(call, position))
                | ASTNode::Stmt(Stmt::FnCall(call, position)),
            ) => {
                found.extend(named(call, *position, 0, written));
            }
            Some(ASTNode::Expr(Node::MethodCall(call, position))) => {
                found.extend(named(call, *position, 1, written));
            }
            _ => {}
        }
        true
    });
    found.sort_by_key(|it| it.at);
    found.dedup_by_key(|it| it.at);
    found
}

fn named(
    call: &FnCallExpr,
    position: Position,
    before_dot: usize,
    written: &Written<'_>,
) -> Option<Call> {
    let at = written.at(position);
    // Operators are calls too, and so is `in`, which stands under another name.
    let by_name = written.token(at).is_some_and(|it| it.text == call.name.as_str());
    if call.is_operator_call() || !by_name {
        return None;
    }
    let arguments = call.args.len().saturating_add(before_dot);
    Some(Call { name: call.name.to_string(), arguments, at })
}

fn calls_exist(
    functions: &[Definition<'_>],
    calls: &[Call],
    written: &Written<'_>,
    out: &mut Diagnostics,
) -> bool {
    let mut fine = true;
    for call in calls {
        let span = written.token_span(call.at);
        let mut named = functions.iter().filter(|it| it.name == call.name).peekable();
        if let Some(first) = named.peek() {
            let takes = counted(first.arguments);
            if !named.any(|it| it.arguments == call.arguments) {
                let given = counted(call.arguments);
                out.push(rules::wrong_arguments(span, &call.name, &takes, &given));
                fine = false;
            }
        } else if !natives::is_native(&call.name) {
            let own = functions.iter().map(|it| it.name);
            let known = own.chain(natives::NATIVES);
            out.push(rules::unknown_function(span, &call.name, None, known));
            fine = false;
        }
    }
    fine
}

fn declared_exist(
    functions: &[Definition<'_>],
    written: &Written<'_>,
    scope: &Scope,
    declared: &[Signature],
    out: &mut Diagnostics,
) -> bool {
    let mut fine = true;
    for signature in declared {
        let Some(wanted) = scope.function(signature.function) else {
            continue;
        };
        let takes = wanted.takes.len();
        let mut named = functions.iter().filter(|it| it.name == wanted.name).peekable();
        let Some(first) = named.peek().copied() else {
            let names = functions.iter().map(|it| it.name);
            out.push(rules::function_missing(signature.span, &wanted.name, &counted(takes), names));
            fine = false;
            continue;
        };
        if !named.any(|it| it.arguments == takes) {
            let span = written.span(first.list);
            let declared = format!("{} in its declaration", counted(takes));
            let given = counted(first.arguments);
            let found = rules::wrong_arguments(span, &wanted.name, &declared, &given);
            out.push(found.other(signature.span, "declared here"));
            fine = false;
        }
    }
    fine
}

/// The functions without signature that no other function calls.
fn unused<'f, 'a>(
    functions: &'f [Definition<'a>],
    calls: &[Call],
    scope: &Scope,
    declared: &[Signature],
) -> Vec<&'f Definition<'a>> {
    let is_declared = |name: &str| {
        let unreadable = scope.is_unreadable_function(name);
        unreadable
            || declared
                .iter()
                .any(|it| scope.function(it.function).is_some_and(|it| it.name == name))
    };
    let inside = |call: &Call, body: Extent| body.first <= call.at && call.at <= body.last;
    let is_called = |function: &Definition<'_>| {
        calls.iter().any(|call| call.name == function.name && !inside(call, function.body))
    };
    functions.iter().filter(|it| !is_declared(it.name) && !is_called(it)).collect()
}
