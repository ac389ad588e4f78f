//! Which fixes are made, and what the files are then.

use std::path::Path;
use std::rc::Rc;

use engine::diagnostic::{Diagnostic, Fix};
use engine::text::SourceSet;

use crate::fix::edit::Edits;
use crate::fix::files::Files;
use crate::fix::judge::{Badness, has_new_error};

/// How many times fixes are made and the result is checked for more. A fix seldom brings another
/// to light, and that one hardly ever a third.
const ROUNDS_MAX: usize = 10;
/// How many fixes of a protocol are tried one by one where all of them together bring a new error.
const TRIED_ALONE_MAX: usize = 200;

/// What would be mended in a protocol.
pub(crate) struct Plan {
    /// The files as they are.
    pub before: Files,
    /// The files as they would be.
    pub after: Files,
    /// The fixes, in the order in which they are made.
    pub done: Vec<Done>,
    /// Fixes that would bring a new error, and so are not made.
    pub left: Vec<Done>,
}

/// A fix, told.
pub(crate) struct Done {
    /// The fault, at its place before the fix.
    pub fault: Diagnostic,
    /// What the fix does.
    pub fix: Fix,
    /// The files at the time of the fix.
    pub sources: Rc<SourceSet>,
}

impl Plan {
    /// The files that change: path inside the folder, bytes before and after.
    pub(crate) fn changes(&self) -> impl Iterator<Item = (&str, &[u8], &[u8])> {
        let sets = self.before.sets().into_iter().zip(self.after.sets());
        let pairs = sets.flat_map(|(before, after)| before.files().zip(after.files()));
        let changed = pairs.filter(|((_, before), (_, after))| before.bytes != after.bytes);
        changed.map(|((_, before), (_, after))| {
            (before.path.as_str(), before.bytes.as_slice(), after.bytes.as_slice())
        })
    }
}

/// Plans what to mend in a protocol. Nothing is written.
///
/// # Errors
/// The folder cannot be read.
pub(crate) fn plan(folder: &Path) -> anyhow::Result<Plan> {
    Ok(planned(Files::read(folder)?))
}

fn planned(before: Files) -> Plan {
    let folder = before.loaded.folder.clone();
    let mut after = before.again();
    let (mut done, mut left) = (Vec::new(), Vec::new());
    let mut n_tries_left = TRIED_ALONE_MAX;
    for _ in 0..ROUNDS_MAX {
        left.clear();
        let (together, taken) = made(&folder, &after, 0, usize::MAX);
        if taken.is_empty() {
            break;
        }
        if is_better(&after, &together) {
            done.extend(taken);
            after = together;
            continue;
        }
        let n_done = done.len();
        one_by_one(&folder, &mut after, &mut n_tries_left, &mut done, &mut left);
        if done.len() == n_done {
            break;
        }
    }
    Plan { before, after, done, left }
}

/// Whether files with several fixes are better, and no new error can be the doing of one of them.
fn is_better(before: &Files, after: &Files) -> bool {
    let (was, is) = (Badness::of(before), Badness::of(after));
    is < was && (is.hides_less_than(was) || !has_new_error(before, after))
}

/// Makes the first fix that helps, again and again. What is left over helps nobody.
fn one_by_one(
    folder: &Path,
    files: &mut Files,
    n_tries_left: &mut usize,
    done: &mut Vec<Done>,
    left: &mut Vec<Done>,
) {
    let mut n_skipped = 0;
    while let Some(n_tries) = n_tries_left.checked_sub(1) {
        *n_tries_left = n_tries;
        let (tried, taken) = made(folder, files, n_skipped, 1);
        if taken.is_empty() {
            return;
        }
        if Badness::of(&tried) < Badness::of(files) {
            done.extend(taken);
            *files = tried;
        } else {
            left.extend(taken);
            n_skipped = n_skipped.saturating_add(1);
        }
    }
}

/// The files with some of the fixes that are offered, those that do not overlap, and these fixes.
fn made(folder: &Path, files: &Files, n_skipped: usize, n_max: usize) -> (Files, Vec<Done>) {
    let mut edits = [Edits::default(), Edits::default()];
    let sets = files.sets().map(|it| Rc::new(it.clone()));
    let mut taken = Vec::new();
    let fixable = files.found().filter_map(|(it, set)| Some((it, it.fix.as_ref()?, set)));
    let fixable = fixable.filter(|(_, fix, set)| Edits::default().add(fix, &sets[*set]));
    for (fault, fix, set) in fixable.skip(n_skipped).take(n_max) {
        if edits[set].add(fix, &sets[set]) {
            let (fault, fix) = (fault.clone(), fix.clone());
            taken.push(Done { fault, fix, sources: Rc::clone(&sets[set]) });
        }
    }
    let root = folder.to_string_lossy();
    let [of_protocol, of_scenarios] = edits;
    let [sources, scenario_sources] = files.sets();
    let sources = of_protocol.made(sources, &root);
    let scenario_sources = of_scenarios.made(scenario_sources, &root);
    (Files::of(folder, sources, scenario_sources), taken)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DESK: &str = include_str!("../../../tests/suite/cli/protocols/desk/protocol.toml");

    /// Mends a protocol of one file and checks its text and the fixes, then and once more.
    #[track_caller]
    fn check(before: &str, after: &str, done: &[&str], left: &[&str]) {
        let files = |text: &str| {
            let sources = [("protocol.toml".to_owned(), text.as_bytes().to_vec())];
            Files::of(Path::new("p"), SourceSet::new("p", sources), SourceSet::default())
        };
        let titles = |list: &[Done]| list.iter().map(|it| it.fix.title.clone()).collect::<Vec<_>>();
        let plan = planned(files(before));
        assert_eq!(titles(&plan.done), done);
        assert_eq!(titles(&plan.left), left);
        let [sources, _] = plan.after.sets();
        let (_, file) = sources.files().next().unwrap();
        assert_eq!(file.text(), Ok(after));
        assert!(planned(files(after)).done.is_empty());
    }

    #[test]
    fn line_ends_stay_and_a_byte_order_mark_goes() {
        let done = ["remove the mark", "write `title`"];
        check("\u{feff}[protocol]\r\ntitel = 1\r\n", "[protocol]\r\ntitle = 1\r\n", &done, &[]);
    }

    #[test]
    fn of_two_fixes_that_clash_one_is_made() {
        let title = ["write `title`"];
        let (before, after) = ("titel = 1\ntitl = 2\n", "title = 1\ntitl = 2\n");
        let protocol = |text: &str| format!("[protocol]\n{text}");
        check(&protocol(before), &protocol(after), &title, &[]);
    }

    #[test]
    fn a_fix_that_brings_a_new_error_is_not_made() {
        let text = "[protocol]\nsourse = 3\n";
        check(text, text, &[], &["write `source`"]);
    }

    #[test]
    fn what_is_right_or_past_mending_stays() {
        check("[protocol]\nid = \"a\"\n", "[protocol]\nid = \"a\"\n", &[], &[]);
        check("= = [\n", "= = [\n", &[], &[]);
        check("", "", &[], &[]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Slips of the pen anywhere in a protocol: whatever is mended, nothing is worse, and what
        /// is left would be left again.
        #[test]
        fn files_are_never_worse_than_before(
            slips in prop::collection::vec((any::<prop::sample::Index>(), "[a-z\"=\\[\r\n\u{feff}é ]?"), 1..6),
        ) {
            let mut letters: Vec<String> = DESK.chars().map(String::from).collect();
            for (at, letter) in slips {
                let at = at.index(letters.len());
                letters[at] = letter;
            }
            let sources = [("protocol.toml".to_owned(), letters.concat().into_bytes())];
            let sources = SourceSet::new("p", sources);
            let plan = planned(Files::of(Path::new("p"), sources, SourceSet::default()));
            prop_assert!(Badness::of(&plan.after) <= Badness::of(&plan.before));
            prop_assert_eq!(plan.done.is_empty(), plan.changes().count() == 0);
            let again = planned(plan.after.again());
            prop_assert_eq!(again.done.len(), 0);
        }
    }
}
