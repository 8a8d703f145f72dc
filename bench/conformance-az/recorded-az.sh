#!/usr/bin/env bash
# Stands first on the PATH as `az`: hands everything to the real Azure CLI and writes to descriptor 3 that a command began, that and how it ended.
# Fields are parted by the character US (1F), events by line feeds.
printf 'begin\x1f%s' "$$" >&3
printf '\x1f%s' "$@" >&3
printf '\n' >&3
"$AZURE_CLI_PYTHON" -m azure.cli "$@" 3>&- 2>"$AZ_RECORDS/$$.err"
code=$?
cat "$AZ_RECORDS/$$.err" >&2
printf 'end\x1f%s\x1f%s\n' "$$" "$code" >&3
exit "$code"
