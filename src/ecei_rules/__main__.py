"""`python -m ecei_rules`."""

from ecei_rules.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
