"""What every site needs before its first practice: terms, synonyms, municipalities."""
