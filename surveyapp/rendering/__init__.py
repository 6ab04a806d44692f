"""A questionnaire as a page: what answering, preview and paper share."""
