//! `protocol register template`: the columns of a register, and no row.

use std::io::BufWriter;

use register::out::{self, Format};
use register::viewer::Viewer;

use crate::Exit;
use crate::args::Template;
use crate::command::register::{format, in_file, no_table, no_terminal, reads_nothing};
use crate::command::scenario::spares_protocols;
use crate::load;
use crate::output::Output;

/// Writes the template of one protocol.
pub(super) fn template(args: &Template, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let format = format(args.format, args.output.as_deref(), args.table.as_deref())?;
    let (machine, _) = load::usable(&args.path)?;
    let mut viewer = Viewer::Anybody;
    if !args.roles.is_empty() {
        viewer = Viewer::Roles(args.roles.clone());
        if !viewer.reads_cases(&machine) {
            let names = machine.protocol.roles.iter().map(|it| it.name.as_str()).collect();
            return Err(reads_nothing(&args.roles, &names).into());
        }
    }
    let table = args.table.as_deref();
    match (&args.output, format) {
        (None, Format::Xlsx) => return Err(no_terminal().into()),
        (None, Format::Csv) => {
            out::template_csv(&machine, &viewer, table, output.stdout())?
                .map_err(|tables| no_table(table, &tables))?;
        }
        (Some(file), format) => {
            spares_protocols(file)?;
            in_file(file, |to| match format {
                Format::Csv => {
                    let written = out::template_csv(&machine, &viewer, table, BufWriter::new(to))?;
                    written.map_err(|tables| no_table(table, &tables).into())
                }
                Format::Xlsx => out::template_xlsx(&machine, &viewer, BufWriter::new(to)),
            })?;
        }
    }
    Ok(Exit::Fine)
}
