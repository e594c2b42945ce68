//! One pass over some columns of a file: blocks read in order on one thread, looked at by the pool in any order.

use std::sync::{Mutex, PoisonError};

use arrow::array::{Array, ArrayRef};
use arrow::datatypes::Fields;
use rayon::ThreadPool;

use super::super::cells::{Form, unescaped};
use super::super::guard::guarded;
use super::super::look::Clean;
use super::filter::FirstWords;
use super::value::is_date;
use super::words::Words;
use crate::error::Result;
use crate::format::{Block, Source};
use crate::pipeline::{Budget, go_on};
use crate::rules::take_apart;

/// Has every block of these columns, which are ascending, looked at.
///
/// # Errors
/// The file can't be read, or `look` fails. Which of several failures it is is not told by their order.
pub(super) fn each_block(
    source: Source,
    columns: Vec<usize>,
    pool: &ThreadPool,
    block_size: usize,
    look: &(dyn Fn(Box<dyn Block>) -> Result<()> + Sync),
) -> Result<()> {
    let budget = Budget::new(pool.current_num_threads());
    let failure = Mutex::new(None);
    let read = pool.in_place_scope(|workers| {
        let mut reader = source.read_columns(columns, block_size, false)?;
        while let Some(block) = guarded(|| reader.next())? {
            let size = block.size();
            go_on()?;
            budget.take(size);
            let (failure, budget) = (&failure, &budget);
            workers.spawn(move |_| {
                if let Err(error) = guarded(|| look(block)) {
                    failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                }
                budget.give_back(size);
            });
        }
        Ok(())
    });
    read.and_then(|()| failure.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err))
}

/// Notes every word of these columns of a file. A cell that is a day or a time is left out: nobody's value is one.
///
/// # Errors
/// The file can't be read.
pub(in crate::verify) fn each_word(
    source: Source,
    columns: &[usize],
    pool: &ThreadPool,
    block_size: usize,
    found: &FirstWords,
) -> Result<()> {
    let schema = source.schema().clone();
    each_block(source, columns.to_vec(), pool, block_size, &|block| {
        let (mut words, mut known) = (Words::default(), Clean::new());
        for decoded in block.decode()? {
            let decoded = decoded?;
            for (column, array) in columns.iter().zip(decoded.batch.columns()) {
                words_of_column(schema.fields(), *column, array, (&mut words, &mut known), found)?;
            }
        }
        Ok(())
    })
}

fn words_of_column(
    fields: &Fields,
    column: usize,
    array: &ArrayRef,
    (words, known): (&mut Words, &mut Clean),
    found: &FirstWords,
) -> Result<()> {
    let Some(field) = fields.get(column) else { return Ok(()) };
    let mut taken = Vec::new();
    take_apart(field, array, &mut taken)?;
    for leaf in taken {
        let Some(texts) = Form::of(leaf.values.data_type(), true).texts(&leaf.values)? else { continue };
        known.clear();
        for cell in 0..texts.len() {
            if texts.is_null(cell) || known.has(&texts, cell) {
                continue;
            }
            known.add(&texts, cell);
            let text = texts.value(cell);
            if !is_date(text) {
                words.read(unescaped(text).as_deref().unwrap_or(text));
                words.each_word(|hash| found.add(hash));
            }
        }
    }
    Ok(())
}
