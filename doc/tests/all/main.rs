//! What handbooks say, of protocols in folders.

#[cfg(test)]
mod handbook;
