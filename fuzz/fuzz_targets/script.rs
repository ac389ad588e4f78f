//! See `tests::fuzzed::script`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tests::fuzzed::script(bytes));
