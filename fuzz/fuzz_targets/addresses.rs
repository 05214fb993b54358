#![no_main]

cicerone_fuzz::target!(addresses);
