"""`python -m ecei_rules`."""

from ecei_rules.cli.main import main

raise SystemExit(main())
