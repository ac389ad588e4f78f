//! Whatever stands in the files of a folder, checking it ends soon, in little memory and with
//! something to say.

#[cfg(test)]
mod figures;
#[cfg(test)]
mod files;
#[cfg(test)]
mod made;
#[cfg(test)]
mod nesting;
#[cfg(test)]
mod shapes;
#[cfg(test)]
mod sizes;
