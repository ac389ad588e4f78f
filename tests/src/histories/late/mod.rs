//! Late news: told in any order, read in the past, put right.

mod read;
mod told;
