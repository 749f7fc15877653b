#!/usr/bin/env python3
"""Inventory script for Ansible: the hosts and groups that a Playcall gateway has.

PLAYCALL_URL          address of the gateway, such as https://playcall.example.com
PLAYCALL_ENVIRONMENT  environment, such as production
PLAYCALL_TOKEN        API token that may view it; or PLAYCALL_TOKEN_FILE, a file with it
PLAYCALL_LIMIT        only these hosts and groups, such as tag:web&status:active

    ansible-playbook -i playcall_inventory.py site.yml

Put it beside your inventory files (-i production/hosts.yml -i playcall_inventory.py): it adds the registered hosts, and says
nothing about the variables that the files have.
"""
import argparse
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request


def setting(name):
    value = os.environ.get(name, "")
    if not value:
        sys.exit("%s is not set" % name)
    return value


def token():
    file = os.environ.get("PLAYCALL_TOKEN_FILE")
    if not file:
        return setting("PLAYCALL_TOKEN")
    try:
        with open(file, encoding="utf-8") as f:
            return f.read().strip()
    except OSError as e:
        sys.exit("%s cannot be read: %s" % (file, e.strerror))


def hosts():
    address = "%s/api/v1/inventory/%s/ansible" % (
        setting("PLAYCALL_URL").rstrip("/"),
        urllib.parse.quote(setting("PLAYCALL_ENVIRONMENT"), safe=""),
    )
    if os.environ.get("PLAYCALL_LIMIT"):
        address += "?" + urllib.parse.urlencode({"limit": os.environ["PLAYCALL_LIMIT"]})
    request = urllib.request.Request(address, headers={"Authorization": "Bearer " + token()})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as e:
        try:
            reason = json.load(e).get("detail")
        except ValueError:
            reason = ""
        sys.exit("%s answers %d: %s" % (address, e.code, reason or e.reason))
    except (OSError, ValueError) as e:
        sys.exit("%s: %s" % (address, getattr(e, "reason", e)))


def main():
    parser = argparse.ArgumentParser(description="hosts and groups of a Playcall gateway, for Ansible")
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("--list", action="store_true", help="all hosts and groups, with variables")
    asked.add_argument("--host", metavar="HOST", help="the variables of one host")
    options = parser.parse_args()
    found = hosts()
    if options.host:
        found = found["_meta"]["hostvars"].get(options.host, {})
    json.dump(found, sys.stdout, indent=2, sort_keys=True)
    print()


if __name__ == "__main__":
    main()
