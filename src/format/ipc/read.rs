use std::collections::VecDeque;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::ArrayRef;
use arrow::datatypes::{DataType, Metadata, Schema, SchemaRef};

use super::decode::{Batch, IpcBlock, Shared, enter};
use super::dictionaries::{Dictionaries, number};
use super::footer::{Footer, MAGIC, Piece};
use super::input::{Input, piece_of};
use super::message::{Compression, Kind, Message, malformed};
use super::schema::{keyed_schema, viewed_schema};
use super::stream::Messages;
use crate::error::{Error, ErrorKind, Result};
use crate::format::parquet::Notes;
use crate::format::{Block, Digest, Reader, Reading, Stream};

/// How many rows a block has at most.
const PART: u64 = 65_536;

/// What the first version of Feather starts with, which is another format.
const FEATHER_1: [u8; 4] = *b"FEA1";

/// An Arrow file or stream whose schema has been read.
pub struct IpcSource {
    path: PathBuf,
    written: SchemaRef,
    schema: SchemaRef,
    compression: Compression,
    messages: Kinds,
    /// Keys and values that its writer noted beside the data.
    notes: Vec<(String, String)>,
}

/// Where the messages come from.
enum Kinds {
    File {
        file: File,
        length: u64,
        dictionaries: Vec<Piece>,
        batches: Vec<Piece>,
    },
    /// A stream, with what has been read of it already: nothing but dictionaries, and the first record batch.
    Stream {
        messages: Box<Messages>,
        ahead: VecDeque<Message>,
    },
}

impl IpcSource {
    /// Opens an Arrow file or stream, whichever it is, and reads it up to its first record batch.
    ///
    /// # Errors
    /// The file can't be read, or is malformed.
    pub fn open(path: &Path) -> Result<Self> {
        let cannot = |error: std::io::Error| Error::io("open the file", path, &error);
        let mut file = File::open(path).map_err(cannot)?;
        let mut start = Vec::new();
        file.by_ref().take(MAGIC.len() as u64).read_to_end(&mut start).map_err(cannot)?;
        file.rewind().map_err(cannot)?;
        let opened = if start == MAGIC {
            Self::open_file(file, path)
        } else if start.starts_with(&FEATHER_1) {
            Err(Error::data("this is a file of the first version of Feather, which is no Arrow file")
                .with_help("write it anew with a current version of Arrow"))
        } else {
            return Self::from_stream(Stream::open(path)?);
        };
        opened.map_err(|error| error.in_file(path))
    }

    fn open_file(mut file: File, path: &Path) -> Result<Self> {
        let cannot = |error: std::io::Error| Error::io("read the file", path, &error);
        let length = file.metadata().map_err(cannot)?.len();
        let Footer { schema: written, dictionaries, batches, notes } = Footer::read(&mut file, length, path)?;
        let mut compression = Compression::None;
        if let Some(first) = batches.first() {
            let bytes = piece_of(&file, &first.range).map_err(cannot)?;
            compression = Message::of_block(&bytes, first.metadata)?.compression.unwrap_or(Compression::None);
        }
        Ok(Self {
            path: path.to_path_buf(),
            schema: viewed_schema(&written),
            written,
            compression,
            messages: Kinds::File { file, length, dictionaries, batches },
            notes,
        })
    }

    /// Reads an Arrow stream up to its first record batch.
    ///
    /// # Errors
    /// It can't be read or is malformed; [`ErrorKind::Usage`] for what is no stream but a file.
    pub fn from_stream(mut input: Stream) -> Result<Self> {
        let path = input.path().to_path_buf();
        if input.peek(MAGIC.len())? == MAGIC {
            return Err(Error::new(ErrorKind::Usage, "an Arrow file can't be read through a pipe")
                .with_help("read it from a file, or write it as a stream of Arrow"));
        }
        Self::read_stream(input, &path).map_err(|error| error.in_file(&path))
    }

    fn read_stream(input: Stream, path: &Path) -> Result<Self> {
        let mut messages = Box::new(Messages::new(input));
        let first = messages.next()?.filter(|message| message.kind == Kind::Schema);
        let none = || Error::data("this is neither an Arrow file nor a stream: it has no schema");
        let written = first.ok_or_else(none)?.schema()?;
        let mut ahead = VecDeque::new();
        let mut compression = Compression::None;
        while let Some(message) = messages.next()? {
            let is_batch = matches!(message.kind, Kind::Batch(_));
            compression = message.compression.unwrap_or(Compression::None);
            ahead.push_back(message);
            if is_batch {
                break;
            }
        }
        Ok(Self {
            path: path.to_path_buf(),
            schema: viewed_schema(&written),
            written,
            compression,
            messages: Kinds::Stream { messages, ahead },
            notes: Vec::new(),
        })
    }

    /// The columns of the file. Text has the type Utf8View, bytes have BinaryView; dictionaries are what they point to.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Whether it is a stream, not a file with a footer.
    pub fn is_stream(&self) -> bool {
        matches!(self.messages, Kinds::Stream { .. })
    }

    /// The schema as it is in the file.
    pub(super) fn written(&self) -> &SchemaRef {
        &self.written
    }

    /// How the first record batch is compressed.
    pub(super) fn compression(&self) -> Compression {
        self.compression
    }

    /// The dictionaries of these columns: all that a file has, and none of a stream, where they come with the rows.
    fn dictionaries(&self, columns: &[usize]) -> Result<Dictionaries> {
        let mut found = Dictionaries::of(&self.written, columns);
        if let Kinds::File { file, dictionaries, .. } = &self.messages
            && !found.is_empty()
        {
            for piece in dictionaries {
                let bytes = piece_of(file, &piece.range);
                let bytes = bytes.map_err(|error| Error::io("read the file", &self.path, &error))?;
                let message = Message::of_block(&bytes, piece.metadata)?;
                if message.kind != Kind::Dictionary {
                    return Err(malformed());
                }
                enter(&mut found, &message)?;
            }
        }
        Ok(found)
    }

    /// The values of a column's dictionary, where their order means something and no other column shares them.
    ///
    /// # Errors
    /// The file can't be read, or is malformed.
    pub(super) fn ordered_values(&self, column: usize) -> Result<Option<ArrayRef>> {
        let Some(field) = self.written.fields().get(column) else { return Ok(None) };
        let DataType::Dictionary(_, values) = field.data_type() else { return Ok(None) };
        let Some(number) = number(field).filter(|_| field.dict_is_ordered() == Some(true)) else { return Ok(None) };
        #[allow(deprecated, reason = "the number is what the file has")]
        let is_shared = self.written.fields_with_dict_id(number).len() > 1;
        if is_shared {
            return Ok(None);
        }
        let dictionaries = self.dictionaries(&[column]).map_err(|error| error.in_file(&self.path))?;
        Ok(dictionaries.whole(field).and_then(|whole| super::fresh::fresh(whole, values).ok()))
    }

    /// What the file says beside its rows: metadata, and the values of dictionaries, of which there may be some that no
    /// row has.
    pub fn notes(&self) -> Notes {
        let mut texts = self.notes.clone();
        let mut note = |metadata: &Metadata| {
            texts.extend(metadata.iter().map(|(key, value)| (key.to_string(), value.to_string())));
        };
        note(self.written.metadata());
        let fields = self.written.flattened_fields();
        fields.iter().for_each(|field| note(field.metadata()));
        let keys: Vec<_> = texts.iter().map(|(key, _)| ("key".to_owned(), key.clone())).collect();
        texts.extend(keys);
        texts.sort();
        texts.dedup();
        let mut notes = Notes { texts, ..Notes::default() };
        let all: Vec<usize> = (0..self.written.fields().len()).collect();
        let has_dictionaries = !Dictionaries::of(&self.written, &all).is_empty();
        match self.dictionaries(&all) {
            Ok(found) => {
                for field in fields {
                    notes.dictionaries.extend(found.texts(field).map(|texts| (field.name().clone(), texts)));
                }
            }
            Err(_) => notes.unseen.push((
                "its dictionaries can't be read or are too large: values in them that no row has were not looked at",
                "write it without dictionaries",
            )),
        }
        if has_dictionaries && self.is_stream() {
            notes.unseen.push((
                "it is a stream with dictionaries: values in them that no row has were not looked at",
                "write it as an Arrow file, or without dictionaries",
            ));
        }
        notes
    }

    /// Starts reading, a run of rows of one record batch a block.
    ///
    /// # Errors
    /// The file can't be read.
    pub(in crate::format) fn read(self, reading: &Reading) -> Result<Box<dyn Reader>> {
        let wanted = &reading.wanted;
        let dictionaries = self.dictionaries(wanted).map_err(|error| error.in_file(&self.path))?;
        let fields = wanted.iter().filter_map(|column| self.schema.fields().get(*column).cloned());
        let batch_schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let shared = Shared {
            path: self.path,
            keyed: keyed_schema(&self.written),
            written: self.written,
            wanted: wanted.clone(),
            schema: batch_schema,
        };
        let messages = match self.messages {
            Kinds::File { file, length, batches, .. } => {
                let in_order =
                    batches.windows(2).all(|pair| matches!(pair, [one, next] if one.range.end <= next.range.start));
                let input = Input::start(file, in_order);
                let input = input.map_err(|error| Error::io("read the file", &shared.path, &error))?;
                Source::File { input, length, batches: batches.into_iter() }
            }
            Kinds::Stream { messages, ahead } => Source::Stream { messages, ahead },
        };
        Ok(Box::new(IpcReader {
            source: messages,
            dictionaries: Arc::new(dictionaries),
            open: None,
            rows: 0,
            shared: Arc::new(shared),
        }))
    }
}

enum Source {
    File { input: Input, length: u64, batches: std::vec::IntoIter<Piece> },
    Stream { messages: Box<Messages>, ahead: VecDeque<Message> },
}

/// Reads record batches one after the other.
struct IpcReader {
    source: Source,
    dictionaries: Arc<Dictionaries>,
    /// A record batch of which not all blocks have been given out, and the rows that have.
    open: Option<(Arc<Batch>, u64)>,
    /// The rows of all blocks that have been given out.
    rows: u64,
    shared: Arc<Shared>,
}

impl IpcReader {
    /// The next record batch; in a stream, after what comes to its dictionaries before it.
    fn batch(&mut self) -> Result<Option<(Message, u64)>> {
        loop {
            let message = match &mut self.source {
                Source::File { input, batches, .. } => match batches.next() {
                    None => None,
                    Some(piece) => {
                        let bytes = input.piece(&piece.range);
                        let bytes = bytes.map_err(|error| Error::io("read the file", &self.shared.path, &error))?;
                        Some(Message::of_block(&bytes, piece.metadata)?)
                    }
                },
                Source::Stream { messages, ahead } => match ahead.pop_front() {
                    Some(message) => Some(message),
                    None => messages.next()?,
                },
            };
            let Some(message) = message else { return Ok(None) };
            match message.kind {
                Kind::Batch(rows) => return Ok(Some((message, rows))),
                Kind::Dictionary if matches!(self.source, Source::Stream { .. }) => {
                    enter(Arc::make_mut(&mut self.dictionaries), &message)?;
                }
                Kind::Dictionary | Kind::Schema => return Err(malformed()),
            }
        }
    }
}

impl Reader for IpcReader {
    fn next(&mut self) -> Result<Option<Box<dyn Block>>> {
        let (batch, given) = match self.open.take() {
            Some(open) => open,
            None => match self.batch().map_err(|error| error.in_file(&self.shared.path))? {
                None => return Ok(None),
                Some((message, rows)) => {
                    let (dictionaries, shared) = (Arc::clone(&self.dictionaries), Arc::clone(&self.shared));
                    (Arc::new(Batch::new(message, rows, dictionaries, shared)), 0)
                }
            },
        };
        let end = given.saturating_add(PART).min(batch.rows);
        if end < batch.rows {
            self.open = Some((Arc::clone(&batch), end));
        }
        let first_row = self.rows;
        self.rows += end - given;
        Ok(Some(Box::new(IpcBlock { batch, rows: given..end, first_row })))
    }

    fn position(&self) -> u64 {
        match &self.source {
            Source::File { input, .. } => input.position(),
            Source::Stream { messages, .. } => messages.position(),
        }
    }

    fn finish(self: Box<Self>) -> Result<Digest> {
        let path = &self.shared.path;
        let cannot = |error: std::io::Error| Error::io("read the file", path, &error);
        match self.source {
            Source::File { input, length, .. } => {
                let digest = input.finish().map_err(cannot)?;
                if digest.bytes != length {
                    return Err(Error::data("the file changed while it was read").in_file(path));
                }
                Ok(digest)
            }
            Source::Stream { messages, .. } => messages.finish(),
        }
    }
}
