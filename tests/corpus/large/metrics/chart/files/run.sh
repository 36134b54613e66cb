#!/bin/sh
set -e
echo "${HOME}" {{ untouched }}
