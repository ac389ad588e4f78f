//! What an `if` of a template asks, and what is known once it is answered.

use minijinja::machinery::ast::{BinOpKind, CompareOpKind, Expr, UnaryOpKind};

use crate::letter::entries::Part;
use crate::letter::lint::stated::Scope;
use crate::letter::lint::walk::{Walk, written};
use crate::letter::place::{Kind, Place};
use crate::letter::rules;
use crate::model::RecordId;

/// What is known on one of the two ways on from an `if`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Learned {
    /// These have a value.
    pub(crate) set: Vec<Place>,
    /// The complainant is the one who reads.
    pub(crate) own: bool,
    /// These have no entry.
    pub(crate) none: Vec<RecordId>,
}

impl Learned {
    fn and(mut self, other: Self) -> Self {
        self.set.extend(other.set);
        self.own |= other.own;
        self.none.extend(other.none);
        self
    }
}

/// What is known where a condition holds, and where it does not.
pub(crate) fn condition(
    walk: &mut Walk<'_, '_>,
    expr: &Expr<'_>,
    scope: &Scope,
) -> (Learned, Learned) {
    match expr {
        Expr::UnaryOp(it) if matches!(it.op, UnaryOpKind::Not) => {
            let (yes, no) = condition(walk, &it.expr, scope);
            (no, yes)
        }
        Expr::BinOp(it) if matches!(it.op, BinOpKind::ScAnd | BinOpKind::ScOr) => {
            let is_and = matches!(it.op, BinOpKind::ScAnd);
            let (left_yes, left_no) = condition(walk, &it.left, scope);
            let so_far = scope.with(if is_and { &left_yes } else { &left_no });
            let (right_yes, right_no) = condition(walk, &it.right, &so_far);
            match is_and {
                true => (left_yes.and(right_yes), Learned::default()),
                false => (Learned::default(), left_no.and(right_no)),
            }
        }
        Expr::BinOp(it) => {
            let op = match it.op {
                BinOpKind::Eq => Some(CompareOpKind::Eq),
                BinOpKind::Ne => Some(CompareOpKind::Ne),
                BinOpKind::In => Some(CompareOpKind::In),
                _ => None,
            };
            match op {
                Some(op) => comparison(walk, &it.left, op, &it.right, scope),
                None => other(walk, expr),
            }
        }
        Expr::Compare(it) => match it.ops.as_slice() {
            [one] => comparison(walk, &it.expr, one.op, &one.expr, scope),
            _ => other(walk, expr),
        },
        Expr::Test(it) if it.name == "set" && it.args.is_empty() => {
            let place = walk.place(&it.expr);
            match place {
                Some(Place::Entries(record)) => {
                    (Learned::default(), Learned { none: vec![record], ..Learned::default() })
                }
                place => {
                    let set = place.into_iter().map(Place::known_with).collect();
                    (Learned { set, ..Learned::default() }, Learned::default())
                }
            }
        }
        Expr::Var(_) | Expr::GetAttr(_) => flag(walk, expr, scope),
        _ => other(walk, expr),
    }
}

fn other(walk: &mut Walk<'_, '_>, expr: &Expr<'_>) -> (Learned, Learned) {
    let span = walk.span(expr.span());
    walk.out.push(rules::not_a_question(span));
    (Learned::default(), Learned::default())
}

/// A flag alone.
fn flag(walk: &mut Walk<'_, '_>, expr: &Expr<'_>, scope: &Scope) -> (Learned, Learned) {
    if let Some(place) = walk.place(expr) {
        if place.kind(walk.protocol) == Kind::Flag {
            walk.must_be_set(&place, expr, scope);
            walk.asked.push(place.clone());
            if let Place::Entry(record, Part::Done) = place {
                let set = vec![Place::Entry(record, Part::DoneAt)];
                return (Learned { set, ..Learned::default() }, Learned::default());
            }
        } else {
            let name = written(expr);
            let span = walk.span(expr.span());
            walk.out.push(rules::no_yes_or_no(&name, span));
        }
    }
    (Learned::default(), Learned::default())
}

/// `outcome == "upheld"`, `outcome in ["upheld", "partly_upheld"]`.
fn comparison(
    walk: &mut Walk<'_, '_>,
    left: &Expr<'_>,
    op: CompareOpKind,
    right: &Expr<'_>,
    scope: &Scope,
) -> (Learned, Learned) {
    let nothing = (Learned::default(), Learned::default());
    let is_path = matches!(left, Expr::Var(_) | Expr::GetAttr(_));
    let is_known = !matches!(
        op,
        CompareOpKind::Lt | CompareOpKind::Lte | CompareOpKind::Gt | CompareOpKind::Gte
    );
    if !is_path || !is_known {
        return other(walk, left);
    }
    let Some(place) = walk.place(left) else { return nothing };
    let Kind::Name(names) = place.kind(walk.protocol) else {
        return other(walk, left);
    };
    walk.must_be_set(&place, left, scope);
    let values: Vec<&Expr<'_>> = match right {
        Expr::List(list) => list.items.iter().collect(),
        one => vec![one],
    };
    for value in &values {
        let Expr::Const(it) = value else { return other(walk, value) };
        let said = it.value.as_str().unwrap_or_default();
        if !names.iter().any(|it| it == said) {
            let span = walk.span(value.span());
            let subject = written(left);
            walk.out.push(rules::no_such_value(&subject, said, &names, span));
        }
    }
    let is_complainant =
        |it: &Expr<'_>| matches!(it, Expr::Const(it) if it.value.as_str() == Some("complainant"));
    walk.asked.push(place.clone());
    let own = place == Place::Recipient && values.iter().all(|it| is_complainant(it));
    let own = Learned { own, ..Learned::default() };
    match op {
        CompareOpKind::Ne | CompareOpKind::NotIn => (Learned::default(), own),
        _ => (own, Learned::default()),
    }
}
