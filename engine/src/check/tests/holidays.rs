//! Sets of holidays.

use crate::check::tests::sound::{SOUND, shown};
use crate::text::SourceSet;
use crate::time::observed_words;

#[test]
fn a_set_that_ships_is_suggested_though_it_is_not_read() {
    let named = SOUND.replace("hours = { mon-fri", "holidays = ['scotlnd']\nhours = { mon-fri");
    let files = [("protocol.toml".to_owned(), named.into_bytes())];
    let sources = SourceSet::new("", files)
        .offering(["nl", "scotland"].map(|it| format!("shipped:calendars/{it}.toml")));
    let (_, out) = crate::load(&sources);
    let help = out.iter().next().unwrap().help.as_deref();
    assert_eq!(help, Some("did you mean `scotland`?"));
}

/// What is said of a set of holidays with one holiday that is observed like this.
#[track_caller]
fn check_observed(words: &str, expected: &str) {
    let named = SOUND.replace("hours = { mon-fri", "holidays = ['mine']\nhours = { mon-fri");
    let set = format!(
        "id = 'mine'\ntitle = 'Mine'\nsource = 'x'\n\
         holiday = [{{ name = 'A', on = '1 may', observed = '{words}' }}]\n"
    );
    let files = [("protocol.toml", named), ("calendars/mine.toml", set)];
    let files = files.map(|(path, text)| (path.to_owned(), text.into_bytes()));
    let (_, out) = crate::load(&SourceSet::new("", files));
    let said = out.iter().map(|it| format!("{}: {}", it.message, it.help.as_deref().unwrap()));
    assert_eq!(said.collect::<Vec<_>>().join("\n"), expected);
}

#[test]
fn a_way_of_observing_a_holiday_is_one_of_five() {
    for words in observed_words() {
        check_observed(words, "");
    }
    check_observed(
        "next free weekdy",
        "`next free weekdy` does not say when a holiday is observed: \
         did you mean `next free weekday`?",
    );
    check_observed(
        "on Monday",
        "`on Monday` does not say when a holiday is observed: write `next free weekday`, \
         `nearest weekday`, `also nearest weekday`, `day before if sunday`, `monday if sunday`",
    );
}

#[test]
fn a_holiday_that_moves_leaves_its_weekend_day_to_be_closed() {
    let check = |weekdays: &str, observed: &str, expected: &str| {
        let hours = format!(
            "closed = [{{ on = '25 december', name = 'Christmas Day' }}]\nholidays = ['mine']\n\
             hours = {{ {weekdays}"
        );
        let set = format!(
            "id = 'mine'\ntitle = 'Mine'\nsource = 'x'\n\
             holiday = [{{ name = 'Christmas', on = '25 december', observed = '{observed}' }}]\n"
        );
        let protocol = SOUND.replace("hours = { mon-fri", &hours);
        let files = [("protocol.toml", protocol), ("calendars/mine.toml", set)];
        let files = files.map(|(path, text)| (path.to_owned(), text.into_bytes()));
        let sources = SourceSet::new("", files);
        let (_, out) = crate::load(&sources);
        assert_eq!(shown(&sources, &out), expected);
    };
    let twice = "closed-twice 13:18 the day of `Christmas Day` is closed already, as `Christmas` of \
                 the holidays `mine`";
    check("mon-sat", "next free weekday", "");
    check("mon-sat", "also nearest weekday", twice);
    check("mon-fri", "next free weekday", twice);
}
