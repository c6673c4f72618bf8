//! The table of the regulator's words: every spelling of service types and specialisms.
//!
//! Types are kept in the wording of the active locations file, specialisms in the wording of the
//! directory.

/// A service type: its wording in the active locations file, other wordings, and for types that
/// commissioners of adult care buy, the id and name for a first vocabulary.
pub(super) struct TypeWord {
    pub(super) name: &'static str,
    pub(super) aliases: &'static [&'static str],
    pub(super) starter: Option<(&'static str, &'static str)>,
}

/// A specialism: its wording in the directory, other wordings, and the need for a first vocabulary.
pub(super) struct SpecialismWord {
    pub(super) name: &'static str,
    pub(super) aliases: &'static [&'static str],
    pub(super) need: (&'static str, &'static str),
}

const fn word(name: &'static str, aliases: &'static [&'static str]) -> TypeWord {
    TypeWord { name, aliases, starter: None }
}

const fn bought(
    name: &'static str,
    aliases: &'static [&'static str],
    id: &'static str,
    label: &'static str,
) -> TypeWord {
    TypeWord { name, aliases, starter: Some((id, label)) }
}

/// All 33 service types of the active locations file.
pub(super) const TYPES: [TypeWord; 33] = [
    word("Acute services with overnight beds", &["Hospital"]),
    word(
        "Acute services without overnight beds / listed acute services with \
            or without overnight beds",
        &["Clinic"],
    ),
    word("Ambulance service", &["Ambulances", "Ambulance"]),
    word("Blood and Transplant service", &["Blood and transplant"]),
    bought(
        "Care home service with nursing",
        &["Nursing homes", "Nursing home"],
        "care-home-nursing",
        "Care home with nursing",
    ),
    bought(
        "Care home service without nursing",
        &["Residential homes", "Residential home"],
        "care-home",
        "Care home without nursing",
    ),
    bought(
        "Community based services for people who misuse substances",
        &["Community services - Substance abuse"],
        "community-substance-misuse",
        "Community service for people who misuse drugs or alcohol",
    ),
    bought(
        "Community based services for people with a learning disability",
        &["Community services - Learning disabilities"],
        "community-learning-disability",
        "Community service for people with a learning disability",
    ),
    bought(
        "Community based services for people with mental health needs",
        &["Community services - Mental Health"],
        "community-mental-health",
        "Community mental health service",
    ),
    word(
        "Community health care services - Independent Midwives",
        &["Community services - Midwives"],
    ),
    word("Community health care services - Nurses Agency only", &["Community services - Nursing"]),
    bought(
        "Community healthcare service",
        &["Community services - Healthcare"],
        "community-health",
        "Community health service",
    ),
    word("Dental service", &["Dentist", "Dentists"]),
    word("Diagnostic and/or screening service", &["Diagnosis/screening"]),
    word(
        "Diagnostic and/or screening service - single handed sessional providers",
        &["Diagnosis/screening - single handed sessional providers"],
    ),
    word("Doctors consultation service", &["Doctors/GPs"]),
    word("Doctors treatment service", &["Doctors treatment"]),
    bought(
        "Domiciliary care service",
        &["Homecare agencies", "Homecare agency"],
        "home-care",
        "Home care",
    ),
    bought(
        "Extra Care housing services",
        &["Supported housing"],
        "extra-care",
        "Extra care housing",
    ),
    bought("Hospice services", &["Hospice", "Hospices"], "hospice", "Hospice"),
    bought(
        "Hospice services at home",
        &["Home hospice care"],
        "hospice-at-home",
        "Hospice care at home",
    ),
    bought(
        "Hospital services for people with mental health needs, learning \
            disabilities and problems with substance misuse",
        &["Hospitals - Mental health/capacity"],
        "mental-health-hospital",
        "Hospital for people with mental health needs, a learning disability \
            or substance misuse",
    ),
    word("Hyperbaric Chamber", &["Hyperbaric chamber services"]),
    bought(
        "Long term conditions services",
        &["Long-term conditions"],
        "long-term-conditions",
        "Service for people with long-term conditions",
    ),
    word("Mobile doctors service", &["Mobile doctors"]),
    word("Prison Healthcare Services", &["Prison healthcare"]),
    bought(
        "Rehabilitation services",
        &["Rehabilitation (illness/injury)"],
        "rehabilitation",
        "Rehabilitation after illness or injury",
    ),
    word("Remote clinical advice service", &["Phone/online advice"]),
    bought(
        "Residential substance misuse treatment and/or rehabilitation service",
        &["Rehabilitation (substance abuse)"],
        "substance-misuse-rehabilitation",
        "Residential rehabilitation for substance misuse",
    ),
    bought("Shared Lives", &["Shared lives schemes"], "shared-lives", "Shared Lives"),
    bought(
        "Specialist college service",
        &["Specialist college"],
        "specialist-college",
        "Specialist college",
    ),
    bought(
        "Supported living service",
        &["Supported living"],
        "supported-living",
        "Supported living",
    ),
    word("Urgent care services", &["Urgent care centres"]),
];

/// All twelve specialisms, which are the service user bands of the active locations file.
pub(super) const SPECIALISMS: [SpecialismWord; 12] = [
    SpecialismWord {
        name: "Caring for adults over 65 yrs",
        aliases: &["Older People"],
        need: ("older-people", "Older people"),
    },
    SpecialismWord {
        name: "Caring for adults under 65 yrs",
        aliases: &["Younger Adults"],
        need: ("younger-adults", "Adults under 65"),
    },
    SpecialismWord {
        name: "Caring for children",
        aliases: &["Caring for children (0 - 18yrs)", "Children 0-18 years"],
        need: ("children", "Children and young people"),
    },
    SpecialismWord {
        name: "Caring for people whose rights are restricted under the Mental Health Act",
        aliases: &["People detained under the Mental Health Act"],
        need: ("mental-health-act", "People under the Mental Health Act"),
    },
    SpecialismWord { name: "Dementia", aliases: &[], need: ("dementia", "People with dementia") },
    SpecialismWord {
        name: "Eating disorders",
        aliases: &["People with an eating disorder"],
        need: ("eating-disorder", "People with an eating disorder"),
    },
    SpecialismWord {
        name: "Learning disabilities",
        aliases: &["Learning disabilities or autistic spectrum disorder"],
        need: (
            "learning-disability-autism",
            "Autistic people and people with a learning disability",
        ),
    },
    SpecialismWord {
        name: "Mental health conditions",
        aliases: &["Mental Health"],
        need: ("mental-health", "People with a mental health condition"),
    },
    SpecialismWord {
        name: "Physical disabilities",
        aliases: &["Physical Disability"],
        need: ("physical-disability", "People with a physical disability"),
    },
    SpecialismWord {
        name: "Sensory impairments",
        aliases: &["Sensory Impairment"],
        need: ("sensory-impairment", "People with a sensory impairment"),
    },
    SpecialismWord {
        name: "Services for everyone",
        aliases: &["Whole Population"],
        need: ("everyone", "Everyone"),
    },
    SpecialismWord {
        name: "Substance misuse problems",
        aliases: &["People who misuse drugs and alcohol"],
        need: ("substance-misuse", "People who misuse drugs or alcohol"),
    },
];
