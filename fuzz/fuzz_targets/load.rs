//! See `tests::fuzzed::load`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tests::fuzzed::load(bytes));
