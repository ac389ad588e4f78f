//! Questions that can be asked about any period: `history.same("category", "12 months")`.

use crate::script::ExprKind;
use crate::script::Predicate;
use crate::script::Takes;
use crate::script::reading::Extent;
use crate::script::rules;
use crate::script::typing::Context;
use crate::script::typing::Kind;
use crate::script::typing::Typed;
use crate::time::parse_term;
use rhai::Expr as Node;

/// A question whose arguments are names and periods, all of them in quotes.
pub(crate) fn asked(
    context: &mut Context<'_, '_>,
    predicate: &Predicate,
    arguments: &[Node],
    extent: Extent,
) -> Option<Typed> {
    let texts = arguments.iter().map(|it| match it {
        Node::StringConstant(text, _) => Some(text.as_str()),
        _ => None,
    });
    let texts: Option<Vec<&str>> = texts.collect();
    let span = context.written.span(extent);
    let Some(texts) = texts.filter(|it| it.len() == predicate.takes.len()) else {
        let takes = takes(predicate);
        return context.refuse(rules::wrong_arguments(span, &predicate.name, &takes, "others"));
    };
    for ((text, takes), node) in texts.iter().zip(&predicate.takes).zip(arguments) {
        let span = context.written.span_at(node.position());
        match takes {
            Takes::Period => {
                if let Err(fault) = parse_term(text) {
                    let (what, help) = (fault.to_string(), fault.help());
                    return context.refuse(rules::unreadable_period(span, &what, &help));
                }
            }
            Takes::Name(kind, names) if !names.iter().any(|it| it == text) => {
                let place = context.written.located().place;
                let quoted = |name: &str| place.escaped(&format!("\"{name}\""));
                let names = names.iter().map(String::as_str);
                let found = rules::unknown_name(span, text, kind, None, quoted, names);
                return context.refuse(found);
            }
            Takes::Name(..) => {}
        }
    }
    let Some(id) = predicate.cases.get(&texts.join("\", \"")) else {
        // A text with an escape in it, which nobody needs for a period.
        let help = "write it in plain letters and digits, as in \"12 months\"";
        return context.refuse(rules::unreadable_period(span, "the period is escaped", help));
    };
    let of = context.scope.variable(*id)?.of;
    Some(context.make(ExprKind::Var(*id), Kind::Is(of), extent))
}

/// What a question takes, in words.
fn takes(predicate: &Predicate) -> String {
    let each = predicate.takes.iter().map(|it| match it {
        Takes::Period => "a period".to_owned(),
        Takes::Name(kind, _) => format!("the name of a {kind}"),
    });
    format!("{}, in double quotes", each.collect::<Vec<_>>().join(" and "))
}
