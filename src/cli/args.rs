//! The command line. The doc comments here are the help.

use std::num::NonZero;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Sanitise production exports into data sets that developers and testers may have
///
/// bowdler reads CSV and Parquet files, applies rules column by column, and publishes the outcome only when all of it
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
  Results go to standard output, everything else to standard error.

Environment:
  BOWDLER_KEY_FILE  the key file, where no key option names a key; never the key itself

Exit codes:
   0  done, or clean
   1  findings: the rules and the data have drifted apart; or warnings, under `check --strict`
   2  the command line, the rules or the key are wrong
   3  the data does not fit the rules; nothing was published
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
    /// The export: a file, or a folder of files
    #[arg(long, value_name = "PATH")]
    pub(crate) from: PathBuf,
    /// The data set to publish: a file if the export is one, a folder if it is one
    #[arg(long, value_name = "PATH")]
    pub(crate) to: PathBuf,
    /// Replace the data set that stands at the destination
    #[arg(long)]
    pub(crate) replace: bool,
    /// Write this format instead of each input's own
    #[arg(long, value_name = "FORMAT")]
    pub(crate) to_format: Option<FormatArg>,
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
}

#[derive(Debug, ClapArgs)]
pub(crate) struct MaskArgs {
    /// The export
    pub(crate) from: PathBuf,
    /// The file to publish; its ending says its format
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,
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
    Parquet,
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
