//! `cargo xtask tidy`: the house rules.

use std::path::Path;

use anyhow::Result;

use crate::finding::Finding;
use crate::output;
use crate::rules;
use crate::tree::{self, Tree};

/// Prints every fault of the repository. Answers whether there is none.
///
/// # Errors
///
/// The repository cannot be read, or cargo cannot say what the dependencies are.
pub(crate) fn run() -> Result<bool> {
    let found = findings(&tree::root()?)?;
    for finding in &found {
        output::say(&finding.to_string())?;
    }
    Ok(found.is_empty())
}

/// Every fault of the repository, in order of place.
///
/// # Errors
///
/// The repository cannot be read, or cargo cannot say what the dependencies are.
pub(crate) fn findings(root: &Path) -> Result<Vec<Finding>> {
    let tree = Tree::read(root)?;
    let mut found: Vec<Finding> = rules::OF_THE_TREE.iter().flat_map(|rule| rule(&tree)).collect();
    found.extend(rules::licences::findings(root)?);
    found.sort();
    found.dedup();
    Ok(found)
}
