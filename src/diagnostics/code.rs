//! The registry of stable diagnostic codes.
//!
//! A code is never reused for another fault. Every code has an explanation (see `explain`) and a
//! failing case under `tests/cases/errors/`; a test walks this registry to hold both.

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $id:literal,)+) => {
        /// What kind of fault a diagnostic tells about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])* $name,)+
        }

        /// What a code means, why it is checked and how to mend it; plain text, a few short
        /// paragraphs.
        pub fn explain(code: Code) -> &'static str {
            match code {
                $(Code::$name => include_str!(concat!("explain/", $id, ".txt")),)+
            }
        }

        /// Every code, in order of its number.
        pub const ALL_CODES: &[Code] = &[$(Code::$name,)+];

        impl Code {
            /// The stable printed form, such as `MPS011`.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Code::$name => $id,)+
                }
            }
        }
    };
}

codes! {
    /// A file is not UTF-8 text.
    NotText = "MPS001",
    /// A file is larger than the limit for its kind.
    TooLarge = "MPS002",
    /// A file that every site needs is absent.
    MissingFile = "MPS003",
    /// A file that nothing reads.
    UnexpectedFile = "MPS004",
    /// A file of the data model that this version does not use yet.
    FileNotUsedYet = "MPS005",
    /// A workbook that is locked, of another kind, or damaged.
    UnreadableWorkbook = "MPS006",
    /// A sheet of a workbook that is not read, because no row of it names the columns.
    SheetNotRead = "MPS007",
    /// Rows, columns or a sheet that are hidden, and are read all the same.
    HiddenCells = "MPS008",
    /// YAML that cannot be read at all.
    YamlSyntax = "MPS010",
    /// A key that the record does not have.
    UnknownKey = "MPS011",
    /// A key that the record must have.
    MissingKey = "MPS012",
    /// A value of the wrong kind, such as a word where a number belongs.
    WrongKind = "MPS013",
    /// The same key twice in one record.
    DuplicateKey = "MPS014",
    /// YAML anchors and aliases are not accepted in data files.
    AliasRefused = "MPS015",
    /// A CSV file with unknown, missing or repeated columns, or a row of the wrong length.
    CsvLayout = "MPS016",
    /// A Markdown page without the `---` block it needs at its top.
    FrontMatter = "MPS017",
    /// A cell without a value of its own: an error, a formula not computed, part of a merged cell.
    CellWithoutValue = "MPS018",
    /// An id with characters that do not belong in an address.
    MalformedId = "MPS020",
    /// A record whose id is not the name of its file.
    IdNotFileName = "MPS021",
    /// Two records with one id.
    DuplicateId = "MPS022",
    /// A reference to something that does not exist.
    UnknownReference = "MPS023",
    /// A number that cannot be true.
    ImpossibleNumber = "MPS024",
    /// A date that is not on the calendar or not written year-month-day.
    MalformedDate = "MPS025",
    /// Dates in an order that cannot be.
    DateOrder = "MPS026",
    /// A word that is not one of the accepted ones.
    UnknownWord = "MPS027",
    /// Text of the wrong form: e-mail, address of a page, postcode, colour.
    MalformedText = "MPS028",
    /// A sum of money that is not pounds with at most two decimals.
    MalformedMoney = "MPS029",
    /// Areas that are each other's parents.
    AreaCycle = "MPS030",
    /// An area under a parent of the wrong kind, or without one.
    AreaParent = "MPS031",
    /// An area that does not exist at the date of the edition.
    AreaNotValid = "MPS032",
    /// Beds, people and vacancies of a service that contradict each other.
    BedsContradict = "MPS040",
    /// A service that has a level but no area, so it cannot be analysed.
    ServiceWithoutArea = "MPS041",
    /// Words of the vocabulary that the gaps listed for placements rest on are missing.
    ListingIncomplete = "MPS045",
    /// A number of people that is not `7`, `3-6` or `<5`.
    MalformedPeople = "MPS050",
    /// Personal details of people placed away; they must not be in the folder at all.
    PersonalData = "MPS051",
    /// A placement that says a person is out of area in a service of their own area.
    NotOutOfArea = "MPS052",
    /// A small number of people that is typed into a text, where a published figure belongs.
    SmallNumberTyped = "MPS053",
    /// An exception from the rules on personal details that is not complete or matches nothing.
    DisclosureException = "MPS054",
    /// An e-mail address that names a person or is private, where a role belongs.
    PersonalEmail = "MPS055",
    /// A live site that cannot be published: it has no edition, or this version cannot do it.
    LiveRefused = "MPS060",
    /// An accessibility statement without the content the law asks for.
    AccessibilityIncomplete = "MPS061",
    /// A draft about real people, whose figures are not fully protected yet.
    DraftNotProtected = "MPS062",
    /// The lock of an edition that is not as it was written.
    EditionBroken = "MPS063",
    /// Placements, or what they are held against, that differ from the edition of a live site.
    EditionBehind = "MPS064",
    /// Editions by a profile that tells exact numbers.
    EditionUnsafe = "MPS065",
    /// A small number of people that could be worked out, whatever is withheld.
    CannotProtect = "MPS066",
    /// Noughts that are withheld though the profile would show them.
    NoughtsWithheld = "MPS067",
    /// The audit of the finished site found a figure that must not be told, or not so.
    AuditFailed = "MPS069",
    /// Raw HTML in Markdown.
    RawHtml = "MPS070",
    /// A link to a page or heading that the site does not have.
    BrokenLink = "MPS071",
    /// A link of a kind that is not accepted.
    LinkScheme = "MPS072",
    /// A shortcode that is not written correctly.
    ShortcodeSyntax = "MPS073",
    /// A figure that the site does not publish.
    UnknownFigure = "MPS074",
    /// Headings that skip a level or start at the wrong one.
    HeadingOrder = "MPS075",
    /// Placeholder text left in a page.
    PlaceholderText = "MPS076",
    /// A theme that does not exist, or an override that overrides nothing.
    ThemeFile = "MPS080",
    /// A template that cannot be read or rendered.
    Template = "MPS081",
    /// Two pages that want the same address.
    AddressTaken = "MPS090",
    /// A change that the numbers of its service have already.
    ChangeInRecord = "MPS100",
    /// A change of places that cannot be: none, or more than there are, or of nothing.
    MalformedChange = "MPS101",
    /// Places that are to close before there are places one step down.
    ClosesTooEarly = "MPS102",
    /// A table of population with holes, from which nothing can be projected.
    PopulationIncomplete = "MPS103",
    /// Outcomes without indicator, baseline, target or owner.
    OutcomeIncomplete = "MPS104",
}

impl Code {
    /// The code with this printed form, in any case.
    pub fn parse(text: &str) -> Option<Code> {
        ALL_CODES.iter().copied().find(|code| code.id().eq_ignore_ascii_case(text.trim()))
    }
}
