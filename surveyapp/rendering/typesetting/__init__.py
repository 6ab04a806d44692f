"""PDF for printers and screen readers: fonts embedded, tagged (PDF/UA-1), by Typst in a process of its own."""
