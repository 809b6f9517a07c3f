"""The check of certificates, independent of the code that makes them."""
