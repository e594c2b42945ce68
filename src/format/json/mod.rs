//! JSON: rows are objects, one a line (`.jsonl`, `.ndjson`), or the elements of one list, or one after the other
//! (`.json`).
//!
//! JSON has no schema, so that it is found: a file is read once for its paths ([`find`]), and what then stands at a path
//! decides how it becomes a column ([`tree`]): whole numbers of 64 bits are integers, `true` and `false` are booleans,
//! objects and lists are columns with parts. Everything else is text of which each value keeps its kind: strings, numbers
//! with decimals in the spelling that they have, and paths where several kinds stand. Only where exponents stand are
//! numbers floating-point numbers. What can't be named path by path is one text of JSON: a path at which there are
//! objects in some rows and single values or lists in others, and an object whose names are data. Of a pipe the first
//! 16 MiB are looked at. What the rules name and the file lacks is a column without values, and whatever was not found
//! stops the run ([`decode`]).
//!
//! Null, `{}` and `[]` say that nothing is there, and so does a missing member, which stays missing. What is not
//! rewritten stays to the byte ([`splice`]): spelling, blanks, order, blank lines, a byte order mark.

mod columns;
mod cut;
mod decode;
mod fault;
mod find;
mod fresh;
mod layout;
mod lines;
mod rows;
mod splice;
mod tree;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::buffer::Buffer;
use arrow::datatypes::{DataType, SchemaRef};

use super::bytes::bytes_writer;
use super::{Batches, Block, Digest, Encoder, Format, Reader, Reading, Stream, Writer};
use crate::error::{Error, Place, Result};
use crate::rules::{Encoding, Plan};
use crate::transform::Fate;
use crate::unchecked::Utf8Buffer;

use cut::{Cut, Cutter};
use decode::{Decoder, no_utf8};
use find::Search;
use layout::Layout;
use rows::Rows;
use splice::Splicer;
use tree::{Shape, Tree};

pub use fresh::{json_encoder, json_writer};
pub use lines::Lines;

/// How much of an input that is read once is looked at for its paths, in bytes.
const SAMPLE: usize = 16 << 20;

/// How much is read at a time to find paths, in bytes.
const PIECE: usize = 1 << 20;

/// A JSON file whose paths are known.
pub struct JsonSource {
    input: Input,
    format: Format,
    /// The byte order mark, if the file has one.
    mark: &'static [u8],
    encoding: Encoding,
    tree: Tree,
    schema: SchemaRef,
}

/// Where rows come from.
enum Input {
    /// From a file, from its start.
    File(PathBuf),
    /// From what is open, and can't be opened again.
    Open(Box<Cutter>),
}

impl JsonSource {
    /// Opens a file and reads all of it for its paths.
    ///
    /// # Errors
    /// The file can't be read, is no JSON, or has rows that are no objects.
    pub fn open(path: &Path, format: Format) -> Result<Self> {
        let mut cutter = Cutter::new(Stream::open(path)?, format == Format::JsonLines)?;
        let mut search = Search::default();
        loop {
            let cuts = pieces(&mut cutter, rayon::current_num_threads())?;
            if cuts.is_empty() {
                let (mark, encoding) = (cutter.mark(), cutter.encoding());
                let input = Input::File(path.to_path_buf());
                let schema = search.tree.schema();
                return Self { input, format, mark, encoding, schema, tree: search.tree }.settled(path);
            }
            search.add(&cuts).map_err(|error| error.in_file(path))?;
        }
    }

    /// The same of an input that is read once: its beginning is looked at.
    ///
    /// # Errors
    /// As of [`open`](Self::open).
    pub fn from_stream(input: Stream, format: Format) -> Result<Self> {
        let path = input.path().to_path_buf();
        let mut cutter = Cutter::new(input, format == Format::JsonLines)?;
        let cuts = pieces(&mut cutter, SAMPLE / PIECE)?;
        let mut search = Search::default();
        search.add(&cuts).map_err(|error| error.in_file(&path))?;
        cutter.put_back(cuts);
        let (mark, encoding) = (cutter.mark(), cutter.encoding());
        let (input, schema) = (Input::Open(Box::new(cutter)), search.tree.schema());
        Self { input, format, mark, encoding, schema, tree: search.tree }.settled(&path)
    }

    fn settled(mut self, path: &Path) -> Result<Self> {
        self.settle().map_err(|error| error.in_file(path))?;
        Ok(self)
    }

    fn settle(&mut self) -> Result<()> {
        let settled = self.tree.settle();
        settled.map_err(|fault| fault.tell(|node| self.tree.path(node), Place::default()))?;
        self.schema = self.tree.schema();
        Ok(())
    }

    /// The encoding of the file. What is written is UTF-8.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Makes columns of paths that the rules name and the file lacks, as far as they fit what it has.
    ///
    /// # Errors
    /// Two paths are written alike.
    pub fn expect<'p>(&mut self, paths: impl Iterator<Item = &'p str>) -> Result<()> {
        paths.for_each(|path| self.tree.expect(path));
        self.settle()
    }

    /// The columns of the file.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Whether rows are lines, or elements of a list.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The types of the columns that have numbers of text which a plan keeps, with floating-point numbers in their place,
    /// by column; none for the other columns.
    pub fn inferred(&self, plan: &Plan) -> Vec<Option<DataType>> {
        let mut fates = vec![None; self.tree.len()];
        for (leaf, report) in self.tree.leaves().into_iter().zip(plan.report()) {
            if let Some(fate) = fates.get_mut(leaf as usize) {
                *fate = Some(report.fate);
            }
        }
        self.tree.columns().iter().map(|column| self.tree.number_type(*column, &fates)).collect()
    }

    /// No rule can keep what can't be named path by path.
    ///
    /// # Errors
    /// The plan keeps such a column.
    pub fn check(&self, plan: &Plan) -> Result<()> {
        let is_kept = |(leaf, report): &(u32, crate::rules::LeafReport)| {
            self.tree.node(*leaf).shape == Shape::Raw && (report.fate == Fate::Keep || report.transform == "keep")
        };
        match self.tree.leaves().into_iter().zip(plan.report()).find(is_kept) {
            None => Ok(()),
            Some((leaf, report)) => Err(Error::data(
                "there are objects here in some rows and other values in others, or objects whose names are data, so \
                 that no rule can name everything in it",
            )
            .at(self.tree.odd_one(leaf))
            .in_column(&report.leaf.path)
            .with_help("name its parts in a rule `{ do = \"json\", paths = { … } }`, or drop it")),
        }
    }

    /// Makes what encodes rows of this file for a plan, as lines or as a list, and what writes them.
    ///
    /// # Errors
    /// The file can't be written.
    pub(super) fn target<W: Write + Send + 'static>(
        &self,
        to: Format,
        plan: &Plan,
        file: W,
        path: &Path,
    ) -> Result<(Box<dyn Encoder>, Box<dyn Writer>)> {
        let stays = self.format == to;
        let encoder = Splicer::new(&Arc::new(self.tree.clone()), plan, (!stays).then_some(to))?;
        // What else stands round the rows is in the blocks.
        let writer = if stays { bytes_writer(file, path, self.mark)? } else { json_writer(to, file, path)? };
        Ok((Box::new(encoder), writer))
    }

    /// Starts reading, in blocks of about `block_size` bytes.
    ///
    /// # Errors
    /// The file can't be opened again.
    pub(super) fn read(self, reading: &Reading, block_size: usize) -> Result<Box<dyn Reader>> {
        let cutter = match self.input {
            Input::File(path) => Cutter::new(Stream::open(&path)?, self.format == Format::JsonLines)?,
            Input::Open(cutter) => *cutter,
        };
        Ok(Box::new(JsonReader {
            cutter,
            block_size,
            rows: reading.counts_rows.then_some(0),
            layout: Arc::new(Layout::new(Arc::new(self.tree), reading)),
        }))
    }
}

/// The next pieces of a file, at most so many.
fn pieces(cutter: &mut Cutter, most: usize) -> Result<Vec<Cut>> {
    let mut cuts = Vec::with_capacity(most);
    while cuts.len() < most.max(1) {
        match cutter.next(PIECE)? {
            Some(cut) => cuts.push(cut),
            None => break,
        }
    }
    Ok(cuts)
}

/// Cuts a JSON file into runs of rows.
struct JsonReader {
    cutter: Cutter,
    block_size: usize,
    /// The rows before the next block, if they are counted.
    rows: Option<u64>,
    layout: Arc<Layout>,
}

impl Reader for JsonReader {
    fn next(&mut self) -> Result<Option<Box<dyn Block>>> {
        let Some(cut) = self.cutter.next(self.block_size)? else { return Ok(None) };
        let first_row = self.rows;
        if let Some(rows) = &mut self.rows {
            *rows += cut.rows.count(&cut.bytes);
        }
        let Cut { bytes, rows, start } = cut;
        Ok(Some(Box::new(JsonBlock { bytes, rows, start, first_row, layout: Arc::clone(&self.layout) })))
    }

    fn position(&self) -> u64 {
        self.cutter.position()
    }

    fn finish(self: Box<Self>) -> Result<Digest> {
        self.cutter.finish()
    }
}

/// A run of whole rows.
struct JsonBlock {
    bytes: Vec<u8>,
    rows: Rows,
    start: Option<u64>,
    first_row: Option<u64>,
    layout: Arc<Layout>,
}

impl Block for JsonBlock {
    fn size(&self) -> usize {
        self.bytes.len()
    }

    fn first_row(&self) -> Option<u64> {
        self.first_row
    }

    fn decode(self: Box<Self>) -> Result<Batches> {
        let bytes = Buffer::from_vec(self.bytes);
        let text = Utf8Buffer::new(bytes.clone()).map_err(|at| no_utf8(&bytes, at, self.start))?;
        Ok(Box::new(Decoder::new(self.layout, text, self.rows, self.start)))
    }
}
