use std::num::NonZero;
use std::path::Path;

use super::inputs::place_of;
use super::{Input, Inputs, Passage};
use crate::error::{Error, ErrorKind, Result};
use crate::format::Decoded;
use crate::key::Keyring;
use crate::rules::{Cell, Delivery, LeafReport, Plan, Rules};

/// The size of the blocks that a preview reads, in bytes, where the format leaves that open.
const BLOCK_SIZE: usize = 64 << 10;

/// What the rules make of the first rows of a file. It holds source values: they come out by
/// [`Cell::reveal`] alone.
#[derive(Debug)]
pub struct Preview {
    /// The file.
    pub input: Input,
    /// The name of its table.
    pub table: String,
    /// What happens to each leaf.
    pub columns: Vec<LeafReport>,
    /// The first rows.
    pub rows: Vec<PreviewRow>,
}

/// What the rules make of one row.
#[derive(Debug)]
pub struct PreviewRow {
    /// The number of its record in the file, from 1.
    pub record: u64,
    /// What they make of each leaf, in the order of [`Preview::columns`].
    pub leaves: Vec<Glance>,
}

/// What the rules make of one leaf in one row.
#[derive(Debug)]
pub struct Glance {
    /// The source values: one, or as many as the lists of the row have. None of a leaf that is dropped, unless another
    /// rule reads it.
    pub before: Vec<Cell>,
    /// What they become. A value that does not conform and would be reported is null here.
    pub after: Vec<Cell>,
    /// How many values do not conform and would be reported, so that a run publishes nothing.
    pub invalid: u64,
    /// How many values do not conform and become what the rule's `on_invalid` says.
    pub treated: u64,
}

/// Applies the rules to the first `rows` rows of every file, or of those of one table. Reads no more of a file than its
/// first blocks, and writes nothing.
///
/// # Errors
/// As of [`run`](super::run), but for the destination; [`ErrorKind::Usage`] if there is no such table, or no file of
/// it. Values that do not conform are no error.
pub fn preview(
    rules: &Rules,
    from: &Path,
    keys: &Keyring,
    rows: NonZero<usize>,
    table: Option<&str>,
) -> Result<Vec<Preview>> {
    let table = table.map(|name| place_of(rules, name)).transpose()?;
    let inputs = Inputs::find(rules, from)?;
    let wanted: Vec<&Input> =
        inputs.files().iter().filter(|input| table.is_none_or(|table| input.table == table)).collect();
    if wanted.is_empty() {
        return Err(Error::new(ErrorKind::Usage, "there is no file of this table here").in_file(from));
    }
    wanted.into_iter().map(|input| preview_file(rules, input, keys, rows.get())).collect()
}

fn preview_file(rules: &Rules, input: &Input, keys: &Keyring, wanted: usize) -> Result<Preview> {
    read_first(rules, input, keys, wanted).map_err(|error| input.untold(error.in_file(&input.path)))
}

fn read_first(rules: &Rules, input: &Input, keys: &Keyring, wanted: usize) -> Result<Preview> {
    let (source, plan) = Passage::forward(rules, keys).open(input, |_| Delivery::Decoded)?;
    let mut reader = source.read(&plan, BLOCK_SIZE)?;
    let mut rows = Vec::with_capacity(wanted);
    let mut lines = reader.lines_before();
    while rows.len() < wanted {
        let Some(block) = reader.next()? else { break };
        let first_row = block.first_row().unwrap_or(0);
        let (mut block_rows, mut block_lines) = (0, 0);
        // Places count from the start of a block, which starts after the rows that are there already.
        let (rows_before, lines_before) = (rows.len() as u64, lines);
        let locate = |error: Error, rows, lines| error.after(rows_before + rows, lines_before + lines);
        for decoded in block.decode().map_err(|error| locate(error, 0, 0))? {
            let decoded = decoded.map_err(|error| locate(error, block_rows, block_lines))?;
            glance(&plan, &decoded, first_row + block_rows, wanted, &mut rows)?;
            block_rows += decoded.batch.num_rows() as u64;
            block_lines += decoded.lines();
            if rows.len() == wanted {
                break;
            }
        }
        lines += block_lines;
    }
    Ok(Preview { input: input.clone(), table: plan.table().to_owned(), columns: plan.report().collect(), rows })
}

/// Applies the plan row by row, so that what happened is known of each row, until there are as many rows as wanted.
fn glance(plan: &Plan, decoded: &Decoded, first_row: u64, wanted: usize, rows: &mut Vec<PreviewRow>) -> Result<()> {
    for row in 0..decoded.batch.num_rows().min(wanted - rows.len()) {
        let batch = decoded.batch.slice(row, 1);
        let applied = plan.apply(&batch, first_row + row as u64)?;
        let cells = plan.cells_before(&batch)?.into_iter().zip(plan.cells_after(&applied.batch)?);
        let leaves = cells
            .zip(&applied.counts)
            .map(|((before, after), counts)| Glance { before, after, invalid: counts.invalid, treated: counts.treated })
            .collect();
        rows.push(PreviewRow { record: rows.len() as u64 + 1, leaves });
    }
    Ok(())
}
