//! A correction as people read it: what is no longer true, what is true instead.

use crate::runtime::{Fact, FactKind};

/// What one correction changed besides what the late event itself did.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    /// The fact that says that there was a correction, from when on, and who was told.
    pub heading: Fact,
    /// The facts that no longer hold, as they were recorded.
    pub withdrawn: Vec<Fact>,
    /// The facts that hold instead.
    pub added: Vec<Fact>,
    /// The facts that say that an event has no effect any more.
    pub aside: Vec<Fact>,
    /// The same of earlier corrections: these events have their effect again.
    pub restored: Vec<Fact>,
}

impl News {
    const fn new(heading: Fact) -> Self {
        Self {
            heading,
            withdrawn: Vec::new(),
            added: Vec::new(),
            aside: Vec::new(),
            restored: Vec::new(),
        }
    }
}

/// Tells what happened from what was corrected. `known` are the facts of the case, among which
/// those are that were withdrawn. What an event did that came late has happened; what else is
/// different because of it is news.
#[must_use]
pub fn news<'f>(
    facts: &[Fact],
    known: &(impl Iterator<Item = &'f Fact> + Clone),
) -> (Vec<Fact>, Vec<News>) {
    let (mut happened, mut all) = (Vec::new(), Vec::new());
    let mut rest = facts;
    while let Some((fact, later)) = rest.split_first() {
        rest = later;
        let FactKind::Corrected { facts: n_facts, .. } = fact.kind else {
            happened.extend((!fact.kind.is_of_the_record()).then_some(*fact));
            continue;
        };
        let n_facts = usize::try_from(n_facts).unwrap_or(usize::MAX).min(rest.len());
        let (belong, later) = rest.split_at(n_facts);
        rest = later;
        let mut news = News::new(*fact);
        for it in belong {
            match it.kind {
                FactKind::Withdrawn { sequence } => {
                    let was = known.clone().find(|known| known.sequence == sequence);
                    let list = match was.is_some_and(|was| was.kind.is_of_the_record()) {
                        true => &mut news.restored,
                        false => &mut news.withdrawn,
                    };
                    list.extend(was);
                }
                FactKind::SetAside { .. } => news.aside.push(*it),
                FactKind::Corrected { .. } | FactKind::InsertedBefore { .. } => {}
                _ if it.cause == fact.cause => happened.push(*it),
                _ => news.added.push(*it),
            }
        }
        all.push(news);
    }
    (happened, all)
}
