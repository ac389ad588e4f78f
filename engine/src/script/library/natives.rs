//! What functions may call besides each other.

/// The functions rhai and Redress offer inside `rules.rhai`, sorted. A call of anything else is
/// refused when the protocol is checked, whatever the engine might still know.
pub(crate) const NATIVES: [&str; 58] = [
    "abs",
    "all",
    "append",
    "bytes",
    "ceiling",
    "chars",
    "clear",
    "contains",
    "dedup",
    "ends_with",
    "extract",
    "filter",
    "find",
    "find_map",
    "floor",
    "for_each",
    "get",
    "index_of",
    "insert",
    "is_empty",
    "is_even",
    "is_odd",
    "is_zero",
    "keys",
    "len",
    "make_lower",
    "make_upper",
    "map",
    "max",
    "min",
    "mixin",
    "order",
    "pad",
    "percent_of",
    "pop",
    "push",
    "range",
    "reduce",
    "remove",
    "replace",
    "reverse",
    "round_down",
    "round_half_up",
    "round_up",
    "set",
    "shift",
    "sign",
    "some",
    "sort",
    "split",
    "starts_with",
    "sub_string",
    "to_lower",
    "to_string",
    "to_upper",
    "trim",
    "truncate",
    "values",
];

/// Whether functions may call this.
pub(crate) fn is_native(name: &str) -> bool {
    NATIVES.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_holds_nothing_that_waits_or_leaves() {
        assert!(NATIVES.is_sorted());
        for name in ["sleep", "exit", "eval", "print", "timestamp", "call", "Fn", "rand"] {
            assert!(!is_native(name), "{name}");
        }
    }
}
