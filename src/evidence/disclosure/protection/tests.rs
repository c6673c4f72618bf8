//! Tests of protection.
