//! How long and with which choices faults are tried, and what is said of it at the end.

use std::fmt::Write as _;
use std::io::Write as _;

/// What the environment says: `cargo xtask faults` sets it.
pub(crate) struct Settings {
    /// The seed: the same one makes the same choices, though not the same interleaving.
    pub(crate) seed: u64,
}

impl Settings {
    /// What the environment says; the seed is printed, so that a failure can be repeated.
    #[expect(clippy::print_stdout, reason = "the seed repeats a failure")]
    pub(crate) fn read() -> Self {
        let seed = std::env::var("FAULTS_SEED").ok().and_then(|it| it.parse().ok()).unwrap_or(1);
        println!("FAULTS_SEED={seed}");
        Self { seed }
    }
}

/// What was counted in one test.
#[derive(Clone, Debug, Default)]
pub(crate) struct Figures(Vec<(&'static str, u64)>);

impl Figures {
    pub(crate) fn add(&mut self, name: &'static str, n: u64) {
        match self.0.iter_mut().find(|(it, _)| *it == name) {
            Some((_, sum)) => *sum += n,
            None => self.0.push((name, n)),
        }
    }

    /// Prints them as one line, and appends it to the file that `FAULTS_FIGURES` names.
    #[expect(clippy::print_stdout, reason = "figures are what a longer run is made for")]
    pub(crate) fn tell(&self, test: &str) {
        let mut line = test.to_owned();
        self.0.iter().for_each(|(name, n)| write!(line, " {name}={n}").unwrap());
        println!("{line}");
        let Some(file) = std::env::var_os("FAULTS_FIGURES") else { return };
        let file = std::fs::File::options().append(true).create(true).open(file);
        file.unwrap().write_all(format!("{line}\n").as_bytes()).unwrap();
    }
}
