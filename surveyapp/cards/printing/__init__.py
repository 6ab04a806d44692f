"""What comes out of the printer: cards, tents, stickers, a poster and a slide, as a page and as a PDF."""
