//! The only place that builds a rhai engine: raw, chosen packages, every limit written out.

use rhai::Engine;
use rhai::OptimizationLevel;
use rhai::packages::ArithmeticPackage;
use rhai::packages::BasicArrayPackage;
use rhai::packages::BasicIteratorPackage;
use rhai::packages::BasicMapPackage;
use rhai::packages::BasicStringPackage;
use rhai::packages::LogicPackage;
use rhai::packages::MoreStringPackage;
use rhai::packages::Package;

/// Nesting of a condition as rhai counts it: two for a bracket, one for each link of a chain of
/// operators. Brackets are counted before rhai sees them; this bounds everything else.
const CONDITION_DEPTH_MAX: usize = 128;
const CONDITION_TEXT_BYTES_MAX: usize = 4 * 1024;

/// Steps of one call of a function.
const STEPS_MAX: u64 = 200_000;
/// Functions that wait for each other.
const CALLS_MAX: usize = 24;
const SCRIPT_DEPTH_MAX: usize = 48;
const FUNCTION_DEPTH_MAX: usize = 32;
const TEXT_BYTES_MAX: usize = 64 * 1024;
const ARRAY_ITEMS_MAX: usize = 10_000;
const MAP_ENTRIES_MAX: usize = 1_000;
const VARIABLES_MAX: usize = 256;
const FUNCTIONS_MAX: usize = 64;

/// What reads conditions. It parses and never runs anything.
#[derive(Debug)]
pub struct Sandbox {
    parser: Engine,
}

impl Default for Sandbox {
    fn default() -> Self {
        Self::new()
    }
}

impl Sandbox {
    /// Builds the parser for conditions. Costs little; one serves a whole protocol.
    #[must_use]
    pub fn new() -> Self {
        let mut parser = Engine::new_raw();
        parser.set_optimization_level(OptimizationLevel::None);
        parser.set_strict_variables(false);
        parser.set_allow_looping(false);
        parser.set_allow_shadowing(false);
        parser.set_allow_anonymous_fn(false);
        parser.set_allow_statement_expression(false);
        parser.set_max_expr_depths(CONDITION_DEPTH_MAX, CONDITION_DEPTH_MAX);
        parser.set_max_string_size(CONDITION_TEXT_BYTES_MAX);
        parser.set_max_array_size(256);
        parser.set_max_map_size(1);
        parser.set_max_functions(0);
        parser.set_max_modules(0);
        parser.set_max_variables(0);
        parser.set_max_operations(1);
        parser.set_max_call_levels(1);
        Self { parser }
    }

    /// The parser for conditions.
    pub(crate) const fn parser(&self) -> &Engine {
        &self.parser
    }
}

/// The engine in which the functions of `rules.rhai` run: pure, bounded, without `eval`, modules
/// and the language package, which holds `sleep` and `exit`.
pub(crate) fn function_engine() -> Engine {
    let mut engine = Engine::new_raw();
    ArithmeticPackage::new().register_into_engine(&mut engine);
    LogicPackage::new().register_into_engine(&mut engine);
    BasicStringPackage::new().register_into_engine(&mut engine);
    MoreStringPackage::new().register_into_engine(&mut engine);
    BasicIteratorPackage::new().register_into_engine(&mut engine);
    BasicArrayPackage::new().register_into_engine(&mut engine);
    BasicMapPackage::new().register_into_engine(&mut engine);
    engine.set_optimization_level(OptimizationLevel::None);
    engine.set_strict_variables(true);
    engine.set_fail_on_invalid_map_property(true);
    engine.set_max_operations(STEPS_MAX);
    engine.set_max_call_levels(CALLS_MAX);
    engine.set_max_expr_depths(SCRIPT_DEPTH_MAX, FUNCTION_DEPTH_MAX);
    engine.set_max_string_size(TEXT_BYTES_MAX);
    engine.set_max_array_size(ARRAY_ITEMS_MAX);
    engine.set_max_map_size(MAP_ENTRIES_MAX);
    engine.set_max_variables(VARIABLES_MAX);
    engine.set_max_functions(FUNCTIONS_MAX);
    engine.set_max_modules(0);
    // A power of a decimal may take a very long time in one step.
    for symbol in ["eval", "import", "export", "**", "**=", "print", "debug"] {
        engine.disable_symbol(symbol);
    }
    engine
}
