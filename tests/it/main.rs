//! The one integration binary, a module for each feature.

mod serve;
