"""What annotating means: articles, spans, decisions, extraction, memory, training, agreement, checks."""
