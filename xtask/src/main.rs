//! Our tools: `cargo xtask <command>`.

mod args;
mod bench;
mod ci;
mod faults;
mod finding;
mod generate;
mod new;
mod output;
mod rules;
mod rust_text;
mod tidy;
mod tree;
mod verify_fuzz;

use std::process::ExitCode;

use crate::args::Command;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match args::read(&words) {
        Ok(Command::Help) => output::say(args::HELP).map(|()| true),
        Ok(Command::Ci) => ci::run(),
        Ok(Command::Setup) => ci::setup::run(),
        Ok(Command::Tidy) => tidy::run(),
        Ok(Command::Generate) => generate::run(),
        Ok(Command::Bench(bench)) => bench::run(&bench),
        Ok(Command::Faults(faults)) => faults::run(faults),
        Ok(Command::VerifyFuzz(fuzz)) => verify_fuzz::run(fuzz),
        Ok(Command::SeededFaults { update }) => verify_fuzz::seeded_faults(update),
        Ok(Command::New(diagnostic)) => new::run(&diagnostic),
        Err(fault) => return output::usage(&fault),
    };
    output::exit_code(done)
}
