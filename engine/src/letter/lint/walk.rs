//! One template from top to bottom: what it reads, what it prints on every way through it.

use std::collections::BTreeSet;

use minijinja::machinery::Span as Inside;
use minijinja::machinery::ast::{Expr, Filter, IfCond, Stmt};

use crate::diagnostic::{Diagnostics, listed, nearest};
use crate::letter::entries::{Part, field_of};
use crate::letter::lint::condition::{Learned, condition};
use crate::letter::lint::confidential;
use crate::letter::lint::each::each;
use crate::letter::lint::sure::Sure;
use crate::letter::place::{self, Kind, Place};
use crate::letter::read::{Unreadable, parsed};
use crate::letter::rules;
use crate::letter::values::word;
use crate::model::{FieldKind, LetterText, Protocol, RecordId, Stop, WordsFor};
use crate::script::SetId;
use crate::text::{Language, Span};

/// The filters of templates.
const FILTERS: [&str; 5] = ["date", "time", "money", "number", "term"];

/// Where a template stands.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Where<'a> {
    /// In a text of its own: offsets count from there.
    Body(&'a LetterText),
    /// In quotes, where offsets mean nothing.
    Line(Span),
}

/// A list of names, what its words are for, and those of them that are meant, with their places.
type Names<'a> = (String, WordsFor, Vec<(usize, &'a str)>);

/// What is known at a place of a template.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    set: BTreeSet<Place>,
    own: bool,
}

impl Scope {
    /// The scope on a way on from an `if`.
    pub(crate) fn with(&self, learned: &Learned) -> Self {
        let mut scope = self.clone();
        scope.set.extend(learned.set.iter().cloned());
        scope.own |= learned.own;
        scope
    }
}

/// What a text prints whatever way is taken through it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stated {
    pub(crate) places: BTreeSet<Place>,
    /// The blocks that say something.
    pub(crate) blocks: BTreeSet<String>,
    /// Whether it prints anything at all.
    is_said: bool,
}

impl Stated {
    pub(crate) fn add(&mut self, other: Self) {
        self.places.extend(other.places);
        self.blocks.extend(other.blocks);
        self.is_said |= other.is_said;
    }

    /// What both of two ways print.
    pub(crate) fn common(mut self, other: &Self) -> Self {
        self.places.retain(|it| other.places.contains(it));
        self.blocks.retain(|it| other.blocks.contains(it));
        self.is_said &= other.is_said;
        self
    }
}

/// A template that is being looked through.
pub(crate) struct Walk<'a, 'o> {
    pub(crate) protocol: &'a Protocol,
    pub(crate) out: &'o mut Diagnostics,
    language: Language,
    sure: &'a Sure<'a>,
    /// Those who read the letter and must not learn what is personal.
    others: &'a [String],
    place: Where<'a>,
    /// What the `if` asks whose condition is being read.
    pub(crate) asked: Vec<Place>,
    told: BTreeSet<Place>,
    worded: BTreeSet<Place>,
    /// The record that is being gone through, and what the template calls its entries.
    pub(crate) entry: Option<(String, RecordId)>,
    looked_at: BTreeSet<Place>,
}

impl<'a, 'o> Walk<'a, 'o> {
    pub(crate) fn new(
        protocol: &'a Protocol,
        language: Language,
        sure: &'a Sure<'a>,
        others: &'a [String],
        place: Where<'a>,
        out: &'o mut Diagnostics,
    ) -> Self {
        let (told, worded, looked_at) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let asked = Vec::new();
        let entry = None;
        Self { protocol, out, language, sure, others, place, asked, told, worded, entry, looked_at }
    }

    /// What a template prints on every way. None if it cannot be read.
    pub(crate) fn template(&mut self, template: &str) -> Option<Stated> {
        let tree = match parsed(template) {
            Ok(tree) => tree,
            Err(Unreadable::TooMuch(what, at)) => {
                let span = self.at(at.start, at.end);
                self.out.push(rules::too_much(&what, span));
                return None;
            }
            Err(Unreadable::Syntax(what, at)) => {
                let span = self.at(at.start, at.end);
                self.out.push(rules::letter_syntax(&what, span));
                return None;
            }
        };
        let Stmt::Template(template) = &tree else { return None };
        Some(self.statements(&template.children, &Scope::default()))
    }

    /// A place inside the template as a place in its file.
    pub(crate) fn span(&self, inside: Inside) -> Span {
        let offset = |it: u32| usize::try_from(it).unwrap_or(usize::MAX);
        self.at(offset(inside.start_offset), offset(inside.end_offset))
    }

    fn at(&self, start: usize, end: usize) -> Span {
        match self.place {
            Where::Line(span) => span,
            Where::Body(text) => text.place(start..end),
        }
    }

    pub(crate) fn statements(&mut self, list: &[Stmt<'_>], scope: &Scope) -> Stated {
        let mut stated = Stated::default();
        for statement in list {
            stated.add(self.statement(statement, scope));
        }
        stated
    }

    fn statement(&mut self, statement: &Stmt<'_>, scope: &Scope) -> Stated {
        let (what, span) = match statement {
            Stmt::EmitRaw(raw) => {
                return Stated { is_said: !raw.raw.trim().is_empty(), ..Stated::default() };
            }
            Stmt::EmitExpr(it) => return self.print(&it.expr, scope),
            Stmt::IfCond(it) => return self.branches(it, scope),
            Stmt::Block(it) if self.entry.is_some() => {
                let span = self.span(it.span());
                self.out.push(rules::block_of_entries(it.name, span));
                return self.statements(&it.body, scope);
            }
            Stmt::Block(it) => {
                let mut stated = self.statements(&it.body, scope);
                match stated.is_said {
                    true => drop(stated.blocks.insert(it.name.to_owned())),
                    false => self.out.push(rules::empty_block(it.name, self.span(it.span()))),
                }
                return stated;
            }
            Stmt::Template(it) => return self.statements(&it.children, scope),
            Stmt::ForLoop(it) => return each(self, it, scope),
            Stmt::WithBlock(it) => ("with", it.span()),
            Stmt::Set(it) => ("set", it.span()),
            Stmt::SetBlock(it) => ("set", it.span()),
            Stmt::AutoEscape(it) => ("autoescape", it.span()),
            Stmt::FilterBlock(it) => ("filter", it.span()),
            Stmt::Import(it) => ("import", it.span()),
            Stmt::FromImport(it) => ("from", it.span()),
            Stmt::Extends(it) => ("extends", it.span()),
            Stmt::Include(it) => ("include", it.span()),
            Stmt::Do(it) => ("do", it.span()),
        };
        let span = self.span(span);
        self.out.push(rules::no_such_tag(what, span));
        Stated::default()
    }

    fn branches(&mut self, it: &IfCond<'_>, scope: &Scope) -> Stated {
        let (yes, no) = condition(self, &it.expr, scope);
        let asked = std::mem::take(&mut self.asked);
        let mut taken = self.statements(&it.true_body, &scope.with(&yes));
        let mut left = self.statements(&it.false_body, &scope.with(&no));
        // Where there is no entry, what is said of each is said.
        no.none.iter().for_each(|it| left.add_of_each(*it, &taken));
        yes.none.iter().for_each(|it| taken.add_of_each(*it, &left));
        let mut stated = taken.common(&left);
        // A text that says one thing where a value holds and another where it does not, says it.
        if stated.is_said {
            stated.places.extend(asked);
        }
        stated
    }

    /// A value that is printed, through a filter or not.
    fn print(&mut self, expr: &Expr<'_>, scope: &Scope) -> Stated {
        let (value, filter) = match expr {
            Expr::Filter(it) => (it.expr.as_ref(), Some(it)),
            _ => (Some(expr), None),
        };
        let is_path = matches!(value, Some(Expr::Var(_) | Expr::GetAttr(_)));
        let Some(value) = value.filter(|_| is_path) else {
            let span = self.span(expr.span());
            self.out.push(rules::not_a_value(span));
            return Stated::default();
        };
        let has_arguments = filter.is_some_and(|it| !it.args.is_empty());
        if has_arguments {
            let span = self.span(expr.span());
            self.out.push(rules::filter_with_arguments(span));
        }
        let is_known = filter.is_none_or(|it| self.is_filter(it, expr));
        let Some(place) = self.place(value) else { return Stated::default() };
        self.must_be_set(&place, value, scope);
        if is_known {
            self.printed_so(&place, filter.map(|it| it.name), (value, expr));
        }
        self.personal(&place, value, scope);
        self.words(&place, value);
        let places = BTreeSet::from([place.known_with()]);
        Stated { places, blocks: BTreeSet::new(), is_said: true }
    }

    fn is_filter(&mut self, filter: &Filter<'_>, expr: &Expr<'_>) -> bool {
        let is_known = FILTERS.contains(&filter.name);
        if !is_known {
            let help = match nearest(filter.name, FILTERS) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write one of {}", listed(FILTERS)),
            };
            let span = self.span(expr.span());
            self.out.push(rules::letter_unknown_filter(filter.name, help, span));
        }
        is_known
    }

    /// The place that an expression names. What it cannot mean has been reported.
    pub(crate) fn place(&mut self, expr: &Expr<'_>) -> Option<Place> {
        let Some(path) = path(expr) else {
            let span = self.span(expr.span());
            self.out.push(rules::not_a_value(span));
            return None;
        };
        let (found, of) = match self.of_entry(&path) {
            Some((found, of)) => (found, Some(of)),
            None => (place::find(&path, self.protocol), None),
        };
        match found {
            Ok(place) => {
                if self.looked_at.insert(place.clone()) {
                    let span = self.span(expr.span());
                    confidential::look(&place, self.sure.letter, self.protocol, span, self.out);
                }
                Some(place)
            }
            Err(help) => {
                let (name, span) = (path.join("."), self.span(expr.span()));
                self.out.push(match of {
                    Some(of) => rules::unknown_of_entry(&name, &of, help, span),
                    None => rules::letter_unknown_name(&name, help, span),
                });
                None
            }
        }
    }

    /// Reports a place that may hold nothing where it is read.
    pub(crate) fn must_be_set(&mut self, place: &Place, expr: &Expr<'_>, scope: &Scope) {
        if !self.sure.knows(place) && !scope.set.contains(&place.clone().known_with()) {
            let name = written(expr);
            let span = self.span(expr.span());
            self.out.push(rules::letter_may_lack(place, &name, span));
        }
    }

    fn printed_so(
        &mut self,
        place: &Place,
        filter: Option<&str>,
        (value, expr): (&Expr<'_>, &Expr<'_>),
    ) {
        let wanted: &[&str] = match place.kind(self.protocol) {
            Kind::Text if filter.is_none() => return,
            Kind::Text | Kind::Name(_) | Kind::Flag | Kind::List => &[],
            Kind::Number => &["number"],
            Kind::Money => &["money"],
            Kind::Date => &["date"],
            Kind::Instant => &["date", "time"],
            Kind::Term => &["term"],
        };
        if !filter.is_some_and(|it| wanted.contains(&it)) {
            let name = written(value);
            let said = match name.split_once('.') {
                Some((entry, field)) => format!("{entry}.words.{field}"),
                None => format!("words.{name}"),
            };
            let words = (said.as_str(), &*place.name(self.protocol));
            let kind = place.kind(self.protocol);
            let span = self.span(expr.span());
            self.out.push(rules::letter_printed_raw(&name, words, &kind, filter, span));
        }
    }

    fn personal(&mut self, place: &Place, expr: &Expr<'_>, scope: &Scope) {
        let field = match place {
            Place::Field(id) | Place::Words(id) => self.protocol.fields.get(id.index()),
            _ => field_of(place, self.protocol).map(|it| &it.field),
        };
        let known = place.clone().known_with();
        let is_personal = field.is_some_and(|it| it.personal);
        if is_personal && !scope.own && !self.others.is_empty() && self.told.insert(known) {
            let name = written(expr);
            let span = self.span(expr.span());
            self.out.push(rules::letter_tells_personal(&name, self.others, span));
        }
    }

    /// Reports what has no word in the language of the text: the values of a choice, the titles
    /// of those who may be meant, a text.
    fn words(&mut self, place: &Place, expr: &Expr<'_>) {
        let Some((list, of, names)) = self.names_of(place) else { return };
        let has_word = |place: usize| word(self.protocol, of, place, self.language).is_some();
        let without = names.iter().filter(|(place, _)| !has_word(*place));
        let without: Vec<&str> = without.map(|(_, name)| *name).collect();
        if !without.is_empty() && self.worded.insert(place.clone()) {
            let span = self.span(expr.span());
            self.out.push(rules::word_missing(&list, &without, self.language, span));
        }
    }

    /// The list of names of which a place prints the word of one, and those that it may print.
    fn names_of(&self, place: &Place) -> Option<Names<'a>> {
        let protocol = self.protocol;
        let set = |set: SetId| {
            let names = protocol.scope.set(set).map(|it| it.names.as_slice()).unwrap_or_default();
            names.iter().map(String::as_str).enumerate().collect::<Vec<_>>()
        };
        let roles = || protocol.roles.iter().map(|it| it.name.as_str()).enumerate();
        Some(match place {
            Place::Words(id) => {
                let field = protocol.fields.get(id.index())?;
                match field.kind {
                    FieldKind::Role(_) => ("roles".to_owned(), WordsFor::Roles, roles().collect()),
                    FieldKind::Choice(names) => {
                        (field.name.clone(), WordsFor::Field(*id), set(names))
                    }
                    _ => return None,
                }
            }
            Place::Entry(record, Part::Words(field)) => {
                let list = place.clone().known_with().name(protocol);
                match field_of(place, protocol)?.field.kind {
                    FieldKind::Role(_) => ("roles".to_owned(), WordsFor::Roles, roles().collect()),
                    FieldKind::Choice(names) => {
                        (list, WordsFor::Entry(*record, *field), set(names))
                    }
                    _ => return None,
                }
            }
            Place::SeverityWord => {
                ("severity".to_owned(), WordsFor::Severity, set(protocol.sets.levels?))
            }
            Place::HandlerTitle => {
                let handles =
                    |at: usize| protocol.ladder.iter().any(|it| it.handled_by.index() == at);
                let handlers = roles().filter(|(at, _)| handles(*at)).collect();
                ("roles".to_owned(), WordsFor::Roles, handlers)
            }
            Place::OwnerTitle => ("roles".to_owned(), WordsFor::Roles, roles().collect()),
            Place::ChannelTitle => {
                let names = protocol.channels.iter().map(|it| it.name.as_str()).enumerate();
                ("channels".to_owned(), WordsFor::Channels, names.collect())
            }
            Place::StopSays => {
                let sends = |stop: &Stop| stop.letters().any(|it| it == self.sure.letter);
                let stops = protocol.stops.iter().enumerate().filter(|(_, it)| sends(it));
                let names = stops.map(|(at, it)| (at, it.name.as_str())).collect();
                ("stops".to_owned(), WordsFor::Stops, names)
            }
            Place::Text(wanted) => {
                let names = protocol.texts.iter().map(|(name, _)| name.as_str()).enumerate();
                let one = names.filter(|(_, name)| *name == wanted.as_str()).collect();
                ("texts".to_owned(), WordsFor::Texts, one)
            }
            _ => return None,
        })
    }
}

/// A name as a template writes it.
pub(crate) fn written(expr: &Expr<'_>) -> String {
    path(expr).unwrap_or_default().join(".")
}

/// The names of `deadline.answer.due`, in order. None for anything but names with dots.
fn path<'e>(expr: &'e Expr<'_>) -> Option<Vec<&'e str>> {
    match expr {
        Expr::Var(it) => Some(vec![it.id]),
        Expr::GetAttr(it) => {
            let mut names = path(&it.expr)?;
            names.push(it.name);
            Some(names)
        }
        _ => None,
    }
}
