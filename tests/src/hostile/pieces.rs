//! Protocols and scenarios that break off, and the same text with other line ends.

use std::path::Path;

use engine::machine::Machine;
use engine::text::{FileId, SourceSet};

/// Small enough to meet every kind of place in a file, and no divisor of common lengths.
const STEP: usize = 97;

const FOLDERS: [&str; 2] = ["../protocols/small-business", "../protocols/uk-housing-code"];

/// The files of a protocol, with one of them as `change` makes it.
fn files(folder: &str, change: impl Fn(&str, &[u8]) -> Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let sources = store::folder::read(Path::new(folder)).unwrap();
    let files = sources.files().map(|(_, it)| (it.path.clone(), change(&it.path, &it.bytes)));
    files.collect()
}

fn set(files: Vec<(String, Vec<u8>)>) -> SourceSet {
    SourceSet::new("", files)
}

fn machine(folder: &str) -> Machine {
    engine::load(&store::folder::read(Path::new(folder)).unwrap()).0.unwrap()
}

#[test]
fn a_protocol_that_breaks_off_is_read_or_refused() {
    for folder in FOLDERS {
        let whole = files(folder, |_, bytes| bytes.to_vec());
        let length = whole.iter().find(|(path, _)| path == "protocol.toml").unwrap().1.len();
        let mut refused = 0;
        for kept in (0..length).step_by(STEP) {
            let cut = |path: &str, bytes: &[u8]| match path {
                "protocol.toml" => bytes[..kept].to_vec(),
                _ => bytes.to_vec(),
            };
            let (machine, faults) = engine::load(&set(files(folder, cut)));
            assert_eq!(machine.is_none(), faults.has_errors(), "{folder} up to byte {kept}");
            refused += usize::from(machine.is_none());
        }
        assert!(refused * 10 > length / STEP * 9, "{folder}: only {refused} are refused");
    }
}

#[test]
fn a_scenario_that_breaks_off_is_read_or_refused() {
    for folder in FOLDERS {
        let machine = machine(folder);
        for (path, bytes) in store::folder::scenarios(Path::new(folder)).unwrap() {
            for kept in (0..bytes.len()).step_by(STEP) {
                let cut = set(vec![(path.clone(), bytes[..kept].to_vec())]);
                let (scenario, faults) = engine::scenario::read(&cut, FileId(0), &machine);
                assert_eq!(scenario.is_none(), faults.has_errors(), "{path} up to byte {kept}");
            }
        }
    }
}

#[test]
fn a_scenario_of_other_bytes_is_refused() {
    let machine = machine(FOLDERS[0]);
    let deep = format!("title = {}", "[".repeat(10_000));
    let unread: [(&str, Vec<u8>); 6] = [
        ("toml-syntax", b"title = ".to_vec()),
        ("not-utf8", b"title = '\xff'".to_vec()),
        ("hidden-character", vec![0; 1_000]),
        ("byte-order-mark", "\u{feff}title = 'x'".into()),
        ("nested-too-deep", deep.into_bytes()),
        ("file-too-large", b"# comment\n".repeat(200_000)),
    ];
    for (code, bytes) in unread {
        let sources = set(vec![("scenarios/x.toml".to_owned(), bytes)]);
        let (scenario, faults) = engine::scenario::read(&sources, FileId(0), &machine);
        assert!(scenario.is_none(), "{code}");
        assert!(faults.iter().any(|it| it.code.name == code), "{code}: {faults:?}");
    }
}

/// All that a machine holds but places in files: these move with the line ends.
fn without_places(machine: &Machine) -> String {
    let shown = format!("{machine:?}");
    let mut parts = shown.split("Span {");
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|part| part.split_once('}').map_or("", |(_, after)| after));
    [first, rest.collect()].concat()
}

#[test]
fn windows_line_ends_give_the_same_machine() {
    for folder in FOLDERS {
        let windows = |_: &str, bytes: &[u8]| {
            String::from_utf8(bytes.to_vec()).unwrap().replace('\n', "\r\n").into_bytes()
        };
        let (changed, faults) = engine::load(&set(files(folder, windows)));
        assert!(faults.is_empty(), "{faults:?}");
        let (changed, whole) =
            (without_places(&changed.unwrap()), without_places(&machine(folder)));
        assert!(whole.len() > 50_000 && whole.contains("answer"), "{} bytes", whole.len());
        assert!(changed == whole, "{folder} is another protocol with other line ends");
    }
}
