//! See `tests::fuzzed::history`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tests::fuzzed::history(bytes));
