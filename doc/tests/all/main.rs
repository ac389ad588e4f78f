//! What handbooks say, of protocols in folders.

#[cfg(test)]
mod conditions;
#[cfg(test)]
mod handbook;
