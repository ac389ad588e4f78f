//! What fuzzing begins with: the fixtures and the shipped protocols, in the form of each target.
//!
//! `FUZZ_SEEDS=folder cargo test -p tests --lib -- seeds` writes them into folders of that folder.

use std::fs;
use std::path::Path;

use super::pieces::FILE_MARK;

const TERMS: [&str; 18] = [
    "10 working days",
    "1 working day",
    "max(10 working days, 2 weeks)",
    "min(2 months, 40 calendar days, 30 working days)",
    "promptly",
    "8 weeks",
    "1 year",
    "90 minutes",
    "36 hours",
    "5 working hours",
    "500 working minutes",
    "5 days",
    "1.5 hours",
    "P8W",
    "1 week 2 working days",
    "-3 weeks",
    "0 hours",
    "ten working days",
];

const SCRIPTS: [&str; 6] = [
    "fn f(n) { n + 1 }",
    "fn f(n) { let a = [1, 2, 3]; for x in a { n += x; } n }",
    "fn g(t, l) { if t.contains(\"ö\") { l } else { \"high\" } }",
    "fn h() { let m = #{ a: 1, b: [2, 3] }; m.keys().len() > 1 && !m.is_empty() }",
    "fn f(n) { if n > 10 { f(n - 1) } else { round_half_up(n / 3, 2) } }",
    "fn h() { let s = \"abc\"; s.pad(10, \"x\"); s.sub_string(1, 2).to_upper() == \"BC\" }",
];

const CALENDARS: [&str; 3] = [
    "09:00-17:00\n18:00-24:00\n25 december\n26 december\neaster - 2 days\neaster + 1 day\n",
    "22:00-06:00\nfirst monday of may\nlast monday of august\n2026-05-04\n20 june\n",
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Fair\r\n\
     DTSTART;VALUE=DATE:20260504\r\nDTEND;VALUE=DATE:20260507\r\n\
     RRULE:FREQ=YEARLY;INTERVAL=2;UNTIL=20300101\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
];

/// The seeds of a target, the same in every run.
pub(crate) fn seeds(target: &str) -> Vec<Vec<u8>> {
    let texts = |texts: &[&str]| texts.iter().map(|it| it.as_bytes().to_vec()).collect();
    match target {
        "load" => protocols().iter().map(|folder| joined(folder)).collect(),
        "scenario" => protocols().iter().flat_map(|folder| scenarios(folder)).collect(),
        "condition" => conditions(),
        "term" => texts(&TERMS),
        "calendar" => texts(&CALENDARS),
        "script" => {
            let mut all: Vec<Vec<u8>> = texts(&SCRIPTS);
            all.extend(protocols().iter().filter_map(|it| fs::read(it.join("rules.rhai")).ok()));
            all
        }
        // Any bytes are a history.
        _ => (0..64_u8)
            .map(|n| (0..120).map(|k: u8| n.wrapping_mul(k) ^ (k << 3)).collect())
            .collect(),
    }
}

fn protocols() -> Vec<std::path::PathBuf> {
    let mut found =
        store::folder::find(&["../protocols".into(), "../examples".into(), "suite".into()]);
    found.retain(|it| !it.starts_with("suite/cli"));
    found
}

/// A protocol as one piece: see [`super::pieces::sources`].
fn joined(folder: &Path) -> Vec<u8> {
    let sources = store::folder::read(folder).unwrap();
    let file =
        |path: &str| sources.files().find(|(_, it)| it.path == path).unwrap().1.bytes.clone();
    let mut out = file("protocol.toml");
    for (_, file) in sources.files() {
        if file.path != "protocol.toml" && !file.path.starts_with("shipped:") {
            let mark = String::from_utf8(FILE_MARK.to_vec()).unwrap();
            out.extend(format!("\n{mark}{}\n", file.path).into_bytes());
            out.extend(&file.bytes);
        }
    }
    out
}

fn scenarios(folder: &Path) -> Vec<Vec<u8>> {
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    let all = store::folder::scenarios(folder).unwrap().into_iter();
    all.map(|(_, bytes)| [format!("# {name}\n").into_bytes(), bytes].concat()).collect()
}

/// Every condition of the fixtures, and made ones.
fn conditions() -> Vec<Vec<u8>> {
    let mut found: Vec<Vec<u8>> = Vec::new();
    for folder in protocols() {
        let text = String::from_utf8_lossy(&joined(&folder)).into_owned();
        for line in text.lines() {
            let value = ["is = '", "when = '"].iter().find_map(|it| line.strip_prefix(it));
            found.extend(value.map(|it| it.trim_matches('\'').as_bytes().to_vec()));
        }
    }
    found.extend((0..64_u8).map(|n| (0..60).map(|k: u8| n.wrapping_mul(k)).collect()));
    found.sort();
    found.dedup();
    found
}

#[test]
fn seeds_are_written() {
    let Some(folder) = std::env::var_os("FUZZ_SEEDS") else { return };
    for target in super::replay::TARGETS {
        let folder = Path::new(&folder).join(target.0);
        fs::create_dir_all(&folder).unwrap();
        for (bytes, number) in seeds(target.0).iter().zip(0..) {
            fs::write(folder.join(format!("seed-{number}")), bytes).unwrap();
        }
    }
}
