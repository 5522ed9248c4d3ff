# METADATA
# title: Everything has an owner
# description: Asks for the label `owner`. Without it, warns.
# custom:
#   resources: [k8s//Pod, k8s//ConfigMap]
#   impact: 0.3
#   family: change
#   rationale: What nobody owns, nobody repairs.
#   fix: {text: "Add the label `owner`."}
#   revision: 1
package checks.demo.demo_owner

warn contains {"msg": "there is no label `owner`", "place": "/metadata", "key": "owner"} if {
	not input.metadata.labels.owner
}
