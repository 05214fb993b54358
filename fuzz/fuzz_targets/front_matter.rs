#![no_main]

cicerone_fuzz::target!(front_matter);
