//! Levels inside `rules.rhai`: they compare by rank, with each other and with their names.

use std::cmp::Ordering;
use std::sync::Arc;

use rhai::Engine;
use rhai::EvalAltResult;
use rhai::ImmutableString;
use rhai::Position;

/// A level and the names of all levels, lowest first.
#[derive(Clone, Debug)]
pub(crate) struct Level {
    pub(crate) names: Arc<[String]>,
    pub(crate) index: u16,
}

impl Level {
    fn name(&self) -> &str {
        self.names.get(usize::from(self.index)).map_or("", String::as_str)
    }

    /// The order of this level and a name. A name that is no level is a mistake of the script.
    fn order(&self, name: &str) -> Result<Ordering, Box<EvalAltResult>> {
        let index = self.names.iter().position(|it| it == name).ok_or_else(|| {
            let message = format!("`{name}` is not one of the levels");
            Box::new(EvalAltResult::ErrorRuntime(message.into(), Position::NONE))
        })?;
        Ok(usize::from(self.index).cmp(&index))
    }
}

type Holds = fn(Ordering) -> bool;

/// A comparison sign and the orders in which it holds.
const SIGNS: [(&str, Holds); 6] = [
    ("==", Ordering::is_eq),
    ("!=", Ordering::is_ne),
    ("<", Ordering::is_lt),
    ("<=", Ordering::is_le),
    (">", Ordering::is_gt),
    (">=", Ordering::is_ge),
];

/// Teaches an engine to compare levels.
pub(crate) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Level>("level");
    engine.register_fn("to_string", |level: Level| level.name().to_owned());
    for (sign, holds) in SIGNS {
        engine.register_fn(sign, move |a: Level, b: Level| holds(a.index.cmp(&b.index)));
        engine.register_fn(sign, move |level: Level, name: ImmutableString| {
            level.order(&name).map(holds)
        });
        engine.register_fn(sign, move |name: ImmutableString, level: Level| {
            level.order(&name).map(|order| holds(order.reverse()))
        });
    }
}
