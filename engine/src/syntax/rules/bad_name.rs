//! A name holds what names may not hold.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::name::NameFault;
use crate::syntax::name::declared_fault;
use crate::syntax::name::shown;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("bad-name");

/// A name that is declared or mentioned, and what is wrong with it.
pub(crate) fn bad_name(name: &str, fault: NameFault, span: Span) -> Diagnostic {
    let shown = shown(name);
    let (message, label) = match fault {
        NameFault::Empty => ("a name is empty".to_owned(), "nothing stands here".to_owned()),
        NameFault::TooLong(bytes_max) => (
            format!("the name `{shown}` is {} bytes long, at most {bytes_max} fit", name.len()),
            "too long".to_owned(),
        ),
        NameFault::Start(first) => (
            format!("the name `{shown}` starts with `{first}`"),
            "a name starts with a letter".to_owned(),
        ),
        NameFault::NotTheFile => (
            format!("the id `{shown}` is not the name of its file"),
            "calendars use the name of the file".to_owned(),
        ),
        NameFault::Character(other) => (
            format!("the name `{shown}` holds {}", described(other)),
            format!("holds {}", described(other)),
        ),
    };
    let help = match fault {
        NameFault::Character(other) if other.is_alphabetic() => {
            "write names with the letters a to z; a title may hold any letter"
        }
        NameFault::NotTheFile => "give the file and the set the same name",
        _ => "a name is letters a to z, digits, `_` and `-`, and starts with a letter",
    };
    let found = Diagnostic::new(CODE, message, span, label).help(help);
    match in_plain_letters(name) {
        Some(plain) => found.fix(format!("write `{plain}`"), span, format!("\"{plain}\"")),
        None => found,
    }
}

/// The name with every look-alike replaced by the letter that readers take it for, if nothing
/// else is wrong with it.
fn in_plain_letters(name: &str) -> Option<String> {
    let plain = |it: char| if it.is_ascii() { Some(it) } else { looks_like(it) };
    let plain: String = name.chars().map(plain).collect::<Option<String>>()?;
    (plain != name && declared_fault(&plain).is_none()).then_some(plain)
}

fn described(character: char) -> String {
    if character == ' ' {
        return "a blank".to_owned();
    }
    if character.is_ascii_graphic() {
        return format!("`{character}`");
    }
    let shown = if character.is_control() { ' ' } else { character };
    match looks_like(character) {
        Some(letter) => format!(
            "`{shown}` (U+{:04X}), which only looks like the letter `{letter}`",
            u32::from(character)
        ),
        None => format!("`{shown}` (U+{:04X})", u32::from(character)),
    }
}

/// The ASCII letter that a Cyrillic or Greek letter is most easily taken for.
const fn looks_like(character: char) -> Option<char> {
    Some(match character {
        'а' | 'α' => 'a',
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'с' => 'c',
        'С' => 'C',
        'ԁ' => 'd',
        'е' => 'e',
        'Е' | 'Ε' => 'E',
        'һ' => 'h',
        'Н' | 'Η' => 'H',
        'і' | 'ι' => 'i',
        'І' | 'Ι' => 'I',
        'ј' => 'j',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'о' | 'ο' => 'o',
        'О' | 'Ο' => 'O',
        'р' | 'ρ' => 'p',
        'Р' | 'Ρ' => 'P',
        'ѕ' => 's',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'υ' => 'u',
        'ν' => 'v',
        'х' => 'x',
        'Х' | 'Χ' => 'X',
        'у' => 'y',
        'У' | 'Υ' => 'Y',
        'Ζ' => 'Z',
        _ => return None,
    })
}
