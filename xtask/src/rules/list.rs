//! All rules that read nothing but the tree.

use crate::finding::Finding;
use crate::rules::{
    diagnostics, layers, links, markers, mod_files, reachable, sizes, sources, spaces, words,
};
use crate::tree::Tree;

/// A rule: gives what breaks it.
type Rule = fn(&Tree) -> Vec<Finding>;

/// All rules that read nothing but the tree.
pub(crate) const OF_THE_TREE: [Rule; 10] = [
    layers::findings,
    sizes::findings,
    mod_files::findings,
    diagnostics::findings,
    reachable::findings,
    markers::findings,
    sources::findings,
    links::findings,
    spaces::findings,
    words::findings,
];
