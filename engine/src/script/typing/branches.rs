//! `if` and `switch` as expressions. Both must give a value whatever happens.

use crate::script::Arm;
use crate::script::Constants;
use crate::script::Expr;
use crate::script::ExprKind;
use crate::script::Type;
use crate::script::Value;
use crate::script::reading::Extent;
use crate::script::reading::TokenKind;
use crate::script::rules;
use crate::script::typing::Context;
use crate::script::typing::Kind;
use crate::script::typing::Typed;
use crate::script::typing::literals;
use crate::script::typing::must_be_condition;
use crate::script::typing::tree::statement;
use crate::script::typing::typed;
use rhai::Expr as Node;
use rhai::FlowControl;
use rhai::Position;
use rhai::StmtBlock;
use rhai::SwitchCasesCollection;

/// `if a { b } else { c }`.
pub(crate) fn choose_if(
    context: &mut Context<'_, '_>,
    parts: &FlowControl,
    position: Position,
    wanted: Option<Type>,
) -> Option<Typed> {
    let start = context.written.at(position);
    let condition = typed(context, &parts.expr, Some(Type::Flag))?;
    let condition = must_be_condition(context, condition)?;
    let Some(open) = context.written.find(condition.extent.last, |it| it.is_sign("{")) else {
        return context.too_rich(context.written.token_span(start), "this `if`");
    };
    let close = context.written.pair(open).unwrap_or(open);
    if parts.branch.statements().iter().all(rhai::Stmt::is_noop) {
        let span = context.written.span(Extent { first: start, last: close });
        let add = "add `else { … }` with the value it gives then";
        return context.refuse(rules::no_value(span, "if", "the other case", add));
    }
    let then = block(context, &parts.body, wanted, open);
    let otherwise = block(context, &parts.branch, wanted, close.saturating_add(1));
    let (then, otherwise) = (then?, otherwise?);
    let of = unified(context, &then, &otherwise)?;
    let after = close.saturating_add(2);
    let last = match context.written.pair(after) {
        Some(end) if context.written.is_sign(after, "{") => end,
        _ => otherwise.extent.last,
    };
    let kind = ExprKind::If {
        condition: Box::new(condition.expr),
        then: Box::new(then.expr),
        otherwise: Box::new(otherwise.expr),
    };
    Some(context.make(kind, of, Extent { first: start, last }))
}

fn block(
    context: &mut Context<'_, '_>,
    block: &StmtBlock,
    wanted: Option<Type>,
    at: usize,
) -> Option<Typed> {
    match block.statements() {
        [only] => statement(context, only, wanted),
        _ => context.too_rich(context.written.token_span(at), "more than one expression"),
    }
}

/// What two branches both are.
fn unified(context: &mut Context<'_, '_>, a: &Typed, b: &Typed) -> Option<Kind> {
    let scope = context.scope;
    match (a.of, b.of) {
        (Kind::Whole, Kind::Whole) => Some(Kind::Whole),
        _ if b.of.fits(a.of.as_type(), scope) => Some(Kind::Is(a.of.as_type())),
        _ if a.of.fits(b.of.as_type(), scope) => Some(Kind::Is(b.of.as_type())),
        _ => {
            let what = format!(
                "one branch gives {}, another gives {}",
                context.describe(a),
                context.describe(b)
            );
            let help = "all branches must give the same kind of value";
            context.unlike(b.extent, &what, Some(help))
        }
    }
}

/// `switch a { constants => b, _ => c }`.
pub(crate) fn choose_switch(
    context: &mut Context<'_, '_>,
    item: &Node,
    cases: &SwitchCasesCollection,
    position: Position,
    wanted: Option<Type>,
) -> Option<Typed> {
    let start = context.written.at(position);
    let item = typed(context, item, None)?;
    let open = context.written.find(item.extent.last, |it| it.is_sign("{"));
    let Some((open, close)) = open.and_then(|at| Some((at, context.written.pair(at)?))) else {
        return context.too_rich(context.written.token_span(start), "this `switch`");
    };
    let extent = Extent { first: start, last: close };
    if !matches!(item.of, Kind::Is(Type::Flag | Type::Choice(_) | Type::Level(_) | Type::Text)) {
        let what = format!("a `switch` over {}", context.describe(&item));
        return context.too_rich(context.written.span(extent), &what);
    }
    let mut arms: Vec<Arm> = Vec::new();
    let mut otherwise: Option<Expr> = None;
    let mut given: Option<Typed> = None;
    let mut next = open.saturating_add(1);
    for case in &cases.expressions {
        let arrow = context.written.find(next, |it| it.is_sign("=>"))?;
        if !matches!(case.lhs, Node::BoolConstant(true, _)) {
            return context.too_rich(context.written.token_span(next), "`if` in a `switch` case");
        }
        let on = case_constants(context, next..arrow, item.of)?;
        let gives = typed(context, &case.rhs, wanted)?;
        next = after_arm(context, gives.extent.last, close);
        let of = match &given {
            Some(first) => unified(context, first, &gives)?,
            None => gives.of,
        };
        given = Some(Typed { of, ..gives.clone() });
        match on {
            Case::On(on) => arms.push(Arm { on, gives: gives.expr }),
            Case::Rest => otherwise = Some(gives.expr),
        }
    }
    if otherwise.is_none() {
        covers_all(context, &arms, item.of, extent)?;
    }
    let of = given?.of;
    let (item, otherwise) = (Box::new(item.expr), otherwise.map(Box::new));
    Some(context.make(ExprKind::Switch { item, arms: arms.into(), otherwise }, of, extent))
}

/// The token after the comma that ends an arm.
fn after_arm(context: &Context<'_, '_>, last: usize, close: usize) -> usize {
    let comma = context.written.find(last.saturating_add(1), |it| it.is_sign(","));
    comma.filter(|at| *at < close).map_or(close, |at| at.saturating_add(1))
}

/// What stands before `=>`.
enum Case {
    On(Constants),
    /// `_`
    Rest,
}

/// The constants before `=>`, which rhai keeps only as hashes.
fn case_constants(
    context: &mut Context<'_, '_>,
    tokens: std::ops::Range<usize>,
    of: Kind,
) -> Option<Case> {
    let mut values = Vec::new();
    let mut texts: Vec<Box<str>> = Vec::new();
    for at in tokens {
        let Some(token) = context.written.token(at).copied() else {
            continue;
        };
        let quoted = token.text.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        match (token.kind, of) {
            (TokenKind::Sign, _) if token.text == "|" => {}
            (TokenKind::Word, _) if token.text == "_" => return Some(Case::Rest),
            (TokenKind::Word, Kind::Is(Type::Flag)) if token.text == "true" => {
                values.push(Value::Flag(true));
            }
            (TokenKind::Word, Kind::Is(Type::Flag)) if token.text == "false" => {
                values.push(Value::Flag(false));
            }
            (TokenKind::Text, _) if token.text.contains('\\') => {
                return context.too_rich(context.written.token_span(at), "`\\` in a case");
            }
            (TokenKind::Text, Kind::Is(Type::Text)) => texts.push(quoted?.into()),
            (TokenKind::Text, Kind::Is(Type::Choice(set))) => {
                values.push(literals::named(context, quoted?, at, set, false)?);
            }
            (TokenKind::Text, Kind::Is(Type::Level(set))) => {
                values.push(literals::named(context, quoted?, at, set, true)?);
            }
            _ => {
                let what = format!(
                    "`{}` is no case of {}",
                    token.text,
                    context.scope.describe(of.as_type())
                );
                return context.unlike(Extent::one(at), &what, None);
            }
        }
    }
    Some(Case::On(match of {
        Kind::Is(Type::Text) => Constants::Texts(texts.into()),
        _ => Constants::Values(values.into()),
    }))
}

/// Refuses a `switch` without `_` that has no case for some value.
fn covers_all(context: &mut Context<'_, '_>, arms: &[Arm], of: Kind, extent: Extent) -> Option<()> {
    let covered = |value: Value| {
        arms.iter().any(|arm| match &arm.on {
            Constants::Values(values) => values.contains(&value),
            Constants::Texts(_) => false,
        })
    };
    let missing: Vec<String> = match of {
        Kind::Is(Type::Flag) => [true, false]
            .into_iter()
            .filter(|flag| !covered(Value::Flag(*flag)))
            .map(|flag| format!("`{flag}`"))
            .collect(),
        Kind::Is(Type::Choice(set) | Type::Level(set)) => {
            let names = context.scope.set(set).map_or(&[][..], |it| it.names.as_slice());
            let open = (0u16..).zip(names).filter(|(index, _)| !covered(Value::Choice(*index)));
            open.map(|(_, name)| format!("`\"{name}\"`")).collect()
        }
        _ => vec!["other texts".to_owned()],
    };
    if missing.is_empty() {
        return Some(());
    }
    let span = context.written.span(extent);
    let add = "add a line for each missing value, or `_ => …` as the last one";
    context.refuse(rules::no_value(span, "switch", &missing.join(", "), add))
}
