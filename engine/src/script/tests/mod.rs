//! Tests of the layer as a whole: text in, diagnostics or answers out.

mod answers;
mod any_text;
mod cases;
mod entries;
mod faults;
mod hostile_scripts;
mod house;
mod libraries;
mod needs;
