//! House protocols written by hand in `suite/weakened`: each promises less than a statute in a way that
//! somebody might try, or more, or the same in other words.

use toml_edit::DocumentMut;

use crate::weakened::house::{Verdict, judge};

/// What a house protocol writes above its own text.
const HEAD: &str = "
[protocol]
id      = \"house\"
title   = \"House protocol\"
version = \"1\"
source  = \"Policy\"
";

/// The texts under a key of a file, each with what it is about.
fn houses(file: &str, key: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(format!("suite/weakened/{file}.toml")).unwrap();
    let all: DocumentMut = text.parse().unwrap();
    let rows = all[key].as_array_of_tables().unwrap();
    rows.iter()
        .map(|row| {
            let of = |key: &str| row.get(key).and_then(|it| it.as_str()).unwrap_or_default();
            let top = format!("extends = \"{file}\"\ncomplies_with = [\"{file}\"]\n");
            (of("what").to_owned(), format!("{top}{}{HEAD}{}", of("top"), of("house")))
        })
        .collect()
}

#[track_caller]
fn check(file: &str, n_weaker: usize, n_stronger: usize) {
    let (weaker, stronger) = (houses(file, "weaker"), houses(file, "stronger"));
    let mut wrong = Vec::new();
    for (what, text) in &weaker {
        let verdict = judge(text);
        if !matches!(verdict, Verdict::Short(_)) {
            wrong.push(format!("{what}: {verdict:?}"));
        }
    }
    for (what, text) in &stronger {
        let verdict = judge(text);
        if verdict != Verdict::Complies {
            wrong.push(format!("{what}: {verdict:?}"));
        }
    }
    assert!(wrong.is_empty(), "{file}:\n{}", wrong.join("\n"));
    assert_eq!((weaker.len(), stronger.len()), (n_weaker, n_stronger), "{file}");
}

#[test]
fn what_somebody_might_try_with_the_housing_code_is_found() {
    check("uk-housing-code", 37, 11);
}

#[test]
fn what_somebody_might_try_with_disp_is_found() {
    check("uk-fca-disp", 16, 5);
}

#[test]
fn what_somebody_might_try_with_the_awb_is_found() {
    check("nl-awb", 15, 4);
}

#[test]
fn what_somebody_might_try_with_the_scottish_procedure_is_found() {
    check("scotland-spso", 12, 4);
}
