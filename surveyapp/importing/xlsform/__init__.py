"""XLSForm spreadsheets (xlsform.org): read into a questionnaire, and written from one."""
