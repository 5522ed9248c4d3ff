package main

import rego.v1

deployment(context) := {
	"kind": "Deployment",
	"metadata": {"name": "web", "labels": {"team": "shop"}},
	"spec": {"template": {"spec": context}},
}

test_root_is_refused if {
	count(deny_run_as_root) == 1 with input as deployment({})
}

test_a_number_is_no_true if {
	count(deny_run_as_root) == 1 with input as deployment({"securityContext": {"runAsNonRoot": 1}})
}

test_a_user_is_fine if {
	count(deny_run_as_root) == 0 with input as deployment({"securityContext": {"runAsNonRoot": true}})
}

test_a_team_is_wanted if {
	warn["web belongs to no team"] with input as json.remove(deployment({}), ["/metadata/labels"])
}
