//! What a condition may read and call.

use std::collections::{BTreeMap, BTreeSet};

use crate::script::FunctionId;
use crate::script::NameSet;
use crate::script::Record;
use crate::script::SetId;
use crate::script::Type;
use crate::script::VariableId;

/// A predicate of a [`Scope`], by its number: `met`, `breached`, `sent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PredicateId(pub u16);

/// Something a condition may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The name as authors write it: `amount`, `channel.written`, `met("answer")`.
    pub name: String,
    /// What it is.
    pub of: Type,
}

/// The signature of a function of `rules.rhai`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// The kinds of its arguments.
    pub takes: Vec<Type>,
    /// What it gives.
    pub gives: Type,
}

/// A question about one named thing: `met("answer")`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predicate {
    /// Its name; may be dotted.
    pub name: String,
    /// What its argument names: `deadline`, `letter`.
    pub kind: String,
    /// The answers, by argument; several arguments are joined by `", "`.
    pub cases: BTreeMap<String, VariableId>,
    /// What it takes where that is more than one name: each argument in turn. Empty for the
    /// others.
    pub takes: Vec<Takes>,
}

/// An argument of a question that can be asked about many things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Takes {
    /// How far back: `"12 months"`.
    Period,
    /// One of these names; what they name is said first.
    Name(&'static str, Vec<String>),
}

/// Everything a condition may read and call. Built once for a protocol.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    sets: Vec<NameSet>,
    variables: Vec<Variable>,
    by_name: BTreeMap<String, VariableId>,
    predicates: Vec<Predicate>,
    functions: Vec<Function>,
    pub(super) records: Vec<Record>,
    unreadable: BTreeSet<String>,
}

/// The next free number of a list. A protocol is far smaller than 65,535 of anything; later
/// entries share the last number and are never found by it.
pub(super) fn next(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

impl Scope {
    /// Adds a set of names.
    pub fn add_set(&mut self, set: NameSet) -> SetId {
        let id = SetId(next(self.sets.len()));
        self.sets.push(set);
        id
    }

    /// Adds something to read. The name may be dotted. Of two with one name the later is found.
    pub fn add_variable(&mut self, name: &str, of: Type) -> VariableId {
        let id = VariableId(next(self.variables.len()));
        self.variables.push(Variable { name: name.to_owned(), of });
        self.by_name.insert(name.to_owned(), id);
        id
    }

    /// Adds a question about named things; `kind` says what its argument names.
    pub fn add_predicate(&mut self, name: &str, kind: &str) -> PredicateId {
        let id = PredicateId(next(self.predicates.len()));
        self.predicates.push(Predicate {
            name: name.to_owned(),
            kind: kind.to_owned(),
            cases: BTreeMap::new(),
            takes: Vec::new(),
        });
        id
    }

    /// Adds a question with a period among its arguments. What it is asked about is found in the
    /// conditions beforehand, and each case added by [`add_answer`](Self::add_answer).
    pub fn add_question(&mut self, name: &str, takes: Vec<Takes>) -> PredicateId {
        let id = self.add_predicate(name, "period");
        if let Some(it) = self.predicates.get_mut(usize::from(id.0)) {
            it.takes = takes;
        }
        id
    }

    /// Adds one thing a predicate may be asked about; the answer is a flag.
    pub fn add_predicate_case(&mut self, predicate: PredicateId, argument: &str) -> VariableId {
        self.add_answer(predicate, argument, Type::Flag)
    }

    /// Adds one thing a predicate may be asked about, with an answer of any kind:
    /// `history.cases("12 months")` is a number.
    pub fn add_answer(&mut self, predicate: PredicateId, argument: &str, of: Type) -> VariableId {
        let id = VariableId(next(self.variables.len()));
        if let Some(it) = self.predicates.get_mut(usize::from(predicate.0)) {
            it.cases.insert(argument.to_owned(), id);
            let name = format!("{}(\"{argument}\")", it.name);
            self.variables.push(Variable { name, of });
        }
        id
    }

    /// Adds the signature of a function of `rules.rhai`.
    pub fn add_function(&mut self, name: &str, takes: Vec<Type>, gives: Type) -> FunctionId {
        let id = FunctionId(next(self.functions.len()));
        self.functions.push(Function { name: name.to_owned(), takes, gives });
        id
    }

    /// Notes a function whose declared signature cannot be read and has been reported, so that
    /// nobody is told that the function does not exist or is not declared.
    pub fn add_unreadable_function(&mut self, name: &str) {
        self.unreadable.insert(name.to_owned());
    }

    /// Whether a function is declared in a way that cannot be read.
    #[must_use]
    pub fn is_unreadable_function(&self, name: &str) -> bool {
        self.unreadable.contains(name)
    }

    /// The set with this number.
    #[must_use]
    pub fn set(&self, id: SetId) -> Option<&NameSet> {
        self.sets.get(usize::from(id.0))
    }

    /// The variable with this number.
    #[must_use]
    pub fn variable(&self, id: VariableId) -> Option<&Variable> {
        self.variables.get(usize::from(id.0))
    }

    /// The function with this number.
    #[must_use]
    pub fn function(&self, id: FunctionId) -> Option<&Function> {
        self.functions.get(usize::from(id.0))
    }

    /// The variable with this name.
    #[must_use]
    pub fn find_variable(&self, name: &str) -> Option<(VariableId, &Variable)> {
        let id = *self.by_name.get(name)?;
        Some((id, self.variable(id)?))
    }

    /// The predicate with this name.
    #[must_use]
    pub fn find_predicate(&self, name: &str) -> Option<&Predicate> {
        self.predicates.iter().find(|it| it.name == name)
    }

    /// The function with this name.
    #[must_use]
    pub fn find_function(&self, name: &str) -> Option<(FunctionId, &Function)> {
        let index = self.functions.iter().position(|it| it.name == name)?;
        Some((FunctionId(next(index)), self.functions.get(index)?))
    }

    /// The signatures, in the order they were added.
    pub fn functions(&self) -> impl Iterator<Item = (FunctionId, &Function)> + Clone {
        (0u16..).map(FunctionId).zip(&self.functions)
    }

    /// The names of all variables that can be written without brackets, sorted.
    pub fn variable_names(&self) -> impl Iterator<Item = &str> + Clone {
        self.by_name.keys().map(String::as_str)
    }

    /// The names of all functions and predicates.
    pub fn callable_names(&self) -> impl Iterator<Item = &str> + Clone {
        let functions = self.functions.iter().map(|it| it.name.as_str());
        functions.chain(self.predicates.iter().map(|it| it.name.as_str()))
    }

    /// Whether a choice or level has this name.
    #[must_use]
    pub fn is_value_name(&self, name: &str) -> bool {
        self.sets.iter().any(|set| set.position(name).is_some())
    }

    /// Whether the two sets have the same names in the same order, so that positions in one mean
    /// the same in the other.
    #[must_use]
    pub fn same_names(&self, a: SetId, b: SetId) -> bool {
        a == b || self.set(a).map(|it| &it.names) == self.set(b).map(|it| &it.names)
    }

    /// A type in the words of an author: `a number`, `a severity level`.
    #[must_use]
    pub fn describe(&self, of: Type) -> String {
        let kind = |id: SetId| self.set(id).map_or("name", |set| set.kind.as_str());
        match of {
            Type::Flag => "a yes or no".to_owned(),
            Type::Number => "a number".to_owned(),
            Type::Money(_) => "an amount of money".to_owned(),
            Type::Text => "a text".to_owned(),
            Type::Date => "a date".to_owned(),
            Type::Choice(id) | Type::Level(id) => format!("a {}", kind(id)),
            Type::Personal => "a personal value".to_owned(),
        }
    }
}
