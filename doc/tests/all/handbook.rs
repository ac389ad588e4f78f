//! Handbooks of the protocols that ship, and of one that tries to break out of its page. Two are
//! kept whole in `tests/suite/doc/`; `UPDATE=1` writes them, and the difference is the review.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use doc::{Block, Inline, Line, Page, Section, handbook, html, markdown, rank_page};
use engine::machine::Machine;
use engine::model::RoleId;
use engine::text::{Language, SourceSet};

const GOLDEN: &str = "../tests/suite/doc";
const HOSTILE: &str = "../tests/suite/graph/hostile";

fn machine(folder: &Path) -> (Machine, SourceSet) {
    let sources = store::folder::read(folder).unwrap();
    let machine = engine::load(&sources).0;
    (machine.unwrap_or_else(|| panic!("{} has errors", folder.display())), sources)
}

/// Every protocol that ships.
fn shipped() -> Vec<PathBuf> {
    let found = store::folder::find(&[PathBuf::from("../protocols")]);
    assert!(found.len() > 10, "{found:?}");
    found
}

/// A protocol that ships, with its handbook in English.
struct Made {
    machine: Machine,
    sources: SourceSet,
    page: Page,
}

/// All of them, made once: drawing takes its time.
fn english() -> &'static [Made] {
    static MADE: OnceLock<Vec<Made>> = OnceLock::new();
    MADE.get_or_init(|| {
        let made = |folder: PathBuf| {
            let (machine, sources) = machine(&folder);
            let page = handbook(&machine, &sources, Language::En);
            Made { machine, sources, page }
        };
        shipped().into_iter().map(made).collect()
    })
}

fn role(machine: &Machine, name: &str) -> RoleId {
    RoleId::at(machine.protocol.roles.iter().position(|it| it.name == name).unwrap())
}

/// The page of one role of a protocol that ships, in English.
fn page_of(protocol: &str, name: &str) -> Page {
    let (machine, sources) = machine(&Path::new("../protocols").join(protocol));
    rank_page(&machine, &sources, Language::En, role(&machine, name))
}

#[track_caller]
fn check_golden(name: &str, page: &Page) {
    let path = format!("{GOLDEN}/{name}.md");
    let text = markdown(page);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let first = text.lines().zip(expected.lines()).position(|(one, other)| one != other);
    assert!(text == expected, "{path} differs from line {first:?} on");
}

#[test]
fn a_handbook_of_a_small_business() {
    let (machine, sources) = machine(Path::new("../protocols/small-business"));
    check_golden("small-business", &handbook(&machine, &sources, Language::En));
}

#[test]
fn a_handbook_of_a_statutory_code() {
    let (machine, sources) = machine(Path::new("../protocols/uk-housing-code"));
    check_golden("uk-housing-code", &handbook(&machine, &sources, Language::En));
}

#[test]
fn the_page_of_an_agent() {
    check_golden("small-business-agent", &page_of("small-business", "agent"));
}

#[test]
fn the_page_of_an_agent_in_dutch() {
    let (machine, sources) = machine(Path::new("../protocols/small-business"));
    let page = rank_page(&machine, &sources, Language::Nl, role(&machine, "agent"));
    check_golden("small-business-agent.nl", &page);
}

fn lines(section: &Section) -> Vec<&Line> {
    let mut found = Vec::new();
    for block in &section.blocks {
        match block {
            Block::Paragraph(line) | Block::Advice(line) => found.push(line),
            Block::List(lines) => found.extend(lines),
            Block::Facts(facts) => found.extend(facts.iter().flat_map(|(_, lines)| lines)),
            Block::Table(table) => found.extend(table.rows.iter().flatten().flatten()),
            Block::Picture(..) => {}
        }
    }
    found.extend(section.parts.iter().flat_map(lines));
    found
}

/// All the words of a page but those of its picture, in lower case.
fn words(page: &Page) -> String {
    let mut text = String::new();
    for section in &page.sections {
        let titles = section.parts.iter().map(|it| it.title.clone());
        let said = lines(section).into_iter().map(Line::plain);
        for it in titles.chain(said).chain([section.title.clone()]) {
            text.push_str(&it.to_lowercase());
            text.push('\n');
        }
    }
    text
}

#[test]
fn everything_that_a_protocol_declares_is_named_in_its_handbook() {
    for Made { machine, page, .. } in english() {
        let words = words(page);
        let protocol = &machine.protocol;
        let ids: BTreeSet<&str> =
            page.sections.iter().flat_map(|it| &it.parts).map(|it| it.id.as_str()).collect();
        for it in &protocol.deadlines {
            assert!(ids.contains(format!("deadline-{}", it.name).as_str()), "{}", it.name);
        }
        for it in &protocol.letters {
            assert!(ids.contains(format!("letter-{}", it.name).as_str()), "{}", it.name);
        }
        for it in &protocol.stages {
            assert!(ids.contains(format!("stage-{}", it.name).as_str()), "{}", it.name);
        }
        let named = |what: &str, text: &str| {
            assert!(words.contains(&text.to_lowercase()), "{what} `{text}` of {}", protocol.id);
        };
        protocol.roles.iter().for_each(|it| named("role", &it.name));
        protocol
            .roles
            .iter()
            .filter_map(|it| it.contact.as_ref())
            .for_each(|it| named("contact", it));
        let titled = protocol.events.iter().skip(1).filter(|it| it.title.contains(' '));
        titled.for_each(|it| named("event", &it.title));
        protocol.guarantees.iter().for_each(|it| named("guarantee", &it.says));
        protocol.stops.iter().for_each(|it| named("stop", &it.title));
        protocol
            .rules
            .iter()
            .filter_map(|it| it.source.as_ref())
            .for_each(|it| named("source", it));
        let marks = lines_of(page).flat_map(|it| &it.parts).any(|it| matches!(it, Inline::Mark(_)));
        assert_eq!(marks, protocol.rules.iter().any(|it| it.unverified), "{}", protocol.id);
    }
}

fn lines_of(page: &Page) -> impl Iterator<Item = &Line> {
    page.sections.iter().flat_map(lines)
}

#[test]
fn links_lead_to_places_on_their_page_and_no_two_places_have_one_name() {
    for Made { machine, sources, page } in english() {
        let roles = (0..machine.protocol.roles.len()).map(RoleId::at);
        let mut pages = vec![page.clone()];
        pages.extend(roles.map(|it| rank_page(machine, sources, Language::En, it)));
        for page in pages {
            let parts = page.sections.iter().flat_map(|it| &it.parts);
            let all: Vec<&str> = parts.chain(&page.sections).map(|it| it.id.as_str()).collect();
            let ids: BTreeSet<&str> = all.iter().copied().collect();
            assert_eq!(ids.len(), all.len(), "{}", machine.protocol.id);
            for part in lines_of(&page).flat_map(|it| &it.parts) {
                if let Inline::Link(text, to) = part {
                    assert!(ids.contains(to.as_str()), "{text}");
                }
            }
        }
    }
}

#[test]
fn an_agent_learns_of_the_next_contact_and_of_nobody_behind_it() {
    let page = page_of("small-business", "agent");
    for text in [html(&page), markdown(&page)] {
        assert!(text.contains("manager@example.com"));
        for beyond in ["director@example.com", "020 555 01 20", "committee@example.org"] {
            assert!(!text.contains(beyond), "{beyond}");
        }
    }
    let director = words(&page_of("small-business", "director"));
    assert!(director.contains("nobody comes after you inside the organisation"));
}

/// Nothing is loaded from anywhere, and nothing that somebody wrote has become markup.
#[track_caller]
fn check_safe(text: &str) {
    let (head, body) = text.split_once("</style>").unwrap();
    for outside in ["@import", "url(", "<link", "<base"] {
        assert!(!head.contains(outside), "{outside}");
    }
    let known = [
        "a", "body", "caption", "circle", "code", "dd", "desc", "div", "dl", "dt", "figure", "g",
        "h1", "h2", "h3", "head", "header", "html", "li", "main", "mark", "nav", "ol", "p", "path",
        "rect", "section", "span", "strong", "style", "svg", "table", "tbody", "td", "text", "th",
        "thead", "title", "tr", "tspan", "ul",
    ];
    for rest in body.split('<').skip(1) {
        let name = rest.trim_start_matches('/').split([' ', '>', '/', '\n']).next().unwrap();
        assert!(known.contains(&name), "<{}", rest.lines().next().unwrap_or_default());
        let tag = rest.split('>').next().unwrap_or_default();
        for outside in [" src=", " onload=", " onclick=", "href=\"http", "href=\"javascript"] {
            assert!(!tag.contains(outside), "<{tag}>");
        }
    }
}

#[test]
fn a_page_needs_nothing_but_itself_and_is_the_same_each_time() {
    let (machine, sources) = machine(Path::new(HOSTILE));
    let hostile = handbook(&machine, &sources, Language::En);
    for page in english().iter().map(|it| &it.page).chain([&hostile]) {
        let text = html(page);
        assert!(text.ends_with("\n</html>\n"), "{}", page.title);
        check_safe(&text);
    }
    for Made { machine, sources, page } in english() {
        let again = handbook(machine, sources, Language::En);
        assert!(again == *page, "{}", machine.protocol.id);
    }
}

#[test]
fn texts_that_would_break_out_stay_texts() {
    let (machine, sources) = machine(Path::new(HOSTILE));
    let page = handbook(&machine, &sources, Language::En);
    let texts: Vec<&str> = machine.protocol.stages.iter().map(|it| it.title.as_str()).collect();
    assert!(texts.iter().any(|it| it.contains('<') || it.contains('"')), "{texts:?}");
    let text = markdown(&page);
    let outside_pictures: String =
        text.split("```").step_by(2).collect::<Vec<_>>().join("").replace("<a id=\"", "");
    let bare = outside_pictures.replace("\"></a>", "").replace("<br>", "");
    let mut before = bare.split('<').collect::<Vec<_>>();
    before.pop();
    assert!(!before.is_empty());
    for text in before {
        assert!(text.ends_with('\\'), "{text}");
    }
}

/// The languages that a protocol declares.
fn declared(machine: &Machine) -> BTreeSet<Language> {
    let protocol = &machine.protocol;
    let own = Language::find(&protocol.language);
    own.into_iter().chain(protocol.languages.iter().copied()).collect()
}

#[test]
fn a_handbook_is_in_every_language_that_its_protocol_declares() {
    let mut seen = BTreeSet::new();
    for Made { machine, sources, page: english } in english() {
        for language in declared(machine).into_iter().filter(|it| *it != Language::En) {
            seen.insert(language);
            let page = handbook(machine, sources, language);
            let place = format!("{} in {}", machine.protocol.id, language.tag());
            assert!(
                html(&page).contains(&format!("<html lang=\"{}\">", language.tag())),
                "{place}"
            );
            assert_eq!(page.sections.len(), english.sections.len(), "{place}");
            for (own, english) in page.sections.iter().zip(&english.sections) {
                assert_ne!(own.title, english.title, "{place}");
            }
            // The titles of a protocol stay in its own language.
            if Language::find(&machine.protocol.language) == Some(language) {
                for line in lines_of(&page) {
                    let found = english_word(line);
                    assert_eq!(found, None, "{place}: {}", line.plain());
                }
            }
        }
    }
    let wanted = [Language::Da, Language::Fr, Language::Nl, Language::Sv];
    assert_eq!(seen, BTreeSet::from(wanted));
}

/// A word of the English phrases that none of the other languages has; names in files are English.
fn english_word(line: &Line) -> Option<String> {
    const ENGLISH: [&str; 14] = [
        "the", "this", "when", "whoever", "which", "goes", "from", "counted", "within", "you",
        "your", "until", "without", "with",
    ];
    let said = line.parts.iter().filter(|it| !matches!(it, Inline::Code(_)));
    let text: String = said.map(Inline::text).collect();
    let mut words = text.split(|it: char| !it.is_alphanumeric()).map(str::to_lowercase);
    words.find(|it| ENGLISH.contains(&it.as_str()))
}

#[test]
fn an_english_word_is_found_where_there_is_one() {
    let (machine, sources) = machine(Path::new("../protocols/conduct"));
    let page = handbook(&machine, &sources, Language::En);
    assert!(lines_of(&page).filter(|it| english_word(it).is_some()).count() > 20);
}
