//! What the routes answered, as output and exit code.

use serde::Deserialize;
use server::running::Told;

use crate::Exit;
use crate::args::AnswerFormat;
use crate::output::Output;
use crate::render;

/// How a request ended, as far as the exit code depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// It was carried out.
    Done,
    /// The protocol refuses it, or the case is another one by now.
    Refused,
    /// It could not be carried out.
    Failed,
}

impl Ended {
    /// How an answer ended.
    pub(crate) fn of(told: &Told) -> Self {
        #[derive(Deserialize)]
        struct Problem {
            #[serde(rename = "type")]
            kind: String,
        }
        if told.status < 400 {
            return Self::Done;
        }
        let problem = serde_json::from_slice::<Problem>(&told.body).ok();
        let kind = problem.as_ref().and_then(|it| it.kind.rsplit('/').next()).unwrap_or_default();
        match kind {
            "refused" | "faulted" | "stale" => Self::Refused,
            _ => Self::Failed,
        }
    }

    const fn exit(self) -> Exit {
        match self {
            Self::Done => Exit::Fine,
            Self::Refused => Exit::Wrong,
            Self::Failed => Exit::CouldNotRun,
        }
    }
}

/// Writes an answer: as it is for programs, told by `human` for people. What was not carried out is
/// told to people on standard error.
///
/// # Errors
/// It cannot be written.
pub(crate) fn finish(
    told: &Told,
    format: AnswerFormat,
    output: &mut Output<'_, '_>,
    human: impl FnOnce(&[u8]) -> anyhow::Result<String>,
) -> anyhow::Result<Exit> {
    let ended = Ended::of(told);
    match (format, ended) {
        (AnswerFormat::Json, _) => {
            let body = String::from_utf8_lossy(&told.body);
            let end = if body.is_empty() { "" } else { "\n" };
            output.data(&format!("{body}{end}"))?;
        }
        (AnswerFormat::Human, Ended::Done) => output.data(&human(&told.body)?)?,
        (AnswerFormat::Human, _) => output.note(&render::problem_text(told)?)?,
    }
    // Programs read the body; whoever runs the store reads why it failed.
    if let Some(cause) = told.cause.as_deref().filter(|_| format == AnswerFormat::Json) {
        output.note(&format!("{}\n", render::one_line(cause)))?;
    }
    Ok(ended.exit())
}
