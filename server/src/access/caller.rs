//! Who sends a request.

use crate::access::{Capacity, Reader};
use crate::problem::{Kind, Problem};
use crate::reading::of_keeper;
use crate::running::Shared;
use engine::machine::Machine;
use engine::model::Party;
use engine::text::Symbol;
use store::cases::{Hash, Scope, StreamId, Tenant, Token, TokenId};
use store::keeper::Reading;

/// Who sends a request, and what that lets them do. Whatever is not said here, is not allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The id of the token.
    pub token: TokenId,
    /// The hash by which the token is found again.
    pub hash: Hash,
    /// Whose cases these are.
    pub tenant: Tenant,
    /// The capacity in which cases are read and reported to; nothing for administration.
    capacity: Option<Capacity>,
}

impl Caller {
    /// The holder of a token that works.
    #[must_use]
    pub fn of(token: &Token) -> Self {
        let capacity = match &token.scope {
            Scope::Admin => None,
            Scope::Roles(roles) => {
                Some(Capacity { roles: roles.clone(), person: token.person.clone() })
            }
        };
        Self { token: token.id.clone(), hash: token.hash, tenant: token.tenant, capacity }
    }

    /// Whoever may open the store itself, and so needs no token: in these roles, or for
    /// administration where there are none.
    #[must_use]
    pub fn operator(tenant: Tenant, roles: Option<Vec<String>>) -> Self {
        let capacity = roles.map(|roles| Capacity { roles, person: None });
        let hash = Hash([0; 32]);
        Self { token: TokenId("operator".to_owned()), hash, tenant, capacity }
    }

    /// Administration alone may go on.
    ///
    /// # Errors
    /// The token is for roles.
    pub fn admin(&self) -> Result<(), Problem> {
        match self.capacity {
            None => Ok(()),
            Some(_) => {
                let why = "the token is for roles; this needs one for administration";
                Err(Problem::new(Kind::FORBIDDEN).because(why))
            }
        }
    }

    /// The capacity in which the caller acts and reads.
    ///
    /// # Errors
    /// The token is for administration, which reads no case.
    pub fn capacity(&self) -> Result<&Capacity, Problem> {
        self.capacity.as_ref().ok_or_else(|| {
            let why = "the token is for administration; cases need one for roles";
            Problem::new(Kind::FORBIDDEN).because(why)
        })
    }

    /// Whether the caller is administration, or in a role that the organisation gave.
    #[must_use]
    pub fn is_of_the_house(&self, machine: &Machine) -> bool {
        let roles = self.capacity.as_ref().map(|it| Reader::of(machine, &it.roles));
        roles.is_none_or(|it| it.reads_all_cases())
    }

    /// How the caller reads a case of this protocol, of this complainant and about this
    /// respondent. The organisation's roles read every case; a complainant or a respondent reads
    /// their own, and the token must say who they are.
    ///
    /// # Errors
    /// The case is not theirs to read: said as if there were none.
    pub fn reader(
        &self,
        machine: &Machine,
        complainant: Option<&str>,
        respondent: Option<&str>,
    ) -> Result<Reader, Problem> {
        let capacity = self.capacity()?;
        let all = Reader::of(machine, &capacity.roles);
        if all.reads_all_cases() {
            return Ok(all);
        }
        let person = capacity.person.as_deref();
        let is_own = |party: Party, of: Option<&str>| all.is(party) && of.is_some() && of == person;
        match is_own(Party::Complainant, complainant) || is_own(Party::Respondent, respondent) {
            true => Ok(all),
            false => Err(Problem::new(Kind::NOT_FOUND)),
        }
    }

    /// Whether the caller may report events of every case under a protocol, so that nobody has to
    /// look whose it is.
    ///
    /// # Errors
    /// The caller is nobody in this protocol: said as if there were no such case.
    pub fn may_report_all(&self, machine: &Machine) -> Result<bool, Problem> {
        let capacity = self.capacity()?;
        let all = Reader::of(machine, &capacity.roles);
        match all.is_somebody() {
            true => Ok(all.reads_all_cases()),
            false => Err(Problem::new(Kind::NOT_FOUND)),
        }
    }

    /// Whether the caller may report events of a case at all, as somebody; whether this event, is
    /// for the protocol to say. Whoever reads every case may; a complainant or a respondent only on
    /// what is theirs. Where the token names no person, it is that of a program which vouches for
    /// its own people: it names the person in the report, as in `complainant:c9`. May wait for the
    /// store.
    ///
    /// # Errors
    /// The case is not theirs: said as if there were none.
    pub fn may_report(
        &self,
        app: &Shared,
        machine: &Machine,
        case: StreamId,
        own: &str,
    ) -> Result<(), Problem> {
        if self.may_report_all(machine)? {
            return Ok(());
        }
        let capacity = self.capacity()?;
        let all = Reader::of(machine, &capacity.roles);
        let look = of_keeper(app, self.tenant, case, Reading::Now)?;
        let person = |id: Option<Symbol>| id.map(|id| look.strings.get(id).to_owned());
        let named = own.split_once(':').map(|(_, person)| person.to_owned());
        let person_meant = capacity.person.clone().or(named);
        let (complainant, respondent) =
            (person(look.case.complainant), person(look.case.respondent));
        let is_own =
            |party: Party, of: Option<String>| all.is(party) && of.is_some() && of == person_meant;
        match is_own(Party::Complainant, complainant) || is_own(Party::Respondent, respondent) {
            true => Ok(()),
            false => Err(Problem::new(Kind::NOT_FOUND)),
        }
    }
}
