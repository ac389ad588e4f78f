//! Line ends after a tag.

use std::borrow::Cow;

use crate::letter::read::next_tag;

/// A template with the line ends that part its lines and paragraphs kept.
///
/// A tag takes the line end after it along, so that a line with nothing but tags leaves no empty line. Where
/// a line says something besides, its end stays if it said so before the first tag, or if an empty line
/// follows: without it two lines, or two paragraphs, would be one. Nothing moves: the space before `%}`
/// becomes the sign that keeps the line end.
pub(super) fn kept(template: &str) -> Cow<'_, str> {
    let mut at = 0;
    let mut signs = Vec::new();
    while let Some((start, end)) = next_tag(template, at) {
        at = end;
        if is_kept(template, start, end) {
            signs.push(end.saturating_sub(" %}".len()));
        }
    }
    let mut kept = Cow::Borrowed(template);
    for sign in signs {
        kept.to_mut().replace_range(sign..sign.saturating_add(1), "+");
    }
    kept
}

fn is_kept(template: &str, start: usize, end: usize) -> bool {
    let of = |from: usize, to: usize| template.get(from..to).unwrap_or_default();
    let tag = of(start, end);
    let after = of(end, template.len());
    let after = after.strip_prefix('\r').unwrap_or(after);
    let Some(after) = after.strip_prefix('\n') else { return false };
    if !(tag.starts_with("{%") && tag.ends_with(" %}")) {
        return false;
    }
    let line_start = of(0, start).rfind('\n').map_or(0, |it| it.saturating_add(1));
    let (mut at, mut said) = (line_start, Vec::new());
    while let Some((first, last)) = next_tag(template, at).filter(|it| it.1 <= end) {
        said.push(of(at, first));
        if !of(first, last).starts_with("{%") {
            said.push(of(first, last));
        }
        at = last;
    }
    let says = |part: &&str| !part.trim().is_empty();
    let begins =
        said.first().is_some_and(says) || said.get(1).is_some_and(|it| it.starts_with("{{"));
    let is_paragraph = after.lines().next().is_none_or(|it| it.trim().is_empty());
    begins || (is_paragraph && said.iter().any(says))
}

#[cfg(test)]
mod tests {
    use minijinja::{Environment, context};

    use super::kept;
    use crate::letter::read;

    #[track_caller]
    fn check(template: &str, expected: &str) {
        let mut env = Environment::empty();
        env.set_syntax(read::syntax().unwrap());
        let written =
            env.render_str(&kept(template), context! { yes => true, no => false, a => "A" });
        assert_eq!(written.unwrap(), expected, "{template:?}");
    }

    #[test]
    fn a_paragraph_ends_where_it_is_written_to_end() {
        check("One{% if yes %} two.{% endif %}\n\nThree", "One two.\n\nThree");
        check("One{% if no %} two.{% endif %}\r\n\r\nThree", "One\r\n\r\nThree");
        check("{% if yes %}One{% endif %}\n\nTwo", "One\n\nTwo");
        check("One {% if yes %}two{% endif %}\nthree", "One two\nthree");
        check("{{ a }}{% if no %}x{% endif %}\nb", "A\nb");
        check("- {% if yes %}a{% else %}b{% endif %}\n- c", "- a\n- c");
    }

    #[test]
    fn a_line_of_tags_leaves_no_empty_line() {
        check("One\n{% if yes %}\ntwo\n{% endif %}\nthree", "One\ntwo\nthree");
        check("One\n{% if no %}two{% endif %}\nthree", "One\nthree");
        check("One\n\n{% if yes %}\nTwo\n{% endif %}\n\nThree", "One\n\nTwo\n\nThree");
    }

    #[test]
    fn what_an_author_says_about_line_ends_holds() {
        check("One{% if yes -%} two{%- endif -%}\n\nThree", "OnetwoThree");
        check("One{% if yes +%} two{% endif +%}\n\nThree", "One two\n\nThree");
        check("One{%if yes%}x{%endif%}\nb", "Onexb");
        assert_eq!(kept("{% if"), "{% if");
        assert_eq!(kept("ä{% endif %}\n"), "ä{% endif+%}\n");
    }
}
