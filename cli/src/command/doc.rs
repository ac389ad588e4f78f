//! `protocol doc`: the handbook of a protocol, or the page for one role.

use engine::diagnostic::{listed, nearest_or_listed};
use engine::machine::Machine;
use engine::model::RoleId;
use engine::text::Language;

use crate::Exit;
use crate::args::{Doc, DocFormat};
use crate::command::scenario::spares_protocols;
use crate::load;
use crate::output::Output;
use crate::unusable::Unusable;

/// Writes the handbook.
pub(crate) fn doc(args: &Doc, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let format = format(args)?;
    if let Some(file) = &args.output {
        spares_protocols(file)?;
    }
    let (machine, sources) = load::usable(&args.path)?;
    let language = language(&machine, args.language.as_deref())?;
    let page = match &args.role {
        None => doc::handbook(&machine, &sources, language),
        Some(name) => doc::rank_page(&machine, &sources, language, role(&machine, name)?),
    };
    let text = match format {
        DocFormat::Html => doc::html(&page),
        DocFormat::Markdown => doc::markdown(&page),
    };
    match &args.output {
        Some(file) => store::file::write(file, &text)?,
        None => output.data(&text)?,
    }
    Ok(Exit::Fine)
}

/// The format that is asked for, or that the name of the file says.
fn format(args: &Doc) -> Result<DocFormat, Unusable> {
    if let Some(format) = args.format {
        return Ok(format);
    }
    let Some(file) = &args.output else { return Ok(DocFormat::Markdown) };
    let ending = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match ending.as_str() {
        "html" | "htm" => Ok(DocFormat::Html),
        "md" => Ok(DocFormat::Markdown),
        _ => Err(Unusable::new(format!("the name `{}` does not say a format", file.display()))
            .help("end it in .html or .md, or give `--format`")),
    }
}

/// The language that is asked for, which is one of the protocol, or English, in which
/// every protocol can be read.
fn language(machine: &Machine, tag: Option<&str>) -> Result<Language, Unusable> {
    let wanted = tag.unwrap_or(&machine.protocol.language);
    let all = doc::languages(machine);
    Language::find(wanted).filter(|it| all.contains(it)).ok_or_else(|| {
        let tags = listed(all.iter().map(|it| it.tag()));
        Unusable::new(format!("there is no handbook of this protocol in `{wanted}`"))
            .help(format!("there is one in {tags}: give `--language`"))
    })
}

fn role(machine: &Machine, name: &str) -> Result<RoleId, Unusable> {
    let names = || machine.protocol.roles.iter().map(|it| it.name.as_str());
    names().position(|it| it == name).map(RoleId::at).ok_or_else(|| {
        Unusable::new(format!("`{name}` is no role of this protocol"))
            .maybe_help(nearest_or_listed(name, "role", names().collect::<Vec<_>>()))
    })
}
