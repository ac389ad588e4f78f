//! A value that a template prints: through which filter, and whether those who read it may know it.

use std::collections::BTreeSet;

use minijinja::machinery::ast::{Expr, Filter};

use crate::diagnostic::{listed, nearest};
use crate::letter::entries::field_of;
use crate::letter::lint::stated::{Scope, Stated};
use crate::letter::lint::walk::{Walk, written};
use crate::letter::place::{Kind, Place};
use crate::letter::rules;

/// The filters of templates.
const FILTERS: [&str; 5] = ["date", "time", "money", "number", "term"];

impl Walk<'_, '_> {
    /// A value that is printed, through a filter or not.
    pub(crate) fn print(&mut self, expr: &Expr<'_>, scope: &Scope) -> Stated {
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
}
