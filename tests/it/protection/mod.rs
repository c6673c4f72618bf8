//! The second attacker (disclosure §8 and §10): it audits what the product's protection publishes.
//!
//! Nothing here is taken from the product's code. The attacker reads the structure of an instance
//! and the published rows, writes down every whole-number table that agrees with them as a system
//! of bounds and equations (`world`), and looks for the values that each hidden figure can still
//! have: by trying every table (`exact`) and by linear programmes (`linear`). `audit` asks this of
//! every figure that must stay hidden, and checks that what is shown is right. The truth is used
//! for two things only: to know which figures are sensitive, and to say where to look first for
//! another table. What is claimed to be possible is always a table, checked in whole numbers.

mod audit;
mod dice;
mod exact;
mod figures;
mod folder;
mod linear;
mod model;
mod random;
mod secrets;
mod shrink;
mod truth;
mod world;

mod agreement;
mod editions;
mod interference;
mod mutation;
mod optimum;
mod regressions;
mod shared;
mod survival;
