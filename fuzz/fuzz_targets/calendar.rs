//! See `tests::fuzzed::calendar`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tests::fuzzed::calendar(bytes));
