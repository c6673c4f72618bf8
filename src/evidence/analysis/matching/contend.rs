//! The best assignment, and how far it depends on who comes first: gap-analysis §5 and §5.1.

use super::flow::Flow;
use super::graph::Number;
use super::{Instance, NO_CLASS};

/// The unique best assignment of an instance, with a flow that attains it.
///
/// Which of several equal flows it is may not show in any figure; `placed` is unique.
#[derive(Clone)]
pub(in crate::evidence) struct Optimum {
    /// People placed, by row.
    pub(in crate::evidence) placed: Vec<u32>,
    flow: Flow,
}

impl Optimum {
    /// Takes the rows in order of priority, and places each as far as it can be without taking a
    /// place from a row before it; others may move to make room. On this structure (a polymatroid)
    /// that gives the best vector of gap-analysis §5, whatever the order of services.
    pub(super) fn of(instance: &Instance) -> Optimum {
        let mut flow = Flow::new(&instance.graph);
        let mut placed = vec![0; instance.need.len()];
        let mut is_shut_out = vec![false; instance.graph.classes()];
        for row in &instance.order {
            let row = *row as usize;
            let class = instance.class_of[row];
            if class == NO_CLASS || is_shut_out[class as usize] {
                continue;
            }
            placed[row] = instance.take(&mut flow, class, instance.need[row]);
            is_shut_out[class as usize] = placed[row] < instance.need[row];
        }
        flow.rest();
        Optimum { placed, flow }
    }
}

/// How many people of each class are meant, kept from group to group.
struct Demand {
    people: Vec<u32>,
    classes: Vec<Number>,
}

impl Demand {
    fn new(instance: &Instance) -> Demand {
        Demand { people: vec![0; instance.graph.classes()], classes: Vec::new() }
    }

    /// Counts the people of a group by class; returns all of them, those without a class too.
    fn count(&mut self, instance: &Instance, group: &[usize]) -> u32 {
        for class in self.classes.drain(..) {
            self.people[class as usize] = 0;
        }
        let mut all = 0;
        for row in group {
            let (class, need) = (instance.class_of[*row], instance.need[*row]);
            all += need;
            if class != NO_CLASS && need > 0 {
                let people = &mut self.people[class as usize];
                if *people == 0 {
                    self.classes.push(class);
                }
                *people += need;
            }
        }
        all
    }
}

impl Instance {
    /// The pools in which people of a class hold places in one best assignment, and how many do.
    ///
    /// Another assignment may be as good: this is where a search for the cheapest one starts, and
    /// no figure by itself.
    #[cfg(test)]
    pub(in crate::evidence) fn held<'a>(
        &'a self,
        best: &'a Optimum,
        class: Number,
    ) -> impl Iterator<Item = (Number, u32)> + 'a {
        let arcs = self.graph.arcs_of(class);
        arcs.map(|(arc, pool)| (pool, best.flow.people(arc))).filter(|(_, people)| *people > 0)
    }

    /// Finds places for up to `wanted` people of a class; returns for how many.
    fn take(&self, flow: &mut Flow, class: Number, wanted: u32) -> u32 {
        let mut placed = 0;
        while placed < wanted {
            let people = flow.augment(&self.graph, class, wanted - placed);
            if people == 0 {
                break;
            }
            placed += people;
        }
        placed
    }

    /// For each group, how many stay without a place if the group has first call on everything:
    /// n(G) - F(G). Costs no more than placing the people of the groups.
    pub(in crate::evidence) fn lows(&self, groups: &[Vec<usize>]) -> Vec<u32> {
        let mut flow = Flow::new(&self.graph);
        let mut demand = Demand::new(self);
        groups
            .iter()
            .map(|group| {
                let mut left = demand.count(self, group);
                for class in &demand.classes {
                    left -= self.take(&mut flow, *class, demand.people[*class as usize]);
                }
                flow.undo(&self.graph);
                left
            })
            .collect()
    }

    /// For each group, how many stay without a place if everybody else comes first:
    /// n(G) - (F(N) - F(N without G)).
    ///
    /// The group leaves the best assignment, and others who wait follow into its places.
    pub(in crate::evidence) fn highs(&self, best: &Optimum, groups: &[Vec<usize>]) -> Vec<u32> {
        let mut flow = best.flow.clone();
        let mut demand = Demand::new(self);
        let mut total = vec![0; self.graph.classes()];
        for (class, people) in total.iter_mut().enumerate() {
            *people = self.rows.get(class as Number).iter().map(|r| self.need[*r as usize]).sum();
        }
        let mut freed = Vec::new();
        let mut barren = Barren { turn: 0, marks: vec![0; self.graph.pools()] };
        groups
            .iter()
            .map(|group| {
                let all = demand.count(self, group);
                let leave = self.vacate(&mut flow, &demand, &total, &mut freed);
                let follow = self.follow(&mut flow, &demand, &total, (&freed, &mut barren));
                flow.undo(&self.graph);
                all - leave + follow
            })
            .collect()
    }

    /// Takes the people of a group out of their places; returns how many leave.
    ///
    /// People of one class are alike, so if others of a class wait, they need not find a place
    /// first: the group leaves only what the others of its class cannot use. Places that nobody
    /// waits for, not even by way of others moving, are counted and left as they are.
    fn vacate(
        &self,
        flow: &mut Flow,
        demand: &Demand,
        total: &[u32],
        freed: &mut Vec<Number>,
    ) -> u32 {
        freed.clear();
        let mut leave = 0;
        for class in &demand.classes {
            let others = total[*class as usize] - demand.people[*class as usize];
            let mut surplus = flow.served(*class).saturating_sub(others);
            leave += surplus;
            for (arc, pool) in self.graph.arcs_of(*class) {
                if surplus == 0 {
                    break;
                }
                let people = flow.people(arc).min(surplus);
                // Whoever holds one place that others wait for holds only such places.
                if people > 0 && flow.is_closed(pool) {
                    flow.shift(&self.graph, arc, -i64::from(people));
                    surplus -= people;
                    freed.push(pool);
                }
            }
        }
        leave
    }

    /// Fills freed places with people outside the group who wait; returns with how many.
    fn follow(
        &self,
        flow: &mut Flow,
        demand: &Demand,
        total: &[u32],
        (freed, barren): (&[Number], &mut Barren),
    ) -> u32 {
        barren.turn += 1;
        let mut follow = 0;
        for pool in freed {
            while flow.free(*pool) > 0 && !barren.is(*pool) {
                let waiting = |flow: &Flow, class: Number| {
                    let at = class as usize;
                    (total[at] - demand.people[at]).saturating_sub(flow.served(class))
                };
                let is_out = |flow: &Flow, pool| !flow.is_closed(pool) || barren.is(pool);
                let people = flow.fill(&self.graph, *pool, waiting, is_out);
                if people == 0 {
                    barren.note(flow.last_seen());
                    break;
                }
                follow += people;
            }
        }
        follow
    }
}

/// Pools that nobody outside the group could fill.
struct Barren {
    turn: u32,
    marks: Vec<u32>,
}

impl Barren {
    fn is(&self, pool: Number) -> bool {
        self.marks[pool as usize] == self.turn
    }

    fn note(&mut self, pools: &[Number]) {
        for pool in pools {
            self.marks[*pool as usize] = self.turn;
        }
    }
}
