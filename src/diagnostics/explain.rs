//! The long explanation of every code, printed by `placewise explain`.

use super::Code;

macro_rules! explanations {
    ($($code:ident = $number:literal,)+) => {
        /// What a code means, why it is checked and how to mend it; plain text, a few short
        /// paragraphs.
        pub fn explain(code: Code) -> &'static str {
            match code {
                $(Code::$code => include_str!(concat!("explain/", $number, ".txt")),)+
            }
        }
    };
}

explanations! {
    NotText = "MPS001",
    TooLarge = "MPS002",
    MissingFile = "MPS003",
    UnexpectedFile = "MPS004",
    FileNotUsedYet = "MPS005",
    UnreadableWorkbook = "MPS006",
    SheetNotRead = "MPS007",
    HiddenCells = "MPS008",
    YamlSyntax = "MPS010",
    UnknownKey = "MPS011",
    MissingKey = "MPS012",
    WrongKind = "MPS013",
    DuplicateKey = "MPS014",
    AliasRefused = "MPS015",
    CsvLayout = "MPS016",
    FrontMatter = "MPS017",
    CellWithoutValue = "MPS018",
    MalformedId = "MPS020",
    IdNotFileName = "MPS021",
    DuplicateId = "MPS022",
    UnknownReference = "MPS023",
    ImpossibleNumber = "MPS024",
    MalformedDate = "MPS025",
    DateOrder = "MPS026",
    UnknownWord = "MPS027",
    MalformedText = "MPS028",
    MalformedMoney = "MPS029",
    AreaCycle = "MPS030",
    AreaParent = "MPS031",
    AreaNotValid = "MPS032",
    BedsContradict = "MPS040",
    ServiceWithoutArea = "MPS041",
    ListingIncomplete = "MPS045",
    MalformedPeople = "MPS050",
    PersonalData = "MPS051",
    NotOutOfArea = "MPS052",
    SmallNumberTyped = "MPS053",
    DisclosureException = "MPS054",
    PersonalEmail = "MPS055",
    LiveRefused = "MPS060",
    AccessibilityIncomplete = "MPS061",
    DraftNotProtected = "MPS062",
    EditionBroken = "MPS063",
    EditionBehind = "MPS064",
    EditionUnsafe = "MPS065",
    CannotProtect = "MPS066",
    AuditFailed = "MPS069",
    RawHtml = "MPS070",
    BrokenLink = "MPS071",
    LinkScheme = "MPS072",
    ShortcodeSyntax = "MPS073",
    UnknownFigure = "MPS074",
    HeadingOrder = "MPS075",
    PlaceholderText = "MPS076",
    ThemeFile = "MPS080",
    Template = "MPS081",
    AddressTaken = "MPS090",
    ChangeInRecord = "MPS100",
    MalformedChange = "MPS101",
    ClosesTooEarly = "MPS102",
    PopulationIncomplete = "MPS103",
    OutcomeIncomplete = "MPS104",
}
