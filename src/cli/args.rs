//! The command line. The doc comments here are the help.

use std::num::NonZero;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::format::Format;
use crate::report::FORMATS;
use crate::rules::Encoding;

/// Sanitise production exports into data sets that developers and testers may have
///
/// bowdler reads CSV, Parquet and JSON files, applies rules column by column, and publishes the outcome only when all of it
/// is there and has been checked. What no rule names never passes.
#[derive(Debug, Parser)]
#[command(name = "bowdler", version, max_term_width = 100, after_help = AFTER_HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const AFTER_HELP: &str = "\
Streams:
  Results go to standard output, everything else to standard error. `-` is standard input or output, as in
  `pg_dump shop | bowdler run rules.toml - | psql -1 -v ON_ERROR_STOP=1 staging`.

Environment:
  BOWDLER_KEY_FILE  the key file, where no key option names a key; never the key itself

Exit codes:
   0  done, or clean
   1  findings: something of people was found (`verify`); the rules and the data have drifted apart (`check`); or
      warnings, under `check --strict`
   2  the command line, the rules or the key are wrong
   3  the data does not fit the rules; nothing was published
   4  could not look at everything; nothing is claimed (`verify`)
   5  reading or writing failed; nothing was published
  70  a bug in bowdler; nothing was published";

/// What is printed, and how.
#[derive(Debug, ClapArgs)]
pub(crate) struct OutputArgs {
    /// Print nothing but errors and results
    ///
    /// Leaves out notes, progress, the summary of `run` and the tables of `check`, whose answer is the exit code.
    #[arg(long, short, global = true, help_heading = "Output")]
    pub(crate) quiet: bool,
    /// Print the result as JSON on standard output
    #[arg(long, global = true, help_heading = "Output")]
    pub(crate) json: bool,
    /// Write errors and notes on standard error in this form
    ///
    /// `json` is one object a line, with level and message, and file, record, line, byte, column and help where they
    /// are known.
    #[arg(long, global = true, value_name = "FORM", default_value = "text", help_heading = "Output")]
    pub(crate) log_format: LogFormat,
}

/// How errors and notes are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people
    #[default]
    Text,
    /// One JSON object a line
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Sanitise a file or a folder of exports by a rules file
    Run(RunArgs),
    /// Check a rules file, alone or against exports, without reading data
    ///
    /// Without `--from`, checks the rules alone. With it, binds them to every file by its header or footer and says for
    /// each column which rule won and what happens to it.
    Check(CheckArgs),
    /// Show what the rules do to the first rows
    ///
    /// Writes nothing. Source values are shown as their shape, as in `Aaa-9999`, and so are values that stay as they
    /// are. What a rule lets through of a value, such as the last digits of a masked number, is shown as it would be
    /// published.
    Preview(PreviewArgs),
    /// Look at exports and write rules for them, to be read and edited
    ///
    /// Looks at a sample of the rows of every file and proposes a rule for each column, with the reason beside it. What
    /// is not known to be harmless is not kept. The rules hold no value of the data, and `run` accepts them at once.
    Init(InitArgs),
    /// Sanitise a file without a rules file
    ///
    /// Looks at all rows first: a column stays only on evidence that nobody can be found by it, as measures, flags,
    /// moments and words that many rows share give it. Everything else is faked, tokenised, coarsened or dropped. Then
    /// the file is read again and published as by `run`.
    Mask(MaskArgs),
    /// Give back the source values of a data set's reversible columns
    ///
    /// Undoes `encrypt` where the rule says `reversible = true`; every other column is carried as it is. It takes the
    /// key and the rules file that the data set was made with, and publishes as `run` does. What it publishes is
    /// production data again: its manifest says which columns were revealed.
    Reveal(RevealArgs),
    /// Verify that files hold nothing of people
    ///
    /// Looks at every cell of every row, nested values too, at the names of files and columns, and at what writers leave
    /// in files beside the data. No rules are needed. What is told of a finding is where it is and its shape, never the
    /// value. A data set that has a manifest of bowdler's is judged by it: treated columns by what their rule makes.
    Verify(VerifyArgs),
    /// List the transforms, or explain one
    Transforms(TransformsArgs),
    /// Make and name keys
    Key(KeyArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or write all of them to a folder
    Man(ManArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct RunArgs {
    /// The rules file
    pub(crate) rules: PathBuf,
    /// The export: a file, a folder of files, or `-` for standard input
    #[arg(value_name = "PATH", required_unless_present = "from")]
    pub(crate) export: Option<PathBuf>,
    /// The same as an option
    #[arg(long, value_name = "PATH", conflicts_with = "export")]
    pub(crate) from: Option<PathBuf>,
    /// The data set to publish: a file if the export is one, a folder if it is one
    ///
    /// `-` is standard output, and the default if the export is standard input. What goes there is sanitised already,
    /// but it can't be taken back: if the run fails after the first byte, a dump ends so that loading it fails too, and
    /// the exit code is not 0. Load it in one transaction.
    #[arg(long, short = 'o', value_name = "PATH")]
    pub(crate) to: Option<PathBuf>,
    /// Replace the data set that stands at the destination
    #[arg(long)]
    pub(crate) replace: bool,
    /// The format of standard input; that of a dump is found out, and that of a table told by its `files`
    #[arg(long, value_name = "FORMAT", help_heading = "Pipes")]
    pub(crate) format: Option<FormatArg>,
    /// The table of the rules that standard input belongs to, if it is no dump and the rules have several
    #[arg(long, value_name = "NAME", help_heading = "Pipes")]
    pub(crate) table: Option<String>,
    /// Write the manifest to this file, which must not exist, if the data goes to standard output
    #[arg(long, value_name = "FILE", help_heading = "Pipes")]
    pub(crate) manifest: Option<PathBuf>,
    /// Write this format instead of each input's own
    #[arg(long, value_name = "FORMAT")]
    pub(crate) to_format: Option<FormatArg>,
    /// Compress the files of a folder in this way instead of each as its input is
    ///
    /// The name of a single output file says how it is compressed. What is compressed is the same with any number of
    /// threads. Parquet compresses what is in it itself, and stays as it is.
    #[arg(long, value_name = "COMPRESSION")]
    pub(crate) compress: Option<CompressionArg>,
    /// Look for source values in every column of what is about to be published
    ///
    /// Of the columns that the rules treat, no value that tells whose it is may stand in the output, whole or inside a
    /// text; if one does, nothing is published. By default they are looked for in the columns through which text passes
    /// from the source: kept ones, redacted ones, JSON of which something stays. With this option they are looked for in
    /// those that the rules make anew, too, which takes several times as long.
    #[arg(long, help_heading = "Survivors")]
    pub(crate) check_survivors: bool,
    /// Do not look for source values before publishing; the manifest says so
    #[arg(long, conflicts_with_all = ["check_survivors", "allow_survivors"], help_heading = "Survivors")]
    pub(crate) no_check_survivors: bool,
    /// Let source values stand in output columns of this name; the manifest says so
    #[arg(long, value_name = "COLUMN", help_heading = "Survivors")]
    pub(crate) allow_survivors: Vec<String>,
    /// Leave a keyed filter of the source values that the rules treat, for `verify --survivors`
    ///
    /// It holds a tag of each value, made with the key, by which `verify` finds the value in any files later, without the
    /// source. Without the key the tags tell nothing; whoever has both can test whether a value stood in the source: keep
    /// it where the key is kept, never beside the data set. It needs a key that is given, is written with mode 0600, and
    /// is there only if the run has published. The manifest says that it was left.
    #[arg(long, value_name = "FILE", help_heading = "Survivors")]
    pub(crate) survivors: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) keys: KeySourceArgs,
    /// How many threads work on the data; one a core by default. The output is the same with any number
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZero<usize>>,
    /// The size of the blocks that files are cut into, in bytes. The output is the same with any size
    #[arg(long, value_name = "BYTES", hide = true)]
    pub(crate) block_size: Option<NonZero<usize>>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CheckArgs {
    /// The rules file
    pub(crate) rules: PathBuf,
    /// The export to check the rules against: a file, or a folder of files
    #[arg(long, value_name = "PATH")]
    pub(crate) from: Option<PathBuf>,
    /// Exit with 1 if there are warnings
    ///
    /// Warnings are of rules that are allowed, and weaker than they may look: tokens so short that two values may share
    /// one, a mask that shows most of a value, tokens that do not join. They are shown without this option too.
    #[arg(long)]
    pub(crate) strict: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct PreviewArgs {
    /// The rules file
    pub(crate) rules: PathBuf,
    /// The export: a file, or a folder of files
    #[arg(long, value_name = "PATH")]
    pub(crate) from: PathBuf,
    /// How many rows of each file are shown, at most 1000
    #[arg(long, value_name = "N", default_value = "5", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(crate) rows: u16,
    /// Show the files of this table of the rules alone
    #[arg(long, value_name = "NAME")]
    pub(crate) table: Option<String>,
    /// Show source values instead of their shapes
    ///
    /// What is shown then is production data. It is for a terminal of somebody who may see it, not for a log.
    #[arg(long)]
    pub(crate) show_source: bool,
    #[command(flatten)]
    pub(crate) keys: KeySourceArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct InitArgs {
    /// The export: a file, or a folder of files
    pub(crate) from: PathBuf,
    /// Write the rules to this file, which must not exist; to standard output by default
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// How many rows of each file are looked at, about, spread over the file
    #[arg(long, value_name = "N", default_value = "10000")]
    pub(crate) sample: NonZero<u64>,
    /// Look at all rows
    #[arg(long, conflicts_with = "sample")]
    pub(crate) all: bool,
    /// The encoding of CSV files that have no byte order mark, such as windows-1252; UTF-8 by default
    #[arg(long, value_name = "ENCODING", value_parser = encoding)]
    pub(crate) encoding: Option<Encoding>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct MaskArgs {
    /// The export
    pub(crate) from: PathBuf,
    /// The file to publish; its ending says its format, and whether it is compressed (`.gz`, `.zst`)
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// The encoding of a CSV file that has no byte order mark, such as windows-1252; UTF-8 by default
    ///
    /// What is published has the same.
    #[arg(long, value_name = "ENCODING", value_parser = encoding)]
    pub(crate) encoding: Option<Encoding>,
    /// Write what was done as rules to this file, which must not exist
    #[arg(long, value_name = "FILE")]
    pub(crate) save_rules: Option<PathBuf>,
    /// Replace the file that stands at the destination
    #[arg(long)]
    pub(crate) replace: bool,
    #[command(flatten)]
    pub(crate) keys: KeySourceArgs,
    /// How many threads work on the data; one a core by default. The output is the same with any number
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZero<usize>>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct RevealArgs {
    /// The rules file that the data set was made by
    pub(crate) rules: PathBuf,
    /// The data set: a file with its manifest beside it, or a folder that holds it
    #[arg(long, value_name = "PATH")]
    pub(crate) from: PathBuf,
    /// Where to publish: a file if the data set is one, a folder if it is one
    #[arg(long, value_name = "PATH")]
    pub(crate) to: PathBuf,
    /// Replace the data set that stands at the destination
    #[arg(long)]
    pub(crate) replace: bool,
    #[command(flatten)]
    pub(crate) keys: KeySourceArgs,
    /// How many threads work on the data; one a core by default. The output is the same with any number
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZero<usize>>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct VerifyArgs {
    /// Files, or folders of files
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Judge columns by what these rules make of them
    ///
    /// Columns that they treat are held to it: tokens look like tokens, dropped columns are gone, masked ones masked;
    /// and what no rule names is a finding.
    #[arg(long, value_name = "FILE")]
    pub(crate) rules: Option<PathBuf>,
    /// Look for values of this source in them: a file or a folder, what they were made of
    ///
    /// Of the columns that rules or a manifest say were treated, or without those of the columns that tell whose a row
    /// is, no value may stand anywhere, whole or inside a text. The source is read twice, and none of it is shown.
    #[arg(long, value_name = "PATH")]
    pub(crate) against: Option<PathBuf>,
    /// Look for the values in them that a run has left a keyed filter of; it takes the key of the run
    ///
    /// Without the source, values are compared by tags of 96 bits, so that a chance find is out of the question: the
    /// report gives the odds.
    #[arg(long, value_name = "FILE", conflicts_with = "against")]
    pub(crate) survivors: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) keys: KeySourceArgs,
    /// Have the detectors judge every column, whatever a manifest says
    #[arg(long)]
    pub(crate) no_manifest: bool,
    /// How sure a finding must be to count
    #[arg(long, value_name = "GRADE", default_value = "certain", help_heading = "What counts")]
    pub(crate) fail_on: GradeArg,
    /// How many hits are tolerated
    #[arg(long, value_name = "N", default_value = "0", help_heading = "What counts")]
    pub(crate) max: u64,
    /// In how many cells of a column there must be a possible hit of one kind for it to count
    #[arg(long, value_name = "N", default_value = "1", help_heading = "What counts")]
    pub(crate) min_hits: u64,
    /// In which share of a column's cells, from 0 to 1, there must be one
    #[arg(long, value_name = "SHARE", default_value = "0", value_parser = share, help_heading = "What counts")]
    pub(crate) min_ratio: f64,
    /// Let pass what this TOML file lists
    ///
    /// `values` are exact, `patterns` are regular expressions that must match a hit as a whole, and `columns` are tables
    /// of `column` and, if wanted, `file` and `entities`.
    #[arg(long, value_name = "FILE", help_heading = "What counts")]
    pub(crate) allow: Option<PathBuf>,
    /// Count only what this file does not know
    #[arg(long, value_name = "FILE", help_heading = "What counts")]
    pub(crate) baseline: Option<PathBuf>,
    /// Write what was found to a baseline: places, kinds and counts, no values
    #[arg(long, value_name = "FILE", help_heading = "What counts")]
    pub(crate) write_baseline: Option<PathBuf>,
    /// Look for the patterns and words of this TOML file, too
    ///
    /// Tables `[patterns.NAME]` with `regex`, `words` or `words_file`, and if wanted `columns` and `grade`.
    #[arg(long, value_name = "FILE")]
    pub(crate) patterns: Option<PathBuf>,
    /// Write the report in this format; text by default, or with `--json` JSON
    #[arg(long, value_name = "FORMAT", value_parser = report_format(), help_heading = "The report")]
    pub(crate) format: Option<&'static str>,
    /// Write the report to this file, over what is there
    #[arg(long, short, value_name = "FILE", help_heading = "The report")]
    pub(crate) output: Option<PathBuf>,
    /// Show counts from 1 to below N as `< N`, and not where they are: a small count can single out one person
    #[arg(long, value_name = "N", help_heading = "The report")]
    pub(crate) round_below: Option<u64>,
    /// The encoding of text files that have no byte order mark, such as windows-1252, where neither rules nor a manifest
    /// say it; UTF-8 by default
    #[arg(long, value_name = "ENCODING", value_parser = encoding)]
    pub(crate) encoding: Option<Encoding>,
    /// Look at one row in N only, spread over each file
    #[arg(long, value_name = "N")]
    pub(crate) sample: Option<NonZero<u64>>,
    /// How many threads look at the data; one a core by default. The report is the same with any number
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZero<usize>>,
    /// The size of the blocks that files are cut into, in bytes. The report is the same with any size
    #[arg(long, value_name = "BYTES", hide = true)]
    pub(crate) block_size: Option<NonZero<usize>>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum GradeArg {
    /// What chance does not explain
    Certain,
    /// What has the shape, too
    Possible,
}

/// The name of a format of reports.
fn report_format() -> impl TypedValueParser<Value = &'static str> {
    PossibleValuesParser::new(FORMATS.iter().map(|format| PossibleValue::new(format.name()).help(format.summary())))
        .map(|name| FORMATS.iter().map(|format| format.name()).find(|known| *known == name).unwrap_or_default())
}

/// An encoding of text.
fn encoding(name: &str) -> Result<Encoding, String> {
    Encoding::parse(name).ok_or_else(|| format!("known are {}", Encoding::NAMES))
}

/// A share, from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    let share = text.parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "a share is a number from 0 to 1".to_owned())
}

#[derive(Debug, ClapArgs)]
pub(crate) struct TransformsArgs {
    /// The transform to explain
    pub(crate) name: Option<String>,
    /// Print the reference of all transforms in Markdown
    #[arg(long, hide = true, conflicts_with = "name")]
    pub(crate) markdown: bool,
}

/// Where the key comes from. Without any of these a random key is made for the run and forgotten.
#[derive(Debug, ClapArgs)]
#[group(multiple = false)]
pub(crate) struct KeySourceArgs {
    /// Read the key from this file, which only its owner may read
    ///
    /// Without any key option, the environment variable BOWDLER_KEY_FILE may name the file; without that, a random key
    /// is made for the run and forgotten, so that its tokens link to nothing.
    #[arg(long, value_name = "FILE", help_heading = "Key")]
    pub(crate) key_file: Option<PathBuf>,
    /// Read the key from what this command prints
    ///
    /// The command is run by `/bin/sh -c`, and must succeed. It is where a secret manager is asked.
    #[arg(long, value_name = "COMMAND", help_heading = "Key")]
    pub(crate) key_command: Option<String>,
    /// Read the key from this open file descriptor
    #[arg(long, value_name = "FD", help_heading = "Key")]
    pub(crate) key_fd: Option<u32>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum FormatArg {
    Csv,
    Tsv,
    Psv,
    Parquet,
    Arrow,
    #[value(name = "arrows")]
    ArrowStream,
    #[cfg(feature = "avro")]
    Avro,
    #[cfg(feature = "xlsx")]
    Xlsx,
    /// A dump of a database
    Dump,
}

impl From<FormatArg> for Format {
    fn from(format: FormatArg) -> Self {
        match format {
            FormatArg::Csv => Self::Csv,
            FormatArg::Tsv => Self::Tsv,
            FormatArg::Psv => Self::Psv,
            FormatArg::Parquet => Self::Parquet,
            FormatArg::Arrow => Self::Arrow,
            FormatArg::ArrowStream => Self::ArrowStream,
            #[cfg(feature = "avro")]
            FormatArg::Avro => Self::Avro,
            #[cfg(feature = "xlsx")]
            FormatArg::Xlsx => Self::Xlsx,
            FormatArg::Dump => Self::Dump,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum CompressionArg {
    /// Not at all
    None,
    Gzip,
    Zstd,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct KeyArgs {
    #[command(subcommand)]
    pub(crate) command: KeyCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    /// Make a new random key in a new file that only its owner can read, and print its id
    ///
    /// The file holds 32 random bytes as 64 hexadecimal digits, and has mode 0600; a file that exists is never
    /// overwritten. With this key the same values become the same tokens, in every run. Whoever has it can find out
    /// which token is whose: keep it where production secrets are kept, never beside the rules or the data, and where
    /// developers and testers can't read it. Without it, old tokens can't be made again.
    New {
        /// The file to make
        file: PathBuf,
    },
    /// Print the id by which manifests name a key
    ///
    /// The id is a check value, from which nothing of the key can be learnt. The key is the one that the key options
    /// or BOWDLER_KEY_FILE name.
    Id {
        #[command(flatten)]
        keys: KeySourceArgs,
    },
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: Shell,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ManArgs {
    /// Write the page of every command to this folder, which is made if it is not there
    #[arg(long, value_name = "FOLDER")]
    pub(crate) to: Option<PathBuf>,
}
