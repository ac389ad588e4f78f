//! From words to an exit code.

use std::ffi::OsString;
use std::io::{ErrorKind, IsTerminal as _};

use clap::FromArgMatches as _;

use crate::args::{self, Args, Color, Command};
use crate::command;
use crate::output::Output;
use crate::{Exit, Io, Place, guard};

/// Runs the command of this process, with its words, its streams and its environment.
#[must_use]
pub fn process() -> Exit {
    guard::listen();
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_off = |name: &str| std::env::var_os(name).is_some_and(|it| it == "false" || it == "0");
    let is_typed = std::io::stdin().is_terminal();
    let place = Place {
        stdin_is_terminal: is_typed,
        has_line_editor: is_typed && std::io::stdout().is_terminal(),
        stdout_is_terminal: std::io::stdout().is_terminal(),
        stderr_is_terminal: std::io::stderr().is_terminal(),
        no_color: is_set("NO_COLOR"),
        is_ci: is_set("CI") && !is_off("CI"),
        columns: None,
        now: None,
        n_threads: None,
    };
    run(
        std::env::args_os(),
        &mut Io {
            stdin: &mut std::io::stdin().lock(),
            stdout: &mut std::io::stdout().lock(),
            // Not locked: a server has other threads that log.
            stderr: &mut std::io::stderr(),
            place,
        },
    )
}

/// Runs a command. The first word is the name of the program.
pub fn run(words: impl IntoIterator<Item = OsString>, io: &mut Io<'_>) -> Exit {
    let words: Vec<OsString> = words.into_iter().collect();
    match guard::guarded(|| run_unguarded(words, io)) {
        Ok(exit) => exit,
        Err(sentences) => {
            // Nothing is left to do if even this cannot be written.
            let _ = Output::new(io, Color::Auto).note(&sentences);
            Exit::Bug
        }
    }
}

fn run_unguarded(words: Vec<OsString>, io: &mut Io<'_>) -> Exit {
    let args = match parse(words, io.place.columns) {
        Ok(args) => args,
        Err(error) => return usage(&error, io),
    };
    let mut output = Output::new(io, args.color);
    let done = match args.command {
        Command::New(args) => command::new(&args, &mut output),
        Command::Check(args) => command::check(&args, &mut output),
        Command::Test(args) => command::test(&args, &mut output),
        Command::Fmt(args) => command::fmt(&args, &mut output),
        Command::Schema(args) => command::schema(&args, &mut output),
        Command::Verify(args) => command::verify(&args, &mut output),
        Command::Run(args) => command::run(&args, &mut output),
        Command::When(args) => command::when(&args, &mut output),
        Command::Explain(args) => command::explain(&args, &mut output),
        Command::Completions(args) => command::completions(&args, &mut output),
        Command::Man(args) => command::man(&args, &mut output),
        Command::Letter(args) => command::letter(&args, &mut output),
        Command::Doc(args) => command::doc(&args, &mut output),
        Command::Graph(args) => command::graph(&args, &mut output),
        Command::Show(args) => command::show(&args, &mut output),
        Command::Serve(args) => command::serve(&args, &mut output),
        Command::Audit(args) => command::audit(&args, &mut output),
        Command::Erase(args) => command::erase(&args, &mut output),
        Command::Store(args) => command::store(&args, &mut output),
        Command::Case(args) => command::case(&args, &mut output),
        Command::Worklist(args) => command::worklist(&args, &mut output),
        Command::Token(args) => command::token(&args, &mut output),
        Command::Calendar(args) => command::calendar(&args, &mut output),
        Command::Register(args) => command::register(&args, &mut output),
        Command::Report(args) => command::report(&args, &mut output),
        Command::Trends(args) => command::trends(&args, &mut output),
    };
    done.unwrap_or_else(|error| {
        let io_error = error.downcast_ref::<std::io::Error>();
        // Whoever read the output has gone away: there is nobody to tell.
        if io_error.is_none_or(|it| it.kind() != ErrorKind::BrokenPipe) {
            let _ = output.note(&crate::render::failure(&error));
        }
        Exit::CouldNotRun
    })
}

fn parse(words: Vec<OsString>, columns: Option<usize>) -> Result<Args, clap::Error> {
    let mut command = args::command();
    if let Some(columns) = columns {
        command = command.term_width(columns);
    }
    Args::from_arg_matches(&command.try_get_matches_from(words)?)
}

/// Says what is wrong with the words, or what was asked about the program itself.
fn usage(error: &clap::Error, io: &mut Io<'_>) -> Exit {
    let text = format!("{}\n", error.render().ansi().to_string().trim_end());
    let mut output = Output::new(io, Color::Auto);
    let (written, exit) = match error.kind() {
        clap::error::ErrorKind::DisplayVersion => (output.data(&version()), Exit::Fine),
        clap::error::ErrorKind::DisplayHelp => (output.data(&text), Exit::Fine),
        _ => (output.note(&text), Exit::CouldNotRun),
    };
    written.map_or(Exit::CouldNotRun, |()| exit)
}

fn version() -> String {
    let (version, zones) = (env!("CARGO_PKG_VERSION"), engine::time::zone_data_version());
    format!("protocol {version} (zone data {zones})\n")
}
