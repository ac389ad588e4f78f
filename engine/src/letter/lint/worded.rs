//! Words that a text prints for names, in its language.

use minijinja::machinery::ast::Expr;

use crate::letter::entries::{Part, field_of};
use crate::letter::lint::walk::Walk;
use crate::letter::place::Place;
use crate::letter::rules;
use crate::letter::values::word;
use crate::model::{FieldKind, Stop, WordsFor};
use crate::script::SetId;

/// A list of names, what its words are for, and those of them that are meant, with their places.
type Names<'a> = (String, WordsFor, Vec<(usize, &'a str)>);

impl<'a> Walk<'a, '_> {
    /// Reports what has no word in the language of the text: the values of a choice, the titles
    /// of those who may be meant, a text.
    pub(crate) fn words(&mut self, place: &Place, expr: &Expr<'_>) {
        let Some((list, of, names)) = self.names_of(place) else { return };
        let has_word = |place: usize| word(self.protocol, of, place, self.language).is_some();
        let without = names.iter().filter(|(place, _)| !has_word(*place));
        let without: Vec<&str> = without.map(|(_, name)| *name).collect();
        if !without.is_empty() && self.worded.insert(place.clone()) {
            let span = self.span(expr.span());
            self.out.push(rules::word_missing(&list, &without, self.language, span));
        }
    }

    /// The list of names of which a place prints the word of one, and those that it may print.
    fn names_of(&self, place: &Place) -> Option<Names<'a>> {
        let protocol = self.protocol;
        let set = |set: SetId| {
            let names = protocol.scope.set(set).map(|it| it.names.as_slice()).unwrap_or_default();
            names.iter().map(String::as_str).enumerate().collect::<Vec<_>>()
        };
        let roles = || protocol.roles.iter().map(|it| it.name.as_str()).enumerate();
        Some(match place {
            Place::Words(id) => {
                let field = protocol.fields.get(id.index())?;
                match field.kind {
                    FieldKind::Role(_) => ("roles".to_owned(), WordsFor::Roles, roles().collect()),
                    FieldKind::Choice(names) => {
                        (field.name.clone(), WordsFor::Field(*id), set(names))
                    }
                    _ => return None,
                }
            }
            Place::Entry(record, Part::Words(field)) => {
                let list = place.clone().known_with().name(protocol);
                match field_of(place, protocol)?.field.kind {
                    FieldKind::Role(_) => ("roles".to_owned(), WordsFor::Roles, roles().collect()),
                    FieldKind::Choice(names) => {
                        (list, WordsFor::Entry(*record, *field), set(names))
                    }
                    _ => return None,
                }
            }
            Place::SeverityWord => {
                ("severity".to_owned(), WordsFor::Severity, set(protocol.sets.levels?))
            }
            Place::HandlerTitle => {
                let handles =
                    |at: usize| protocol.ladder.iter().any(|it| it.handled_by.index() == at);
                let handlers = roles().filter(|(at, _)| handles(*at)).collect();
                ("roles".to_owned(), WordsFor::Roles, handlers)
            }
            Place::OwnerTitle => ("roles".to_owned(), WordsFor::Roles, roles().collect()),
            Place::ChannelTitle => {
                let names = protocol.channels.iter().map(|it| it.name.as_str()).enumerate();
                ("channels".to_owned(), WordsFor::Channels, names.collect())
            }
            Place::StopSays => {
                let sends = |stop: &Stop| stop.letters().any(|it| it == self.sure.letter);
                let stops = protocol.stops.iter().enumerate().filter(|(_, it)| sends(it));
                let names = stops.map(|(at, it)| (at, it.name.as_str())).collect();
                ("stops".to_owned(), WordsFor::Stops, names)
            }
            Place::Text(wanted) => {
                let names = protocol.texts.iter().map(|(name, _)| name.as_str()).enumerate();
                let one = names.filter(|(_, name)| *name == wanted.as_str()).collect();
                ("texts".to_owned(), WordsFor::Texts, one)
            }
            _ => return None,
        })
    }
}
