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
    named: Vec<(&'static str, Value)>,
    strings: Strings,
}

impl Values {
    /// Draws the values of one case.
    pub fn draw(random: &mut Random) -> Self {
        let mut strings = Strings::default();
        let texts: Vec<Symbol> = TEXTS.iter().map(|it| strings.intern(it)).collect();
        let text = |random: &mut Random| random.one_of(&texts).map_or(Value::Unset, Value::Text);
        let named = vec![
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
        ];
        Self { named, strings }
    }

    fn for_rhai(&self) -> rhai::Scope<'static> {
        let mut scope = rhai::Scope::new();
        for (name, value) in &self.named {
            let names: &[&str] = if name.ends_with("choice") { &CHOICES } else { &LEVELS };
            let value: rhai::Dynamic = match value {
                Value::Flag(flag) => (*flag).into(),
                Value::Number(number) => (*number).into(),
                Value::Text(symbol) => self.strings.get(*symbol).to_owned().into(),
                Value::Date(date) => date.format("%Y-%m-%d").to_string().into(),
                Value::Choice(index) => {
                    names.get(usize::from(*index)).copied().unwrap_or_default().into()
                }
                Value::Unset | Value::Slot(_) => rhai::Dynamic::UNIT,
            };
            scope.push_dynamic(*name, value);
        }
        scope
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
}

/// One expression as both sides have read it.
#[derive(Debug)]
pub struct Both {
    ours: Expr,
    rhais: rhai::AST,
}

impl Default for Sides {
    fn default() -> Self {
        Self::new()
    }
}

impl Sides {
    /// Builds both sides.
    #[must_use]
    pub fn new() -> Self {
        Self { sandbox: Sandbox::new(), scope: scope(), referee: referee() }
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
        let rhais = self.referee.compile_expression(text)?;
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
    for (name, _) in Values::draw(&mut Random::new(0)).named {
        let of = match name {
            "amount" | "count" | "maybe" => Type::Number,
            "yes" | "no" => Type::Flag,
            "text" | "other_text" => Type::Text,
            "date" | "other_date" => Type::Date,
            "level" | "other_level" => level,
            _ => choice,
        };
        scope.add_variable(name, of);
    }
    scope
}

fn referee() -> rhai::Engine {
    let mut engine = rhai::Engine::new_raw();
    rhai::packages::ArithmeticPackage::new().register_into_engine(&mut engine);
    rhai::packages::LogicPackage::new().register_into_engine(&mut engine);
    rhai::packages::BasicStringPackage::new().register_into_engine(&mut engine);
    rhai::packages::MoreStringPackage::new().register_into_engine(&mut engine);
    rhai::packages::BasicArrayPackage::new().register_into_engine(&mut engine);
    engine.set_optimization_level(rhai::OptimizationLevel::None);
    engine.set_max_expr_depths(1_000, 1_000);
    engine.register_fn("is_set", |value: rhai::Dynamic| !value.is_unit());
    engine
}
