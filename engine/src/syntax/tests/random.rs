//! Whatever the bytes, reading ends, within its limits and without a panic.

use proptest::collection::vec;
use proptest::prelude::Just;
use proptest::prelude::Strategy;
use proptest::prelude::any;
use proptest::prelude::prop_oneof;
use proptest::proptest;
use proptest::sample::Index;

use super::checked::BUSINESS;
use super::checked::HOUSING;
use crate::diagnostic::Diagnostics;
use crate::syntax::read;
use crate::text::SourceSet;

/// One way to spoil a file.
#[derive(Clone, Debug)]
enum Spoil {
    Truncate(Index),
    DuplicateLine(Index),
    DropLine(Index),
    SwapBytes(Index, Index),
    Insert(Index, &'static str),
}

const INSERTED: [&str; 12] =
    ["[", "]", "{", "}", "\"", "'''", "=", ".", "\n", "[[[[[[[[", "\u{202e}", "\u{430}"];

fn spoils() -> impl Strategy<Value = Spoil> {
    let insert = (any::<Index>(), proptest::sample::select(&INSERTED[..]));
    prop_oneof![
        any::<Index>().prop_map(Spoil::Truncate),
        any::<Index>().prop_map(Spoil::DuplicateLine),
        any::<Index>().prop_map(Spoil::DropLine),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Spoil::SwapBytes(a, b)),
        insert.prop_map(|(at, text)| Spoil::Insert(at, text)),
    ]
}

fn spoiled(mut bytes: Vec<u8>, spoil: &Spoil) -> Vec<u8> {
    if bytes.is_empty() {
        return bytes;
    }
    let line = |bytes: &[u8], at: &Index| {
        let at = at.index(bytes.len());
        let start = bytes[..at].iter().rposition(|it| *it == b'\n').map_or(0, |it| it + 1);
        let end = bytes[at..].iter().position(|it| *it == b'\n').map_or(bytes.len(), |it| at + it);
        start..end
    };
    match spoil {
        Spoil::Truncate(at) => bytes.truncate(at.index(bytes.len())),
        Spoil::DuplicateLine(at) => {
            let range = line(&bytes, at);
            let mut again = bytes[range.clone()].to_vec();
            again.push(b'\n');
            bytes.splice(range.start..range.start, again);
        }
        Spoil::DropLine(at) => {
            let range = line(&bytes, at);
            bytes.drain(range);
        }
        Spoil::SwapBytes(a, b) => {
            let (a, b) = (a.index(bytes.len()), b.index(bytes.len()));
            bytes.swap(a, b);
        }
        Spoil::Insert(at, text) => {
            let at = at.index(bytes.len());
            bytes.splice(at..at, text.bytes());
        }
    }
    bytes
}

/// Reads and looks at every fault: all lie inside their file.
fn check_reading_ends(bytes: Vec<u8>) {
    let n_bytes = bytes.len();
    let sources = SourceSet::new("", [("protocol.toml".to_owned(), bytes)]);
    let mut out = Diagnostics::default();
    let written = read(&sources, &mut out);
    assert!(written.is_some() || out.has_errors());
    for fault in &out {
        assert!(fault.primary.span.range().end <= n_bytes.max(1), "{fault:?}");
    }
}

proptest! {
    #[test]
    fn any_bytes_can_be_read(bytes in vec(any::<u8>(), 0..400)) {
        check_reading_ends(bytes);
    }

    #[test]
    fn any_text_of_marks_can_be_read(text in "[a-c\\[\\]{}=.,\"'\n #\\\\0-9-]{0,200}") {
        check_reading_ends(text.into_bytes());
    }

    #[test]
    fn any_spoiled_protocol_can_be_read(
        text in prop_oneof![Just(HOUSING), Just(BUSINESS)],
        list in vec(spoils(), 1..6),
    ) {
        let bytes = list.iter().fold(text.as_bytes().to_vec(), spoiled);
        check_reading_ends(bytes);
    }
}
