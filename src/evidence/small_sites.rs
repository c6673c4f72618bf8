//! What small fictional sites of tests have in common: their settings, areas and words, and numbers
//! that look random and are the same every time.

/// `data/site.yaml` of an example.
pub(in crate::evidence) const SITE: &str = "{title: T, base_url: \"https://e.example.org/\", publisher: P, status: example, \
     contact: {email: t@example.org}, \
     edition: {name: E, date: 2026-11-02, as_at: 2026-10-31}, \
     accessibility: {compliance: fully, prepared: 2026-11-02, contact: {email: t@example.org}}}";

/// `data/areas.yaml`: one region with a board that has two places, Dale and Hill.
pub(in crate::evidence) const AREAS: &str = "[{id: east, name: East, kind: region}, \
     {id: mere, name: Mere, kind: icb, parent: east}, \
     {id: dale, name: Dale, kind: place, parent: mere}, \
     {id: hill, name: Hill, kind: place, parent: mere}]";

/// `data/vocabulary.yaml`: a ladder of two levels, local to areas of one kind and of another, with
/// these needs, whose names are their first letters.
pub(in crate::evidence) fn words([low, high]: [&str; 2], needs: &[&str]) -> String {
    let needs: Vec<String> = needs
        .iter()
        .map(|need| format!("{{id: {need}, name: {}}}", need[..1].to_uppercase()))
        .collect();
    format!(
        "{{ladders: [{{id: l, name: L, levels: [\
         {{id: low, name: Low, scope: {low}, target_occupancy: 0.85}}, \
         {{id: high, name: High, scope: {high}, target_occupancy: 0.85}}]}}], \
         needs: [{}], legal: [{{id: informal, name: I}}, {{id: detained, name: D}}], \
         age_bands: [{{id: a, name: A, min: 18, max: 64}}], \
         quality: [{{score: 0, name: Poor}}, {{score: 4, name: Good}}]}}",
        needs.join(", ")
    )
}

/// Numbers that look random and are the same every time.
pub(in crate::evidence) struct Dice(pub(in crate::evidence) u64);

impl Dice {
    /// A number from nought, below the end.
    pub(in crate::evidence) fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    /// One of these.
    pub(in crate::evidence) fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }
}
