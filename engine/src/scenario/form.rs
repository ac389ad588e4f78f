//! What a scenario takes, whatever its protocol.

use crate::diagnostic::Diagnostics;
use crate::load::compile;
use crate::scenario::reading::scenario;
use crate::syntax::form::{self, TableForm};
use crate::text::SourceSet;

/// A protocol with as little in it as can be: what a scenario may name differs between protocols,
/// which keys it takes does not.
const SMALLEST: &str = r#"
[protocol]
id = "smallest"
title = "Smallest"
version = "1"
language = "en"
zone = "UTC"
effective = { from = 2026-01-01 }
accountable = "clerk"
[time]
backdate = "1 calendar day"
[roles.clerk]
title = "Clerk"
[events.closed]
by = "clerk"
[stages.open]
start = true
on.closed.to = "over"
[stages.over]
end = true
"#;

/// What a scenario takes. `None` if the smallest protocol could not be built, which never happens.
#[must_use]
pub fn form() -> Option<TableForm> {
    let file = ("protocol.toml".to_owned(), SMALLEST.as_bytes().to_vec());
    let sources = SourceSet::new("", [file]);
    let machine = compile(&sources, &mut Diagnostics::default())?;
    Some(form::table(|root| drop(scenario(&machine, "", root))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::form::Form;

    /// The paths of all keys of which nobody says what they take.
    fn silent(path: &str, table: &TableForm, found: &mut Vec<String>) {
        let own = table.keys.iter().map(|(key, form)| ((*key).to_owned(), form));
        let rest = table.rest.iter().map(|it| ("*".to_owned(), &it.of));
        for (key, form) in own.chain(rest) {
            let path = format!("{path}.{key}");
            silent_form(&path, form, found);
        }
    }

    fn silent_form(path: &str, form: &Form, found: &mut Vec<String>) {
        if form.is_empty() {
            found.push(path.to_owned());
        }
        if let Some(list) = &form.list {
            silent_form(&format!("{path}[]"), &list.of, found);
        }
        if let Some(table) = &form.table {
            silent(path, table, found);
        }
    }

    #[test]
    fn of_every_key_it_is_known_what_it_takes() {
        for form in [form::protocol(), form::holiday_set(), form().unwrap()] {
            let mut found = Vec::new();
            silent("", &form, &mut found);
            assert_eq!(found, Vec::<String>::new());
        }
    }
}
