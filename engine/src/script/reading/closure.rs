//! Closures: `|i| …` as the argument of a call. They are found by their tokens and read by
//! themselves, in their place, so that rhai need not allow functions inside conditions.

use std::borrow::Cow;
use std::ops::Range;

use crate::script::reading::Extent;
use crate::script::reading::TokenKind;
use crate::script::reading::Written;

/// What rhai offers for lists, which authors will try on records. None of them is a question about
/// a text, so that a closure is never left out unseen.
pub(crate) const LIST_FUNCTIONS: [&str; 12] = [
    "some", "all", "count", "last", "first", "filter", "map", "none", "any", "find", "every",
    "exists",
];

/// A closure, by its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Closure {
    /// The first bar, or `||`.
    pub(crate) bar: usize,
    /// The second bar; `None` where it is missing. The same as the first for `||`.
    pub(crate) second: Option<usize>,
    /// The bracket that ends the call.
    pub(crate) close: usize,
}

impl Closure {
    /// The closure that is the first argument of a call, by the token of the name that is called.
    pub(crate) fn of_call(written: &Written<'_>, name: usize) -> Option<Self> {
        let bar = name.saturating_add(2);
        let close = written.pair(name.saturating_add(1))?;
        if !starts_at(written, bar) {
            return None;
        }
        let second = match written.is_sign(bar, "||") {
            true => Some(bar),
            false => written.find(bar.saturating_add(1), |it| it.is_sign("|")),
        };
        Some(Self { bar, second: second.filter(|it| *it < close), close })
    }

    /// What stands between the bars.
    pub(crate) fn names(&self) -> Range<usize> {
        let end = self.second.unwrap_or(self.bar);
        self.bar.saturating_add(1).min(end)..end
    }

    /// What stands after the bars, without braces around all of it; `None` where nothing does.
    pub(crate) fn body(&self, written: &Written<'_>) -> Option<Extent> {
        let first = self.second?.saturating_add(1);
        let last = self.close.checked_sub(1).filter(|last| first <= *last)?;
        match written.is_sign(first, "{") && written.pair(first) == Some(last) {
            true if last.saturating_sub(first) < 2 => None,
            true => Some(Extent { first: first.saturating_add(1), last: last.saturating_sub(1) }),
            false => Some(Extent { first, last }),
        }
    }

    /// The comma after the closure, where the call gets more than the closure.
    pub(crate) fn comma(&self, written: &Written<'_>) -> Option<usize> {
        let mut at = self.second?.saturating_add(1);
        while at < self.close {
            if written.is_sign(at, ",") {
                return Some(at);
            }
            at = written.pair(at).filter(|end| *end > at).unwrap_or(at).saturating_add(1);
        }
        None
    }
}

/// Whether a closure begins with this token: a bar after the bracket of a call that may have one.
pub(crate) fn starts_at(written: &Written<'_>, bar: usize) -> bool {
    let before = |n: usize| bar.checked_sub(n);
    let is_bar = written.is_sign(bar, "|") || written.is_sign(bar, "||");
    let is_call = before(2)
        .and_then(|at| written.token(at))
        .is_some_and(|name| name.kind == TokenKind::Word && LIST_FUNCTIONS.contains(&name.text));
    is_bar
        && is_call
        && before(1).is_some_and(|at| written.is_sign(at, "("))
        && before(3).is_some_and(|at| written.is_sign(at, "."))
}

/// Whether this token is the second bar of a closure.
pub(crate) fn ends_at(written: &Written<'_>, bar: usize) -> bool {
    let before = written.tokens().get(..bar).unwrap_or_default();
    let first = before.iter().rposition(|it| it.is_sign("|"));
    written.is_sign(bar, "|")
        && first.is_some_and(|it| starts_at(written, it) && !is_over_before(written, it, bar))
}

/// Whether the call that a bar belongs to ends before another token.
fn is_over_before(written: &Written<'_>, bar: usize, other: usize) -> bool {
    let close = bar.checked_sub(1).and_then(|open| written.pair(open));
    close.is_some_and(|close| close < other)
}

/// The whole condition with its closures left blank.
pub(crate) fn without_closures<'a>(written: &Written<'a>) -> Cow<'a, str> {
    let text = written.located().text;
    let hidden = closures_in(written, 0..written.tokens().len());
    match hidden.is_empty() {
        true => Cow::Borrowed(text),
        false => Cow::Owned(blanked(text, 0..text.len(), &hidden)),
    }
}

/// Some tokens in their place: what stands before them and the closures in them are blank, what
/// stands after them is left out.
pub(crate) fn only(written: &Written<'_>, tokens: Extent) -> String {
    let hidden = closures_in(written, tokens.first..tokens.last.saturating_add(1));
    blanked(written.located().text, written.range(tokens), &hidden)
}

/// The bytes of the outermost closures among some tokens.
fn closures_in(written: &Written<'_>, tokens: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = tokens.start;
    while at < tokens.end {
        match Closure::of_call(written, at) {
            Some(closure) => {
                let last = closure.close.saturating_sub(1);
                found.push(written.range(Extent { first: closure.bar, last }));
                at = closure.close;
            }
            None => at = at.saturating_add(1),
        }
    }
    found
}

/// A space for each character that is not kept, so that lines and columns stay what they are.
fn blanked(text: &str, kept: Range<usize>, hidden: &[Range<usize>]) -> String {
    let mut hidden = hidden.iter().peekable();
    let up_to = text.get(..kept.end).unwrap_or(text);
    up_to
        .char_indices()
        .map(|(at, character)| {
            while hidden.next_if(|it| it.end <= at).is_some() {}
            let is_hidden = hidden.peek().is_some_and(|it| it.contains(&at));
            match character.is_whitespace() || (kept.contains(&at) && !is_hidden) {
                true => character,
                false => ' ',
            }
        })
        .collect()
}
