"""The rules that offices edit, as versioned TOML packs, and the loader that checks them."""
