//! `protocol new`: a folder to start from.

use store::file;

use crate::Exit;
use crate::args::New;
use crate::output::Output;
use crate::template;
use crate::unusable::Unusable;

/// The longest id.
const ID_BYTES_MAX: usize = 64;

/// Writes a protocol folder that passes `check` and `test`.
pub(crate) fn new(args: &New, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let shown = args.name.display();
    let id = args.name.file_name().and_then(|it| it.to_str()).filter(|it| is_id(it));
    let Some(id) = id else {
        let help = "use lower-case letters, digits and hyphens, a letter first: `my-shop`";
        return Err(Unusable::new(format!("`{shown}` cannot name a protocol")).help(help).into());
    };
    let files = template::files(&args.from, id)?;
    if args.name.exists() {
        let what = format!("`{shown}` is there already, and nothing in it is replaced");
        return Err(Unusable::new(what).into());
    }
    file::make_folder(&args.name, files)?;
    output.note(&format!(
        "`{shown}` is ready: a copy of `{}` for you to change.\nNext: protocol check {shown}\n",
        args.from
    ))?;
    Ok(Exit::Fine)
}

fn is_id(name: &str) -> bool {
    let starts_well = name.starts_with(|it: char| it.is_ascii_lowercase());
    let is_plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
    starts_well && name.chars().all(is_plain) && !name.ends_with('-') && name.len() <= ID_BYTES_MAX
}
