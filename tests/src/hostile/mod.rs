//! Bad input in this process: pieces of good files, parsers, and functions that never end. What
//! is large is in `cli/tests/limits`, where time and memory are measured.

mod entries;
mod parsers;
mod pieces;
mod scripts;
