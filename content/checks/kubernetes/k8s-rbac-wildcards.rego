# METADATA
# title: Roles hold no wildcards
# description: |
#   Asks every rule of a Role or ClusterRole for `*` among its apiGroups, nonResourceURLs, resources and verbs. Partial ones,
#   `*/scale` or `/metrics/*`, pass. A ClusterRole that is put together by an aggregationRule has no rules of its own and is not
#   asked; nor are those that Kubernetes itself makes (label `kubernetes.io/bootstrapping`).
#   Kubernetes documentation: "Role Based Access Control Good Practices".
# custom:
#   resources: [k8s/rbac.authorization.k8s.io/ClusterRole, k8s/rbac.authorization.k8s.io/Role]
#   impact: 0.7
#   family: access
#   rationale: >-
#     A `*` gives what exists and whatever will: the next kind that somebody installs, and rights that nobody has read.
#   fix:
#     text: >-
#       Name the API groups, resources and verbs that are needed. kubectl auth can-i --list shows what an account can do now.
#   revision: 1
#   aliases: [checkov:CKV_K8S_49, kubescape:C-0187, kyverno:restrict-wildcard-resources]
package checks.kubernetes.k8s_rbac_wildcards

import data.lib.kubernetes

applies if {
	count(input.rules) > 0
	not kubernetes.built_in
}

deny contains {"msg": msg, "place": place, "key": key} if {
	some index, rule in input.rules
	some list in lists
	some number, member in rule[list]
	member == "*"
	msg := sprintf("a rule of the role has `*` among its %s, wanted names", [list])
	place := sprintf("/rules/%v/%s/%v", [index, list, number])
	key := sprintf("rules%s/%s", [named(rule), list])
}

lists := ["apiGroups", "nonResourceURLs", "resources", "verbs"]

# A rule has no name: it is what it allows, in whatever order that is written.
named(rule) := json.marshal([members | some list in lists; members := {member | some member in rule[list]}])
