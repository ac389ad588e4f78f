//! The words of `case`, `worklist` and `token`.

use std::path::PathBuf;

use clap::{Args as Words, Subcommand, ValueHint};

use crate::args::{AnswerFormat, StoreWords};

/// What the exit codes of commands over kept cases mean.
pub(super) const OF_CASES: &str = "Exit codes: 0 fine, 1 the protocol refuses it, or the case has \
                                   changed, 2 could not run: there is no such case, store or \
                                   field, or the store is held, 70 a fault of Redress, \
                                   130 interrupted.";

/// Whose cases are meant, and how they are written.
#[derive(Words)]
pub(crate) struct CaseWords {
    #[command(flatten)]
    pub store: StoreWords,
    /// The organisation whose cases are meant.
    #[arg(long, value_name = "NAME", default_value = "main", value_hint = ValueHint::Other)]
    pub tenant: String,
    /// How to write the answer; `json` is what the route of the server answers.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Human)]
    pub format: AnswerFormat,
}

#[derive(Words)]
#[command(after_help = OF_CASES, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Case {
    #[command(subcommand)]
    pub command: CaseCommand,
}

#[derive(Subcommand)]
pub(crate) enum CaseCommand {
    /// Opens a case.
    Open(Box<CaseOpen>),
    /// Reports an event of a case.
    Event(Box<CaseEvent>),
    /// Shows a case: where it stands, what is owed by whom, what happened.
    Show(CaseShow),
    /// Lists cases, in the order in which they were opened.
    List(CaseList),
    /// Says what may happen on a case now, by whom, and why not what may not.
    Allowed(CaseAllowed),
}

/// What opening a case and reporting an event have in common.
#[derive(Words)]
pub(crate) struct Reporting {
    /// What is brought, `field=value`, and clauses as in `protocol run`: `because "too late"`.
    #[arg(value_name = "WORDS", value_hint = ValueHint::Other)]
    pub said: Vec<String>,
    /// Whose act it is: a role, or `role:person`.
    #[arg(long, value_name = "ROLE", value_hint = ValueHint::Other)]
    pub by: Option<String>,
    /// Who enters it for them: a role, or `role:person`.
    #[arg(long, value_name = "ROLE", value_hint = ValueHint::Other)]
    pub entered_by: Option<String>,
    /// How it came: a channel of the protocol.
    #[arg(long, value_name = "CHANNEL", value_hint = ValueHint::Other)]
    pub via: Option<String>,
    /// When it happened: `2026-03-30T16:20` in the zone of the protocol, `2026-03-30`, or with an
    /// offset; now, if left out.
    #[arg(long, value_name = "TIME", value_hint = ValueHint::Other)]
    pub at: Option<String>,
    /// The reason given.
    #[arg(long, value_name = "TEXT", value_hint = ValueHint::Other)]
    pub reason: Option<String>,
    /// Names this report, so that it happens once however often the command is run.
    #[arg(long, value_name = "KEY", value_hint = ValueHint::Other)]
    pub key: Option<String>,
    /// Says what would follow, and keeps nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Reads all of it from a file (`-` reads standard input): the body of the route.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    #[arg(conflicts_with_all = ["by", "entered_by", "via", "at", "reason"])]
    pub json: Option<PathBuf>,
    #[command(flatten)]
    pub of: CaseWords,
}

#[derive(Words)]
#[command(after_help = OF_CASES)]
pub(crate) struct CaseOpen {
    /// The id of a protocol that is in use, or the folder of one: it is taken into use if none with its
    /// id is; `-` reads the body of the route from standard input.
    #[arg(value_hint = ValueHint::DirPath, required_unless_present = "json", conflicts_with = "json")]
    pub protocol: Option<String>,
    /// Who complains, as an id that says nothing of the person.
    #[arg(long = "for", value_name = "PERSON", value_hint = ValueHint::Other, conflicts_with = "json")]
    pub complainant: Option<String>,
    #[command(flatten)]
    pub reporting: Reporting,
}

#[derive(Words)]
#[command(after_help = OF_CASES)]
pub(crate) struct CaseEvent {
    /// The ticket of the case, or its id.
    #[arg(value_hint = ValueHint::Other)]
    pub case: String,
    /// The event; `-` reads the body of the route from standard input.
    #[arg(value_hint = ValueHint::Other, required_unless_present = "json", conflicts_with = "json")]
    pub event: Option<String>,
    /// The stop that it is about.
    #[arg(long, value_name = "STOP", value_hint = ValueHint::Other, conflicts_with = "json")]
    pub stop: Option<String>,
    /// The version that the case must have, so that nothing is reported of a case that has changed.
    #[arg(long, value_name = "VERSION")]
    pub if_match: Option<u32>,
    #[command(flatten)]
    pub reporting: Reporting,
}

#[derive(Words)]
#[command(after_help = OF_CASES)]
pub(crate) struct CaseShow {
    /// The ticket of the case, or its id.
    #[arg(value_hint = ValueHint::Other)]
    pub case: String,
    #[command(flatten)]
    pub of: CaseWords,
}

#[derive(Words)]
#[command(after_help = OF_CASES)]
pub(crate) struct CaseAllowed {
    /// The ticket of the case, or its id.
    #[arg(value_hint = ValueHint::Other)]
    pub case: String,
    #[command(flatten)]
    pub of: CaseWords,
}

#[derive(Words)]
#[command(after_help = OF_CASES)]
pub(crate) struct CaseList {
    /// Of this protocol, in any version.
    #[arg(long, value_name = "PROTOCOL", value_hint = ValueHint::Other)]
    pub protocol: Option<String>,
    /// In this stage.
    #[arg(long, value_name = "STAGE", value_hint = ValueHint::Other)]
    pub stage: Option<String>,
    /// On this rung.
    #[arg(long, value_name = "RUNG", value_hint = ValueHint::Other)]
    pub rung: Option<String>,
    /// With something owed by this role, or by `complainant`, `respondent` or `system`.
    #[arg(long, value_name = "ROLE", value_hint = ValueHint::Other)]
    pub role: Option<String>,
    /// Of this complainant.
    #[arg(long = "for", value_name = "PERSON", value_hint = ValueHint::Other)]
    pub complainant: Option<String>,
    /// With something owed that is due before this time; a date is its first instant.
    #[arg(long, value_name = "TIME", value_hint = ValueHint::Other)]
    pub due_before: Option<String>,
    /// With a missed deadline.
    #[arg(long)]
    pub breached: bool,
    /// Open ones.
    #[arg(long, conflicts_with = "closed")]
    pub open: bool,
    /// Closed ones.
    #[arg(long)]
    pub closed: bool,
    #[command(flatten)]
    pub page: Page,
    #[command(flatten)]
    pub of: CaseWords,
}

/// Which part of a long list.
#[derive(Words)]
pub(crate) struct Page {
    /// At most so many.
    #[arg(long, value_name = "NUMBER", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub limit: u32,
    /// Where to read on: what the page before has said.
    #[arg(long, value_name = "CURSOR", value_hint = ValueHint::Other)]
    pub cursor: Option<String>,
}

#[derive(Words)]
#[command(after_help = OF_CASES)]
pub(crate) struct Worklist {
    /// What this role owes; what all of them owe, if left out.
    #[arg(long, value_name = "ROLE", value_hint = ValueHint::Other)]
    pub role: Option<String>,
    #[command(flatten)]
    pub page: Page,
    #[command(flatten)]
    pub of: CaseWords,
}

#[derive(Words)]
#[command(after_help = OF_CASES, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Token {
    #[command(subcommand)]
    pub command: TokenCommand,
}

#[derive(Subcommand)]
pub(crate) enum TokenCommand {
    /// Makes a token for the routes of the server, and shows it once.
    Create(TokenCreate),
    /// Lists tokens, those that no longer work included.
    List(TokenList),
    /// Takes a token back: it stops working within a second.
    Revoke(TokenRevoke),
}

#[derive(Words)]
#[command(after_help = OF_CASES)]
pub(crate) struct TokenCreate {
    /// What people call it.
    #[arg(value_hint = ValueHint::Other)]
    pub label: String,
    /// A role that its holder acts and reads as; may be given several times.
    #[arg(long = "role", value_name = "ROLE", value_hint = ValueHint::Other, required_unless_present = "admin")]
    pub roles: Vec<String>,
    /// For administration: it manages tokens, webhooks and protocols, and reads no case.
    #[arg(long, conflicts_with = "roles")]
    pub admin: bool,
    /// The person who uses it, as an id that says nothing of the person.
    #[arg(long, value_name = "PERSON", value_hint = ValueHint::Other)]
    pub person: Option<String>,
    /// For how many days it works; until it is taken back, if left out.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=3_660))]
    pub days: Option<u32>,
    #[command(flatten)]
    pub of: CaseWords,
}

#[derive(Words)]
#[command(after_help = OF_CASES)]
pub(crate) struct TokenList {
    #[command(flatten)]
    pub of: CaseWords,
}

#[derive(Words)]
#[command(after_help = OF_CASES)]
pub(crate) struct TokenRevoke {
    /// The id of the token, as `token list` shows it.
    #[arg(value_hint = ValueHint::Other)]
    pub id: String,
    #[command(flatten)]
    pub of: CaseWords,
}
