#![no_main]

cicerone_fuzz::target!(search_index);
