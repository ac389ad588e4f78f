//! Tests of the layer as a whole: text in, diagnostics or answers out.

mod answers;
mod any_text;
mod cases;
mod drawn;
mod faults_of_kinds;
mod faults_of_measure;
mod faults_of_names;
mod faults_of_reading;
mod house;
mod libraries;
mod needs;
