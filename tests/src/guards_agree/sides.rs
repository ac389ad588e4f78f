//! The two sides: the engine's own evaluation, and rhai's.

use anyhow::Context;
use anyhow::bail;
use engine::diagnostic::Diagnostics;
use engine::script::Env;
use engine::script::Expr;
use engine::script::FaultKind;
use engine::script::FunctionId;
use engine::script::Located;
use engine::script::NameSet;
use engine::script::Place;
use engine::script::RecordId;
use engine::script::Sandbox;
use engine::script::Scope;
use engine::script::ScriptFault;
use engine::script::Type;
use engine::script::Value;
use engine::script::VariableId;
use engine::script::parse_value;
use engine::script::value;
use engine::text::FileId;
use engine::text::Strings;
use engine::text::Symbol;
use rhai::packages::Package;
use rust_decimal::Decimal;

use crate::guards_agree::generate::CHOICES;
use crate::guards_agree::generate::DATES;
use crate::guards_agree::generate::LEVELS;
use crate::guards_agree::generate::TEXTS;
use crate::guards_agree::generate_entries::RECORDS;
use crate::random::Random;

/// What one side says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A condition holds or not.
    Flag(bool),
    /// A number.
    Number(Decimal),
    /// A number too large, or a division by zero.
    Arithmetic,
}

/// The values of one case, in the order of the variables.
#[derive(Clone, Debug)]
pub struct Values {
    named: Named,
    /// The entries of each record, in the order of the records; each has the fields of a case.
    records: [Vec<Named>; RECORDS.len()],
    strings: Strings,
}

type Named = Vec<(&'static str, Value)>;

impl Values {
    /// Draws the values of one case.
    pub fn draw(random: &mut Random) -> Self {
        let mut strings = Strings::default();
        let texts: Vec<Symbol> = TEXTS.iter().map(|it| strings.intern(it)).collect();
        let named = Self::named(random, &texts);
        let records = RECORDS.map(|_| {
            let count = random.below(4);
            (0..count).map(|_| Self::named(random, &texts)).collect()
        });
        Self { named, records, strings }
    }

    fn named(random: &mut Random, texts: &[Symbol]) -> Named {
        let text = |random: &mut Random| random.one_of(texts).map_or(Value::Unset, Value::Text);
        vec![
            ("amount", drawn_number(random)),
            ("count", drawn_number(random)),
            ("maybe", if random.one_in(2) { Value::Unset } else { drawn_number(random) }),
            ("yes", Value::Flag(random.one_in(2))),
            ("no", Value::Flag(random.one_in(2))),
            ("choice", drawn_index(random, CHOICES.len())),
            ("other_choice", drawn_index(random, CHOICES.len())),
            ("level", drawn_index(random, LEVELS.len())),
            ("other_level", drawn_index(random, LEVELS.len())),
            ("text", text(random)),
            ("other_text", text(random)),
            ("date", drawn_date(random)),
            ("other_date", drawn_date(random)),
        ]
    }

    fn for_rhai(&self) -> rhai::Scope<'static> {
        let mut scope = rhai::Scope::new();
        for (name, value) in &self.named {
            scope.push_dynamic(*name, self.dynamic(name, *value));
        }
        for (name, entries) in RECORDS.iter().zip(&self.records) {
            let map = |entry: &Named| {
                let fields = entry.iter();
                let fields = fields.map(|(name, it)| ((*name).into(), self.dynamic(name, *it)));
                rhai::Dynamic::from_map(fields.collect())
            };
            scope.push_dynamic(*name, entries.iter().map(map).collect::<rhai::Array>().into());
        }
        scope
    }

    fn dynamic(&self, name: &str, value: Value) -> rhai::Dynamic {
        let names: &[&str] = if name.ends_with("choice") { &CHOICES } else { &LEVELS };
        match value {
            Value::Flag(flag) => flag.into(),
            Value::Number(number) => number.into(),
            Value::Text(symbol) => self.strings.get(symbol).to_owned().into(),
            Value::Date(date) => date.format("%Y-%m-%d").to_string().into(),
            Value::Choice(index) => {
                names.get(usize::from(index)).copied().unwrap_or_default().into()
            }
            Value::Unset | Value::Slot(_) => rhai::Dynamic::UNIT,
        }
    }

    fn entries_of(&self, record: RecordId) -> &[Named] {
        self.records.get(usize::from(record.0)).map_or(&[], Vec::as_slice)
    }
}

fn drawn_number(random: &mut Random) -> Value {
    let digits = i64::try_from(random.below(2_001)).unwrap_or(0) - 1_000;
    Value::Number(match random.below(12) {
        0 => Decimal::MAX,
        1 => Decimal::MIN,
        2 => Decimal::ZERO,
        3 => Decimal::from(i64::MAX),
        4..=7 => Decimal::from(digits / 100),
        _ => Decimal::new(digits, 2),
    })
}

fn drawn_index(random: &mut Random, count: usize) -> Value {
    Value::Choice(u16::try_from(random.below(count)).unwrap_or(0))
}

fn drawn_date(random: &mut Random) -> Value {
    let date = random.one_of(&DATES).and_then(|it| it.parse().ok());
    date.map_or(Value::Unset, Value::Date)
}

impl Env for Values {
    fn value(&self, variable: VariableId) -> Value {
        self.named.get(usize::from(variable.0)).map_or(Value::Unset, |(_, value)| *value)
    }

    fn entries(&self, record: RecordId) -> u16 {
        u16::try_from(self.entries_of(record).len()).unwrap_or(u16::MAX)
    }

    fn entry_value(&self, record: RecordId, entry: u16, field: u16) -> Value {
        let entry = self.entries_of(record).get(usize::from(entry));
        entry.and_then(|it| it.get(usize::from(field))).map_or(Value::Unset, |(_, value)| *value)
    }

    fn text(&self, symbol: Symbol) -> &str {
        self.strings.get(symbol)
    }

    fn call(&self, function: FunctionId, _: &[Value]) -> Result<Value, ScriptFault> {
        let message = "there are no functions".into();
        Err(ScriptFault::new(FaultKind::Function { function, message }))
    }
}

/// Both sides, ready to read expressions.
#[derive(Debug)]
pub struct Sides {
    sandbox: Sandbox,
    scope: Scope,
    referee: rhai::Engine,
    questions: rhai::AST,
}

impl Default for Sides {
    fn default() -> Self {
        Self::new()
    }
}

/// One expression as both sides have read it.
#[derive(Debug)]
pub struct Both {
    ours: Expr,
    rhais: rhai::AST,
}

impl Sides {
    /// Builds both sides.
    #[must_use]
    pub fn new() -> Self {
        let referee = referee();
        // Without them rhai would have no answer to any question about entries.
        let questions = referee.compile(QUESTIONS).unwrap_or_default();
        Self { sandbox: Sandbox::new(), scope: scope(), referee, questions }
    }

    /// Reads an expression.
    ///
    /// # Errors
    /// When either side cannot read it.
    pub fn read(&self, text: &str, wanted: Type) -> anyhow::Result<Both> {
        let place = Place::verbatim(FileId(0), 0, text);
        let located = Located { text, place: &place };
        let mut out = Diagnostics::default();
        let ours = parse_value(&self.sandbox, &located, wanted, &self.scope, &mut out);
        let ours = ours.with_context(|| format!("{:?}", out.iter().collect::<Vec<_>>()))?;
        let rhais = self.questions.merge(&self.referee.compile_expression(text)?);
        Ok(Both { ours, rhais })
    }

    /// What the engine says.
    ///
    /// # Errors
    /// A fault other than one of arithmetic.
    pub fn ours(&self, both: &Both, values: &Values) -> anyhow::Result<Answer> {
        match value(&both.ours, values) {
            Ok(Value::Flag(flag)) => Ok(Answer::Flag(flag)),
            Ok(Value::Number(number)) => Ok(Answer::Number(number)),
            Ok(other) => bail!("gave {other:?}"),
            Err(fault) => match fault.kind {
                FaultKind::Overflow | FaultKind::DivisionByZero => Ok(Answer::Arithmetic),
                _ => bail!("{}", fault.sentence(&self.scope)),
            },
        }
    }

    /// What rhai says.
    ///
    /// # Errors
    /// An error other than one of arithmetic.
    pub fn rhais(&self, both: &Both, values: &Values) -> anyhow::Result<Answer> {
        let mut scope = values.for_rhai();
        match self.referee.eval_ast_with_scope::<rhai::Dynamic>(&mut scope, &both.rhais) {
            Ok(given) => match (given.as_bool(), given.as_decimal(), given.as_int()) {
                (Ok(flag), ..) => Ok(Answer::Flag(flag)),
                (_, Ok(number), _) => Ok(Answer::Number(number)),
                (_, _, Ok(number)) => Ok(Answer::Number(number.into())),
                _ => bail!("gave {given:?}"),
            },
            Err(error) => match *error {
                rhai::EvalAltResult::ErrorArithmetic(..) => Ok(Answer::Arithmetic),
                other => bail!("{other}"),
            },
        }
    }
}

fn scope() -> Scope {
    let mut scope = Scope::default();
    let names = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
    let choices = NameSet { kind: "choice".to_owned(), names: names(&CHOICES) };
    let levels = NameSet { kind: "level".to_owned(), names: names(&LEVELS) };
    let choice = Type::Choice(scope.add_set(choices));
    let level = Type::Level(scope.add_set(levels));
    let names = Values::draw(&mut Random::new(0)).named.into_iter().map(|(name, _)| name);
    let fields = names.map(|name| {
        let of = match name {
            "amount" | "count" | "maybe" => Type::Number,
            "yes" | "no" => Type::Flag,
            "text" | "other_text" => Type::Text,
            "date" | "other_date" => Type::Date,
            "level" | "other_level" => level,
            _ => choice,
        };
        (name.to_owned(), of)
    });
    let fields: Vec<(String, Type)> = fields.collect();
    for (name, of) in &fields {
        scope.add_variable(name, *of);
    }
    for name in RECORDS {
        let record = scope.add_record(name, fields.clone());
        for (name, _) in fields.iter().filter(|(name, _)| name != "maybe") {
            scope.always_set(record, name);
        }
    }
    scope
}

/// What is asked of records, in rhai's own words for lists.
const QUESTIONS: &str = "
    fn count() { this.len() }
    fn count(wanted) { this.filter(wanted).len() }
    fn last() { this[this.len() - 1] }
";

fn referee() -> rhai::Engine {
    let mut engine = rhai::Engine::new_raw();
    rhai::packages::ArithmeticPackage::new().register_into_engine(&mut engine);
    rhai::packages::LogicPackage::new().register_into_engine(&mut engine);
    rhai::packages::BasicStringPackage::new().register_into_engine(&mut engine);
    rhai::packages::MoreStringPackage::new().register_into_engine(&mut engine);
    rhai::packages::BasicArrayPackage::new().register_into_engine(&mut engine);
    engine.set_optimization_level(rhai::OptimizationLevel::None);
    engine.set_max_expr_depths(1_000, 1_000);
    engine.set_max_call_levels(32);
    engine.register_fn("is_set", |value: rhai::Dynamic| !value.is_unit());
    engine
}
