//! The page on which a complainant sees how the complaint stands.

use crate::pages::frame::{escaped, page, term};
use crate::wire::Status;
use std::fmt::Write as _;

const TITLE: &str = "How your complaint stands";

/// The form that asks for the number and the code. `is_wrong` says that they were not found, and
/// not which of them.
#[must_use]
pub fn form(tenant: Option<&str>, is_wrong: bool) -> String {
    let mut body = String::new();
    if is_wrong {
        body.push_str(
            "<p role=\"alert\">There is no complaint with this number and this code. Check both, \
             or ask the organisation. After a few tries you have to wait for a moment.</p>\n",
        );
    }
    body.push_str("<p>You received a number and a code when you complained.</p>\n");
    body.push_str("<form method=\"post\" action=\"/status\" autocomplete=\"off\">\n");
    if let Some(tenant) = tenant {
        let _ =
            writeln!(body, "<input type=\"hidden\" name=\"tenant\" value=\"{}\">", escaped(tenant));
    }
    body.push_str(
        "<label for=\"ticket\">Number</label>\n\
         <input id=\"ticket\" name=\"ticket\" required maxlength=\"100\">\n\
         <label for=\"secret\">Code</label>\n\
         <input id=\"secret\" name=\"secret\" required maxlength=\"200\">\n\
         <button type=\"submit\">Show</button>\n</form>\n",
    );
    page(TITLE, &body)
}

/// The status of a complaint.
#[must_use]
pub fn status(status: &Status) -> String {
    let mut body = String::from("<dl>\n");
    let lang = escaped(&status.language);
    term(&mut body, "Number", Some(&status.ticket));
    term(&mut body, "Procedure", Some(&status.procedure));
    term(&mut body, "Received", Some(&status.received_on));
    term(&mut body, "Stage", Some(&status.stage));
    term(&mut body, "Closed", Some(if status.closed { "yes" } else { "no" }));
    body.push_str("</dl>\n");
    let lists = [
        ("What you can still do", &status.yours),
        ("What the organisation does next", &status.theirs),
    ];
    for (title, steps) in lists {
        if steps.is_empty() {
            continue;
        }
        let _ = write!(body, "<h2>{title}</h2>\n<ul>\n");
        for step in steps {
            let until = match (&step.until, step.missed) {
                (Some(until), false) => format!(" until {until}"),
                (Some(until), true) => format!(": this was due {until} and is late"),
                (None, _) => String::new(),
            };
            let _ = writeln!(
                body,
                "<li><span lang=\"{lang}\">{}</span>{}</li>",
                escaped(&step.what),
                escaped(&until)
            );
        }
        body.push_str("</ul>\n");
    }
    let _ = writeln!(body, "<p>Times are those of {}.</p>", escaped(&status.zone));
    page(TITLE, &body)
}
