//! What one entry says and means. The faults of each kind have a protocol of their own beside
//! the text that authors see.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::model::{Choose, Point, Protocol, To};
use crate::text::LineIndex;
use crate::text::SourceSet;
use crate::time::Ends;

const SOUND: &str = include_str!("tests/sound.toml");

fn shown(sources: &SourceSet, out: &Diagnostics) -> String {
    let line = |fault: &Diagnostic| {
        let span = fault.primary.span;
        let text = sources.get(span.file).unwrap().readable();
        let at = LineIndex::new(text).line_column(text, span.range().start);
        format!("{} {}:{} {}", fault.code.name, at.line, at.column, fault.message)
    };
    out.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn loaded(text: String) -> (Option<Protocol>, String) {
    let sources = SourceSet::new("", [("protocol.toml".to_owned(), text.into_bytes())]);
    let (machine, out) = crate::load(&sources);
    let shown = shown(&sources, &out);
    (machine.map(|machine| machine.protocol), shown)
}

/// Replaces one piece of the sound protocol and expects these faults.
#[track_caller]
fn check(old: &str, new: &str, expected: &str) {
    assert_eq!(SOUND.matches(old).count(), 1, "`{old}` stands once in the protocol");
    let (_, shown) = loaded(SOUND.replace(old, new));
    assert_eq!(shown, expected);
}

/// Replaces one piece of the sound protocol and gives what it means.
#[track_caller]
fn meaning(old: &str, new: &str) -> Protocol {
    assert_eq!(SOUND.matches(old).count(), 1, "`{old}` stands once in the protocol");
    let (protocol, shown) = loaded(SOUND.replace(old, new));
    protocol.unwrap_or_else(|| panic!("{shown}"))
}

#[test]
fn all_faults_of_the_entries_come_at_once() {
    check(
        "to    = \"closed\"\nsends = [\"answer\"]",
        "to    = \"closd\"\nsends = [\"anser\"]\ntells = [\"@handler\"]",
        "unknown-stage 40:9 transition leads to undeclared stage `closd`\n\
         unknown-letter 41:10 `sends` names undeclared letter `anser`\n\
         handler-without-ladder 42:10 `@handler` is the role of the current rung, and there is \
         no ladder",
    );
}

#[test]
fn a_key_of_counting_is_asked_for_only_where_a_term_needs_it() {
    check("roll                  = \"forward\"\n", "", "");
    check("within = \"10 working days\"", "within = \"6 weeks\"\ncounts = { roll = \"none\" }", "");
    let without_roll = SOUND.replace("roll                  = \"forward\"\n", "");
    let (_, shown) = loaded(without_roll.replace("10 working days\"\nmet", "6 weeks\"\nmet"));
    assert_eq!(
        shown,
        "counting-not-said 45:12 deadline `answer` is counted in weeks, and nothing says `roll`"
    );
}

#[test]
fn a_missing_key_of_counting_is_asked_for_once_for_all_deadlines() {
    let second = SOUND.replace("first_day             = \"next\"\n", "");
    let second = format!(
        "{second}\n{}",
        "[deadlines.again]\nwho = \"officer\"\nstarts = \"opened\"\nwithin = \"2 working days\"\nmet_by = [\"answered\"]\n"
    );
    let (_, shown) = loaded(second);
    assert_eq!(
        shown,
        "counting-not-said 45:12 deadline `answer` is counted in working days, and nothing says \
         `first_day`"
    );
}

#[test]
fn the_calendar_of_the_protocol_stands_first_and_deadlines_find_their_own() {
    let protocol = meaning(
        "[calendars.office]",
        "[calendars.night]\nhours = { mon-fri = [\"22:00-06:00\"] }\n\n[calendars.office]",
    );
    let at_night = meaning(
        "[calendars.office]",
        "[deadlines.watch]\nwho = \"officer\"\nstarts = \"opened\"\nwithin = \"2 working days\"\n\
         met_by = [\"answered\"]\ncounts = { calendar = \"night\" }\n\n\
         [calendars.night]\nhours = { mon-fri = [\"22:00-06:00\"] }\n\n[calendars.office]",
    );
    let id = |protocol: &Protocol, at: usize| protocol.calendars[at].plan().id.clone();
    assert_eq!([id(&protocol, 0), id(&protocol, 1)], ["office", "night"]);
    let watch = &at_night.deadlines[0];
    assert_eq!(id(&at_night, watch.calendar.index()), "night");
}

#[test]
fn what_counts_says_is_stronger_than_time() {
    let protocol = meaning(
        "within = \"10 working days\"",
        "within = \"10 working days\"\ncounts = { ends = \"midnight\" }",
    );
    assert_eq!(protocol.deadlines[0].counts.ends, Ends::Midnight);
    assert_eq!(protocol.counts.ends, Ends::Close);
}

#[test]
fn a_bare_name_of_another_kind_is_told_how_points_are_written() {
    let (_, shown) = loaded(SOUND.replace("[\"letter:answer\"]", "[\"closed\"]"));
    assert_eq!(shown, "unknown-point 50:11 clock is met by `closed`, which is no point");
    let protocol = meaning("[\"letter:answer\"]", "[\"stage:closed\"]");
    let met = &protocol.deadlines[0].met_by[0];
    assert!(matches!(met.on, Point::Stage(_)));
}

#[test]
fn a_term_that_cannot_be_read_is_not_called_missing_as_well() {
    let always_set = SOUND.replace("\"not_upheld\"] }", "\"not_upheld\"], required = true }");
    let by_outcome =
        "within = { by = \"outcome\", upheld = \"10 days\", not_upheld = \"2 weeks\" }";
    let (_, shown) = loaded(always_set.replace("within = \"10 working days\"", by_outcome));
    assert_eq!(shown, "bare-days 49:37 `10 days` does not say which days are counted");
}

#[test]
fn a_list_of_terms_ends_with_one_that_always_holds() {
    let list =
        |rest: &str| format!("within = [{{ when = 'hurt', is = \"2 working days\" }}{rest}]");
    check(
        "within = \"10 working days\"",
        &list(""),
        "within-gap 49:11 deadline `answer` has no term when none of its conditions hold",
    );
    let protocol = meaning("within = \"10 working days\"", &list(", { is = \"3 weeks\" }"));
    let answer = &protocol.deadlines[0];
    assert_eq!(answer.alternatives.len(), 2);
    assert!(matches!(&answer.choose, Choose::First(entries) if entries[1].0.is_none()));
}

#[test]
fn an_entry_of_a_stage_replaces_that_of_anywhere() {
    let protocol = meaning(
        "[stages.closed]",
        "[anywhere.on.answered]\nalso = [\"closed\"]\nto = \"closed\"\n\n[stages.closed]",
    );
    let stages = &protocol.stages;
    assert!(!stages[0].on[0].anywhere);
    assert!(stages[1].on[0].anywhere);
    assert!(matches!(stages[1].on[0].branches[0].to, To::Stage(_)));
}

#[test]
fn every_entry_has_a_path_and_a_source_of_its_own_or_the_protocols() {
    let protocol = meaning("sends = [\"answer\"]", "sends = [\"answer\"]\nsource = \"rule 7\"");
    let rule = |path: &str| {
        let found = protocol.rules.iter().find(|rule| rule.path == path);
        found.map(|rule| (rule.source.as_deref().unwrap_or_default(), rule.inherited))
    };
    assert_eq!(rule("stages.received.on.answered"), Some(("rule 7", false)));
    assert_eq!(rule("deadlines.answer"), Some(("house rules of 2026", true)));
}

#[test]
fn what_stands_inside_a_deadline_takes_the_deadlines_source() {
    let inside = "source = \"rule 4\"
breach = { tells = [\"officer\"], unverified = true }
within = [{ when = 'hurt', is = \"2 working days\", unverified = true }, { is = \"3 weeks\" }]
extend = [{ on = \"answered\", add = \"1 week\", times = 1 }, { on = \"answered\", add = \"1 week\", times = 1, source = \"rule 5\" }]";
    let protocol = meaning("within = \"10 working days\"", inside);
    let rule = |path: &str| {
        let found =
            protocol.rules.iter().find(|rule| rule.path == format!("deadlines.answer{path}"));
        found.map(|rule| {
            (rule.source.as_deref().unwrap_or_default(), rule.inherited, rule.unverified)
        })
    };
    assert_eq!(rule(".within[1]"), Some(("rule 4", false, true)));
    assert_eq!(rule(".within[2]"), Some(("rule 4", false, false)));
    assert_eq!(rule(".breach"), Some(("rule 4", false, true)));
    assert_eq!(rule(".extend[1]"), Some(("rule 4", false, false)));
    assert_eq!(rule(".extend[2]"), Some(("rule 5", false, false)));
}

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

/// The bodies of the texts of the letter `answer`, and what is said of a protocol with these files
/// besides.
fn letter_texts(languages: &str, files: &[(&str, &str)]) -> (Vec<String>, String) {
    let head = SOUND.replace("language    = \"en\"", languages);
    assert_ne!(head, SOUND);
    let head = head.replace(", states = [\"outcome\"]", "");
    let text = |says: &str| format!("+++\nsubject = 'S'\n+++\n{says}").into_bytes();
    let files = files.iter().map(|(path, says)| ((*path).to_owned(), text(says)));
    let sources =
        SourceSet::new("", files.chain([("protocol.toml".to_owned(), head.into_bytes())]));
    let (machine, out) = crate::load(&sources);
    let texts = machine.map(|it| it.protocol.letter_texts.clone()).unwrap_or_default();
    (texts.into_iter().map(|it| it.body).collect(), shown(&sources, &out))
}

#[test]
fn a_text_that_ships_serves_where_the_protocol_has_none_of_its_own() {
    let own = ("letters/answer.md", "ours");
    let english = ("shipped:conduct/letters/answer.en.md", "theirs");
    let dutch = ("shipped:conduct/letters/answer.nl.md", "van hen");
    let stray = ("shipped:conduct/letters/nobody.en.md", "for another protocol");
    let bodies = |languages: &str, files: &[(&str, &str)]| {
        let (bodies, said) = letter_texts(languages, files);
        assert_eq!(said, "");
        bodies
    };
    let both = "language = 'en'\nlanguages = ['nl']";
    assert_eq!(bodies(both, &[own, english, dutch, stray]), ["ours", "van hen"]);
    assert_eq!(bodies(both, &[english, dutch]), ["theirs", "van hen"]);
    // In a protocol that writes its letters elsewhere nothing is written here either.
    assert_eq!(letter_texts("language = 'en'", &[english]), (Vec::new(), String::new()));
    // A text says which language it is in: it is not taken for another.
    let (bodies, said) = letter_texts("language = 'nl'\nlanguages = ['fr']", &[english]);
    assert_eq!(bodies, [""; 0]);
    assert!(said.contains("letter-without-text") && said.contains("letter-translation-missing"));
}

#[test]
fn a_part_reaches_every_end_without_knowing_its_name() {
    let more = SOUND.replace("[stages.closed]\nend = true\n", "[stages.closed]\nend = true\n\n[stages.gone]\nend = true\n\n[anywhere.on.heard]\nalso = [\"@end\"]\n");
    let text = more.replace(
        "[stages.received.on",
        "[stages.received.on.dropped]\nto = \"gone\"\n\n[stages.received.on",
    );
    let text = text.replace(
        "[events]",
        "[events]\nheard = { by = [\"officer\"] }\ndropped = { by = [\"officer\"] }",
    );
    let (protocol, said) = loaded(text.clone());
    assert_eq!(said, "");
    let protocol = protocol.unwrap();
    let heard = protocol.events.iter().position(|it| it.name == "heard").unwrap();
    let takes = |stage: &crate::model::Stage| stage.on.iter().any(|it| it.event.index() == heard);
    assert!(protocol.stages.len() == 3 && protocol.stages.iter().all(takes));
    let (_, said) = loaded(text.replace("@end", "@ends"));
    assert!(said.contains("unknown-stage"), "{said}");
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
    for words in crate::time::observed_words() {
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
fn a_slip_is_mended_as_it_is_written() {
    let text = SOUND.replace("[\"letter:answer\"]", "['letter:anser']");
    let sources = SourceSet::new("", [("protocol.toml".to_owned(), text.into_bytes())]);
    let (_, out) = crate::load(&sources);
    let fix = out.iter().next().unwrap().fix.as_ref().unwrap();
    assert_eq!(
        (fix.title.as_str(), fix.edits[0].text.as_str()),
        ("write `answer`", "'letter:answer'")
    );
}

const WITHIN: &str = "within = \"10 working days\"";

/// Writes something else in the place of the term of the sound protocol.
#[track_caller]
fn check_term(new: &str, expected: &str) {
    check(WITHIN, new, expected);
}

#[test]
fn a_warning_comes_within_the_term() {
    check_term("within = \"10 working days\"\nwarn = [\"10 working days before\"]", "");
    check_term(
        "within = \"10 working days\"\nwarn = [\"11 working days before\"]",
        "warning-before-start 50:9 warning `11 working days before` comes before the start of \
         deadline `answer`, which allows `10 working days`",
    );
    check_term("within = \"10 working days\"\nwarn = [\"12 calendar days before\"]", "");
    check_term("within = \"max(4 hours, 3 weeks)\"\nwarn = [\"1 week before\"]", "");
    check_term(
        "within = \"min(4 hours, 3 weeks)\"\nwarn = [\"4 hours before\"]",
        "warning-before-start 50:9 warning `4 hours before` comes before the start of deadline \
         `answer`, which allows `min(4 hours, 3 weeks)`",
    );
}

#[test]
fn an_extension_is_longer_than_what_it_extends() {
    let extended = |within: &str, total: &str| {
        format!(
            "within = \"{within}\"\nextend = [{{ on = \"answered\", total = \"{total}\", times = 1 }}]"
        )
    };
    check_term(&extended("8 weeks", "57 calendar days"), "");
    check_term(
        &extended("8 weeks", "56 calendar days"),
        "extension-not-longer 50:38 an extension of `answer` to `56 calendar days` is no longer \
         than its term `8 weeks`",
    );
    check_term(&extended("promptly", "1 week"), "");
    check_term(&extended("10 working days", "13 calendar days"), "");
}

#[test]
fn a_key_of_counts_that_no_term_reads_is_refused() {
    check_term(
        "within = \"10 working days\"\ncounts = { roll = \"none\" }",
        "key-without-effect 50:19 `roll` has no effect here: only terms in calendar days, weeks, \
         months and years end on a closed day",
    );
    check_term(
        "within = \"4 hours\"\ncounts = { first_day = \"same\", ends = \"midnight\" }",
        "key-without-effect 50:24 `first_day` has no effect here: no term of this clock is \
         counted in days\n\
         key-without-effect 50:39 `ends` has no effect here: hours and minutes end when they are \
         over",
    );
    check_term("within = \"8 weeks\"\ncounts = { roll = \"none\" }", "");
}

/// Makes the change of the first fault and gives the text that comes of it; the faults of that
/// text are gone.
#[track_caller]
fn mended(old: &str, new: &str) -> Option<String> {
    assert_eq!(SOUND.matches(old).count(), 1, "`{old}` stands once in the protocol");
    let mut text = SOUND.replace(old, new);
    let sources = SourceSet::new("", [("protocol.toml".to_owned(), text.clone().into_bytes())]);
    let (_, out) = crate::load(&sources);
    let fix = out.iter().next().unwrap().fix.as_ref()?;
    let edit = &fix.edits[0];
    let before = text.clone();
    text.replace_range(edit.span.range(), &edit.text);
    assert_eq!(loaded(text.clone()).1, "");
    let line = |it: &&str| !before.lines().any(|old| old == *it);
    Some(text.lines().find(line).unwrap_or_default().to_owned())
}

#[test]
fn an_entry_too_many_is_left_out_with_its_comma() {
    let by = |list: &str| mended("by = [\"officer\"]", &format!("by = {list}"));
    let once = Some("answered = { by = [\"officer\"], carries = [\"outcome\"] }".to_owned());
    assert_eq!(by("[\"officer\", \"officer\"]"), once);
    assert_eq!(by("[\"officer\" ,\n  \"officer\"]"), once);
    assert_eq!(by("[\"officer\", # twice?\n  \"officer\"]"), None);
}

#[test]
fn what_stands_without_quotes_gets_them_where_it_is_a_text() {
    let language = |written: &str| mended("language    = \"en\"", &format!("language = {written}"));
    assert_eq!(language("en").as_deref(), Some("language = \"en\""));
    assert_eq!(language("“en”").as_deref(), Some("language = \"en\""));
    assert_eq!(language("yes"), None);
    assert_eq!(language("en \"x\""), None);
}

#[test]
fn somebody_outside_may_be_listed_to_be_reached() {
    let role = |rest: &str| format!("[roles]\nombud = {{ title = \"Ombudsman\"{rest} }}");
    check("[roles]", &role(", external = true"), "");
    check("[roles]", &role(""), "role-never-used 23:1 role `ombud` takes no part in the procedure");
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
