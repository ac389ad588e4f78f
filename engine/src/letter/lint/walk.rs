//! One template from top to bottom: what it reads, what it prints on every way through it.

use std::collections::BTreeSet;

use minijinja::machinery::Span as Inside;
use minijinja::machinery::ast::{Expr, IfCond, Stmt};

use crate::diagnostic::Diagnostics;
use crate::letter::lint::condition::condition;
use crate::letter::lint::confidential;
use crate::letter::lint::each::each;
use crate::letter::lint::stated::{Scope, Stated};
use crate::letter::lint::sure::Sure;
use crate::letter::place::{self, Place};
use crate::letter::read::{Unreadable, parsed};
use crate::letter::rules;
use crate::model::{LetterText, Protocol, RecordId};
use crate::text::{Language, Span};

/// Where a template stands.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Where<'a> {
    /// In a text of its own: offsets count from there.
    Body(&'a LetterText),
    /// In quotes, where offsets mean nothing.
    Line(Span),
}

/// A template that is being looked through.
pub(crate) struct Walk<'a, 'o> {
    pub(crate) protocol: &'a Protocol,
    pub(crate) out: &'o mut Diagnostics,
    pub(crate) language: Language,
    pub(crate) sure: &'a Sure<'a>,
    /// Those who read the letter and must not learn what is personal.
    pub(crate) others: &'a [String],
    place: Where<'a>,
    /// What the `if` asks whose condition is being read.
    pub(crate) asked: Vec<Place>,
    /// What is personal and has been reported.
    pub(crate) told: BTreeSet<Place>,
    /// What lacks a word and has been reported.
    pub(crate) worded: BTreeSet<Place>,
    /// The record that is being gone through, and what the template calls its entries.
    pub(crate) entry: Option<(String, RecordId)>,
    /// What has been looked at for those who must not know it.
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
