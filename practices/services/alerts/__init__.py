"""Following a search by e-mail: asked, confirmed, told of new practices, stopped."""
