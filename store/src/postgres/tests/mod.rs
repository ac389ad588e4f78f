//! What PostgreSQL alone must do.

mod answers;
mod cut;
mod nodes;
mod sample;
mod stopped;
