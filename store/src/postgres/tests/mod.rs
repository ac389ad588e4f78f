//! What PostgreSQL alone must do.

mod answers;
mod backlog;
mod contract;
mod cut;
mod nodes;
mod sample;
mod stopped;
