//! All that a construct may refer to while it is checked.

use crate::check::look_up::names::Names;
use crate::model::FieldKind;
use crate::model::Sets;
use crate::model::Variable;
use crate::script::Sandbox;
use crate::script::Scope;
use crate::syntax::Written;
use crate::text::SourceSet;

/// What is declared, what conditions may read, and the texts to point back to.
pub(crate) struct Known<'w> {
    /// The files, for places inside strings.
    pub(crate) sources: &'w SourceSet,
    /// What the author wrote.
    pub(crate) written: &'w Written,
    /// The declared names.
    pub(crate) names: Names<'w>,
    /// What each field holds; `None` has been reported.
    pub(crate) fields: Vec<Option<FieldKind>>,
    /// What each field of an entry holds, by record; `None` has been reported.
    pub(crate) entry_fields: Vec<Vec<Option<FieldKind>>>,
    /// What conditions may read.
    pub(crate) scope: Scope,
    /// What each variable of the scope means.
    pub(crate) variables: Vec<Variable>,
    /// The sets of names of the scope.
    pub(crate) sets: Sets,
    /// The reader of conditions.
    pub(crate) sandbox: Sandbox,
}
