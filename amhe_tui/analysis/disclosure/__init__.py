"""Tables and figures that may leave the team, with nothing small to be worked out from them."""
