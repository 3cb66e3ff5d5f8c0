"""Who frames an event how, and in whose voice? Framing analysis of Arabic news."""
