"""The web kit: what every feature's pages stand on; it knows no feature."""
