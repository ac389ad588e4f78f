//! The frame of every page.

use std::fmt::Write as _;

const STYLE: &str = "body{font:1.1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:46rem;padding:0 1rem;color:#111;background:#fff}\
h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2rem}dt{font-weight:bold;margin-top:.6rem}dd{margin:0}\
label{display:block;font-weight:bold;margin-top:1rem}input{font:inherit;padding:.4rem;width:100%;max-width:28rem;box-sizing:border-box;border:1px solid #555}\
button{font:inherit;margin-top:1rem;padding:.5rem 1.2rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #ccc}\
code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}:focus-visible{outline:3px solid #0b57d0;outline-offset:2px}\
@media (prefers-color-scheme:dark){body{color:#eee;background:#111}input{color:#eee;background:#222}}";

/// A page with a title and a body that is HTML already.
pub(super) fn page(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{}</title>\n<style>{STYLE}</style>\n\
         </head>\n<body>\n<main>\n<h1>{}</h1>\n{body}</main>\n</body>\n</html>\n",
        escaped(title),
        escaped(title),
    )
}

/// A text as it stands in a page, between tags or in an attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            it => out.push(it),
        }
    }
    out
}

/// Adds a line of a list of terms; nothing is added where there is no value.
pub(super) fn term(out: &mut String, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        // Writing to a text cannot fail.
        let _ = writeln!(out, "<dt>{}</dt><dd>{}</dd>", escaped(name), escaped(value));
    }
}
