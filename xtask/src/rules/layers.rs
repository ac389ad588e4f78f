//! Layers of the engine look one way.

use crate::finding::Finding;
use crate::rust_text::{self, Word};
use crate::tree::{SourceFile, Tree};

/// Layers of the engine, first one first. A layer may use itself and the layers before it.
pub(crate) const LAYERS: [&str; 13] = [
    "text",
    "diagnostic",
    "time",
    "script",
    "syntax",
    "model",
    "check",
    "machine",
    "inspect",
    "runtime",
    "letter",
    "scenario",
    "picture",
];

const ENGINE: &str = "engine/src/";

/// The one file beside the layers: the way from files to a machine runs through most of them, and
/// in any one of them it would look down.
const WAY_THROUGH: &str = "load.rs";

pub(crate) fn findings(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.rust(ENGINE) {
        let inside = file.path.strip_prefix(ENGINE).unwrap_or_default();
        match inside.split_once('/') {
            None if inside == "lib.rs" => found.extend(modules_out_of_order(file)),
            None if inside == WAY_THROUGH => {}
            None => {
                found.push(Finding::whole(&file.path, "a file of the engine belongs to a layer"));
            }
            Some((layer, rest)) => match rank(layer) {
                Some(rank) => found.extend(forward_uses(file, layer, rank, depth(rest))),
                None => found.push(Finding::whole(&file.path, format!("`{layer}` is no layer"))),
            },
        }
    }
    found
}

fn rank(layer: &str) -> Option<usize> {
    LAYERS.iter().position(|it| *it == layer)
}

/// How many modules lie between the root of the crate and the inside of this file.
fn depth(path_in_layer: &str) -> usize {
    let n_names = path_in_layer.split('/').count();
    if path_in_layer.ends_with("mod.rs") { n_names } else { n_names + 1 }
}

fn modules_out_of_order(file: &SourceFile) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut last_rank = 0;
    for pair in rust_text::words(&file.text).windows(2) {
        let [keyword, name] = pair else { continue };
        let Some(rank) = rank(&name.text).filter(|_| keyword.text == "mod") else { continue };
        if rank < last_rank {
            let what = format!("`mod {}` stands below a layer that may use it", name.text);
            found.push(Finding::at(&file.path, name.line_number, what));
        }
        last_rank = last_rank.max(rank);
    }
    found
}

fn forward_uses(file: &SourceFile, layer: &str, own_rank: usize, depth: usize) -> Vec<Finding> {
    let words = rust_text::words(&file.text);
    let mut found = Vec::new();
    for start in 0..words.len() {
        let path = words.get(start..).unwrap_or_default();
        for name in names_in_root(path, depth) {
            if rank(&name.text).is_some_and(|it| it > own_rank) {
                let what = format!("`{layer}` may not use `{}`", name.text);
                found.push(Finding::at(&file.path, name.line_number, what));
            }
        }
    }
    found
}

/// The modules of the crate's root that a path starting here names: one, or several in braces.
fn names_in_root(path: &[Word], depth: usize) -> Vec<&Word> {
    let texts: Vec<&str> = path.iter().take(2).map(|it| it.text.as_str()).collect();
    match texts.as_slice() {
        ["crate", "::"] => first_names(path.get(2..).unwrap_or_default()),
        ["super", "::"] => {
            let is_super = |it: &&[Word]| it.first().is_some_and(|word| word.text == "super");
            let n_supers = path.chunks(2).take_while(is_super).count();
            if n_supers < depth {
                return Vec::new();
            }
            first_names(path.get(n_supers * 2..).unwrap_or_default())
        }
        _ => Vec::new(),
    }
}

fn first_names(words: &[Word]) -> Vec<&Word> {
    if words.first().is_none_or(|it| it.text != "{") {
        return words.first().into_iter().collect();
    }
    let mut names = Vec::new();
    let (mut depth, mut starts) = (0_usize, false);
    for word in words {
        match word.text.as_str() {
            "{" => (depth, starts) = (depth + 1, depth == 0),
            "}" if depth == 1 => break,
            "}" => depth -= 1,
            "," => starts = depth == 1,
            _ if starts => {
                names.push(word);
                starts = false;
            }
            _ => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::tree::made_up;

    #[track_caller]
    fn check(path: &str, text: &str, expected: &[&str]) {
        made_up::check(findings, &[(path, text)], expected);
    }

    #[test]
    fn a_layer_may_use_itself_and_those_before_it() {
        check("engine/src/check/a.rs", "use crate::model::X;\nuse crate::check::{b, c};\n", &[]);
    }

    #[test]
    fn a_use_of_a_later_layer_is_found() {
        let line = "engine/src/time/a.rs:2: `time` may not use `machine`";
        check("engine/src/time/a.rs", "\nuse crate::machine::Graph;\n", &[line]);
    }

    #[test]
    fn a_list_over_several_lines_is_read() {
        let text = "use crate::{\n    text::{Span, check},\n    model::Stage,\n    runtime,\n};\n";
        let found = [
            "engine/src/syntax/a.rs:3: `syntax` may not use `model`",
            "engine/src/syntax/a.rs:4: `syntax` may not use `runtime`",
        ];
        check("engine/src/syntax/a.rs", text, &found);
    }

    #[test]
    fn a_path_in_a_body_is_read_but_not_in_a_comment_or_a_string() {
        let text =
            "//! See [`crate::machine`].\nfn f() { crate::machine::g(\"crate::runtime::x\") }\n";
        check(
            "engine/src/text/a.rs",
            text,
            &["engine/src/text/a.rs:2: `text` may not use `machine`"],
        );
    }

    #[test]
    fn the_way_over_super_is_read() {
        let line = "engine/src/model/a.rs:1: `model` may not use `check`";
        check("engine/src/model/a.rs", "use super::super::check::X;\n", &[line]);
        check("engine/src/model/b/c.rs", "use super::super::check::X;\n", &[]);
    }

    #[test]
    fn the_modules_of_the_crate_stand_in_order() {
        let line = "engine/src/lib.rs:2: `mod text` stands below a layer that may use it";
        check("engine/src/lib.rs", "pub mod time;\npub mod text;\n", &[line]);
    }

    #[test]
    fn load_may_stand_beside_the_layers_and_nothing_else() {
        check("engine/src/load.rs", "use crate::inspect::inspect;\nuse crate::text::X;\n", &[]);
        let line = "engine/src/save.rs:1: a file of the engine belongs to a layer";
        check("engine/src/save.rs", "use crate::text::X;\n", &[line]);
    }

    #[test]
    fn a_folder_that_is_no_layer_is_found() {
        check("engine/src/util/mod.rs", "", &["engine/src/util/mod.rs:1: `util` is no layer"]);
    }
}
