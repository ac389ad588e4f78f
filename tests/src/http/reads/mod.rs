//! What is read: again, as it was, and as a picture.

mod again;
mod graph;
mod pages;
mod past;
