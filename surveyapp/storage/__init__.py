"""Where recordings and photos are kept: checked by their content, named by it, in a folder or an S3-like store."""
