//! The command line. The doc comments here are the help.

use std::num::NonZero;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// Sanitises production exports into data sets that developers and testers may have.
///
/// Reads CSV and Parquet files, applies rules column by column, and publishes the outcome only when all of it is there
/// and has been checked. What no rule names never passes.
#[derive(Debug, Parser)]
#[command(name = "bowdler", version, max_term_width = 100, after_help = EXIT_CODES)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
   0  done, or clean
   1  findings: the rules and the data have drifted apart
   2  the command line or the rules are wrong
   3  the data does not fit the rules; nothing was published
   5  reading or writing failed; nothing was published
  70  a bug in bowdler; nothing was published";

/// What is printed, and how.
#[derive(Debug, ClapArgs)]
pub(crate) struct OutputArgs {
    /// Print nothing but errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Print the result as JSON on standard output
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Sanitise a file or a folder of exports by a rules file
    Run(RunArgs),
    /// Make and name keys
    Key(KeyArgs),
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

/// Where the key comes from. Without any of these a random key is made for the run and forgotten.
#[derive(Debug, ClapArgs)]
#[group(multiple = false)]
pub(crate) struct KeySourceArgs {
    /// Read the key from this file, which only its owner may read
    ///
    /// Without any key option, the environment variable BOWDLER_KEY_FILE may name the file; without that, a random key
    /// is made for the run and forgotten, so that its tokens link to nothing.
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
    /// Read the key from what this command prints
    #[arg(long, value_name = "COMMAND")]
    pub(crate) key_command: Option<String>,
    /// Read the key from this open file descriptor
    #[arg(long, value_name = "FD")]
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
    /// Make a new random key in a new file that only its owner can read
    New {
        /// The file to make
        file: PathBuf,
    },
    /// Print the id by which manifests name a key
    Id {
        #[command(flatten)]
        keys: KeySourceArgs,
    },
}
