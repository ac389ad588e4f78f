//! Whose act a token may report.

use crate::problem::{Kind, Problem};

/// In which capacity the holder of a token acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// The roles, and the parties that are there without being declared.
    pub roles: Vec<String>,
    /// Which person it is; nothing for a program that vouches for its own people.
    pub person: Option<String>,
}

impl Capacity {
    /// Whose act a report is, and who entered it, as the engine is told: what the caller wrote,
    /// with the person of the token where none was named.
    ///
    /// A report is by a role of the token, or entered by a role of the token for somebody else.
    /// Whether that role may enter it is for the protocol to say.
    ///
    /// # Errors
    /// Neither is so, or it names another person than that of the token.
    pub fn acting(
        &self,
        by: &str,
        entered_by: Option<&str>,
    ) -> Result<(String, Option<String>), Problem> {
        match entered_by {
            None => Ok((self.own(by)?, None)),
            Some(entered_by) => Ok((by.to_owned(), Some(self.own(entered_by)?))),
        }
    }

    /// An actor that must be the holder of the token.
    fn own(&self, actor: &str) -> Result<String, Problem> {
        let (role, person) = match actor.split_once(':') {
            Some((role, person)) => (role, Some(person)),
            None => (actor, None),
        };
        if !self.roles.iter().any(|it| it == role) {
            let shown: String = role.chars().take(80).collect();
            let why = format!(
                "the token does not act as `{shown}`; a report for somebody else names in \
                 `entered_by` who entered it"
            );
            return Err(Problem::new(Kind::FORBIDDEN).because(why));
        }
        match (&self.person, person) {
            (None, _) => Ok(actor.to_owned()),
            (Some(own), None) => Ok(format!("{role}:{own}")),
            (Some(own), Some(person)) if own == person => Ok(actor.to_owned()),
            (Some(_), Some(_)) => {
                let why = "the token is of a person, and the report names another one";
                Err(Problem::new(Kind::FORBIDDEN).because(why))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(person: Option<&str>, by: &str, entered_by: Option<&str>, expected: &str) {
        let roles = vec!["agent".to_owned(), "complainant".to_owned()];
        let capacity = Capacity { roles, person: person.map(str::to_owned) };
        let said = match capacity.acting(by, entered_by) {
            Ok((by, None)) => by,
            Ok((by, Some(entered_by))) => format!("{by} via {entered_by}"),
            Err(problem) => problem.name().to_owned(),
        };
        assert_eq!(said, expected);
    }

    #[test]
    fn a_program_vouches_for_its_own_people() {
        check(None, "agent", None, "agent");
        check(None, "agent:p1", None, "agent:p1");
        check(None, "lead", None, "forbidden");
        check(None, "lead:agent", None, "forbidden");
        check(None, "", None, "forbidden");
        check(None, "lead", Some("agent:p1"), "lead via agent:p1");
        check(None, "agent", Some("lead"), "forbidden");
    }

    #[test]
    fn a_person_is_that_person_alone() {
        check(Some("p1"), "agent", None, "agent:p1");
        check(Some("p1"), "agent:p1", None, "agent:p1");
        check(Some("p1"), "agent:p2", None, "forbidden");
        check(Some("p1"), "complainant:c9", Some("agent"), "complainant:c9 via agent:p1");
        check(Some("p1"), "complainant:c9", Some("agent:p2"), "forbidden");
    }
}
