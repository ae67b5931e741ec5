"""Korean grammar for the rules: conjugation, cue words with their endings, particles, clauses and subjects."""
