//! The words by which numbers of people are told from other numbers, in lists of words with
//! spaces between them.

/// Whether a word is one of a list.
pub(super) fn is_among(word: &str, list: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|known| known == word)
}

/// People by what they are, more than one; and what happens to one person at a time.
const MANY: &str = "\
    people persons patients residents individuals men women children adults clients users \
    tenants inpatients outpatients boys girls teenagers adolescents youngsters pensioners \
    infants babies males females veterans siblings detainees leavers returners youths elders \
    cases placements admissions readmissions discharges referrals detentions deaths suicides \
    incidents escapes transfers evictions removals stayers learners pupils service-users \
    in-patients out-patients re-admissions";
const ONE: &str = "\
    person patient resident individual man woman child adult client tenant inpatient boy girl \
    teenager baby infant case placement admission readmission discharge detention death suicide \
    male female";

/// Whether a word names more than one person; a hyphen may join it to what they are.
pub(super) fn is_many(word: &str) -> bool {
    let bare = word.trim_end_matches(['\'', '’']);
    let last = bare.rsplit('-').next().unwrap_or(bare);
    is_among(bare, MANY) || is_among(last, MANY)
}

/// Whether a word names one person, also as an owner.
pub(super) fn is_one(word: &str) -> bool {
    let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    is_among(bare, ONE)
}

/// Words before a number that make it a name: "level 3", "step 2", "aged 4".
pub(super) const LABELS: &str = "\
    level tier step stage chapter section phase part table figure gap band type group ward year \
    page article regulation rule no number lot objective goal priority option class category \
    grade schedule annex appendix question version edition aged age wave cohort criterion \
    principle standard domain quarter week day month unit room flat bay note item point outcome";

/// Words before a number that make it the least of what may be.
pub(super) const LOWER_BOUNDS: &str = "\
    least over above minimum every per each any beyond";

/// Tens and larger numbers, which a small word may end.
pub(super) const TENS: &str = "\
    twenty thirty forty fifty sixty seventy eighty ninety";

/// What has room for people.
pub(super) const CAPACITY: &str = "\
    home homes house houses flat flats bungalow bungalows service services unit units place \
    places room rooms accommodation apartment apartments bed beds space spaces tenancy tenancies \
    scheme schemes building setting capacity ward registered designed vacancies vacancy living";

/// Words between "of" and those of whom some are counted.
pub(super) const DETERMINERS: &str = "\
    the our these those their its them all his her your whom";

/// Times over which something is a rate.
pub(super) const PERIODS: &str = "\
    year month week day night quarter";

/// Words before "one" that point to somebody.
pub(super) const POINTS_TO_ONE: &str = "\
    only just exactly still was were is currently";

/// Words after "one person" with which something is told of them.
pub(super) const BEGINS_OF_ONE: &str = "\
    was is has had lives lived waits waited remains remained died moved moves waiting placed \
    left who whose from aged living stayed stays came returned went still needs needed detained \
    away with costs cost admitted";

/// Small words that join a count to what follows.
pub(super) const SMALL_WORDS: &str = "\
    is are was were has have had who whose which that with from in at to and or but of for on by \
    as when where while because will would may might can could should must do did does than then \
    there here not so if into under over between after before since during until without within \
    still also out away both home a an the per about again back we they he she it this my our \
    their";

/// Things that are counted beside people: the search for what a number counts ends at them.
pub(super) const THINGS: &str = "\
    year years year-old month months week weeks day days hour hours minute minutes night nights \
    evening evenings morning visits january february march april june july august september \
    october november december pounds pence percent hundred thousand million billion dozen half \
    halves third thirds quarter quarters fifth fifths tenths times cent km miles mile metres bed \
    beds bedroom bedrooms place places room rooms service services provider providers homes \
    house houses flat flats bungalow bungalows ward wards unit units hospital hospitals hospice \
    hospices site sites building buildings council councils board boards trust trusts area areas \
    region regions county counties borough boroughs city cities town towns place-based \
    organisation organisations charity charities company companies association associations \
    agency agencies team teams school schools centre centres clinic clinics scheme schemes \
    tenancy tenancies facility facilities network networks commissioner commissioners vacancies \
    vacancy staff nurse nurses carer carers worker workers doctor doctors manager managers \
    professionals therapist therapists psychologist psychologists psychiatrists co-ordinator \
    co-ordinators advocate advocates officer officers volunteers members directors inspectors \
    families step steps level levels page pages part parts chapter chapters group groups type \
    types kind kinds way ways thing things reason reasons question questions point points goal \
    goals aim aims priorities priority objectives outcome outcomes standards standard lot lots \
    contract contracts bid bids meeting meetings event events workshop workshops session \
    sessions report reports survey surveys review reviews gap gaps figure figures number numbers \
    table tables rating ratings score scores star stars option options change changes model \
    models pilot pilots project projects programme programmes plan plans pathway pathways \
    package packages record records document documents form forms panel panels household \
    households system systems ladder ladders scenario scenarios tag tags need criteria checks \
    rule rules line lines row rows column columns letter letters day-centre policy budget \
    budgets grant grants partner partners authority authorities";

/// Whether the search for what a number counts ends at a word.
pub(super) fn ends_search(word: &str) -> bool {
    is_among(word, THINGS) || is_among(word, SMALL_WORDS)
}

/// Whether a word can be the second number of a share, as in "two people in ten".
pub(super) fn is_whole(word: &str) -> bool {
    super::number(word).is_some() || matches!(word, "ten" | "twenty" | "hundred" | "every")
}

/// Whether these words are the first part of a share, such as "one person in" or "people in".
pub(super) fn is_share_of(noun: &str, count: &str) -> bool {
    (is_one(noun) || is_many(noun)) && super::number(count).is_some()
}
