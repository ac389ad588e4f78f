//! Comparisons, lists and branches.

use crate::script::CompareOp;
use crate::script::Compared;
use crate::script::Constants;
use crate::script::Env;
use crate::script::Expr;
use crate::script::ExprKind;
use crate::script::ScriptFault;
use crate::script::Sink;
use crate::script::eval::condition::truth_in;
use crate::script::eval::number::number;
use crate::script::eval::read::wrong_kind;
use crate::script::eval::value::date;
use crate::script::eval::value::index;
use crate::script::eval::value::text;
use crate::script::eval::value::value_in;
use crate::script::eval::within::Within;

pub(super) fn compare<E: Env, S: Sink>(
    op: CompareOp,
    compared: Compared,
    left: &Expr,
    right: &Expr,
    env: &Within<'_, E>,
    sink: &mut S,
) -> Result<bool, ScriptFault> {
    let order = match compared {
        Compared::Flags => truth_in(left, env, sink)?.cmp(&truth_in(right, env, sink)?),
        Compared::Numbers => number(left, env, sink)?.cmp(&number(right, env, sink)?),
        Compared::Indices => index(left, env, sink)?.cmp(&index(right, env, sink)?),
        Compared::Dates => date(left, env, sink)?.cmp(&date(right, env, sink)?),
        Compared::Texts => text(left, env, sink)?.cmp(text(right, env, sink)?),
    };
    Ok(op.holds(order))
}

pub(super) fn is_listed<E: Env, S: Sink>(
    item: &Expr,
    list: &Constants,
    env: &Within<'_, E>,
    sink: &mut S,
) -> Result<bool, ScriptFault> {
    match list {
        Constants::Texts(texts) => {
            let item = text(item, env, sink)?;
            Ok(texts.iter().any(|it| &**it == item))
        }
        Constants::Values(values) => {
            let item = value_in(item, env, sink)?;
            Ok(values.contains(&item))
        }
    }
}

/// The branch of a `switch` that is taken.
pub(super) fn branch<'e, E: Env, S: Sink>(
    expr: &'e Expr,
    env: &Within<'_, E>,
    sink: &mut S,
) -> Result<&'e Expr, ScriptFault> {
    let ExprKind::Switch { item, arms, otherwise } = &expr.kind else {
        return Err(wrong_kind(expr));
    };
    let taken = if arms.iter().any(|arm| matches!(arm.on, Constants::Texts(_))) {
        let item = text(item, env, sink)?;
        arms.iter().find(|arm| match &arm.on {
            Constants::Texts(texts) => texts.iter().any(|it| &**it == item),
            Constants::Values(_) => false,
        })
    } else {
        let item = value_in(item, env, sink)?;
        arms.iter().find(|arm| match &arm.on {
            Constants::Texts(_) => false,
            Constants::Values(values) => values.contains(&item),
        })
    };
    let given = taken.map(|arm| &arm.gives).or(otherwise.as_deref());
    given.ok_or_else(|| wrong_kind(item))
}
