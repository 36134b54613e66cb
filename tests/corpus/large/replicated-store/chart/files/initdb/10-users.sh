#!/bin/sh
# {{ this is not a template }}
set -eu
store-cli ACL SETUSER reader on ~* +@read
