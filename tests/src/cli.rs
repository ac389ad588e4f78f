//! What the `protocol` command says, whole. A case is a folder `suite/cli/<command>/<case>/` with
//! a transcript: lines with `$` are run, in this process, and what follows them is what they
//! wrote. Lines of standard error begin with `2> `, the exit code has a line of its own.
//! `UPDATE=1` writes the transcripts; the difference is the review.
//!
//! In a command `CASE` is the folder of the case, `PROTOCOLS` the folder with protocols that
//! cases share, `TMP` an empty folder, or a copy of the folder `start` of the case. Before the
//! command may stand `CI=true`, `TERMINAL=true`, `TYPED=true` (somebody types standard input) or
//! `QUIET=true` (only the exit code is shown), `NOW=…` (what time it is for commands over kept cases), after it `< FILE` for standard input. `cat` and `ls` show what a command has written.

use std::cell::RefCell;
use std::fs;
use std::io::{BufReader, Cursor};
use std::path::{Path, PathBuf};

use cli::{Io, Place};

const FOLDER: &str = "suite/cli";
const PROTOCOLS: &str = "suite/cli/protocols";
const TRANSCRIPT: &str = "transcript.txt";

/// The folders whose commands show what is random.
const MASKED: [&str; 3] = ["suite/cli/case", "suite/cli/worklist", "suite/cli/token"];

struct Case {
    folder: PathBuf,
    temporary: PathBuf,
    /// The ids that were shown, in order: another in each run, so that their numbers stand for them.
    ids: RefCell<Vec<String>>,
}

impl Case {
    fn begin(folder: &Path) -> Self {
        let name = folder.to_string_lossy().replace(['/', '\\'], "-");
        let temporary = std::env::temp_dir().join(format!("redress-{}-{name}", std::process::id()));
        copy(&folder.join("start"), &temporary);
        Self { folder: folder.to_path_buf(), temporary, ids: RefCell::default() }
    }

    fn names(&self) -> [(&'static str, String); 3] {
        let folder = self.folder.to_string_lossy().into_owned();
        let temporary = self.temporary.to_string_lossy().into_owned();
        [("PROTOCOLS", PROTOCOLS.to_owned()), ("CASE", folder), ("TMP", temporary)]
    }

    /// The words with the real folders in them.
    fn real(&self, word: &str) -> String {
        self.names().iter().fold(word.to_owned(), |text, (name, path)| text.replace(name, path))
    }

    /// What was written, without anything that differs between machines and runs.
    fn shown(&self, text: &str) -> String {
        let names = self.names();
        let text =
            names.iter().fold(text.to_owned(), |text, (name, path)| text.replace(path, name));
        let text: String = text.lines().map(|line| timeless(line.trim_end()) + "\n").collect();
        match MASKED.iter().any(|it| self.folder.starts_with(it)) {
            true => self.masked(&text),
            false => text,
        }
    }

    /// The text without what is random: ids, secrets, tokens.
    fn masked(&self, text: &str) -> String {
        let is_of_word = |it: char| it.is_ascii_alphanumeric() || it == '_' || it == '-';
        let mut shown = String::new();
        for part in text.split_inclusive(|it: char| !is_of_word(it)) {
            let end = part.find(|it: char| !is_of_word(it)).unwrap_or(part.len());
            let (word, rest) = part.split_at(end);
            shown.push_str(&self.mask(word));
            shown.push_str(rest);
        }
        shown
    }

    fn mask(&self, word: &str) -> String {
        let is_hex = word.bytes().all(|it| it.is_ascii_hexdigit());
        let (before, id) = word.split_at(word.len().saturating_sub(36));
        let is_id = id.len() == 36
            && id.char_indices().all(|(at, it)| match at {
                8 | 13 | 18 | 23 => it == '-',
                _ => it.is_ascii_hexdigit(),
            });
        if is_id {
            let mut ids = self.ids.borrow_mut();
            let place = ids.iter().position(|it| it == id).unwrap_or_else(|| {
                ids.push(id.to_owned());
                ids.len() - 1
            });
            return format!("{before}ID{}", place + 1);
        }
        match word.len() {
            32 if is_hex => "CODE".to_owned(),
            64 if is_hex => "HASH".to_owned(),
            51 if word.starts_with("redress_") => "redress_TOKEN".to_owned(),
            // It holds an id.
            40.. => "CURSOR".to_owned(),
            _ => word.to_owned(),
        }
    }

    fn run(&self, line: &str) -> String {
        let mut words = split(line).into_iter().map(|word| self.real(&word)).collect::<Vec<_>>();
        let mut place = Place { columns: Some(100), ..Place::default() };
        let mut stdin = Vec::new();
        let mut is_quiet = false;
        while let Some((name, _)) = words.first().and_then(|word| word.split_once('=')) {
            match name {
                "CI" => place.is_ci = true,
                "QUIET" => is_quiet = true,
                "NOW" => place.now = server::wire::instant(words[0].trim_start_matches("NOW=")),
                "TYPED" => place.stdin_is_terminal = true,
                "TERMINAL" => place.stdout_is_terminal = true,
                _ => panic!("{line}: nothing knows {name}"),
            }
            words.remove(0);
        }
        if let Some(at) = words.iter().position(|word| word == "<") {
            stdin = fs::read(&words[at + 1]).expect(line);
            words.truncate(at);
        }
        match words[0].as_str() {
            "cat" => fs::read_to_string(&words[1]).expect(line),
            "ls" => listed(Path::new(&words[1])),
            _ if is_quiet => protocol(words, stdin, place).lines().take(1).collect(),
            _ => protocol(words, stdin, place),
        }
    }
}

impl Drop for Case {
    fn drop(&mut self) {
        // A folder that nothing was written to was never made.
        let _ = fs::remove_dir_all(&self.temporary);
    }
}

fn protocol(words: Vec<String>, stdin: Vec<u8>, place: Place) -> String {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let mut stdin = BufReader::new(Cursor::new(stdin));
    let mut io = Io { stdin: &mut stdin, stdout: &mut stdout, stderr: &mut stderr, place };
    let exit = cli::run(words.into_iter().map(Into::into), &mut io);
    let mut text = format!("exit {}\n", exit.code());
    text.push_str(&ended(String::from_utf8(stdout).unwrap()));
    for line in String::from_utf8(stderr).unwrap().lines() {
        text.push_str(format!("2> {line}").trim_end());
        text.push('\n');
    }
    text
}

fn ended(mut text: String) -> String {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.replace('\u{1b}', "␛")
}

/// A line with the time a run took taken out.
fn timeless(line: &str) -> String {
    match line.rsplit_once("   in ") {
        Some((before, took)) if took.ends_with(" s") => format!("{before}   in 0.00 s"),
        _ => line.to_owned(),
    }
}

fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (place, part) in line.split('\'').enumerate() {
        match place % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    words
}

fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).into_iter().flatten() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).unwrap()),
        }
    }
}

fn listed(folder: &Path) -> String {
    let mut paths = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => paths.push(path.to_string_lossy().into_owned()),
            }
        }
    }
    paths.sort();
    paths.iter().map(|path| format!("{path}\n")).collect()
}

fn cases() -> Vec<PathBuf> {
    let inside = |folder: PathBuf| fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = inside(PathBuf::from(FOLDER))
        .flat_map(|command| inside(command.path()))
        .map(|case| case.path())
        .filter(|case| case.join(TRANSCRIPT).is_file())
        .collect();
    found.sort();
    found
}

/// Runs the commands of a transcript and gives the transcript as it would be now.
fn played(folder: &Path, transcript: &str) -> String {
    let case = Case::begin(folder);
    let mut text = String::new();
    for line in transcript.lines().filter_map(|line| line.strip_prefix("$ ")) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&format!("$ {line}\n{}", case.shown(&case.run(line))));
    }
    text
}

#[test]
fn every_command_says_what_its_transcript_says() {
    let update = std::env::var_os("UPDATE").is_some();
    let cases = cases();
    assert!(cases.len() >= 15, "at least 15 cases, not {}", cases.len());
    let mut wrong = Vec::new();
    for folder in cases {
        let path = folder.join(TRANSCRIPT);
        let expected = fs::read_to_string(&path).unwrap();
        let now = played(&folder, &expected);
        if now == expected {
            continue;
        }
        match update {
            true => fs::write(path, now).unwrap(),
            false => wrong.push(format!("{}:\n{now}", folder.display())),
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
