//! The finitely many cases that simple conditions can tell apart.
//!
//! A decision table over flags, choices, levels and numbers compared with constants has finitely
//! many different cases, and one representative of each says everything about it: exact, not a
//! sample.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::script::Compared;
use crate::script::Constants;
use crate::script::Expr;
use crate::script::ExprKind;
use crate::script::Scope;
use crate::script::Type;
use crate::script::Value;
use crate::script::VariableId;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// The classes of values of one variable that some conditions can tell apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The variable.
    pub variable: VariableId,
    /// One representative of each class; [`Value::Unset`] first when a condition asks `is_set`.
    pub classes: Vec<Value>,
}

/// The classes of all variables that some conditions read, sorted by variable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cuts {
    /// One entry a variable.
    pub variables: Vec<Cut>,
}

impl Cuts {
    /// How many cases there are; `None` when there are more than 2^64.
    #[must_use]
    pub fn count(&self) -> Option<u64> {
        self.variables.iter().try_fold(1u64, |product, cut| {
            product.checked_mul(u64::try_from(cut.classes.len()).ok()?)
        })
    }
}

/// What conditions ask about one variable.
#[derive(Default)]
struct Asked {
    whether_set: bool,
    numbers: BTreeSet<Decimal>,
    dates: BTreeSet<NaiveDate>,
}

/// The classes of values that the conditions can tell apart, or `None` when one of them is not
/// made of comparisons of a variable with constants, lists of constants, `is_set`, flags and
/// `&&`, `||`, `!`, `if`, `switch`.
#[must_use]
pub fn cuts(conditions: &[&Expr], scope: &Scope) -> Option<Cuts> {
    let mut asked = BTreeMap::new();
    for condition in conditions {
        ask(condition, &mut asked)?;
    }
    let variables = asked
        .into_iter()
        .map(|(variable, asked)| {
            let classes = classes(scope.variable(variable)?.of, &asked, scope)?;
            Some(Cut { variable, classes })
        })
        .collect::<Option<Vec<Cut>>>()?;
    Some(Cuts { variables })
}

fn ask(expr: &Expr, asked: &mut BTreeMap<VariableId, Asked>) -> Option<()> {
    match &expr.kind {
        ExprKind::Const(Value::Flag(_)) => Some(()),
        ExprKind::Var(variable) => {
            asked.entry(*variable).or_default();
            Some(())
        }
        ExprKind::IsSet(variable) => {
            asked.entry(*variable).or_default().whether_set = true;
            Some(())
        }
        ExprKind::VarNumber { variable, constant, .. } => {
            ask_about(*variable, &Value::Number(*constant), asked);
            Some(())
        }
        ExprKind::VarIndex { variable, constant, .. } => {
            ask_about(*variable, &Value::Choice(*constant), asked);
            Some(())
        }
        ExprKind::Compare { compared, left, right, .. } if *compared != Compared::Texts => {
            match (&left.kind, &right.kind) {
                (ExprKind::Var(variable), ExprKind::Const(value))
                | (ExprKind::Const(value), ExprKind::Var(variable)) => {
                    ask_about(*variable, value, asked);
                    Some(())
                }
                _ => None,
            }
        }
        ExprKind::In { item, list } => ask_list(item, list, asked),
        ExprKind::Switch { item, arms, otherwise } => {
            for arm in arms {
                ask_list(item, &arm.on, asked)?;
                ask(&arm.gives, asked)?;
            }
            otherwise.as_deref().map_or(Some(()), |it| ask(it, asked))
        }
        ExprKind::And(_) | ExprKind::Or(_) | ExprKind::Not(_) | ExprKind::If { .. } => {
            let mut simple = Some(());
            expr.each_child(&mut |child| simple = simple.and_then(|()| ask(child, asked)));
            simple
        }
        _ => None,
    }
}

fn ask_list(item: &Expr, list: &Constants, asked: &mut BTreeMap<VariableId, Asked>) -> Option<()> {
    let (ExprKind::Var(variable), Constants::Values(values)) = (&item.kind, list) else {
        return None;
    };
    asked.entry(*variable).or_default();
    values.iter().for_each(|value| ask_about(*variable, value, asked));
    Some(())
}

fn ask_about(variable: VariableId, constant: &Value, asked: &mut BTreeMap<VariableId, Asked>) {
    let asked = asked.entry(variable).or_default();
    match constant {
        Value::Number(number) => {
            asked.numbers.insert(*number);
        }
        Value::Date(date) => {
            asked.dates.insert(*date);
        }
        _ => {}
    }
}

fn classes(of: Type, asked: &Asked, scope: &Scope) -> Option<Vec<Value>> {
    let mut classes = Vec::new();
    if asked.whether_set {
        classes.push(Value::Unset);
    }
    match of {
        Type::Flag => classes.extend([Value::Flag(false), Value::Flag(true)]),
        Type::Choice(set) | Type::Level(set) => {
            let count = u16::try_from(scope.set(set)?.names.len()).ok()?;
            classes.extend((0..count).map(Value::Choice));
        }
        Type::Number | Type::Money(_) => {
            let midway = |low: &Decimal, high: &Decimal| {
                let middle =
                    high.checked_sub(*low)?.checked_div(Decimal::TWO)?.checked_add(*low)?;
                (*low < middle && middle < *high).then_some(middle)
            };
            let below = |first: &Decimal| first.checked_sub(Decimal::ONE);
            let above = |last: &Decimal| last.checked_add(Decimal::ONE);
            let points = cut_at(&asked.numbers, below, midway, above);
            classes.extend(points.into_iter().map(Value::Number));
            if asked.numbers.is_empty() {
                classes.push(Value::Number(Decimal::ZERO));
            }
        }
        Type::Date => {
            let midway = |low: &NaiveDate, high: &NaiveDate| low.succ_opt().filter(|it| it < high);
            let points = cut_at(&asked.dates, NaiveDate::pred_opt, midway, NaiveDate::succ_opt);
            classes.extend(points.into_iter().map(Value::Date));
            if asked.dates.is_empty() {
                classes.push(Value::Date(NaiveDate::default()));
            }
        }
        // Only `is_set` can be asked of these inside the fragment; the value does not matter.
        Type::Text => classes.push(Value::Text(crate::text::Symbol(0))),
        Type::Personal => classes.push(Value::Slot(crate::text::Symbol(0))),
    }
    Some(classes)
}

/// The points themselves, one value between each two neighbours where there is one, one below the
/// first and one above the last; ascending.
fn cut_at<T: Copy>(
    points: &BTreeSet<T>,
    below: impl Fn(&T) -> Option<T>,
    between: impl Fn(&T, &T) -> Option<T>,
    above: impl Fn(&T) -> Option<T>,
) -> Vec<T> {
    let mut all: Vec<T> = points.iter().next().and_then(below).into_iter().collect();
    let mut before: Option<&T> = None;
    for point in points {
        all.extend(before.and_then(|before| between(before, point)));
        all.push(*point);
        before = Some(point);
    }
    all.extend(before.and_then(above));
    all
}

/// Shows every case to `visit`: one value for each variable, the last variable changing fastest.
/// Says `false`, having shown nothing, when there are more than `limit` cases.
pub fn each_case(cuts: &Cuts, limit: u64, mut visit: impl FnMut(&[(VariableId, Value)])) -> bool {
    if cuts.count().is_none_or(|count| count > limit) {
        return false;
    }
    let mut case = Vec::with_capacity(cuts.variables.len());
    extend(&cuts.variables, &mut case, &mut visit);
    true
}

fn extend(
    rest: &[Cut],
    case: &mut Vec<(VariableId, Value)>,
    visit: &mut impl FnMut(&[(VariableId, Value)]),
) {
    let Some((cut, rest)) = rest.split_first() else {
        visit(case);
        return;
    };
    for class in &cut.classes {
        case.push((cut.variable, *class));
        extend(rest, case, visit);
        case.pop();
    }
}
