//! A shipped protocol under another name.

use engine::diagnostic::nearest_or_listed;
use store::PROTOCOLS;

use crate::unusable::Unusable;

/// The files of a template as those of a protocol with this id: paths inside the folder, texts.
///
/// # Errors
/// There is no such template.
pub(crate) fn files(template: &str, id: &str) -> anyhow::Result<Vec<(&'static str, String)>> {
    let names = PROTOCOLS.iter().map(|(name, _)| *name);
    let Some((_, files)) = PROTOCOLS.iter().find(|(name, _)| *name == template) else {
        let what = format!("there is no protocol `{template}` to start from");
        let help = nearest_or_listed(template, "protocol", names);
        return Err(Unusable::new(what).maybe_help(help).into());
    };
    Ok(files
        .iter()
        .map(|(path, text)| match *path {
            "protocol.toml" => (*path, with_title(text, id).replace(template, id)),
            _ => (*path, text.replace(template, id)),
        })
        .collect())
}

/// The text of a protocol with a title of its own: that of `[protocol]` comes first.
fn with_title(text: &str, id: &str) -> String {
    let mut is_done = false;
    let mut titled = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match line.split_once('=') {
            Some((key, _)) if key.trim_end() == "title" && !is_done => {
                is_done = true;
                let name = id.replace('-', " ");
                titled.push_str(&format!("{key}= \"Complaints protocol of {name}\"\n"));
            }
            _ => titled.push_str(line),
        }
    }
    titled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_carries_its_own_name_everywhere() {
        let files = files("small-business", "my-shop").unwrap();
        let (_, protocol) = files.iter().find(|(path, _)| *path == "protocol.toml").unwrap();
        assert!(protocol.contains("\"my-shop\""), "{protocol}");
        assert!(protocol.contains("\"Complaints protocol of my shop\""), "{protocol}");
        assert!(files.iter().all(|(_, text)| !text.contains("small-business")));
        let error = super::files("smal-business", "x").unwrap_err().to_string();
        assert!(error.contains("did you mean `small-business`?"), "{error}");
    }
}
