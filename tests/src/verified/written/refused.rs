//! `protocol verify --check-certificate` with files that are no proof of the protocol as it is.

use std::fs;
use std::path::PathBuf;

use super::folder::Folder;
use super::said::{Said, said};

/// A protocol of which something is proved, and its certificate.
struct World {
    folder: Folder,
    text: String,
}

const PROTOCOL: &str = include_str!("../../../suite/verified/chain.toml");

const GUARANTEES: &str = r#"
[[guarantees]]
id = "known"
says = "Whoever complains hears, or the case goes on"
from = ["opened"]
within = "4 weeks"
expect = ["met:acknowledge", "breach:acknowledge"]

[[guarantees]]
id = "in-a-day"
says = "Whoever complains hears within a day"
from = ["opened"]
within = "1 calendar day"
expect = ["met:acknowledge"]
"#;

impl World {
    fn new(name: &str) -> Self {
        let folder = Folder::with(name, &format!("{PROTOCOL}{GUARANTEES}"));
        let mut world = Self { folder, text: String::new() };
        let file = world.file();
        let (folder, file) = (world.folder.shown(), file.to_str().unwrap());
        let words = ["verify", folder, "--guarantee", "known", "--certificate", file];
        let found = said(&words, None);
        assert!(found.stderr.contains("1 proof is certified in"), "{found:?}");
        world.text = fs::read_to_string(file).unwrap();
        world
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("proofs.cert")
    }

    /// What is said of a file with these bytes.
    fn said_of(&self, bytes: &[u8]) -> Said {
        fs::write(self.file(), bytes).unwrap();
        let file = self.file().to_string_lossy().into_owned();
        said(&["verify", self.folder.shown(), "--check-certificate", &file], None)
    }

    /// Checks that a file with these bytes is refused in these words.
    #[track_caller]
    fn check(&self, bytes: &[u8], exit: u8, words: &str) {
        let found = self.said_of(bytes);
        assert_eq!(found.exit, exit, "{found:?}");
        let text = if exit == 1 { &found.stdout } else { &found.stderr };
        assert!(text.contains(words), "{found:?}");
    }

    #[track_caller]
    fn check_changed(&self, from: &str, to: &str, exit: u8, words: &str) {
        let text = self.text.replacen(from, to, 1);
        assert_ne!(text, self.text);
        self.check(text.as_bytes(), exit, words);
    }
}

#[test]
fn what_was_written_is_accepted() {
    let world = World::new("accepted");
    let found = world.said_of(world.text.as_bytes());
    assert_eq!((found.exit, found.stderr.as_str()), (0, ""), "{found:?}");
    for words in ["Proved: never later than 4 weeks", "checked: ", "`in-a-day`", "1 proof accepted"]
    {
        assert!(found.stdout.contains(words), "{words}: {found:?}");
    }
}

#[test]
fn what_is_no_certificate_of_the_protocol_cannot_be_checked() {
    let world = World::new("foreign");
    world.check(b"", 2, "is no certificate");
    world.check(b"redress", 2, "is no certificate");
    world.check(&[0xff; 100], 2, "is no certificate");
    world.check("\u{1b}[2J\n".repeat(100_000).as_bytes(), 2, "is no certificate");
    world.check_changed("certificate 1", "certificate 7", 2, "of version `7`");
    let half = &world.text.as_bytes()[..world.text.len() / 2];
    let line = half.iter().rposition(|it| *it == b'\n').unwrap();
    world.check(&half[..=line], 2, "is cut off");
    world.check_changed(
        "protocol chain",
        "protocol other",
        2,
        "of the protocol `other`, not of `chain`",
    );
    world.check_changed("folder ", "folder 0", 2, "of other files of `chain`");
    world.check_changed("\nbegin\n", "\nbegin \n", 2, "line 8 of");
    let (head, _) = world.text.split_once("proof ").unwrap();
    world.check(format!("{head}end\n").as_bytes(), 2, "certifies nothing");
    let folder = world.folder.shown();
    let found = said(&["verify", folder, "--check-certificate", folder], None);
    assert!(found.exit == 2 && found.stderr.contains("is a folder"), "{found:?}");
    let found = said(&["verify", folder, "--check-certificate", "/nowhere/at/all"], None);
    assert!(found.exit == 2 && found.stderr.contains("cannot open"), "{found:?}");
}

#[test]
fn a_protocol_that_was_changed_needs_another_certificate() {
    let world = World::new("changed");
    let path = world.folder.path().join("protocol.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{text}\n# nothing\n")).unwrap();
    world.check(world.text.as_bytes(), 2, "of other files of `chain`");
}

#[test]
fn what_is_less_than_a_proof_is_none() {
    let world = World::new("less");
    world.check_changed("proof known", "proof unknown", 1, "states no such guarantee");
    world.check_changed("proof known", "proof in-a-day", 1, "No proof: ");
    world.check_changed("2022-12-31", "2019-12-31", 1, "2019-12-31 is no window");
    world.check_changed("\nbegin\n|\n", "\nbegin\n", 1, "No proof: ");
    world.check_changed("\nfrom 0 0 0 ", "\nfrom 0 0 999 ", 1, "no such step leads to situation");
}

/// Every line is left out in turn, and every number drawn closer.
#[test]
fn no_line_can_be_left_out_and_no_bound_drawn_closer() {
    let world = World::new("lines");
    let lines: Vec<&str> = world.text.lines().collect();
    assert!((8..120).contains(&lines.len()), "{}", lines.len());
    for (left_out, line) in lines.iter().enumerate() {
        let others = lines.iter().enumerate().filter(|(at, _)| *at != left_out);
        let text: String = others.map(|(_, line)| format!("{line}\n")).collect();
        let found = world.said_of(text.as_bytes());
        assert!([1, 2].contains(&found.exit), "without {line:?}: {found:?}");
    }
    for (at, line) in lines.iter().enumerate().filter(|(_, it)| it.starts_with("| ")) {
        let (first, rest) = line.trim_start_matches("| ").split_once(' ').unwrap();
        let first: i32 = first.parse().unwrap();
        let closer = format!("| {} {rest}", first - 1);
        let text = lines.iter().enumerate();
        let text: String = text
            .map(|(it, line)| format!("{}\n", if it == at { closer.as_str() } else { line }))
            .collect();
        let found = world.said_of(text.as_bytes());
        assert_eq!(found.exit, 1, "{line:?}: {found:?}");
    }
}
