//! What is read: again, as it was, as a picture, as a handbook, and what became of guarantees.

mod again;
mod graph;
mod guarantees;
mod handbook;
mod pages;
mod past;
