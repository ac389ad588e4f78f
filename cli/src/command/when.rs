//! `protocol when`: when a deadline would be due.

use std::path::Path;

use anyhow::Context as _;
use engine::machine::Machine;

use crate::Exit;
use crate::args::{AnswerFormat, Assumed, When};
use crate::line::{Line, next_line};
use crate::load;
use crate::output::Output;
use crate::question::{self, Question, Way, Written};
use crate::render;
use crate::unusable::Unusable;

/// The longest line of a batch, in bytes without the line break.
const LINE_BYTES_MAX: usize = 64 * 1024;

/// Answers one question, or a batch of them.
pub(crate) fn when(args: &When, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let (machine, _) = load::usable(&args.path)?;
    let (None, Some(deadline), Some(at)) = (&args.batch, &args.deadline, &args.at) else {
        let batch = args.batch.as_deref().unwrap_or(Path::new("-"));
        return answer_all(&machine, batch, output);
    };
    let question = question(deadline, at, &args.assumed)?;
    let reply = question::ask(&machine, &question)?;
    let text = match args.format {
        AnswerFormat::Human => render::due_text(&machine, &reply),
        AnswerFormat::Json => render::due_json(&machine, &reply)?,
    };
    output.data(&text)?;
    Ok(Exit::Fine)
}

/// The question that the words of a command ask.
pub(crate) fn question(deadline: &str, at: &str, assumed: &Assumed) -> anyhow::Result<Question> {
    let mut fields = Vec::new();
    for written in &assumed.fields {
        let Some((name, value)) = written.split_once('=') else {
            let what = format!("`{written}` gives no field a value");
            return Err(Unusable::new(what).help("write `--field name=value`").into());
        };
        fields.push((name.to_owned(), Written::Text(value.to_owned())));
    }
    Ok(Question {
        way: Way::Words,
        deadline: deadline.to_owned(),
        at: at.to_owned(),
        severity: assumed.severity.clone(),
        rung: assumed.rung.clone(),
        fields,
    })
}

fn answer_all(
    machine: &Machine,
    batch: &Path,
    output: &mut Output<'_, '_>,
) -> anyhow::Result<Exit> {
    let mut file = None;
    if batch != Path::new("-") {
        file = Some(store::file::open(batch)?);
    }
    let mut exit = Exit::Fine;
    loop {
        let line = match &mut file {
            Some(file) => next_line(file, LINE_BYTES_MAX),
            None => next_line(output.stdin(), LINE_BYTES_MAX),
        };
        let answer = match line.context("cannot read the batch")? {
            Line::End => return Ok(exit),
            Line::Of(bytes) if bytes.trim_ascii().is_empty() => continue,
            Line::Of(bytes) => answer(machine, &bytes)?,
            Line::TooLong => {
                let error = format!("the line has more than {LINE_BYTES_MAX} bytes");
                Err(render::error_line(&serde_json::Value::Null, &error)?)
            }
        };
        exit = exit.max(if answer.is_ok() { Exit::Fine } else { Exit::Wrong });
        let (Ok(line) | Err(line)) = answer;
        output.data(&line)?;
    }
}

/// The line that answers, or the one that says why there is no answer.
fn answer(machine: &Machine, line: &[u8]) -> serde_json::Result<Result<String, String>> {
    let (id, question) = render::read_line(line);
    let reply = question.and_then(|question| {
        question::ask(machine, &question).map_err(|error| error.in_one_line())
    });
    match reply {
        Ok(reply) => {
            let zone = &machine.protocol.zone;
            let due = reply.answer.due.and_then(|due| due.at);
            let due = due.map(|at| render::rfc3339(zone, at));
            render::due_line(&id, due, &reply.warnings).map(Ok)
        }
        Err(error) => render::error_line(&id, &error).map(Err),
    }
}
