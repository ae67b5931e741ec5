"""Korean rules, one module a kind: what is said of a sum, a round or a date by the predicate that closes its clause."""
