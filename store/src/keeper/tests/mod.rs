//! Tests of a keeper on a real place.
