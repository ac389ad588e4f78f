//! Whether `[maps]` names what there is.

use crate::diagnostic::{Diagnostics, nearest_or_listed};
use crate::inspect::rules;
use crate::syntax::Written;
use crate::text::Spanned;

/// Reports a name that no statute has, or that the protocol does not have.
pub(crate) fn check(house: &Written, statutes: &[&Written], out: &mut Diagnostics) {
    for map in &house.maps {
        let there: Vec<&str> = statutes.iter().flat_map(|it| names(it, map.kind)).collect();
        let here = names(house, map.kind);
        for (name, names, whose) in
            [(&map.statute, there, "a statute"), (&map.house, here, "this protocol")]
        {
            if !names.contains(&name.value.as_str()) {
                let help = nearest_or_listed(&name.value, "name", names);
                out.push(rules::unknown_map(map.kind, name, whose, help));
            }
        }
    }
}

fn names<'w>(written: &'w Written, kind: &str) -> Vec<&'w str> {
    fn all<'w, T>(list: &'w [T], name: impl Fn(&'w T) -> &'w Spanned<String>) -> Vec<&'w str> {
        list.iter().map(|it| name(it).value.as_str()).collect()
    }
    match kind {
        "deadlines" => all(&written.deadlines, |it| &it.name),
        "events" => all(&written.events, |it| &it.name),
        "fields" => all(&written.fields, |it| &it.name),
        "letters" => all(&written.letters, |it| &it.name),
        "roles" => all(&written.roles, |it| &it.name),
        "rungs" => all(&written.ladder, |it| &it.name),
        "stages" => all(&written.stages, |it| &it.name),
        _ => Vec::new(),
    }
}
