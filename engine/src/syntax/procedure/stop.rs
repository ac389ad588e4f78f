//! `[stops.X]`: a restriction on a complainant or a case.

use crate::syntax::Citation;
use crate::syntax::Names;
use crate::syntax::Script;
use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// `[stops.X]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Its name.
    pub name: Spanned<String>,
    /// Its name for people.
    pub title: Option<Spanned<String>>,
    /// `complainant` or `case`. Required.
    pub covers: Option<Spanned<String>>,
    /// Who proposes it. Required.
    pub proposed: Option<StopProposal>,
    /// The roles that decide. Required; empty has been reported.
    pub decided_by: Names,
    /// Who may not decide.
    pub not_by: Names,
    /// How long a proposal waits for its decision.
    pub decide_within: Option<Spanned<String>>,
    /// The warning before it.
    pub warn_first: Option<StopWarning>,
    /// The letter that goes with the decision.
    pub notice: Option<Spanned<String>>,
    /// How long it stands.
    pub lasts: Option<Spanned<String>>,
    /// Who looks at it again, and how often.
    pub review: Option<StopReview>,
    /// To whom the complainant may appeal.
    pub appeal: Option<StopAppeal>,
    /// What it refuses.
    pub refuses: Vec<StopRefuses>,
    /// Where it comes from.
    pub citation: Citation,
    /// The name of the table.
    pub span: Span,
    /// Whether a key of it could not be read, so that nothing should be said to be missing.
    pub broken: bool,
}

/// `proposed`: who proposes a stop, or when it is proposed by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopProposal {
    /// When it is proposed by itself.
    pub when: Option<Script>,
    /// The roles that may propose it.
    pub by: Names,
    /// The place of the table.
    pub span: Span,
}

/// `warn_first`: the letter before any decision, and how long it must have stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopWarning {
    /// The letter. Required.
    pub letter: Option<Spanned<String>>,
    /// How long. Required.
    pub wait: Option<Spanned<String>>,
    /// The place of the table.
    pub span: Span,
}

/// `review`: who looks at a stop again, and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopReview {
    /// How often. Required.
    pub every: Option<Spanned<String>>,
    /// By which role. Required.
    pub by: Option<Spanned<String>>,
    /// The letter that says what came of it.
    pub letter: Option<Spanned<String>>,
    /// Where it comes from.
    pub citation: Citation,
    /// The place of the table.
    pub span: Span,
}

/// `appeal`: to whom, until when, and by when it is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopAppeal {
    /// To which role. Required.
    pub to: Option<Spanned<String>>,
    /// Until when. Required.
    pub within: Option<Spanned<String>>,
    /// By when it is answered. Required.
    pub answer: Option<Spanned<String>>,
    /// The letter that says what came of it.
    pub letter: Option<Spanned<String>>,
    /// Where it comes from.
    pub citation: Citation,
    /// The place of the table.
    pub span: Span,
}

/// `[[stops.X.refuses]]`: what a stop refuses, and where to turn instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopRefuses {
    /// The events. Required; empty has been reported.
    pub events: Names,
    /// When it lets them through all the same.
    pub unless: Option<Script>,
    /// Where to turn instead. Required.
    pub says: Option<Spanned<String>>,
    /// Where it comes from.
    pub citation: Citation,
    /// The header of the entry.
    pub span: Span,
}

/// Reads `[stops.X]`.
pub(crate) fn read(name: Spanned<String>, table: &mut Table<'_, '_>) -> Stop {
    table.requires(&["covers", "proposed", "decided_by"]);
    let mut stop = Stop {
        name,
        title: table.text("title"),
        covers: table.name("covers"),
        proposed: table.table("proposed", read_proposal),
        decided_by: table.some_names("decided_by"),
        not_by: table.names("not_by"),
        decide_within: table.text("decide_within"),
        warn_first: table.table("warn_first", read_warning),
        notice: table.name("notice"),
        lasts: table.text("lasts"),
        review: table.table("review", read_review),
        appeal: table.table("appeal", read_appeal),
        refuses: table.rows("refuses", read_refuses),
        citation: table.citation(),
        span: table.span,
        broken: false,
    };
    stop.broken = table.broken;
    stop
}

fn read_proposal(table: &mut Table<'_, '_>) -> StopProposal {
    StopProposal { when: table.script("when"), by: table.names("by"), span: table.span }
}

fn read_warning(table: &mut Table<'_, '_>) -> StopWarning {
    table.requires(&["letter", "wait"]);
    StopWarning { letter: table.name("letter"), wait: table.text("wait"), span: table.span }
}

fn read_review(table: &mut Table<'_, '_>) -> StopReview {
    table.requires(&["every", "by"]);
    StopReview {
        every: table.text("every"),
        by: table.name("by"),
        letter: table.name("letter"),
        citation: table.citation(),
        span: table.span,
    }
}

fn read_appeal(table: &mut Table<'_, '_>) -> StopAppeal {
    table.requires(&["to", "within", "answer"]);
    StopAppeal {
        to: table.name("to"),
        within: table.text("within"),
        answer: table.text("answer"),
        letter: table.name("letter"),
        citation: table.citation(),
        span: table.span,
    }
}

fn read_refuses(table: &mut Table<'_, '_>) -> StopRefuses {
    table.requires(&["events", "says"]);
    StopRefuses {
        events: table.some_names("events"),
        unless: table.script("unless"),
        says: table.text("says"),
        citation: table.citation(),
        span: table.span,
    }
}
