//! The functions of a script by their tokens: rhai says nothing about where a function starts.

use crate::script::reading::Extent;
use crate::script::reading::TokenKind;
use crate::script::reading::Written;

/// One `fn name(a, b) { … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Definition<'a> {
    pub(crate) name: &'a str,
    /// The token of the name.
    pub(crate) name_at: usize,
    /// How many arguments it takes.
    pub(crate) arguments: usize,
    /// From `(` to `)`.
    pub(crate) list: Extent,
    /// From `{` to `}`.
    pub(crate) body: Extent,
}

/// All functions, in order of the file.
pub(crate) fn definitions<'a>(written: &Written<'a>) -> Vec<Definition<'a>> {
    let tokens = written.tokens().iter().enumerate();
    let starts = tokens.filter(|(_, it)| it.kind == TokenKind::Word && it.text == "fn");
    starts.filter_map(|(at, _)| definition(written, at.saturating_add(1))).collect()
}

fn definition<'a>(written: &Written<'a>, name_at: usize) -> Option<Definition<'a>> {
    let name = written.token(name_at)?.text;
    let open = name_at.saturating_add(1);
    let close = written.pair(open)?;
    let body = close.saturating_add(1);
    let inside = written.tokens().get(open..close)?;
    let arguments = inside.iter().filter(|it| it.kind == TokenKind::Word).count();
    let list = Extent { first: open, last: close };
    let body = Extent { first: body, last: written.pair(body)? };
    Some(Definition { name, name_at, arguments, list, body })
}
