//! What checking has gathered so far: the entries that facts will point back to, and the faults.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::model::Rule;
use crate::model::RuleId;
use crate::syntax::Citation;
use crate::text::{SourceSet, Span};

/// Gathers rules and faults.
pub(crate) struct Log<'d> {
    /// The entries so far, by their number.
    pub(crate) rules: Vec<Rule>,
    /// The files, for changes that mend what is written.
    pub(crate) sources: &'d SourceSet,
    inherited: Citation,
    out: &'d mut Diagnostics,
}

impl<'d> Log<'d> {
    /// An empty log; `inherited` is the citation of `[protocol]`.
    pub(crate) fn new(
        inherited: Citation,
        sources: &'d SourceSet,
        out: &'d mut Diagnostics,
    ) -> Self {
        Self { rules: Vec::new(), sources, inherited, out }
    }

    /// Adds an entry; its source is its own, else that of the protocol.
    pub(crate) fn rule(&mut self, path: String, span: Span, citation: &Citation) -> RuleId {
        let own = citation.source.as_ref().map(|it| it.value.clone());
        let inherited = own.is_none();
        let from_protocol = || self.inherited.source.as_ref().map(|it| it.value.clone());
        let source = own.or_else(from_protocol);
        let unverified = citation.unverified || (inherited && self.inherited.unverified);
        let id = RuleId(u32::try_from(self.rules.len()).unwrap_or(u32::MAX));
        let inherited = inherited && source.is_some();
        self.rules.push(Rule { path, span, place: String::new(), source, inherited, unverified });
        id
    }

    /// Whether an entry has a source, its own or the protocol's.
    pub(crate) fn has_source(&self, rule: RuleId) -> bool {
        self.rules.get(rule.index()).is_some_and(|it| it.source.is_some())
    }

    /// Adds a fault.
    pub(crate) fn say(&mut self, fault: Diagnostic) {
        self.out.push(fault);
    }

    /// All faults so far, for those who add to them directly.
    pub(crate) fn out(&mut self) -> &mut Diagnostics {
        self.out
    }
}
