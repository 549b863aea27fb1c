"""The fictional place Northmere: every person, organisation and figure in it is made up."""
