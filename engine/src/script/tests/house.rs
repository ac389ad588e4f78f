//! A small protocol's scope and the values of one case, for all tests.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::script::Currency;
use crate::script::Env;
use crate::script::Expr;
use crate::script::FaultKind;
use crate::script::FunctionId;
use crate::script::Located;
use crate::script::NameSet;
use crate::script::Place;
use crate::script::RecordId;
use crate::script::Sandbox;
use crate::script::Scope;
use crate::script::ScriptFault;
use crate::script::Type;
use crate::script::Value;
use crate::script::VariableId;
use crate::script::parse_condition;
use crate::text::FileId;
use crate::text::Span;
use crate::text::Strings;
use crate::text::Symbol;
use rust_decimal::Decimal;

fn set(scope: &mut Scope, kind: &str, names: &[&str]) -> crate::script::SetId {
    let names = names.iter().map(|it| (*it).to_owned()).collect();
    scope.add_set(NameSet { kind: kind.to_owned(), names })
}

/// The scope all tests read.
pub(super) fn scope() -> Scope {
    let mut scope = Scope::default();
    let levels = set(&mut scope, "severity level", &["low", "medium", "high", "critical"]);
    let harms = ["none", "minor", "serious"];
    let harm = set(&mut scope, "choice of `harm`", &harms);
    let may_become = set(&mut scope, "choice of `may_become`", &harms);
    let channels = set(&mut scope, "channel", &["phone", "email"]);
    let pounds = Type::Money(Some(Currency(1)));
    for (name, of) in [
        ("severity", Type::Level(levels)),
        ("harm", Type::Choice(harm)),
        ("may_become", Type::Choice(may_become)),
        ("channel", Type::Choice(channels)),
        ("channel.written", Type::Flag),
        ("amount", pounds),
        ("refund", pounds),
        ("fee_in_euro", Type::Money(Some(Currency(2)))),
        ("visits", Type::Number),
        ("vulnerable", Type::Flag),
        ("description", Type::Text),
        ("received_on", Type::Date),
        ("answered_on", Type::Date),
        ("complainant_name", Type::Personal),
    ] {
        scope.add_variable(name, of);
    }
    let met = scope.add_predicate("met", "deadline");
    scope.add_predicate_case(met, "acknowledge");
    scope.add_predicate_case(met, "answer");
    let sent = scope.add_predicate("sent", "letter");
    scope.add_predicate_case(sent, "final");
    let earlier = scope.add_predicate("history.cases", "period");
    scope.add_answer(earlier, "12 months", Type::Number);
    add_records(&mut scope, harm, pounds);
    scope.add_function("risk", vec![Type::Number, Type::Level(levels)], Type::Number);
    scope.add_function("is_repeat", Vec::new(), Type::Flag);
    scope
}

/// Three records: whom they heard, what did not fit, what was promised.
fn add_records(scope: &mut Scope, harm: crate::script::SetId, pounds: Type) {
    let named = |fields: &[(&str, Type)]| {
        fields.iter().map(|(name, of)| ((*name).to_owned(), *of)).collect::<Vec<_>>()
    };
    let party = set(scope, "choice of `party`", &["complainant", "employee"]);
    let interview = named(&[
        ("id", Type::Text),
        ("party", Type::Choice(party)),
        ("minutes", Type::Number),
        ("recording", Type::Text),
        ("name", Type::Personal),
        ("harm", Type::Choice(harm)),
        ("done", Type::Flag),
    ]);
    let interview = scope.add_record("interview", interview);
    for always in ["id", "party", "minutes", "done"] {
        scope.always_set(interview, always);
    }
    let discrepancy = named(&[("of", Type::Text), ("amount", pounds)]);
    let discrepancy = scope.add_record("discrepancy", discrepancy);
    scope.always_set(discrepancy, "of");
    scope.always_set(discrepancy, "amount");
    let undertaking = named(&[("due", Type::Date), ("done_at", Type::Date)]);
    let undertaking = scope.add_record("undertaking", undertaking);
    scope.always_set(undertaking, "due");
}

/// Reads a condition that stands as `when = '''…'''` in a file.
pub(super) fn read(text: &str, out: &mut Diagnostics) -> Option<Expr> {
    let token = format!("'''{text}'''");
    let place = Place::of_token(FileId(0), BEFORE - 3, &token);
    parse_condition(&Sandbox::new(), &Located { text, place: &place }, &scope(), out)
}

/// Bytes of the file before the condition: `when = '''`.
pub(super) const BEFORE: usize = 10;

/// The part of a condition at a place in its file.
pub(super) fn part(text: &str, span: Span) -> &str {
    let range = span.range();
    text.get(range.start - BEFORE..range.end - BEFORE).unwrap()
}

/// Reads a condition that has no fault.
#[track_caller]
pub(super) fn good(text: &str) -> Expr {
    let mut out = Diagnostics::default();
    let expr = read(text, &mut out);
    expr.unwrap_or_else(|| panic!("{text}: {:?}", out.iter().map(|it| &it.message)))
}

/// The values of one case: `set` says which, as `name = value` separated by commas.
#[derive(Debug)]
pub(super) struct Case {
    values: BTreeMap<VariableId, Value>,
    entries: BTreeMap<RecordId, Vec<Vec<Value>>>,
    strings: Strings,
}

impl Case {
    /// Reads values such as `amount = 120.50, harm = minor, vulnerable = true`.
    #[track_caller]
    pub(super) fn new(set: &str) -> Self {
        let scope = scope();
        let mut case =
            Self { values: BTreeMap::new(), entries: BTreeMap::new(), strings: Strings::default() };
        for entry in set.split(", ").filter(|it| !it.is_empty()) {
            let (name, written) = entry.split_once(" = ").unwrap();
            let id = (0..).map(VariableId).find(|id| scope.variable(*id).unwrap().name == name);
            let of = scope.variable(id.unwrap()).unwrap().of;
            let value = case.read(of, written);
            case.values.insert(id.unwrap(), value);
        }
        case
    }

    fn read(&mut self, of: Type, written: &str) -> Value {
        match of {
            Type::Flag => Value::Flag(written == "true"),
            Type::Number | Type::Money(_) => Value::Number(written.parse::<Decimal>().unwrap()),
            Type::Text => Value::Text(self.strings.intern(written)),
            Type::Personal => Value::Slot(self.strings.intern(written)),
            Type::Date => Value::Date(written.parse().unwrap()),
            Type::Choice(set) | Type::Level(set) => {
                Value::Choice(scope().set(set).unwrap().position(written).unwrap())
            }
        }
    }

    /// Adds an entry: `interview` with `party = employee, done = true`.
    #[track_caller]
    pub(super) fn entry(mut self, record: &str, set: &str) -> Self {
        let scope = scope();
        let (id, record) = scope.find_record(record).unwrap();
        let mut values = vec![Value::Unset; record.fields.len()];
        for entry in set.split(", ").filter(|it| !it.is_empty()) {
            let (name, written) = entry.split_once(" = ").unwrap();
            let (place, field) = record.find_field(name).unwrap();
            values[usize::from(place)] = self.read(field.of, written);
        }
        self.entries.entry(id).or_default().push(values);
        self
    }
}

impl Env for Case {
    fn value(&self, variable: VariableId) -> Value {
        self.values.get(&variable).copied().unwrap_or(Value::Unset)
    }

    fn entries(&self, record: RecordId) -> u16 {
        self.entries.get(&record).map_or(0, |it| u16::try_from(it.len()).unwrap())
    }

    fn entry_value(&self, record: RecordId, entry: u16, field: u16) -> Value {
        self.entries[&record][usize::from(entry)][usize::from(field)]
    }

    fn text(&self, symbol: Symbol) -> &str {
        self.strings.get(symbol)
    }

    fn call(&self, function: FunctionId, arguments: &[Value]) -> Result<Value, ScriptFault> {
        match (scope().function(function).unwrap().name.as_str(), arguments) {
            ("risk", [Value::Number(number), Value::Choice(level)]) => {
                Ok(Value::Number(*number * Decimal::from(*level)))
            }
            ("is_repeat", []) => Ok(Value::Flag(true)),
            _ => Err(ScriptFault::new(FaultKind::Function { function, message: "?".into() })),
        }
    }
}
