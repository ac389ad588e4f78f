//! What pictures say, whole: `suite/graph/`. `UPDATE=1` writes the files; the difference is the
//! review.

use std::fs;
use std::path::{Path, PathBuf};

use engine::machine::Machine;
use engine::picture::{Picture, Wanted, of};
use engine::scenario::{read, run};
use engine::text::{FileId, SourceSet};

const FOLDER: &str = "suite/graph";

fn machine(folder: &Path) -> (Machine, SourceSet) {
    let sources = store::folder::read(folder).unwrap();
    let (machine, faults) = engine::load(&sources);
    let messages: Vec<&str> = faults.iter().map(|it| it.message.as_str()).collect();
    (machine.unwrap_or_else(|| panic!("{messages:?}")), sources)
}

/// Compares every format with its file: `<name>.svg`, `.dot`, `.mmd`, `.txt` and `.md`.
#[track_caller]
fn check(name: &str, picture: &Picture) {
    let svg = draw::svg(picture).unwrap();
    safe(&svg);
    let texts = [
        ("svg", svg),
        ("dot", draw::dot(picture)),
        ("mmd", draw::mermaid(picture)),
        ("txt", draw::table(picture, 100)),
        ("md", draw::markdown(picture)),
    ];
    for (ending, text) in texts {
        let path = PathBuf::from(format!("{FOLDER}/{name}.{ending}"));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &text).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        let pairs = text.lines().zip(expected.lines());
        let first = pairs.clone().position(|(one, other)| one != other);
        assert!(text == expected, "{} differs from line {first:?} on", path.display());
    }
}

/// No script, no element that a text made, no number with a fraction in any attribute.
#[track_caller]
fn safe(svg: &str) {
    let (_, body) = svg.split_once("</style>").unwrap();
    let known = ["<rect ", "<text ", "<path ", "<g", "<title>", "<circle ", "</"];
    for (at, _) in body.match_indices('<') {
        let rest = body.get(at..).unwrap_or_default();
        assert!(known.iter().any(|it| rest.starts_with(it)), "{}", rest.lines().next().unwrap());
    }
    for value in body.split("=\"").skip(1).filter_map(|it| it.split('"').next()) {
        assert!(!value.contains('.'), "{value}");
    }
}

#[track_caller]
fn check_protocol(name: &str, folder: &str) {
    let (machine, sources) = machine(Path::new(folder));
    check(name, &of(&machine, &sources, &Wanted::default()));
}

#[test]
fn the_first_protocol() {
    check_protocol("first-protocol", "../examples/first-protocol");
}

#[test]
fn a_statutory_code_with_two_rungs() {
    check_protocol("uk-housing-code", "../protocols/uk-housing-code");
}

#[test]
fn a_small_business_with_three_rungs() {
    check_protocol("small-business", "../protocols/small-business");
}

#[test]
fn texts_that_would_break_out_stay_texts() {
    check_protocol("hostile", "suite/graph/hostile");
}

#[test]
fn the_path_of_a_scenario() {
    let folder = Path::new("../protocols/small-business");
    let (machine, sources) = machine(folder);
    let path = "scenarios/a-late-answer.toml";
    let bytes = fs::read(folder.join(path)).unwrap();
    let file = SourceSet::new("", [(path.to_owned(), bytes)]);
    let scenario = read(&file, FileId(0), &machine).0.unwrap();
    let outcome = run(&machine, &scenario);
    let wanted = Wanted { rung: None, path: Some((&scenario.title, &outcome)) };
    check("small-business-late", &of(&machine, &sources, &wanted));
}
