#![no_main]

cicerone_fuzz::target!(registry);
