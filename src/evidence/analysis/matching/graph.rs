//! Which classes of people fit which pools of places, as numbers in rows without gaps.

/// The number of a class, a pool or an arc.
pub(in crate::evidence) type Number = u32;

/// Lists of numbers, one after another in one allocation.
#[derive(Clone)]
pub(super) struct Lists {
    starts: Vec<Number>,
    items: Vec<Number>,
}

impl Lists {
    /// Sorts items into `count` lists; each keeps the order in which its items come.
    pub(super) fn gather(count: usize, items: &[(Number, Number)]) -> Lists {
        let mut starts = vec![0; count + 1];
        for (list, _) in items {
            starts[*list as usize + 1] += 1;
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut sorted = vec![0; items.len()];
        for (list, item) in items {
            let place = &mut next[*list as usize];
            sorted[*place as usize] = *item;
            *place += 1;
        }
        Lists { starts, items: sorted }
    }

    /// The items of a list.
    pub(super) fn get(&self, list: Number) -> &[Number] {
        &self.items[self.range(list)]
    }

    /// Where the items of a list stand among all.
    pub(super) fn range(&self, list: Number) -> std::ops::Range<usize> {
        self.starts[list as usize] as usize..self.starts[list as usize + 1] as usize
    }

    /// How many lists there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }
}

/// Classes, pools, and an arc for each class and pool that fit.
#[derive(Clone)]
pub(super) struct Graph {
    /// Pools by class; the place of an item among all is the number of its arc.
    pools: Lists,
    /// Arcs by pool.
    arcs_into: Lists,
    /// The class of each arc.
    class_of: Vec<Number>,
    /// Places in each pool.
    capacity: Vec<u32>,
    /// Where the arcs that hold places of a pool are kept; one end more than pools.
    slots: Vec<Number>,
}

impl Graph {
    /// Takes pairs of a class and a pool that fit.
    pub(super) fn new(classes: usize, pairs: &[(Number, Number)], capacity: Vec<u32>) -> Graph {
        let pools = Lists::gather(classes, pairs);
        let mut class_of = vec![0; pairs.len()];
        for class in 0..classes as Number {
            class_of[pools.range(class)].fill(class);
        }
        let entries: Vec<(Number, Number)> =
            pools.items.iter().zip(0..).map(|(pool, arc)| (*pool, arc)).collect();
        let arcs_into = Lists::gather(capacity.len(), &entries);
        let mut slots = vec![0];
        let mut end = 0;
        for (pool, places) in capacity.iter().enumerate() {
            end += (arcs_into.get(pool as Number).len() as u32).min(*places);
            slots.push(end);
        }
        Graph { pools, arcs_into, class_of, capacity, slots }
    }

    /// The arcs of a class, each with its pool.
    pub(super) fn arcs_of(&self, class: Number) -> impl Iterator<Item = (Number, Number)> + '_ {
        let range = self.pools.range(class);
        (range.start as Number..).zip(self.pools.items[range].iter().copied())
    }

    /// The arcs into a pool.
    pub(super) fn arcs_into(&self, pool: Number) -> &[Number] {
        self.arcs_into.get(pool)
    }

    /// The pools that a class fits.
    pub(super) fn pools_of(&self, class: Number) -> &[Number] {
        self.pools.get(class)
    }

    /// The class of an arc.
    pub(super) fn class_of(&self, arc: Number) -> Number {
        self.class_of[arc as usize]
    }

    /// The pool of an arc.
    pub(super) fn pool_of(&self, arc: Number) -> Number {
        self.pools.items[arc as usize]
    }

    /// Places in each pool.
    pub(super) fn capacity(&self) -> &[u32] {
        &self.capacity
    }

    /// Where the holders of a pool begin in a list that has room for those of all pools.
    pub(super) fn slot(&self, pool: Number) -> usize {
        self.slots[pool as usize] as usize
    }

    /// Room for holders of all pools.
    pub(super) fn slots(&self) -> usize {
        self.slots[self.capacity.len()] as usize
    }

    /// How many classes, pools and arcs there are.
    pub(super) fn classes(&self) -> usize {
        self.pools.len()
    }

    /// How many pools there are.
    pub(super) fn pools(&self) -> usize {
        self.capacity.len()
    }

    /// How many arcs there are.
    pub(super) fn arcs(&self) -> usize {
        self.class_of.len()
    }
}
