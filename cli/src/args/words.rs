//! The words of the command line.

use std::path::PathBuf;

use clap::{
    ArgGroup, Args as Words, CommandFactory as _, Parser, Subcommand, ValueEnum, ValueHint,
};
use clap_complete::Shell;

use crate::args::{
    Audit, Calendar, Case, Doc, Erase, Fmt, Register, Report, Schema, Serve, Store, Token, Trends,
    Verify, Worklist,
};
use crate::explain::Codes;

/// What the exit code of any command means.
const EXIT_CODES: &str = "Exit codes: 0 fine, 1 the protocol or a case is wrong, 2 could not run, \
                          70 a fault of Redress, 130 interrupted.";
const OF_CHECK: &str = "Exit codes: 0 no errors, 1 an error, a warning with --deny-warnings, or \
                        something to change with --diff, 2 a file or folder cannot be read or \
                        written, 70 a fault of Redress, 130 interrupted.";
const OF_TEST: &str = "Exit codes: 0 every scenario passed, 1 one did not, or a protocol has \
                       errors or shows too little, 2 there is no scenario, or a file or folder \
                       cannot be read or written, 70 a fault of Redress, 130 interrupted.";
const OF_WHEN: &str = "Exit codes: 0 answered, 1 a line of a batch has no answer, 2 the question \
                       has none, or the protocol cannot be used, 70 a fault of Redress, \
                       130 interrupted.";

/// The words of the command with all its subcommands, as help, completions and manual pages show
/// them. Each says what its exit codes mean.
pub(crate) fn command() -> clap::Command {
    let command = Args::command().max_term_width(100);
    command.mut_subcommands(|it| saying_what_codes_mean(it, EXIT_CODES))
}

/// Where a command says nothing of its exit codes, they mean what they do one level up.
fn saying_what_codes_mean(command: clap::Command, above: &str) -> clap::Command {
    let own = command.get_after_help().map(ToString::to_string);
    let codes = own.unwrap_or_else(|| above.to_owned());
    let command = command.after_help(codes.clone());
    command.mut_subcommands(|it| saying_what_codes_mean(it, &codes))
}

/// Checks, tests and explains complaints protocols.
#[derive(Parser)]
#[command(name = "protocol", version, after_help = EXIT_CODES)]
pub(crate) struct Args {
    /// When to use colours.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    #[arg(hide_default_value = true)]
    pub color: Color,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    Always,
    Never,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Writes a protocol folder that passes `check` and `test`, to start from.
    New(New),
    /// Finds everything that is wrong with protocols and their scenarios.
    Check(Check),
    /// Plays the scenarios of protocols on a virtual clock.
    Test(Test),
    /// Lays out the TOML files of protocols and their scenarios; comments, order and values stay.
    Fmt(Fmt),
    /// Writes the JSON Schema of protocols, for editors and other programs.
    Schema(Schema),
    /// Proves or refutes what protocols guarantee, whatever anybody does or fails to do.
    Verify(Verify),
    /// Plays a case by hand: what may happen now, who must do what by when, what follows.
    Run(Run),
    /// Says when a deadline is due.
    When(When),
    /// Shows how a due date is counted, or why an event is refused.
    Explain(Explain),
    /// Draws a protocol, or lists what leads from where to where.
    Graph(Graph),
    /// Writes the handbook of a protocol, or the page for one role.
    Doc(Doc),
    /// Shows a protocol in one piece, with all that it takes over from others.
    Show(Show),
    /// Writes a letter as somebody received it in a scenario.
    Letter(Letter),
    /// Serves cases over HTTP.
    Serve(Serve),
    /// Opens cases, reports their events, shows them; also while a server runs on the store.
    Case(Case),
    /// Shows who must do what by when on all cases, the soonest due first.
    Worklist(Worklist),
    /// Manages the tokens that the routes of the server ask for.
    Token(Token),
    /// Amends calendars after protocols were written: a holiday is proclaimed, or moved.
    Calendar(Calendar),
    /// Takes the complaints register out of a store.
    Register(Register),
    /// Shows that nothing that is kept was changed.
    Audit(Audit),
    /// Erases what is known of a person, once the protocol lets it go.
    Erase(Erase),
    /// Checks, copies and restores the store in which cases are kept.
    Store(Store),
    /// Works out the figures of a period, the same for ever.
    Report(Report),
    /// Shows what many cases have in common: the trends that the protocol watches for.
    Trends(Trends),
    /// Writes what a shell reads to complete the words of this command.
    Completions(Completions),
    /// Writes manual pages.
    Man(Manual),
}

#[derive(Words)]
pub(crate) struct New {
    /// The id of the new protocol, and the folder that is made for it.
    #[arg(value_hint = ValueHint::DirPath)]
    pub name: PathBuf,
    /// The protocol to start from.
    #[arg(long, value_name = "PROTOCOL", default_value = "small-business")]
    pub from: String,
}

#[derive(Words)]
#[command(after_help = OF_CHECK)]
pub(crate) struct Check {
    /// Folders that hold protocols, at any depth.
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    pub paths: Vec<PathBuf>,
    /// How to write what was found.
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    pub format: CheckFormat,
    /// The most faults to write; the rest is counted.
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    pub max_errors: usize,
    /// Warnings count as errors.
    #[arg(long)]
    pub deny_warnings: bool,
    /// Makes every change that is sure to be meant, then says what is left.
    #[arg(long)]
    pub fix: bool,
    /// Shows what `--fix` would change as a unified diff, and writes nothing.
    #[arg(long, conflicts_with = "format")]
    pub diff: bool,
    /// Checks again whenever a file of these protocols changes.
    #[arg(long, conflicts_with_all = ["fix", "diff"])]
    pub watch: bool,
    /// Prints what a fault means and how to mend it.
    #[arg(long, value_name = "CODE", value_parser = Codes, hide_possible_values = true)]
    #[arg(conflicts_with_all = ["paths", "format", "max_errors", "deny_warnings", "fix", "diff", "watch"])]
    pub explain: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// Each fault with the text it is in.
    Human,
    /// One line for each fault.
    Compact,
    /// Sentences without drawing, to be read aloud.
    Plain,
    /// One JSON object.
    Json,
    /// SARIF 2.1.0, for code hosting services and editors.
    Sarif,
    /// Commands that make GitHub Actions show each fault beside its line.
    Github,
}

#[derive(Words)]
#[command(after_help = OF_TEST)]
pub(crate) struct Test {
    /// Folders that hold protocols, at any depth.
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    pub paths: Vec<PathBuf>,
    /// How to write the results.
    #[arg(long, value_enum, default_value_t = TestFormat::Human)]
    pub format: TestFormat,
    /// Only scenarios with this text in their title or file name.
    #[arg(long, value_name = "TEXT", value_hint = ValueHint::Other)]
    pub only: Option<String>,
    /// Fails a protocol whose scenarios take fewer of its transitions, deadlines and refusals.
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100), conflicts_with = "only")]
    pub min_coverage: Option<u8>,
    /// Accepts every timeline as it is now.
    #[arg(long, conflicts_with = "review")]
    pub update: bool,
    /// Asks about each timeline that is new or has changed.
    #[arg(long)]
    pub review: bool,
    /// Plays the scenarios again whenever a file of these protocols changes.
    #[arg(long, conflicts_with_all = ["update", "review"])]
    pub watch: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TestFormat {
    /// Text to read.
    Human,
    /// One JSON object.
    Json,
    /// JUnit XML, for CI systems.
    Junit,
    /// Test Anything Protocol, version 14.
    Tap,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerFormat {
    /// Text to read.
    Human,
    /// One JSON object.
    Json,
}

/// What is assumed about a case, where a deadline depends on it.
#[derive(Clone, Debug, Default, Words)]
pub(crate) struct Assumed {
    /// The severity of the case.
    #[arg(long, value_name = "LEVEL", value_hint = ValueHint::Other)]
    pub severity: Option<String>,
    /// The rung of the ladder the case is on.
    #[arg(long, value_name = "RUNG", value_hint = ValueHint::Other)]
    pub rung: Option<String>,
    /// A field of the case; may be given several times.
    #[arg(long = "field", value_name = "NAME=VALUE", value_hint = ValueHint::Other)]
    pub fields: Vec<String>,
}

#[derive(Words)]
pub(crate) struct Run {
    /// The folder of the protocol.
    pub path: PathBuf,
    /// When it begins: `2026-03-30T16:20` or `2026-03-30`; at a terminal now, if left out.
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// Reads the commands from a file (`-` reads standard input); `help` is one of them.
    #[arg(long, value_name = "FILE")]
    pub script: Option<PathBuf>,
    /// Writes the case as a scenario when the play is over.
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    /// Replaces a file that is there already.
    #[arg(long)]
    pub force: bool,
}

#[derive(Words)]
#[command(after_help = OF_WHEN)]
pub(crate) struct When {
    /// The folder of the protocol.
    #[arg(value_hint = ValueHint::DirPath)]
    pub path: PathBuf,
    /// The deadline.
    #[arg(long, value_name = "DEADLINE", required_unless_present = "batch")]
    pub deadline: Option<String>,
    /// When the clock starts: `2026-03-30T16:20`, `2026-03-30` or `2026-03-30T16:20:00+02:00`.
    #[arg(long, value_name = "TIME", required_unless_present = "batch")]
    pub at: Option<String>,
    #[command(flatten)]
    pub assumed: Assumed,
    /// How to write the answer.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Human)]
    pub format: AnswerFormat,
    /// Answers each line of a file of JSON objects (`-` reads standard input) with a line.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    #[arg(conflicts_with_all = ["deadline", "at", "severity", "rung", "fields", "format"])]
    pub batch: Option<PathBuf>,
}

#[derive(Words)]
pub(crate) struct Explain {
    /// The folder of the protocol, or with --why-not a scenario and a step: `late.toml#4`.
    #[arg(value_hint = ValueHint::AnyPath)]
    pub subject: String,
    /// The deadline whose counting is shown.
    #[arg(required_unless_present = "why_not", conflicts_with = "why_not")]
    pub deadline: Option<String>,
    /// When the clock starts, as for `when`.
    #[arg(
        long,
        value_name = "TIME",
        required_unless_present = "why_not",
        conflicts_with = "why_not"
    )]
    pub at: Option<String>,
    #[command(flatten)]
    pub assumed: Assumed,
    /// Says why this event would be refused after the step, or what would follow.
    #[arg(long, value_name = "EVENT", conflicts_with_all = ["severity", "rung"])]
    pub why_not: Option<String>,
    /// Who would do it: a role, or `role:person`.
    #[arg(long, value_name = "ROLE", requires = "why_not")]
    pub by: Option<String>,
    /// How to write the answer.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Human)]
    pub format: AnswerFormat,
}

#[derive(Words)]
pub(crate) struct Graph {
    /// The folder of the protocol.
    pub path: PathBuf,
    /// How to write it; as the name of the output says, else as a table.
    #[arg(long, value_enum)]
    pub format: Option<GraphFormat>,
    /// The file to write, in place of what is there; its ending gives the format.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Only this rung of the ladder, and the stages next to it.
    #[arg(long, value_name = "RUNG")]
    pub rung: Option<String>,
    /// Plays this scenario and marks the way its case takes.
    #[arg(long, value_name = "SCENARIO")]
    pub highlight: Option<PathBuf>,
}

#[derive(Words)]
#[command(group = ArgGroup::new("what").required(true))]
pub(crate) struct Show {
    /// The folder of the protocol.
    pub path: PathBuf,
    /// Everything that its files say, those that it includes and extends among them, as one file.
    #[arg(long, group = "what")]
    pub effective: bool,
    /// What differs from the protocol that it extends.
    #[arg(long, group = "what")]
    pub changes: bool,
    /// A new folder for the whole of it, with letters, functions and sets of holidays.
    #[arg(short, long, value_name = "DIR", conflicts_with = "changes")]
    pub output: Option<PathBuf>,
}

#[derive(Words)]
pub(crate) struct Letter {
    /// The folder of the protocol.
    pub path: PathBuf,
    /// The letter.
    pub letter: String,
    /// The scenario in which it was sent.
    #[arg(long, value_name = "SCENARIO")]
    pub scenario: PathBuf,
    /// The step that sent it; the first that did, where nothing is said.
    #[arg(long, value_name = "NUMBER")]
    pub step: Option<u32>,
    /// The language; that of the protocol, where nothing is said.
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// Who receives it; the first of `to`, where nothing is said.
    #[arg(long, value_name = "PARTY")]
    pub recipient: Option<String>,
    /// How to write it; as the name of the output says, else as text.
    #[arg(long, value_enum)]
    pub format: Option<LetterFormat>,
    /// The file to write, in place of what is there; its ending gives the format.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LetterFormat {
    /// Lines to read (`.txt`).
    Text,
    /// A page that prints on A4 and needs no other file (`.html`).
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GraphFormat {
    /// A drawing, for browsers and documents (`.svg`).
    Svg,
    /// Text for Graphviz (`.dot`, `.gv`).
    Dot,
    /// Text that many wikis draw (`.mmd`, `.mermaid`).
    Mermaid,
    /// A table to read (`.txt`).
    Table,
    /// The same table as Markdown (`.md`).
    Markdown,
}

#[derive(Words)]
pub(crate) struct Completions {
    /// The shell.
    pub shell: Shell,
}

#[derive(Words)]
pub(crate) struct Manual {
    /// The folder for a page of each command; without it the first page is written out.
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub folder: Option<PathBuf>,
}
