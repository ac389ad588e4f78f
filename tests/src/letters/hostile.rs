//! What hostile templates and hostile values come to.

use engine::letter::Unwritten;
use engine::model::Party;

use crate::letters::shop::{codes, sources, written};

#[test]
fn what_people_wrote_is_text_and_nothing_else() {
    let hostile = "<script>alert(1)</script>\n\n# Paid\n- **bold** [x](javascript:alert(1))\n\
                   {{ ticket }} {% if %} &amp; ![i](http://e.example/p.png) `code`\n1. one\n    four";
    let body = "> {{ summary }}\n\n{{ name }} <b>ours</b> [here](javascript:alert(2))\n";
    let letter = written(body, hostile, "</style><img src=x onerror=y>", Party::Complainant);
    let html = draw::letter::html(&letter.unwrap());
    let inside = html.split("<main").nth(1).unwrap();
    for tag in ["<script", "<img", "<b>", "<h2", "<ul", "<ol", "<strong", "<code", "<a "] {
        assert!(!inside.contains(tag), "{tag} in {inside}");
    }
    assert_eq!(html.matches("</style>").count(), 1);
    assert_eq!(inside.matches("<blockquote>").count(), 1);
    for shown in ["&lt;script&gt;", "# Paid", "**bold**", "{{ ticket }}", "&amp;amp;", "1. one"] {
        assert!(inside.contains(shown), "{shown} not in {inside}");
    }
}

#[test]
fn a_letter_has_an_end() {
    let long = "x".repeat(60_000);
    let body = "{{ summary }}\n\n".repeat(20);
    let why = written(&body, &long, "J", Party::Complainant).unwrap_err();
    assert_eq!(why, Unwritten::TooLong(512 * 1024));
    assert!(written("{{ summary }}\n", &long, "J", Party::Complainant).is_ok());
}

#[test]
fn a_template_that_is_too_much_is_refused_and_nothing_breaks() {
    let sum = format!("{{{{ {} }}}}", ["ticket"; 5_000].join(" + "));
    let brackets = format!("{{{{ {}ticket{} }}}}", "(".repeat(240), ")".repeat(240));
    let nested = format!("{}x{}", "{% if true %}".repeat(200), "{% endif %}".repeat(200));
    let elifs = format!("{{% if true %}}{}{{% endif %}}", "{% elif true %}".repeat(60));
    let long = "word ".repeat(8_000);
    let tags = "{{ ticket }} ".repeat(600);
    let quoted = format!("{{{{ \"}}}}\" ~ {} }}}}", ["ticket"; 300].join(" ~ "));
    for body in [&sum, &elifs, &long, &tags, &quoted] {
        assert_eq!(codes(body), ["letter-too-rich"], "{}", body.get(..40).unwrap());
    }
    for body in [&brackets, &nested] {
        let codes = codes(body);
        let is_clear = |it: &&str| ["letter-too-rich", "letter-syntax"].contains(it);
        assert!(!codes.is_empty() && codes.iter().all(is_clear), "{codes:?}");
    }
    for body in [
        "{% include 'answer.md' %}",
        "{% extends 'a' %}",
        "{% import 'a' as b %}",
        "{% for x in range(1000000) %}{% endfor %}",
        "{% set x = 1 %}",
        "{{ summary ~ name }}",
        "{{ summary.upper() }}",
        "{{ summary[0] }}",
        "{{ 10 ** 10 }}",
        "{{ 'text' }}",
        "{{ self.a() }}",
        "{% if summary %}a{% endif %}",
        "{% if summary == 'a' %}a{% endif %}",
        "{% if ticket is defined %}a{% endif %}",
        "{% block a %}{% endblock %}",
    ] {
        assert_eq!(codes(body), ["letter-too-rich"], "{body}");
    }
    for body in [
        "{{",
        "{% if",
        "{% endif %}",
        "{{ a b }}",
        "{% macro x() %}{% endmacro %}",
        "{#",
        "{% block a %}x{% endblock %}{% block a %}y{% endblock %}",
    ] {
        let codes = codes(body);
        assert_eq!(codes, ["letter-syntax"], "{body}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_a_template_or_has_a_fault(
        body in "([a-z .\n]|\\{\\{|\\}\\}|\\{%|%\\}|\\{#|#\\}|if |endif|else|is set|ticket|['\"|(),é]){0,60}"
    ) {
        let (machine, found) = engine::load(&sources(&body));
        proptest::prop_assert_eq!(machine.is_none(), found.has_errors());
    }

    #[test]
    fn whatever_people_write_is_shown_as_they_wrote_it(summary in "[ -~é\n]{1,80}") {
        proptest::prop_assume!(!summary.trim().is_empty());
        let letter = written("{{ summary }}\n", &summary, "J", Party::Complainant).unwrap();
        let text = draw::letter::text(&letter, 10_000);
        let shown: Vec<&str> = text.split_whitespace().skip_while(|it| *it != "Subject:").skip(3).collect();
        let wanted: Vec<&str> = summary.split_whitespace().collect();
        let shown = shown.get(..wanted.len()).unwrap_or_default();
        proptest::prop_assert_eq!(shown, wanted.as_slice(), "{}", text);
    }
}
