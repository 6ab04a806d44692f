"""An organiser tells others what people said: the report, in several lengths, to show, print, copy and publish."""
