"""The pieces that screens are made of: each shows state and turns keys into messages."""
