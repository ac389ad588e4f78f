//! One node of rhai's tree at a time.

use crate::script::ExprKind;
use crate::script::Type;
use crate::script::reading::Extent;
use crate::script::rules;
use crate::script::typing::Context;
use crate::script::typing::Kind;
use crate::script::typing::Typed;
use crate::script::typing::arithmetic;
use crate::script::typing::branches;
use crate::script::typing::calls;
use crate::script::typing::comparison;
use crate::script::typing::dotted;
use crate::script::typing::literals;
use crate::script::typing::must_be_condition;
use crate::script::typing::names;
use rhai::Expr as Node;
use rhai::FnCallExpr;
use rhai::Position;
use rhai::Stmt;

/// Types what rhai has read. `wanted` says what a text in quotes would stand for.
pub(crate) fn typed_tree(
    context: &mut Context<'_, '_>,
    tree: &rhai::AST,
    wanted: Option<Type>,
) -> Option<Typed> {
    match tree.statements() {
        [only] => statement(context, only, wanted),
        _ => {
            let span = context.written.located().place.whole();
            context.too_rich(span, "more than one expression")
        }
    }
}

/// Types a statement that stands where an expression is wanted.
pub(crate) fn statement(
    context: &mut Context<'_, '_>,
    statement: &Stmt,
    wanted: Option<Type>,
) -> Option<Typed> {
    match statement {
        Stmt::Expr(node) => typed(context, node, wanted),
        Stmt::FnCall(call, position) => function_call(context, call, *position),
        Stmt::If(parts, position) => branches::choose_if(context, parts, *position, wanted),
        Stmt::Switch(parts, position) => {
            branches::choose_switch(context, &parts.0, &parts.1, *position, wanted)
        }
        Stmt::Block(block) => match block.statements() {
            [only] => self::statement(context, only, wanted),
            _ => {
                let span = context.written.span_at(block.position());
                context.too_rich(span, "more than one expression")
            }
        },
        other => {
            let span = context.written.span_at(other.position());
            context.too_rich(span, "a statement")
        }
    }
}

/// Types an expression. `wanted` says what a text in quotes would stand for.
pub(crate) fn typed(
    context: &mut Context<'_, '_>,
    node: &Node,
    wanted: Option<Type>,
) -> Option<Typed> {
    let at = context.written.at(node.position());
    match node {
        Node::BoolConstant(flag, _) => Some(literals::flag(context, *flag, at)),
        Node::IntegerConstant(number, _) => Some(literals::whole(context, *number, at)),
        Node::StringConstant(text, _) => literals::text(context, text, at, wanted),
        Node::DynamicConstant(value, _) => match value.as_decimal() {
            Ok(number) => Some(literals::decimal(context, number, at)),
            Err(_) => context.too_rich(context.written.token_span(at), "this value"),
        },
        Node::Variable(parts, ..) if parts.2.is_empty() => {
            names::variable(context, &parts.1, Extent::one(at))
        }
        Node::And(parts, _) => junction(context, parts, ExprKind::And),
        Node::Or(parts, _) => junction(context, parts, ExprKind::Or),
        Node::FnCall(call, position) => function_call(context, call, *position),
        Node::Dot(..) => dotted::dotted(context, node),
        Node::Stmt(block) => match block.statements() {
            [only] => statement(context, only, wanted),
            _ => context.too_rich(context.written.token_span(at), "more than one expression"),
        },
        other => {
            let span = context.written.span_at(other.start_position());
            let (what, instead) = foreign(other);
            context.refuse(rules::condition_too_rich(span, what, instead))
        }
    }
}

/// A part of rhai that conditions do without, and what to do instead.
fn foreign(node: &Node) -> (&'static str, &'static str) {
    const ASK: &str = "ask `is_set(…)` first, as in `is_set(amount) && amount > 100`";
    const MOVE: &str = "move this into a function in `rules.rhai` and call it here";
    match node {
        Node::Coalesce(..) => ("`??`", ASK),
        Node::Unit(_) => ("`()`", ASK),
        Node::InterpolatedString(..) => ("a text with gaps", MOVE),
        Node::Array(..) => ("a list, except after `in`", MOVE),
        Node::Map(..) => ("an object", MOVE),
        Node::Index(..) => ("`[…]` after a name", MOVE),
        Node::ThisPtr(_) => ("`this`", MOVE),
        _ => ("this", MOVE),
    }
}

fn junction(
    context: &mut Context<'_, '_>,
    parts: &[Node],
    join: fn(Box<[crate::script::Expr]>) -> ExprKind,
) -> Option<Typed> {
    // All parts are read even after a fault, so that each part reports its own.
    let parts: Vec<Option<Typed>> = parts
        .iter()
        .map(|part| {
            let part = typed(context, part, Some(Type::Flag))?;
            must_be_condition(context, part)
        })
        .collect();
    let parts = parts.into_iter().collect::<Option<Vec<Typed>>>()?;
    let extent = parts.iter().map(|it| it.extent).reduce(Extent::to)?;
    let kind = join(parts.into_iter().map(|it| it.expr).collect());
    Some(context.make(kind, Kind::Is(Type::Flag), extent))
}

/// A call or an operator, which rhai keeps alike.
fn function_call(
    context: &mut Context<'_, '_>,
    call: &FnCallExpr,
    position: Position,
) -> Option<Typed> {
    let at = context.written.at(position);
    let span = context.written.token_span(at);
    if call.is_qualified() {
        return context.too_rich(span, "`::`");
    }
    if call.capture_parent_scope {
        return context.too_rich(span, "`!` after the name of a function");
    }
    let is_in = |index: usize| context.written.token(index).is_some_and(|it| it.text == "in");
    let written_in = is_in(at) || (context.written.is_sign(at, "!") && is_in(at + 1));
    match (call.name.as_str(), &*call.args) {
        // rhai turns `item in list` into a call with its sides swapped.
        ("contains", [list, item]) if written_in => comparison::listed_in(context, item, list),
        ("!", [inner]) if call.is_operator_call() => negated(context, inner, at),
        ("-", [inner]) if call.is_operator_call() => arithmetic::negative(context, inner, at),
        ("+", [inner]) if call.is_operator_call() => arithmetic::positive(context, inner, at),
        (sign, [left, right]) if call.is_operator_call() => {
            if let Some(op) = comparison::operator(sign) {
                return comparison::compared(context, op, left, right);
            }
            if let Some(op) = arithmetic::operator(sign) {
                return arithmetic::calculated(context, op, left, right);
            }
            context.too_rich(span, &format!("`{sign}`"))
        }
        (name, arguments) => calls::called(context, name, arguments, at),
    }
}

fn negated(context: &mut Context<'_, '_>, inner: &Node, at: usize) -> Option<Typed> {
    let inner = typed(context, inner, Some(Type::Flag))?;
    let inner = must_be_condition(context, inner)?;
    // For `a !in b` the sign stands between the parts of what it negates.
    let extent = Extent::one(at).to(inner.extent);
    Some(context.make(ExprKind::Not(Box::new(inner.expr)), Kind::Is(Type::Flag), extent))
}

/// Refuses an expression that must be a number.
pub(crate) fn must_be_number(context: &mut Context<'_, '_>, typed: Typed) -> Option<Typed> {
    if typed.of.is_number() {
        return Some(typed);
    }
    let what = format!(
        "`{}` is {}, but only numbers are calculated with",
        context.quote(&typed),
        context.describe(&typed)
    );
    context.refuse(rules::unlike_types(typed.expr.span, &what, "must be a number", None))
}
