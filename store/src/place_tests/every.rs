//! The list of all tests.

/// Makes one test of each function that every place must pass. It takes a function that returns
/// a `Box<dyn Fresh>` with an empty place.
macro_rules! every_place {
    ($make:expr) => {
        $crate::place_tests::every_place!($make, round_trip: [
            an_empty_place_has_nothing,
            what_is_written_is_read_back,
            numbers_are_given_out_once,
        ]);
        $crate::place_tests::every_place!($make, overtaken: [
            a_version_that_is_taken,
        ]);
    };
    ($make:expr, $module:ident: [$($name:ident,)*]) => {
        mod $module {
            $(
                #[test]
                fn $name() {
                    let fresh = ($make)();
                    $crate::place_tests::$module::$name(fresh.place());
                }
            )*
        }
    };
}
pub(crate) use every_place;
