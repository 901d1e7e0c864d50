"""What is particular to Chinese: characters as tokens, words without spaces, relations without a parse."""
