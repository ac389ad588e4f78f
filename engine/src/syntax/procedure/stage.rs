//! `[stages.X]` and `[anywhere]`: where a case can be, and the ways on from there.

use crate::syntax::Citation;
use crate::syntax::Names;
use crate::syntax::Transition;
use crate::syntax::procedure::transition;
use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// `[stages.X]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its name.
    pub name: Spanned<String>,
    /// Its name for people.
    pub title: Option<Spanned<String>>,
    /// Whether cases start here; the place is the key.
    pub start: Option<Spanned<bool>>,
    /// Whether cases end here; the place is the key.
    pub end: Option<Spanned<bool>>,
    /// The role that has the case while it is here.
    pub owner: Option<Spanned<String>>,
    /// Advice for whoever handles the case.
    pub guide: Option<Spanned<String>>,
    /// The help from outside that may be asked for here.
    pub help: Names,
    /// The clocks that stand still here.
    pub pauses: Vec<Pause>,
    /// What events do here, in the order of the file.
    pub on: Vec<Transitions>,
    /// What time does here, in the order of the file.
    pub after: Vec<TimedTransition>,
    /// Where it comes from.
    pub citation: Citation,
    /// The header or the name.
    pub span: Span,
}

/// One entry of `pauses`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    /// The deadline.
    pub deadline: Spanned<String>,
    /// The limit over all its pauses: a term or `unbounded`.
    pub at_most: Spanned<String>,
}

/// `on.E`: what one event does in a stage. The first branch that holds is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transitions {
    /// The event.
    pub event: Spanned<String>,
    /// The branches, in the order of the file; never empty.
    pub branches: Vec<Transition>,
}

/// One entry of `after`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimedTransition {
    /// The term, counted from entering the stage.
    pub term: Spanned<String>,
    /// What happens when it is over.
    pub transition: Transition,
}

/// `[anywhere.on.E]` as written: what an event does in every stage that is no end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anywhere {
    /// The event.
    pub event: Spanned<String>,
    /// The branches, in the order of the file; never empty.
    pub branches: Vec<AnywhereBranch>,
}

/// One branch of `[anywhere.on.E]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnywhereBranch {
    /// The end stages in which it holds too.
    pub also: Names,
    /// What happens.
    pub transition: Transition,
}

/// Reads `[stages.X]`.
pub(crate) fn read(name: Spanned<String>, table: &mut Table<'_, '_>) -> Stage {
    Stage {
        name,
        title: table.text("title"),
        start: table.choice("start"),
        end: table.choice("end"),
        owner: table.name("owner"),
        guide: table.text("guide"),
        help: table.some_names("help"),
        pauses: table.table("pauses", read_pauses).unwrap_or_default(),
        on: table.table("on", read_on).unwrap_or_default(),
        after: table.table("after", read_after).unwrap_or_default(),
        citation: table.citation(),
        span: table.span,
    }
}

/// Reads `[anywhere]`.
pub(crate) fn read_anywhere(table: &mut Table<'_, '_>) -> Vec<Anywhere> {
    table.requires(&["on"]);
    let read = |on: &mut Table<'_, '_>| {
        let mut all = Vec::new();
        for entry in on.rest() {
            let event = entry.name();
            let branches = on.one_or_more(entry, &what(&event), |branch| AnywhereBranch {
                also: branch.names("also"),
                transition: transition::read(branch),
            });
            all.push(Anywhere { event, branches });
        }
        all
    };
    table.table("on", read).unwrap_or_default()
}

fn read_on(on: &mut Table<'_, '_>) -> Vec<Transitions> {
    let mut all = Vec::new();
    for entry in on.rest() {
        let event = entry.name();
        let branches = on.one_or_more(entry, &what(&event), transition::read);
        all.push(Transitions { event, branches });
    }
    all
}

fn what(event: &Spanned<String>) -> String {
    format!("the transition on `{}`", event.value)
}

fn read_pauses(table: &mut Table<'_, '_>) -> Vec<Pause> {
    let mut all = Vec::new();
    for entry in table.rest() {
        let deadline = entry.name();
        let at_most = table.text_of(entry, "a term or `unbounded`, in quotes");
        all.extend(at_most.map(|at_most| Pause { deadline, at_most }));
    }
    all
}

fn read_after(table: &mut Table<'_, '_>) -> Vec<TimedTransition> {
    let mut all = Vec::new();
    for entry in table.rest() {
        let term = entry.name();
        let what = format!("the transition after `{}`", entry.key);
        let transition = table.table_of(entry, what, entry.span, transition::read_timed);
        all.extend(transition.map(|transition| TimedTransition { term, transition }));
    }
    all
}
