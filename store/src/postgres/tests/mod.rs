//! What PostgreSQL alone must do.

mod answers;
mod contract;
mod cut;
mod nodes;
mod sample;
mod stopped;
