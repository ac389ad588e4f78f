//! `protocol erase`: what is known of a person goes, once it may.

use engine::time::Instant;
use store::erasing::{Unfound, erase as erase_all, look};

use crate::Exit;
use crate::args::Erase;
use crate::kept::{Config, There};
use crate::output::Output;
use crate::render;
use crate::unusable::Unusable;

/// Says what may go; with `--yes` it goes.
pub(crate) fn erase(args: &Erase, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let there = There::open(&Config::of(&args.store)?.choice(&args.store))?;
    let tenants = there.place.tenants()?;
    let tenant = tenants.iter().find(|(_, name)| *name == args.tenant);
    let (tenant, _) = tenant.ok_or_else(|| {
        let names = tenants.iter().map(|it| it.1.as_str());
        Unusable::new(format!("there is no tenant `{}` in this store", args.tenant))
            .maybe_help(engine::diagnostic::nearest_or_listed(&args.tenant, "tenant", names))
    })?;
    let now = output.place().now.unwrap_or_else(|| Instant::from_utc(store::clock::now()));
    let person = args.person.as_str();
    let found = match args.yes {
        true => {
            erase_all(&there.place, *tenant, person, now).map(|it| (it.found, Some(it.n_values)))
        }
        false => look(&there.place, *tenant, person, now).map(|found| (found, None)),
    };
    let (found, erased) = found.map_err(|why| unfound(person, why))?;
    output.data(&render::erased_text(person, &found, erased))?;
    Ok(if found.n_going() == found.n_kept() { Exit::Fine } else { Exit::Wrong })
}

fn unfound(person: &str, why: Unfound) -> anyhow::Error {
    match why {
        Unfound::Nobody => Unusable::new(format!("no case is of a person `{person}`"))
            .help(
                "name the id that cases have as their complainant; for a case of nobody who is \
                   known, its number",
            )
            .into(),
        Unfound::OfPerson(of) => {
            Unusable::new(format!("`{person}` is a case of the person `{of}`"))
                .help(format!("`protocol erase {of}` shows what is kept of all of their cases"))
                .into()
        }
        Unfound::Stop => {
            Unusable::new(format!("`{person}` is a stop, which goes with its case")).into()
        }
        Unfound::Failed(failure) => failure.into(),
    }
}
