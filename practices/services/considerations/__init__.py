"""'Wij overwegen dit': white spots that municipalities think of filling, and who is introduced."""
