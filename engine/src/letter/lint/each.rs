//! A `for` of a template: the entries of one record, one after the other.

use minijinja::machinery::ast::{Expr, ForLoop, Spanned};

use crate::letter::entries;
use crate::letter::lint::condition::condition;
use crate::letter::lint::stated::{Scope, Stated};
use crate::letter::lint::walk::{Walk, written};
use crate::letter::place::{self, Place};
use crate::letter::rules;
use crate::model::RecordId;

/// What a `for` prints on every way: of every entry what its body prints, unless it leaves some
/// out; and what it prints whether there are entries or not.
pub(crate) fn each(walk: &mut Walk<'_, '_>, it: &Spanned<ForLoop<'_>>, scope: &Scope) -> Stated {
    let Some((name, record)) = head(walk, it) else { return Stated::default() };
    walk.entry = Some((name, record));
    let (learned, _) = match &it.filter_expr {
        Some(expr) => condition(walk, expr, scope),
        None => Default::default(),
    };
    walk.asked.clear();
    let said = walk.statements(&it.body, &scope.with(&learned));
    walk.entry = None;
    let mut none = walk.statements(&it.else_body, scope);
    if it.filter_expr.is_none() {
        none.add_of_each(record, &said);
    }
    said.common(&none)
}

/// What the entries are called, and those of which record they are.
fn head(walk: &mut Walk<'_, '_>, it: &Spanned<ForLoop<'_>>) -> Option<(String, RecordId)> {
    let whole = walk.span(it.span());
    if walk.entry.is_some() || it.recursive {
        walk.out.push(rules::list_in_a_list(whole));
        return None;
    }
    let Expr::Var(name) = &it.target else {
        walk.out.push(rules::not_an_entry_name(whole));
        return None;
    };
    let is_path = matches!(it.iter, Expr::Var(_) | Expr::GetAttr(_));
    let place = if is_path { Some(walk.place(&it.iter)?) } else { None };
    let Some(Place::Entries(record)) = place else {
        let names = walk.protocol.records.iter().map(|it| it.name.as_str()).collect::<Vec<_>>();
        let span = walk.span(it.iter.span());
        let what = written(&it.iter);
        walk.out.push(rules::no_entries(&what, &names, span));
        return None;
    };
    if is_taken(name.id, walk) {
        let span = walk.span(it.target.span());
        walk.out.push(rules::taken_name_of_entry(name.id, span));
        return None;
    }
    Some((name.id.to_owned(), record))
}

/// Whether a name means something else in templates.
fn is_taken(name: &str, walk: &Walk<'_, '_>) -> bool {
    name == "loop"
        || place::BEFORE_A_DOT.contains(&name)
        || place::find(&[name], walk.protocol).is_ok()
}

impl Walk<'_, '_> {
    /// What a name means while the entries of a record are gone through, and what for; none if
    /// it is about something else.
    pub(crate) fn of_entry(
        &self,
        path: &[&str],
    ) -> Option<(Result<Place, Option<String>>, String)> {
        let (name, id) = self.entry.as_ref()?;
        let record = self.protocol.records.get(id.index())?;
        match path {
            ["loop", "first"] => Some((Ok(Place::IsFirst), record.name.clone())),
            ["loop", "last"] => Some((Ok(Place::IsLast), record.name.clone())),
            ["loop", ..] => {
                let help = "ask `loop.first` or `loop.last`".to_owned();
                Some((Err(Some(help)), record.name.clone()))
            }
            [first, rest @ ..] if first == name => {
                let found = entries::find(name, rest, record);
                Some((found.map(|it| Place::Entry(*id, it)), record.name.clone()))
            }
            _ => None,
        }
    }
}
