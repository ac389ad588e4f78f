//! What is read: again, as it was, as a picture, and what became of guarantees.

mod again;
mod graph;
mod guarantees;
mod pages;
mod past;
