//! Each diagnostic has a rule file, a failing fixture and a page of the same name.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Finding;
use crate::rust_text::{self, Part};
use crate::tree::{SourceFile, Tree};

const ENGINE: &str = "engine/src/";
const FIXTURES: &str = "tests/suite/diagnostics/";
const PAGES: &str = "docs/diagnostics/";
/// The index of the pages, written by `cargo xtask gen`.
const INDEX: &str = "docs/diagnostics/README.md";

/// What `cargo xtask new diagnostic` leaves to be filled in.
const LEFT_TO_SAY: [&str; 3] = [
    "say what is wrong with `{name}`",
    "Say in one sentence what is wrong",
    "Write here the smallest protocol",
];

/// A code as its rule file declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Declared {
    /// Lower case words joined by hyphens.
    pub(crate) code: String,
    /// `error` or `warning`.
    pub(crate) severity: &'static str,
    line_number: usize,
}

/// The codes that rule files of the engine declare, by the path of the file.
pub(crate) fn declared(tree: &Tree) -> BTreeMap<String, Vec<Declared>> {
    rule_files(tree).map(|file| (file.path.clone(), declarations(file))).collect()
}

pub(crate) fn findings(tree: &Tree) -> Vec<Finding> {
    let mut found = outside_rule_files(tree);
    let mut codes: BTreeMap<String, &str> = BTreeMap::new();
    for file in rule_files(tree) {
        let code = file.stem().replace('_', "-");
        found.extend(not_its_name(file, &code));
        if let Some(first) = codes.insert(code.clone(), &file.path) {
            found.push(Finding::whole(
                &file.path,
                format!("`{code}` has a rule file already: {first}"),
            ));
        }
        for (what, path) in
            [("fixture", format!("{FIXTURES}{code}")), ("page", format!("{PAGES}{code}.md"))]
        {
            if !tree.has(&path) {
                found.push(Finding::whole(&file.path, format!("`{code}` has no {what} {path}")));
            }
        }
    }
    found.extend(orphans(tree, &codes));
    found.extend(unfinished(tree));
    found
}

fn unfinished(tree: &Tree) -> Vec<Finding> {
    let files = rule_files(tree).chain(tree.under(FIXTURES)).chain(tree.under(PAGES));
    let mut found = Vec::new();
    for file in files.filter(|it| it.path != INDEX) {
        let is_left = |line: &str| LEFT_TO_SAY.iter().any(|it| line.contains(it));
        if let Some(line_index) = file.text.lines().position(is_left) {
            found.push(Finding::at(
                &file.path,
                line_index + 1,
                "still says what its template says",
            ));
        }
    }
    found
}

fn rule_files(tree: &Tree) -> impl Iterator<Item = &SourceFile> {
    let is_rule = |it: &&SourceFile| {
        it.folder().ends_with("/rules") && !["mod.rs", "tests.rs"].contains(&it.name())
    };
    tree.rust(ENGINE).filter(is_rule)
}

fn declarations(file: &SourceFile) -> Vec<Declared> {
    let code = rust_text::only(&file.text, &[Part::Code, Part::Literal]);
    let mut found = Vec::new();
    for (line_index, line) in code.lines().enumerate() {
        for severity in ["error", "warning"] {
            let call = format!("Code::{severity}(\"");
            let names = line.split(&call).skip(1).filter_map(|rest| rest.split_once('"'));
            found.extend(names.map(|(name, _)| Declared {
                code: name.to_owned(),
                severity,
                line_number: line_index + 1,
            }));
        }
    }
    found
}

fn not_its_name(file: &SourceFile, code: &str) -> Option<Finding> {
    let declared = declarations(file);
    match declared.as_slice() {
        [] => Some(Finding::whole(
            &file.path,
            format!("declares no code; its name asks for `{code}`"),
        )),
        [only] if only.code == code => None,
        [only] => {
            let what = format!("declares `{}`; its name asks for `{code}`", only.code);
            Some(Finding::at(&file.path, only.line_number, what))
        }
        [_, second, ..] => {
            let what = format!("declares `{}` as well; one file, one code", second.code);
            Some(Finding::at(&file.path, second.line_number, what))
        }
    }
}

fn outside_rule_files(tree: &Tree) -> Vec<Finding> {
    let rule_files: BTreeSet<&str> = rule_files(tree).map(|it| it.path.as_str()).collect();
    let others = tree.rust(ENGINE).filter(|it| !rule_files.contains(it.path.as_str()));
    others
        .flat_map(|file| {
            let before_tests = file.text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
            let n_lines = before_tests.lines().count();
            let declared =
                declarations(file).into_iter().filter(move |it| it.line_number <= n_lines);
            declared.map(|it| {
                let what = format!("`{}` is declared outside a `rules` folder", it.code);
                Finding::at(&file.path, it.line_number, what)
            })
        })
        .collect()
}

fn orphans(tree: &Tree, codes: &BTreeMap<String, &str>) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.under(FIXTURES) {
        let code = file.path.strip_prefix(FIXTURES).and_then(|it| it.split('/').next());
        if code.is_none_or(|it| !codes.contains_key(it)) {
            found.push(Finding::whole(&file.path, "a fixture without a rule file"));
        }
    }
    for file in tree.under(PAGES) {
        if file.path != INDEX && !codes.contains_key(file.stem()) {
            found.push(Finding::whole(&file.path, "a page without a rule file"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::tree::made_up;

    const RULE: (&str, &str) = (
        "engine/src/check/rules/unknown_stage.rs",
        "pub(crate) const CODE: Code = Code::error(\"unknown-stage\");\n",
    );
    const FIXTURE: (&str, &str) = ("tests/suite/diagnostics/unknown-stage/bad.toml", "x\n");
    const PAGE: (&str, &str) = ("docs/diagnostics/unknown-stage.md", "x\n");

    #[track_caller]
    fn check(files: &[(&str, &str)], expected: &[&str]) {
        made_up::check(findings, files, expected);
    }

    #[test]
    fn a_rule_with_fixture_and_page_is_complete() {
        check(
            &[RULE, FIXTURE, PAGE, ("engine/src/check/rules/mod.rs", "mod unknown_stage;\n")],
            &[],
        );
    }

    #[test]
    fn a_missing_page_or_fixture_is_found() {
        let rule = "engine/src/check/rules/unknown_stage.rs:1: `unknown-stage` has no";
        check(&[RULE, FIXTURE], &[&format!("{rule} page docs/diagnostics/unknown-stage.md")]);
        check(&[RULE, PAGE], &[&format!("{rule} fixture tests/suite/diagnostics/unknown-stage")]);
    }

    #[test]
    fn a_page_or_fixture_without_a_rule_is_found() {
        let fixture =
            "tests/suite/diagnostics/unknown-stage/bad.toml:1: a fixture without a rule file";
        let page = "docs/diagnostics/unknown-stage.md:1: a page without a rule file";
        check(&[FIXTURE, PAGE], &[fixture, page]);
    }

    #[test]
    fn a_rule_declares_the_code_of_its_name() {
        let rule = (RULE.0, "\nconst CODE: Code = Code::warning(\"unknown-state\");\n");
        let found = "engine/src/check/rules/unknown_stage.rs:2: declares `unknown-state`; \
                     its name asks for `unknown-stage`";
        check(&[rule, FIXTURE, PAGE], &[found]);
    }

    #[test]
    fn a_code_in_a_comment_is_no_declaration() {
        let rule = (RULE.0, "// Code::error(\"unknown-stage\")\n");
        let found = "engine/src/check/rules/unknown_stage.rs:1: declares no code; \
                     its name asks for `unknown-stage`";
        check(&[rule, FIXTURE, PAGE], &[found]);
    }

    #[test]
    fn a_code_is_declared_in_a_rules_folder_only() {
        let file = "const CODE: Code = Code::error(\"x\");\n#[cfg(test)]\nmod tests {\nCode::error(\"y\");\n}\n";
        let found = "engine/src/check/stage.rs:1: `x` is declared outside a `rules` folder";
        check(&[("engine/src/check/stage.rs", file)], &[found]);
    }
}
