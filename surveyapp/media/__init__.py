"""Organisers add recordings, signed videos and photos to questions; phones fetch what is kept."""
