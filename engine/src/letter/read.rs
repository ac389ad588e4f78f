//! From the text of a template to its tree, within limits.

use std::ops::Range;

use minijinja::machinery::ast::Stmt;
use minijinja::machinery::parse;
use minijinja::syntax::SyntaxConfig;

/// The longest template, in bytes.
pub(crate) const TEMPLATE_BYTES_MAX: usize = 32 * 1024;

/// How many tags a template may have.
const TAGS_MAX: usize = 500;

/// The longest tag, in bytes. With it, how deep an expression can be.
const TAG_BYTES_MAX: usize = 500;

/// How many `elif` a template may have: the parser goes one deeper for each.
const ELIFS_MAX: usize = 50;

/// Why there is no tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// There is too much of something.
    TooMuch(String, Range<usize>),
    /// The tags cannot be read.
    Syntax(String, Range<usize>),
}

/// How templates are written: a line with nothing but a tag leaves no empty line.
pub(crate) fn syntax() -> Option<SyntaxConfig> {
    SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().ok()
}

/// The tree of a template.
pub(crate) fn parsed(template: &str) -> Result<Stmt<'_>, Unreadable> {
    within_limits(template)?;
    let syntax = syntax().unwrap_or_default();
    parse(template, "letter", syntax).map_err(|error| {
        let whole = 0..template.len().min(1);
        let range = error.range().unwrap_or(whole);
        let range = if template.get(range.clone()).is_some() { range } else { 0..0 };
        Unreadable::Syntax(error.detail().unwrap_or("it cannot be read").to_owned(), range)
    })
}

fn within_limits(template: &str) -> Result<(), Unreadable> {
    let too_much = |what: String, at: Range<usize>| Err(Unreadable::TooMuch(what, at));
    if template.len() > TEMPLATE_BYTES_MAX {
        return too_much(format!("it has more than {} KiB", TEMPLATE_BYTES_MAX / 1024), 0..0);
    }
    let (mut n_tags, mut n_elifs, mut at) = (0usize, 0usize, 0usize);
    while let Some((start, end)) = next_tag(template, at) {
        let head = start..start.saturating_add(2);
        n_tags += 1;
        let inner = template.get(head.end..end).unwrap_or_default();
        n_elifs +=
            usize::from(inner.trim_start_matches(['-', '+']).trim_start().starts_with("elif"));
        if end.saturating_sub(start) > TAG_BYTES_MAX {
            return too_much(format!("a tag has more than {TAG_BYTES_MAX} bytes"), head);
        }
        if n_tags > TAGS_MAX {
            return too_much(format!("it has more than {TAGS_MAX} tags"), head);
        }
        if n_elifs > ELIFS_MAX {
            return too_much(format!("it has more than {ELIFS_MAX} `elif`"), head);
        }
        at = end;
    }
    Ok(())
}

/// The tags of a template, with their brackets. All that it reads is named in one of them.
pub(crate) fn tags(template: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (start, end) = next_tag(template, at)?;
        at = end;
        template.get(start..end)
    })
}

/// Where the next tag begins and ends. One that is not closed reaches to the end.
pub(super) fn next_tag(template: &str, from: usize) -> Option<(usize, usize)> {
    let rest = template.get(from..)?;
    let open = rest.char_indices().find_map(|(at, it)| {
        let kind = rest.get(at.saturating_add(1)..)?.chars().next()?;
        (it == '{' && matches!(kind, '{' | '%' | '#')).then_some((at, kind))
    });
    let (at, kind) = open?;
    let start = from.saturating_add(at);
    let closing = match kind {
        '{' => "}}",
        '%' => "%}",
        _ => "#}",
    };
    let inner_start = start.saturating_add(2);
    let inner = template.get(inner_start..)?;
    let (mut quote, mut is_escaped) = (None, false);
    for (at, it) in inner.char_indices() {
        match quote {
            Some(_) if is_escaped => is_escaped = false,
            Some(_) if it == '\\' => is_escaped = true,
            Some(open) if it == open => quote = None,
            Some(_) => {}
            None if kind != '#' && matches!(it, '"' | '\'') => quote = Some(it),
            None if inner.get(at..).is_some_and(|rest| rest.starts_with(closing)) => {
                return Some((start, inner_start.saturating_add(at).saturating_add(2)));
            }
            None => {}
        }
    }
    Some((start, template.len()))
}

#[cfg(test)]
mod tests {
    use super::tags;

    #[track_caller]
    fn check(template: &str, expected: &[&str]) {
        assert_eq!(tags(template).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_tag_ends_where_it_is_closed() {
        check("no tag { here } %}", &[]);
        check("{{ a }} action {% if b %}{# c #}", &["{{ a }}", "{% if b %}", "{# c #}"]);
        check("{{ a", &["{{ a"]);
        check("{% if a == \"%}\" %}b", &["{% if a == \"%}\" %}"]);
        check("{% if a == '\\'%}' and b %}c", &["{% if a == '\\'%}' and b %}"]);
        check("{# it's }} #}{{ d }}", &["{# it's }} #}", "{{ d }}"]);
    }
}
