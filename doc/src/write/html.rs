//! A page as one HTML file that needs nothing but itself: no script, no font, no picture from
//! elsewhere. Everything is escaped by the template, but the drawing, which `draw` escapes.

use askama::Template;

use crate::page::{Block, Inline, Page, Shape};

/// The template, checked when this is compiled.
#[derive(Template)]
#[template(path = "page.html")]
struct Sheet<'a> {
    page: &'a Page,
}

/// Writes a page as HTML.
#[must_use]
pub fn html(page: &Page) -> String {
    // Writing into a text cannot fail, and the template calls nothing that can.
    let mut text = Sheet { page }.render().unwrap_or_default();
    text.push('\n');
    text
}
