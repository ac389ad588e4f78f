//! Two lists, held against each other as people read them.

use crate::scenario::running::failure::failure;
use crate::scenario::{Failure, Step};
use crate::text::Spanned;

/// Compares what a step expects with what was: in no order, each as often as it happened. What is
/// not expected at all may be anything.
pub(crate) fn differ<T: Clone + Ord>(
    step: &Step,
    aspect: &'static str,
    expected: Option<&Spanned<Vec<T>>>,
    was: &[T],
    name: impl Fn(&T) -> String,
) -> Option<Failure> {
    let expected = expected?;
    let (mut wanted, mut found) = (expected.value.clone(), was.to_vec());
    wanted.sort_unstable();
    found.sort_unstable();
    if wanted == found {
        return None;
    }
    let shown = |list: &[T]| match list.is_empty() {
        true => "none".to_owned(),
        false => list.iter().map(&name).collect::<Vec<_>>().join(", "),
    };
    let mut failure = *failure(step, aspect, shown(&expected.value), shown(was));
    failure.span = expected.span;
    Some(failure)
}
