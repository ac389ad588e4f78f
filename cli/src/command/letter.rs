//! `protocol letter`: a letter as somebody received it in a scenario.

use engine::diagnostic::{listed, nearest_or_listed};
use engine::letter::{self, Occasion, Unwritten};
use engine::machine::Machine;
use engine::model::{LetterId, Party};
use engine::scenario::{self, Sent};
use engine::text::Language;

use crate::Exit;
use crate::args::{Letter, LetterFormat};
use crate::command::scenario::{failed, find, spares_protocols};
use crate::load;
use crate::output::Output;
use crate::unusable::Unusable;

/// How wide the lines of a letter are, in characters, where the terminal is not narrower.
const COLUMNS: usize = 72;

/// Writes one letter.
pub(crate) fn letter(args: &Letter, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let format = format(args)?;
    if let Some(file) = &args.output {
        spares_protocols(file)?;
    }
    let (machine, _) = load::usable(&args.path)?;
    let id = wanted(&machine, &args.letter)?;
    let language = language(&machine, args)?;
    let scenario = find(&args.path, &args.scenario, &machine)?;
    let outcome = scenario::run(&machine, &scenario);
    if !outcome.passed() {
        output.note(&failed(&args.path, &scenario, &outcome))?;
        return Ok(Exit::Wrong);
    }
    let all = scenario::sent(&machine, &outcome);
    let sent = occasion(args, &all, id)?;
    let personal = scenario::personal(&scenario);
    let written = letter::render(
        &machine,
        &Occasion {
            letter: id,
            language,
            recipient: recipient(&machine, args, sent)?,
            case: &sent.case,
            strings: &outcome.strings,
            personal: &personal,
            ticket: &sent.ticket,
            at: sent.at,
            reason: sent.reason.map(|it| outcome.strings.get(it)),
            stop: sent.stop,
        },
    );
    let written = written.map_err(|why| unwritten(&args.letter, &why))?;
    let text = match format {
        LetterFormat::Html => draw::letter::html(&written),
        LetterFormat::Text => {
            let columns = output.place().columns.unwrap_or(COLUMNS).min(COLUMNS);
            draw::letter::text(&written, columns)
        }
    };
    match &args.output {
        Some(file) => store::file::write(file, &text)?,
        None => output.data(&text)?,
    }
    Ok(Exit::Fine)
}

/// The format that is asked for, or that the name of the file says.
fn format(args: &Letter) -> Result<LetterFormat, Unusable> {
    if let Some(format) = args.format {
        return Ok(format);
    }
    let Some(file) = &args.output else { return Ok(LetterFormat::Text) };
    let ending = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match ending.as_str() {
        "html" | "htm" => Ok(LetterFormat::Html),
        "txt" => Ok(LetterFormat::Text),
        _ => Err(Unusable::new(format!("the name `{}` does not say a format", file.display()))
            .help("end it in .html or .txt, or give `--format`")),
    }
}

fn wanted(machine: &Machine, name: &str) -> Result<LetterId, Unusable> {
    let names = || machine.protocol.letters.iter().map(|it| it.name.as_str());
    names().position(|it| it == name).map(LetterId::at).ok_or_else(|| {
        Unusable::new(format!("`{name}` is no letter of this protocol"))
            .maybe_help(nearest_or_listed(name, "letter", names().collect::<Vec<_>>()))
    })
}

fn language(machine: &Machine, args: &Letter) -> Result<Language, Unusable> {
    let all = &machine.protocol.languages;
    let Some(own) = all.first() else {
        return Err(Unusable::new("the letters of this protocol have no text")
            .help("write one for each letter, such as `letters/answer.md`"));
    };
    let Some(tag) = &args.language else { return Ok(*own) };
    let found = all.iter().find(|it| it.tag() == tag.as_str()).copied();
    found.ok_or_else(|| {
        let tags = listed(all.iter().map(|it| it.tag()));
        Unusable::new(format!("no letter of this protocol is written in `{tag}`"))
            .help(format!("written in {tags}"))
    })
}

/// The sending that is meant.
fn occasion<'s>(args: &Letter, all: &'s [Sent], id: LetterId) -> Result<&'s Sent, Unusable> {
    let of_letter = || all.iter().filter(|it| it.letter == id);
    let found = of_letter().find(|it| args.step.is_none_or(|step| step == it.step));
    found.ok_or_else(|| {
        let steps: Vec<String> = of_letter().map(|it| it.step.to_string()).collect();
        let scenario = args.scenario.display();
        let name = &args.letter;
        match (args.step, steps.is_empty()) {
            (Some(step), false) => {
                Unusable::new(format!("step {step} of `{scenario}` does not send `{name}`"))
                    .help(format!("step {} does", steps.join(" and ")))
            }
            _ => Unusable::new(format!("scenario `{scenario}` does not send `{name}`"))
                .help("name a scenario in which it is sent"),
        }
    })
}

fn recipient(machine: &Machine, args: &Letter, sent: &Sent) -> Result<Party, Unusable> {
    let all = letter::recipients(machine, sent.letter, &sent.case);
    let named = |party: &Party| machine.protocol.party_name(*party);
    let found = match &args.recipient {
        None => all.first(),
        Some(name) => all.iter().find(|it| named(it) == name),
    };
    found.copied().ok_or_else(|| {
        let names = listed(all.iter().map(named));
        let name = args.recipient.as_deref().unwrap_or("nobody");
        Unusable::new(format!("`{name}` does not receive this letter"))
            .help(format!("it goes to {names}"))
    })
}

fn unwritten(name: &str, why: &Unwritten) -> Unusable {
    let why = match why {
        Unwritten::NoText => "it has no text in this language".to_owned(),
        Unwritten::TooLong(bytes) => format!("it would be longer than {bytes} bytes"),
        Unwritten::TooMuchWork => "it takes more steps than a letter may".to_owned(),
        Unwritten::Failed(what) => what.clone(),
    };
    Unusable::new(format!("letter `{name}` cannot be written: {why}"))
        .help("shorten its text, or what the scenario puts into it")
}
