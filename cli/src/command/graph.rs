//! `protocol graph`: a protocol as a picture or a table.

use engine::diagnostic::nearest_or_listed;
use engine::machine::Machine;
use engine::model::RungId;
use engine::picture::{self, Wanted};
use engine::scenario;

use crate::Exit;
use crate::args::{Graph, GraphFormat};
use crate::command::scenario::{failed, find, spares_protocols};
use crate::load;
use crate::output::Output;
use crate::unusable::Unusable;

/// How wide a table is where nobody says how wide the terminal is, in characters.
const COLUMNS: usize = 120;

/// Writes the picture of a protocol.
pub(crate) fn graph(args: &Graph, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let format = format(args)?;
    if let Some(file) = &args.output {
        spares_protocols(file)?;
    }
    let (machine, sources) = load::usable(&args.path)?;
    let rung = args.rung.as_deref().map(|name| rung(&machine, name)).transpose()?;
    let mut marked = None;
    if let Some(wanted) = &args.highlight {
        let scenario = find(&args.path, wanted, &machine)?;
        let outcome = scenario::run(&machine, &scenario);
        if !outcome.passed() {
            output.note(&failed(&args.path, &scenario, &outcome))?;
            return Ok(Exit::Wrong);
        }
        marked = Some((scenario, outcome));
    }
    let path = marked.as_ref().map(|(scenario, outcome)| (scenario.title.as_str(), outcome));
    let picture = picture::of(&machine, &sources, &Wanted { rung, path });
    let too_large = |error: draw::TooLarge| {
        Unusable::new(error.to_string()).help("`--format table` has no limit; `--rung` shows less")
    };
    let text = match format {
        GraphFormat::Svg => draw::svg(&picture).map_err(too_large)?,
        GraphFormat::Dot => draw::dot(&picture),
        GraphFormat::Mermaid => draw::mermaid(&picture),
        GraphFormat::Table => draw::table(&picture, output.place().columns.unwrap_or(COLUMNS)),
        GraphFormat::Markdown => draw::markdown(&picture),
    };
    match &args.output {
        Some(file) => store::file::write(file, &text)?,
        None => output.data(&text)?,
    }
    Ok(Exit::Fine)
}

/// The format that is asked for, or that the name of the file says.
fn format(args: &Graph) -> Result<GraphFormat, Unusable> {
    if let Some(format) = args.format {
        return Ok(format);
    }
    let Some(file) = &args.output else { return Ok(GraphFormat::Table) };
    let ending = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match ending.as_str() {
        "svg" => Ok(GraphFormat::Svg),
        "dot" | "gv" => Ok(GraphFormat::Dot),
        "mmd" | "mermaid" => Ok(GraphFormat::Mermaid),
        "txt" => Ok(GraphFormat::Table),
        "md" => Ok(GraphFormat::Markdown),
        _ => Err(Unusable::new(format!("the name `{}` does not say a format", file.display()))
            .help("end it in .svg, .dot, .mmd, .md or .txt, or give `--format`")),
    }
}

fn rung(machine: &Machine, name: &str) -> Result<RungId, Unusable> {
    let names = || machine.protocol.ladder.iter().map(|it| it.name.as_str());
    names().position(|it| it == name).map(RungId::at).ok_or_else(|| {
        Unusable::new(format!("`{name}` is no rung of this protocol"))
            .maybe_help(nearest_or_listed(name, "rung", names().collect::<Vec<_>>()))
    })
}
