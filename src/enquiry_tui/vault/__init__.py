"""The encrypted store: key header, opening, migrations, transactions, audit chain."""
