//! What is bounded over several files.

use crate::syntax::limit::ENTRIES_MAX;
use crate::syntax::limit::HOLIDAYS_MAX;
use crate::syntax::tests::checked::HEAD;
use crate::syntax::tests::checked::check_files;

fn roles(prefix: &str, n: usize) -> String {
    (0..n).map(|place| format!("{prefix}{place} = {{ title = 'T' }}\n")).collect()
}

#[test]
fn a_table_over_several_files_is_bounded_too() {
    let whole = format!("include = ['a.toml', 'b.toml']\n{HEAD}[roles]\n{}", roles("r", 3));
    let a = format!("[roles]\n{}", roles("a", ENTRIES_MAX - 3));
    let b = format!("[roles]\n{}", roles("b", 2));
    let files =
        [("protocol.toml", whole.as_bytes()), ("a.toml", a.as_bytes()), ("b.toml", b.as_bytes())];
    let expected = "b.toml:2:1 too-many-entries: the list of all roles has 2001 entries, at most 2000 are read";
    let written = check_files(&files, expected).unwrap();
    assert_eq!(written.roles.len(), ENTRIES_MAX);
}

#[test]
fn a_list_of_wrong_includes_is_reported_in_part() {
    let list = "'p.toml', ".repeat(500);
    let parts = format!("include = [{list}]\n{HEAD}");
    let files = [("protocol.toml", parts.as_bytes()), ("p.toml", b"".as_slice())];
    let twice = |place: usize| {
        let column = 12 + 10 * place;
        format!("protocol.toml:1:{column} duplicate-name: the include `p.toml` is written twice\n")
    };
    let expected: String = (1..=20).map(twice).collect();
    assert!(check_files(&files, &expected).is_none());
}

#[test]
fn the_holidays_of_all_calendars_are_bounded() {
    let holiday = "[[holiday]]\nname = 'X'\non = '1 may'\n";
    let set =
        format!("id = 'set'\ntitle = 'S'\nsource = 's'\n{}", holiday.repeat(HOLIDAYS_MAX / 4));
    let calendar =
        |name: &str| format!("[calendars.{name}]\nhours = {{ mon = ['09:00-17:00'] }}\n");
    let with_set: String =
        (0..6).map(|n| calendar(&format!("c{n}")) + "holidays = ['set']\n").collect();
    let whole = format!("{HEAD}{}{with_set}", calendar("plain"));
    let line = whole.lines().position(|line| line == "[calendars.c4]").unwrap() + 1;
    let files = [("protocol.toml", whole.as_bytes()), ("calendars/set.toml", set.as_bytes())];
    let expected = format!(
        "protocol.toml:{line}:12 too-many-entries: the list of all holidays of calendars has \
         5000 entries, at most 4000 are read"
    );
    let written = check_files(&files, &expected).unwrap();
    let kept: Vec<usize> = written.calendars.iter().map(|it| it.holidays.len()).collect();
    assert_eq!(kept, [0, 1, 1, 1, 1, 0, 0]);
}
