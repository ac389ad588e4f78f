//! Every text of every letter.

use crate::diagnostic::Diagnostics;
use crate::inspect::Assigned;
use crate::letter::lint::avoid;
use crate::letter::lint::confidential;
use crate::letter::lint::sample;
use crate::letter::lint::stated::Stated;
use crate::letter::lint::sure::Sure;
use crate::letter::lint::walk::{Walk, Where};
use crate::letter::place::Place;
use crate::letter::render::may_know;
use crate::letter::rules;
use crate::machine::Machine;
use crate::model::{Form, Letter, LetterId, LetterText, Protocol, Statement};
use crate::text::Spanned;

/// The parts that a letter of form `formal` must have.
const FORMAL_PARTS: [&str; 2] = ["salutation", "closing"];

/// Adds everything that is wrong with the texts of the letters. Each of them is written once with
/// sample values, and once with nothing but what is surely known.
pub fn lint(machine: &Machine, out: &mut Diagnostics) {
    let protocol = &machine.protocol;
    for letter in &protocol.letters {
        form(letter, protocol, out);
    }
    if protocol.letter_texts.is_empty() {
        states(protocol, out);
        return;
    }
    let known = Assigned::of(machine);
    for text in &protocol.letter_texts {
        let Some(letter) = protocol.letters.get(text.letter.index()) else { continue };
        let sure = Sure::of(text.letter, &known, machine);
        let mut found = Diagnostics::default();
        one(letter, text, &sure, protocol, &mut found);
        if !found.has_errors() {
            sample::write(text, &sure, protocol, &mut found);
        }
        for it in &found {
            out.push(it.clone());
        }
    }
}

/// What letters that have no text yet must state.
fn states(protocol: &Protocol, out: &mut Diagnostics) {
    for (place, letter) in protocol.letters.iter().enumerate() {
        let span = protocol.rule(letter.rule).span;
        for stated in letter.states.iter().filter_map(Place::of) {
            confidential::look(&stated, LetterId::at(place), protocol, span, out);
        }
    }
}

/// A letter of a form that its channel cannot carry.
fn form(letter: &Letter, protocol: &Protocol, out: &mut Diagnostics) {
    let channel = letter.channel.and_then(|it| protocol.channels.get(it.index()));
    if let (Some(Form::Formal), Some(channel)) = (letter.form, channel)
        && !channel.written
    {
        let span = protocol.rule(letter.rule).span;
        out.push(rules::letter_not_written(&letter.name, &channel.name, span));
    }
}

fn one(
    letter: &Letter,
    text: &LetterText,
    sure: &Sure<'_>,
    protocol: &Protocol,
    out: &mut Diagnostics,
) {
    let tells_others = others(letter, protocol);
    let mut stated = Stated::default();
    let mut is_whole = true;
    for line in text.sender.iter().chain([&text.subject]) {
        let place = Where::Line(line.span);
        let mut walk = Walk::new(protocol, text.language, sure, &tells_others, place, out);
        match walk.template(&line.value) {
            Some(said) => stated.add(said),
            None => is_whole = false,
        }
    }
    let place = Where::Body(text);
    let mut walk = Walk::new(protocol, text.language, sure, &tells_others, place, out);
    match walk.template(&text.body) {
        Some(said) => stated.add(said),
        None => is_whole = false,
    }
    // What a text that cannot be read leaves out, nobody can tell.
    if is_whole {
        leaves_out(letter, text, &stated, protocol, out);
    }
    let phrases = letter.avoid.iter().filter(|(language, _)| *language == text.language);
    for phrase in phrases.flat_map(|(_, phrases)| phrases) {
        avoided(phrase, text, out);
    }
}

/// Those who receive a letter and must not learn what is personal about the complainant.
fn others(letter: &Letter, protocol: &Protocol) -> Vec<String> {
    let parties = letter.to.iter().chain(&letter.copy);
    let parties = parties.flat_map(|it| crate::inspect::parties(*it, protocol));
    let others = parties.filter(|it| !may_know(*it, protocol));
    others.map(|it| protocol.party_name(it).to_owned()).collect()
}

fn leaves_out(
    letter: &Letter,
    text: &LetterText,
    stated: &Stated,
    protocol: &Protocol,
    out: &mut Diagnostics,
) {
    for statement in &letter.states {
        let missing = match (statement, Place::of(statement)) {
            (Statement::Block(name), _) => {
                (!stated.blocks.contains(name)).then(|| format!("block.{name}"))
            }
            (_, Some(place)) => {
                let known = place.clone().known_with();
                (!stated.places.contains(&known)).then(|| place.name(protocol))
            }
            (_, None) => None,
        };
        if let Some(missing) = missing {
            let rule = protocol.rule(letter.rule).span;
            out.push(rules::letter_leaves_out(&letter.name, &missing, text.span, rule));
        }
    }
    if letter.form == Some(Form::Formal) {
        for part in FORMAL_PARTS.iter().filter(|it| !stated.blocks.contains(**it)) {
            out.push(rules::letter_form_incomplete(&letter.name, part, text.span));
        }
    }
}

fn avoided(phrase: &Spanned<String>, text: &LetterText, out: &mut Diagnostics) {
    for range in avoid::places(&text.body, &phrase.value) {
        out.push(rules::letter_says_avoided(phrase, text.place(range)));
    }
    if avoid::places(&text.subject.value, &phrase.value).next().is_some() {
        out.push(rules::letter_says_avoided(phrase, text.subject.span));
    }
}
