//! See `tests::fuzzed::condition`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tests::fuzzed::condition(bytes));
