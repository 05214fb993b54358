//! Draws references to footnotes.

use crate::model::markup::{escape_into, reference_id};

/// A reference to the footnote with this number. In borrowed words, it leads to the page that lends them,
/// and no footnote of the page around it leads back to it.
pub fn reference(html: &mut String, number: u32, which: u32, lender: Option<&str>) {
    match lender {
        None => html.push_str(&format!("<sup id=\"{}\"><a href=\"", reference_id(number, which))),
        Some(_) => html.push_str("<sup><a href=\""),
    }
    escape_into(html, lender.unwrap_or(""));
    html.push_str(&format!("#fn-{number}\">{number}</a></sup>"));
}
