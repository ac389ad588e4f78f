use crate::diagnostic::Diagnostics;
use crate::text::LineIndex;
use crate::text::SourceSet;

fn sources(protocol: &str) -> SourceSet {
    let holidays = "id = \"nl\"\ntitle = \"Netherlands\"\nsource = \"Algemene termijnenwet\"\n\
                    [[holiday]]\nname = \"Christmas\"\non = \"25 december\"\n";
    let english = holidays.replace("\"nl\"", "\"england-and-wales\"");
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    SourceSet::new(
        "",
        [
            file("protocol.toml", protocol),
            file("shipped:calendars/nl.toml", holidays),
            file("shipped:calendars/england-and-wales.toml", &english),
        ],
    )
}

fn shown(sources: &SourceSet, out: &Diagnostics) -> String {
    let line = |fault: &crate::diagnostic::Diagnostic| {
        let span = fault.primary.span;
        let text = sources.get(span.file).unwrap().readable();
        let at = LineIndex::new(text).line_column(text, span.range().start);
        format!("{} {}:{} {}\n", fault.code.name, at.line, at.column, fault.message)
    };
    out.iter().map(line).collect()
}

#[track_caller]
fn check(protocol: &str, expected: &str) {
    let sources = sources(protocol);
    let (_, out) = crate::load(&sources);
    assert_eq!(shown(&sources, &out), expected);
}

#[test]
fn the_housing_code_loads() {
    check(include_str!("../../../protocols/uk-housing-code/protocol.toml"), "");
}

#[test]
fn the_protocol_of_a_small_business_loads() {
    check(include_str!("../../../protocols/small-business/protocol.toml"), "");
}
