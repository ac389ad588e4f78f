//! See `tests::fuzzed::scenario`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tests::fuzzed::scenario(bytes));
