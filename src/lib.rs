//! The page (skeleton).
