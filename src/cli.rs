//! The command line as it is typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Builds a searchable care directory, a gap analysis and a market position statement from one
/// folder of YAML and Markdown.
#[derive(Debug, Parser)]
#[command(name = "placewise", version, about, propagate_version = true)]
pub struct Cli {
    /// What to do; without a command, the site is built.
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub shared: Shared,
}

/// Where the site is written unless told otherwise.
pub const OUT: &str = "public";

/// What stands for no file in `disclosure --out`.
pub const REPORT_TO_TERMINAL: &str = "-";

/// Settings of every command.
#[derive(Clone, Debug, Args)]
pub struct Shared {
    /// The site folder, which holds `data` and `content`.
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    pub site: PathBuf,
    /// Where the site is written.
    #[arg(long, global = true, value_name = "DIR", default_value = OUT)]
    pub out: PathBuf,
    /// A folder outside the site that takes the place of `data/placements`.
    #[arg(long, global = true, value_name = "DIR")]
    pub placements: Option<PathBuf>,
    /// How errors and warnings are printed, and the gaps of `gaps`.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Print errors and warnings only.
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Print how long each step took.
    #[arg(long, global = true)]
    pub timings: bool,
    /// Work everything out again, and keep nothing of it for the next time.
    #[arg(long, global = true)]
    pub no_cache: bool,
}

/// How errors, warnings and results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs: JSON; errors and warnings one on each line.
    Json,
    /// For spreadsheets; only for the gaps of `gaps`.
    Csv,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the site and write it (the default).
    Build,
    /// Check everything and render every page, without writing.
    Check {
        /// List only what is out of date or bears no date, and whom to ask, provider by provider.
        #[arg(long)]
        stale: bool,
    },
    /// Show the site in a browser on this computer, and again after every save.
    Serve(ServeOptions),
    /// Print the names of all figures that texts can quote, with their published values.
    Figures,
    /// Write the exact figures behind the site to a private file, for your own analyst.
    ///
    /// The file holds small numbers about people and is not for publication: only you can read it,
    /// and it is refused inside the site folder, the output and every published folder.
    Workings {
        /// The file to write, outside the site folder and every published folder. Other commands
        /// take a folder here.
        #[arg(long, value_name = "FILE.json")]
        out: PathBuf,
    },
    /// Print what was withheld and by which rules, or write a private report on it.
    ///
    /// What is printed stands on the site too. The report says which figures rest on few people,
    /// why each of the others is withheld, and what would help; it is not for publication. Only you
    /// can read it, and it is refused inside the site folder, the output and every published
    /// folder.
    Disclosure {
        /// The report to write, outside the site folder and every published folder. Other commands
        /// take a folder here. With `-`, nothing is written and the note of the site is printed.
        #[arg(long, value_name = "FILE.md", default_value = REPORT_TO_TERMINAL)]
        out: PathBuf,
    },
    /// Print the published gaps as a table, or as CSV or JSON (`--format`).
    Gaps,
    /// Say which published gaps the services of a provider's file would answer.
    ///
    /// It also names those that a service misses by one thing, and which thing.
    Match {
        /// A provider's file as in `data/providers`, or one service by itself.
        #[arg(value_name = "FILE.yaml")]
        file: PathBuf,
        /// A site folder, a built site, or its download of gaps; without it, the site folder of
        /// `--site`.
        #[arg(long, value_name = "DIR|gaps.json")]
        against: Option<PathBuf>,
    },
    /// Make an edition: freeze what a live site tells of people and gaps.
    ///
    /// It writes one file into `data/editions`, which holds nothing but published figures and is to
    /// be committed. What was published cannot be changed; the next edition is held against it.
    Edition {
        /// Its name, the one in `data/site.yaml`, such as "Autumn 2026".
        name: String,
        /// The role that signs it off, such as "Director of Commissioning"; never a person's name.
        #[arg(long, value_name = "ROLE")]
        signed_off_by: String,
        /// Say what would be frozen and what differs, and write nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Make a new site folder to start from.
    New {
        /// The folder; it must be empty or not exist.
        dir: PathBuf,
    },
    /// Bring a public file into a site folder.
    Import {
        /// What kind of file it is.
        #[command(subcommand)]
        source: ImportSource,
    },
    /// Explain a code of an error or warning, such as MPS011.
    Explain {
        /// The code.
        code: String,
    },
}

/// Kinds of files that can be imported.
#[derive(Debug, Subcommand)]
pub enum ImportSource {
    /// The register of the Care Quality Commission, as CSV: the care directory, the list of active
    /// locations, or an extract of its API. The layout is recognised by its headings.
    Cqc(ImportCqc),
}

/// Settings of `import cqc`.
#[derive(Debug, Args)]
pub struct ImportCqc {
    /// The register file.
    pub file: PathBuf,
    /// The site folder; what it lacks to be built is added.
    #[arg(long, value_name = "DIR")]
    pub into: PathBuf,
    /// Take only services of these local authorities.
    #[arg(long = "local-authority", value_name = "NAME", num_args = 1..)]
    pub local_authorities: Vec<String>,
    /// How to read dates such as 04/11/2020 when their column does not prove it.
    #[arg(long, value_enum)]
    pub date_order: Option<DayOrMonth>,
    /// Say what would happen and write nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// Order of day and month in dates with slashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DayOrMonth {
    /// 04/11/2020 is in November.
    DayFirst,
    /// 04/11/2020 is in April.
    MonthFirst,
}

/// Settings of `placewise serve`.
#[derive(Clone, Debug, Args)]
pub struct ServeOptions {
    /// The port on this computer; without it, the first free one from 4040.
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Open the site in a browser.
    #[arg(long)]
    pub open: bool,
    /// Look for changes each second, where the system cannot tell of them (network drives).
    #[arg(long)]
    pub poll: bool,
}
