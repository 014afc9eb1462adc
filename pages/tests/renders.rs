//! placeholder while the pages are written
